"""送审和发布: what lies with the publisher, what waits for its day, and what each would change."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.standard_draft import (
    Proposal,
    ProposalState,
    ProposedItem,
)
from clerk.domain.standard_writing import table_of
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.chips import ChipKind, ChipSpec, LinesSpec
from clerk.ui.column_model import ColumnModel
from clerk.ui.overriding import override
from clerk.ui.standards_actions import GoOn, StandardsActions
from clerk.ui.standards_batch_work import MANY, given_back, taken_back
from clerk.ui.standards_changes import changes_between
from clerk.ui.standards_reasons import Reason, ReasonList
from clerk.ui.standards_scrolled import scrolled
from clerk.ui.standards_sources import called
from clerk.ui.standards_trial import changed_reason
from clerk.ui.tables import Table
from clerk.ui.widgets import Button, Dialog, Field, Label, Line, Notice
from clerk.values import dataclass
from clerk.wording import short_day

_MOST_ITEMS = 20
_MOST_REHEARSED = 200
_MOST_IN_FORCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a proposal changes: its first items with their changes, and what the samples said."""

    items: tuple[tuple[ProposedItem, tuple[str, ...]], ...]
    samples: tuple[Reason, ...]


class _Proposals(ColumnModel[Proposal]):
    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today

    def _published(self, one: Proposal) -> tuple[ChipKind, str]:
        coming = one.effective_on > self._today
        return (ChipKind.INFO, "将生效") if coming else (ChipKind.NEUTRAL, "已生效")

    @override
    def spec_of(self, row: Proposal) -> LinesSpec:
        open_one = row.state is ProposalState.PROPOSED
        chip = ChipSpec(*((ChipKind.WARN, "待发布") if open_one else self._published(row)))
        title = f"{row.item_count:,} 项，{short_day(row.effective_on)}起"
        return LinesSpec(title, f"{row.proposed_by_name}提交", chip=chip)


class WaitingDialog(Dialog):
    """What waits, and what was published last.

    ``publish_wanted`` carries a proposal to publish, ``back_wanted`` one of many items to be given
    back with the word for it (取回, 收回, 退回) and the reason, ``revert_wanted`` one in force that
    is to be as before; ``done`` carries what is said after another act.
    """

    publish_wanted = pyqtSignal(object)
    back_wanted = pyqtSignal(str, object, str)
    revert_wanted = pyqtSignal(object)
    done = pyqtSignal(str)

    def __init__(self, actions: StandardsActions, jobs: Jobs, today: date) -> None:
        super().__init__("送审和发布", width=980, height=640)
        self._actions, self._jobs, self._today = actions, jobs, today
        self._me = actions.here.session.account.account_id
        self.rows = _Proposals(today)
        self.list = Table(
            self.rows, widths=(None,), row_height=52, header=False, name="送审和待生效的"
        )
        self.rows.setParent(self.list)
        self.head = Label(size=14, bold=True, wrap=True)
        self.says = Label(size=12, tone="t2", wrap=True)
        self.samples = ReasonList("样例")
        self.changes = ReasonList("改了什么")
        self.reason = Field("理由，退回、收回、取回时写")
        self.notice = Notice("bad")
        self.back_button = Button("退回", key="Shift F9")
        self.button = Button("发布", key="F9", kind="compact")
        self._lay_out()
        self.list.moved.connect(lambda _: self._show_current())
        self.back_button.clicked.connect(lambda _: self.give_back())
        self.button.clicked.connect(lambda _: self.publish())
        self._read()

    def _lay_out(self) -> None:
        area = scrolled(self.samples, self.changes, gap=4)
        right = QVBoxLayout()
        right.setContentsMargins(theme.px(16), 0, 0, 0)
        right.setSpacing(theme.px(6))
        right.addWidget(self.head)
        right.addWidget(self.says)
        right.addWidget(area, 1)
        right.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.list.setFixedWidth(theme.px(280))
        row.addWidget(self.list)
        row.addWidget(Line(upright=True))
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.back_button)
        self.foot.addWidget(self.button)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="发布", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.publish),
            Act(name="退回、收回、取回或改回", key="Shift+F9", trigger=self.give_back),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.list

    # ---- what is shown ---------------------------------------------------------------------

    def _read(self) -> None:
        self._jobs.run(
            Lane.STORE,
            partial(_waiting, self._actions, self._today),
            owner=self,
            then=self._on_read,
            failed=self.notice.show_error,
        )

    def _on_read(self, rows: Sequence[Proposal]) -> None:
        self.rows.show_rows(rows)
        self.list.go_to(0)
        self._show_current()

    def current(self) -> Proposal | None:
        """The proposal the cursor is on."""
        row = self.list.current_row()
        return self.rows.row(row)

    def _show_current(self) -> None:
        one = self.current()
        self.samples.show_lines(())
        self.changes.show_lines(())
        self.notice.clear()
        self.back_button.setVisible(bool(self._back_word()))
        self.back_button.setText(self._back_word() or "退回")
        self.button.setVisible(one is not None and not self._why_not())
        self.reason.setVisible(self._back_word() not in {"", "改回"})
        if one is None:
            self.head.setText("没有送审的，也没有等生效的")
            self.says.setText("改好的草稿按 F9 提交，就会出现在这里")
            return
        self.head.setText(f"{one.item_count:,} 项，{short_day(one.effective_on)}起生效")
        said = f"{one.proposed_by_name}提交：{one.reason}"
        why = self._why_not()
        self.says.setText(f"{said}。{why}" if why else said)
        self.changes.show_lines([Reason(text="正在比较", icon="hourglass", icon_tone="t3")])
        self._jobs.run(
            Lane.COUNT,
            partial(_shown, self._actions, one),
            owner=self,
            then=partial(self._on_shown, one),
            failed=self.notice.show_error,
        )

    def _on_shown(self, one: Proposal, shown: Shown) -> None:
        if self.current() != one:
            return
        self.samples.show_lines(shown.samples)
        lines = []
        for item, changes in shown.items:
            lines.append(Reason(text=item.name, icon="book-open-check", icon_tone="accentT"))
            lines += [Reason(text=words, icon="circle", icon_tone="t3") for words in changes]
        left = one.item_count - len(shown.items)
        if left > 0:
            lines.append(Reason(text=f"还有 {left} 项", icon="list", icon_tone="t3", tone="t2"))
        self.changes.show_lines(lines)

    # ---- what can be done ------------------------------------------------------------------

    def _why_not(self) -> str:
        """Why this person may not publish it; empty where he may."""
        one = self.current()
        if one is None or one.state is not ProposalState.PROPOSED:
            return "" if one is None else self._after(one)
        if one.proposed_by == self._me:
            return "自己提交的由另一个人发布"
        if one.effective_on < self._today:
            return "生效日期已经过去，退回给编写人改期再送"
        return "" if self._actions.may_publish else "由有发布权限的人发布"

    def _after(self, one: Proposal) -> str:
        """What can still be done about what is published."""
        if one.effective_on > self._today:
            return "已发布，生效前可以取回"
        return "已生效。要改回，按以前的版本整批起草，再提交发布"

    def _back_word(self) -> str:
        """How it can be given back by this person; empty where it cannot."""
        one = self.current()
        if one is None:
            return ""
        if one.state is not ProposalState.PROPOSED:
            if one.effective_on <= self._today:
                return "改回" if self._actions.may_edit else ""
            return "取回" if self._actions.may_publish else ""
        if one.proposed_by == self._me:
            return "收回"
        return "退回" if self._actions.may_publish else ""

    def publish(self) -> None:
        """Hand the proposal over to be published; what keeps it is said."""
        one = self.current()
        if one is None or self._why_not():
            self.notice.show_trouble(self._why_not())
            return
        self.close_dialog()
        self.publish_wanted.emit(one)

    def give_back(self) -> None:
        """Send it back, withdraw it, or take it back before its day."""
        one, word = self.current(), self._back_word()
        if one is None or not word:
            return
        if word == "改回":
            self.close_dialog()
            self.revert_wanted.emit(one)
            return
        reason = self.reason.value()
        if not reason:
            self.notice.show_trouble(f"{word}要写理由")
            self.reason.focus_editor()
            return
        if one.item_count > MANY:
            self.close_dialog()
            self.back_wanted.emit(word, one, reason)
            return
        acts: dict[str, Callable[[UUID, str, GoOn], object]] = {
            "取回": self._actions.take_back,
            "收回": self._actions.withdraw_proposal,
            "退回": self._actions.send_back,
        }
        self._jobs.run(
            Lane.STORE,
            partial(acts[word], one.proposal_id, reason, lambda _: True),
            owner=self,
            then=partial(self._on_given_back, word, one),
            failed=self._on_failed,
        )

    def _on_given_back(self, word: str, one: Proposal, came: object) -> None:
        self.close_dialog()
        self.done.emit(taken_back(one, came) if word == "取回" else given_back(word, one))

    def _on_failed(self, error: ClerkError) -> None:
        self.notice.show_error(error)


def _waiting(actions: StandardsActions, today: date) -> Sequence[Proposal]:
    published = actions.proposals(ProposalState.PUBLISHED)
    coming = [one for one in published if one.effective_on > today]
    in_force = [one for one in published if one.effective_on <= today]
    return [*actions.proposals(ProposalState.PROPOSED), *coming, *in_force[:_MOST_IN_FORCE]]


def _shown(actions: StandardsActions, one: Proposal) -> Shown:
    """Compare the first items, and run the samples of a proposal that is open and not too big."""
    items = actions.proposed_items(one.proposal_id, "", _MOST_ITEMS)
    return Shown(
        items=tuple((item, _changes(actions, item)) for item in items),
        samples=_samples_of(actions, one),
    )


def _changes(actions: StandardsActions, item: ProposedItem) -> tuple[str, ...]:
    if not item.base_version:
        return ("新事项",)
    before = table_of(actions.read_version(item.item_code, item.base_version))
    if item.version:
        now: Mapping[str, object] = table_of(actions.read_version(item.item_code, item.version))
    else:
        now = actions.load_draft(item.item_code).table
    return changes_between(before, now) or ("和现行的版本一样",)


def _samples_of(actions: StandardsActions, one: Proposal) -> tuple[Reason, ...]:
    """What the samples of an open proposal say; of many items it is said when they will."""
    if one.state is not ProposalState.PROPOSED:
        return ()
    if one.item_count > _MOST_REHEARSED:
        later = f"超过 {_MOST_REHEARSED} 项，发布时再跑样例，有没说明过的结论变化就不发布"
        return (Reason(text=later, icon="hourglass", icon_tone="t3"),)
    result = actions.rehearse(one.proposal_id, lambda _: True)
    if result is None:
        return ()
    if not result.changed:
        said = f"{result.samples} 个样例的结论都没有变" if result.samples else "没有样例"
        return (Reason(text=said),)
    codes = list(dict.fromkeys(one.item_code for one in result.changed))[:_MOST_ITEMS]
    tables = {code: actions.load_draft(code).table for code in codes}
    return tuple(
        changed_reason(
            one, partial(called, table=tables[one.item_code]) if one.item_code in tables else str
        )
        for one in result.changed
    )
