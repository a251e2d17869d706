"""重复: what the store holds already of the applicant, told on his card and laid side by side."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.case_list import CaseLine
from clerk.domain.duplicates import LONGEST_REASON, Alike, keep_beside
from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import IntakeActions
from clerk.ui.acts import Act
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.intake_part import IntakePart
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice
from clerk.wording_cases import alike_rows, alike_words


class AlikeStrip(QWidget):
    """On the applicant's card: one line that the same is here already, and the way to it."""

    wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.said = Label(size=13, tone="warn", wrap=True)
        self.compare = Button("比一比", key="Ctrl D", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(10))
        row.setSpacing(theme.px(8))
        row.addWidget(self.said, 1)
        row.addWidget(self.compare)
        self.compare.clicked.connect(self.wanted)
        self.hide()

    def show_case(self, opened: OpenCase) -> None:
        """Say what is undecided; nothing for a case that is no longer taken in here."""
        left = opened.alike.undecided(opened.case) if opened.editable else Alike()
        self.said.setText(alike_words(left))
        self.setVisible(bool(left.lines()))


class AlikeDialog(Dialog):
    """This case and another one side by side, one after the other; nothing is decided by Esc.

    ``keep`` gets the other case and the reason why this one goes on; it returns what is wrong
    with the reason, None where it was taken.
    """

    def __init__(
        self,
        case: Case,
        others: Sequence[CaseLine],
        *,
        keep: Callable[[CaseLine, str], ClerkError | None],
        look: Callable[[CaseLine], None],
        discard: Callable[[], None],
    ) -> None:
        super().__init__("相同的人、相同的件", width=760)
        self._case, self._others, self._at = case, tuple(others), 0
        self._keep, self._look, self._discard = keep, look, discard
        self.head = Label(bold=True, wrap=True)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.px(16))
        self.grid.setVerticalSpacing(theme.px(6))
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        self.reason = Field("仍要另办的原因，如第二家店")
        self.reason.editor.setMaxLength(LONGEST_REASON)
        self.notice = Notice("bad")
        self.look_button = Button("看那一件", key="Ctrl O")
        self.discard_button = Button("手上这件不办了", kind="danger")
        self.keep_button = Button("写明原因，仍另办", key="F9", kind="compact")
        self.body.addWidget(self.head)
        self.body.addLayout(self.grid)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.discard_button)
        self.foot.addWidget(self.look_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep_button)
        self.look_button.clicked.connect(self.look)
        self.discard_button.clicked.connect(self.discard)
        self.keep_button.clicked.connect(self.keep)
        self.reason.next_gap.connect(self.keep_button.setFocus)
        self._cells = [self._row(number) for number in range(len(self._rows()) + 1)]
        self._show()

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name="写明原因，仍另办",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.keep,
            ),
            Act(name="看那一件", key="Ctrl+O", trigger=self.look),
            Act(name="手上这件不办了", trigger=self.discard),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.reason.editor

    def _rows(self) -> tuple[tuple[str, str, str], ...]:
        return alike_rows(self._case, self._others[self._at])

    def _row(self, number: int) -> tuple[Label, Label, Label]:
        name = Label(size=13, tone="t3")
        here, there = Label(bold=not number, wrap=True), Label(bold=not number, wrap=True)
        for column, label in enumerate((name, here, there)):
            self.grid.addWidget(label, number, column)
        return name, here, there

    def _show(self) -> None:
        other = self._others[self._at]
        count = f"（第 {self._at + 1} 件，共 {len(self._others)} 件）" * (len(self._others) > 1)
        same = other.applicant_name == self._case.applicant_name
        said = "同一申请人有同事项的件没办完" if same else "同一证件号，名字不一样"
        self.head.setText(f"{said}{count}")
        lines = (("", "手上这件", other.label or "草稿"), *self._rows())
        for labels, (name, here, there) in zip(self._cells, lines, strict=True):
            differs = bool(name) and here != there
            for label, text in zip(labels, (name, here, there), strict=True):
                label.setText(text)
            labels[2].set_tone("warn" if differs else "t1")

    def keep(self) -> None:
        """Go on with this case beside the other one, for the reason that is written."""
        trouble = self._keep(self._others[self._at], self.reason.value())
        if trouble is not None:
            self.notice.show_error(trouble)
            self.reason.focus_editor()
            return
        self.notice.clear()
        self._at += 1
        if self._at == len(self._others):
            self.close_dialog()
            return
        self.reason.set_value("")
        self._show()
        self.reason.focus_editor()

    def look(self) -> None:
        """Bring the other case to the front; this one stays among the tabs."""
        self.close_dialog()
        self._look(self._others[self._at])

    def discard(self) -> None:
        """Give this draft up."""
        self.close_dialog()
        self._discard()


class AlikeWork(IntakePart):
    """Looks, whenever the applicant is another one, what the store holds of him."""

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        actions: IntakeActions,
        frame: IntakeFrame,
        desk: IntakeDesk,
    ) -> None:
        super().__init__(host, jobs, actions, frame, desk)
        desk.turned.connect(self._look)

    def _look(self) -> None:
        opened = self._desk.current
        if opened is None or not opened.editable:
            return
        applicant = opened.case.applicant
        about = (applicant.party.id_number, applicant.party.name) if applicant else ("", "")
        if about == opened.alike_of:
            return
        opened.alike_of, opened.alike = about, Alike()
        if about[0]:
            self._jobs.run(
                Lane.STORE,
                partial(self._actions.alike, opened.case),
                owner=self,
                then=partial(self._on_found, opened, about),
                failed=self._desk.failed.emit,
            )

    def _on_found(self, opened: OpenCase, about: tuple[str, str], found: Alike) -> None:
        if opened.alike_of == about:
            opened.alike = found
            if opened is self._desk.current:
                self._desk.changed.emit()

    def why_not(self) -> str:
        """Why nothing is laid side by side; empty where something may be."""
        opened = self._desk.current
        if opened is None:
            return "还没有开件。放上身份证，或按 F2 搜事项"
        return "" if opened.alike.undecided(opened.case).lines() else "没有发现相同的人或相同的件"

    def open(self) -> None:
        """Lay this case beside each that is not decided yet (Ctrl D)."""
        opened = self._desk.current
        if opened is None or self.why_not():
            return
        dialog = AlikeDialog(
            opened.case,
            opened.alike.undecided(opened.case).lines(),
            keep=partial(self._keep, opened),
            look=lambda other: self._desk.choose(str(other.case_id)),
            discard=lambda: self._desk.discard(opened),
        )
        self._frame.open_dialog(self._host, dialog)

    def _keep(self, opened: OpenCase, other: CaseLine, reason: str) -> ClerkError | None:
        here = self._actions.here
        try:
            kept = keep_beside(opened.case, other, reason, here.session, here.now())
        except ClerkError as error:
            return error
        self._desk.apply(opened, kept)
        return None
