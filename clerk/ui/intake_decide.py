"""Dialogs that end an intake to the applicant's disadvantage: preview first, then confirm."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.errors import ClerkError
from clerk.domain.findings import Finding
from clerk.domain.issued import PageImage
from clerk.domain.referral import NOBODY, Referral
from clerk.domain.standard import DeclineReason
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.intake_pages import preview
from clerk.ui.pieces import Pieces
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice
from clerk.wording import clause, finding, remedy

_REMARK_LENGTH = 200
_REDRAW_MS = 500
_LISTED_AT_ONCE = 3


class _EndingDialog(Dialog):
    """Left what is decided, right the paper; Enter confirms, Esc goes back."""

    def __init__(self, title: str, words: str, jobs: Jobs, done: Callable[[Case], None]) -> None:
        super().__init__(title, width=980, height=610)
        self._jobs, self._done, self._words = jobs, done, words
        self.left = QVBoxLayout()
        self.left.setSpacing(theme.px(8))
        self.pages = preview(jobs)
        self.notice = Notice("bad")
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        holder = QWidget()
        holder.setFixedWidth(theme.px(380))
        holder.setLayout(self.left)
        self.left.setContentsMargins(0, 0, 0, 0)
        row.addWidget(holder)
        row.addWidget(self.pages, 1)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.notice)
        self.confirm = Button(words, key="Enter", kind="compact")
        self.foot.addWidget(Label("发出后不能撤回", size=12, tone="t3"))
        self.foot.addStretch(1)
        self.foot.addWidget(self.confirm)
        self.confirm.clicked.connect(self._on_confirmed)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW_MS)
        self._redraw.timeout.connect(self._draw)

    def acts(self) -> Sequence[Act]:
        """Enter confirms wherever the focus is."""
        return [
            Act(
                name=self._words,
                key="Return",
                also=("Enter",),
                trigger=self._on_confirmed,
                enabled=self.confirm.isEnabled,
                why_not=self._why_not,
            )
        ]

    def first_focus(self) -> QWidget | None:
        return self.confirm if self.confirm.isEnabled() else None

    def _why_not(self) -> str:
        return "还不能发出"

    def _draw(self) -> None:
        raise NotImplementedError

    def _work(self) -> Callable[[], Case]:
        raise NotImplementedError

    def _on_confirmed(self) -> None:
        if not self.confirm.isEnabled():
            return
        self.confirm.setEnabled(False)
        self.notice.clear()
        self._jobs.run(
            Lane.STORE, self._work(), owner=self, then=self._on_done, failed=self._on_failed
        )

    def _on_done(self, case: Case) -> None:
        self.close_dialog()
        self._done(case)

    def _on_failed(self, error: ClerkError) -> None:
        self.notice.show_error(error)
        self.confirm.setEnabled(True)


class NoticeDialog(_EndingDialog):
    """Tells everything that is missing, once; a remark may be added to each point, none left out."""

    def __init__(
        self,
        case: Case,
        findings: Sequence[Finding],
        jobs: Jobs,
        *,
        preview: Callable[[Case, Mapping[str, str]], Sequence[PageImage]],
        notify: Callable[[Case, Mapping[str, str]], Case],
        done: Callable[[Case], None],
    ) -> None:
        super().__init__("一次性告知", "出具一次性告知书", jobs, done)
        self._case, self._preview, self._notify = case, preview, notify
        self.left.addWidget(Label(f"写明全部 {len(findings)} 项，一次说清，以后不再加", bold=True))
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(4))
        self._remarks: dict[str, Field] = {}
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.left.addWidget(scroll, 1)
        self._pieces = Pieces(self)
        self._pieces.begin(self._listing(column, findings))
        self._draw()

    def _listing(self, column: QVBoxLayout, findings: Sequence[Finding]) -> Iterator[None]:
        """List the points, a few at each step: there may be many, and the paper takes longer."""
        yield
        for number, found in enumerate(findings, start=1):
            said = "，".join(part for part in (remedy(found), clause(found.basis)) if part)
            point: list[QWidget] = [
                Label(f"{number}　{finding(found)}", size=13, bold=True, wrap=True),
                Label(said, size=12, tone="t2", wrap=True),
            ]
            if found.subject not in self._remarks:
                point.append(self._remark(found.subject))
            for widget in point:
                column.insertWidget(column.count() - 1, widget)
            column.insertSpacing(column.count() - 1, theme.px(6))
            if number % _LISTED_AT_ONCE == 0:
                yield

    @property
    def remarks(self) -> Mapping[str, Field]:
        """The fields for remarks, by the subject each belongs to."""
        self._pieces.finish()
        return self._remarks

    def _remark(self, subject: str) -> Field:
        field = Field("补充说明（可不填）")
        field.editor.setMaxLength(_REMARK_LENGTH)
        field.editor.textEdited.connect(lambda _text: self._redraw.start())
        self._remarks[subject] = field
        return field

    def given_remarks(self) -> Mapping[str, str]:
        """What was added, by the subject it belongs to."""
        return {code: field.value() for code, field in self._remarks.items() if field.value()}

    def _draw(self) -> None:
        self.pages.load(partial(self._preview, self._case, self.given_remarks()))

    def _work(self) -> Callable[[], Case]:
        return partial(self._notify, self._case, self.given_remarks())


class DeclineDialog(_EndingDialog):
    """Says no before acceptance, for a listed reason only; missing paper is never one."""

    def __init__(
        self,
        case: Case,
        reasons: Sequence[DeclineReason],
        jobs: Jobs,
        *,
        words: str,
        body: str,
        preview: Callable[[Case, str, Referral], Sequence[PageImage]],
        decline: Callable[[Case, str, Referral], Case],
        done: Callable[[Case], None],
    ) -> None:
        super().__init__(words, f"出具{words}文书", jobs, done)
        self._case, self._reasons = case, tuple(reasons)
        self._preview, self._decline = preview, decline
        self._chosen: DeclineReason | None = None
        self.left.addWidget(Label("选一条理由，材料不齐不是理由", bold=True))
        self.buttons: list[Button] = []
        for number, reason in enumerate(self._reasons, start=1):
            button = Button(f"理由 {number}", key=str(number), key_first=True, small=True)
            button.clicked.connect(lambda _=False, at=number - 1: self._choose(at))
            button.setAccessibleName(f"理由 {number}，{reason.text}")
            self.left.addWidget(button)
            said = f"{reason.text}（{clause(reason.basis)}）"
            self.left.addWidget(Label(said, size=12, tone="t2", wrap=True))
            self.buttons.append(button)
        self.competent = Field("该去哪个机关申请")
        self.receiver = Field("那边谁接收，先打电话说好")
        self.phone = Field("接收人电话")
        self._referred = (self.competent, self.receiver, self.phone)
        for field in self._referred:
            field.hide()
            field.editor.setMaxLength(60)
            field.editor.textEdited.connect(lambda _text: self._on_typed())
            self.left.addWidget(field)
        self.competent.set_value(body)
        self.competent.next_gap.connect(self.receiver.focus_editor)
        self.receiver.next_gap.connect(self.phone.focus_editor)
        self.phone.next_gap.connect(self.confirm.setFocus)
        self.left.addStretch(1)
        self._refresh()
        if len(self._reasons) == 1:
            self._choose(0)

    def acts(self) -> Sequence[Act]:
        """A digit chooses a reason."""
        digits = [
            Act(
                name=f"理由 {number}",
                key=str(number),
                trigger=partial(self._choose, number - 1),
            )
            for number in range(1, len(self._reasons) + 1)
        ]
        return [*super().acts(), *digits]

    def first_focus(self) -> QWidget | None:
        return self.confirm if self.confirm.isEnabled() else self.buttons[0]

    def _choose(self, at: int) -> None:
        self._chosen = self._reasons[at]
        for place, button in enumerate(self.buttons):
            button.set_icon("check" if place == at else "")
        for field in self._referred:
            field.setVisible(self._chosen.needs_competent_body)
        self._refresh()
        if self._chosen.needs_competent_body:
            empty = (field for field in self._referred if not field.value())
            next(empty, self.competent).focus_editor()
        self._draw()

    def _on_typed(self) -> None:
        self._refresh()
        self._redraw.start()

    def _refresh(self) -> None:
        chosen = self._chosen
        named = chosen is not None and (
            not chosen.needs_competent_body or not self._referral().lacking
        )
        self.confirm.setEnabled(named)

    def _why_not(self) -> str:
        return "还没选理由" if self._chosen is None else f"还差{self._referral().lacking}"

    def _referral(self) -> Referral:
        if self._chosen is None or not self._chosen.needs_competent_body:
            return NOBODY
        return Referral(
            office=self.competent.value(),
            receiver=self.receiver.value(),
            phone=self.phone.value(),
        )

    def _draw(self) -> None:
        if self._chosen is not None and self.confirm.isEnabled():
            self.pages.load(partial(self._preview, self._case, self._chosen.code, self._referral()))

    def _work(self) -> Callable[[], Case]:
        code = self._chosen.code if self._chosen else ""
        return partial(self._decline, self._case, code, self._referral())
