"""Lays drafts before a publisher: which of them, from which day, and which verdicts change."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError, StandardFaulty
from clerk.domain.standard_draft import (
    CatalogueQuery,
    CatalogueRow,
    ChangedVerdict,
    ExpectedChange,
    Proposal,
    Rehearsal,
    StandardDraft,
)
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import KEYS, TickList
from clerk.ui.overriding import override
from clerk.ui.standards_actions import StandardsActions
from clerk.ui.standards_scrolled import scrolled
from clerk.ui.standards_sources import called
from clerk.ui.standards_trial import changed_reason
from clerk.ui.timers import timer
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice
from clerk.wording import short_day
from clerk.wording_standard import fault_words

_REST_MS = 150


class ProposeDialog(Dialog):
    """``proposed`` carries what is said when the drafts lie with the publisher.

    The sample cases run by themselves whenever other drafts are chosen. Each verdict that changes
    must be ticked as meant, and the reason says why; else nothing is proposed.
    """

    proposed = pyqtSignal(str)

    def __init__(
        self, draft: StandardDraft, actions: StandardsActions, jobs: Jobs, today: date
    ) -> None:
        super().__init__("提交发布", width=860, height=620)
        self._draft, self._actions, self._jobs, self._today = draft, actions, jobs, today
        self._codes: tuple[str, ...] = (draft.item_code,)
        self._result: Rehearsal | None = None
        self._round = 0
        self.drafts = TickList([draft.name], many=True, name="一起提交的草稿")
        self.drafts.toggle(0)
        self.day = Field("从哪天起生效，今天或以后")
        self.day.set_value(today.isoformat())
        self.reason = Field("改了什么，为什么改")
        self.said = Label(size=13, bold=True, wrap=True)
        self.changed = TickList((), many=True, name="结论变了的样例")
        self.how = Label(size=12, tone="t2", wrap=True)
        self.notice = Notice("bad")
        self.button = Button("提交给发布人", key="F9", kind="compact")
        self._rest = timer(self, _REST_MS, self._rehearse, once=True)
        self._lay_out()
        self.drafts.changed.connect(self._on_chosen)
        self.changed.changed.connect(self._show_how)
        self.button.clicked.connect(lambda _: self.propose())
        self._jobs.run(
            Lane.COUNT,
            partial(actions.catalogue_page, CatalogueQuery(drafts=True), "", len(KEYS)),
            owner=self,
            then=lambda page: self._on_drafts(page.rows),
            failed=self._on_failed,
        )
        self._rehearse()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(20))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(theme.px(8))
        left.addWidget(Label("一起提交的草稿", size=13, bold=True))
        left.addWidget(scrolled(self.drafts), 1)
        right.addWidget(self.day)
        right.addWidget(self.reason)
        right.addWidget(self.said)
        right.addWidget(scrolled(self.changed), 1)
        right.addWidget(self.how)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(
            Label("发布由另一个人做。办理中的件不变，仍按收件时的版本", size=12, tone="t3"), 1
        )
        self.foot.addWidget(self.button)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name="提交给发布人",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.propose,
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.reason.editor

    # ---- which drafts ----------------------------------------------------------------------

    def _on_drafts(self, rows: Sequence[CatalogueRow]) -> None:
        """List the drafts that nobody has proposed yet, the one in front first and chosen."""
        free = [row for row in rows if row.draft is not None and not row.draft.proposed]
        others = [row for row in free if row.item_code != self._draft.item_code]
        shown = others[: len(KEYS) - 1]
        chosen = self.drafts.chosen()
        self._codes = (self._draft.item_code, *(row.item_code for row in shown))
        self.drafts.blockSignals(True)
        self.drafts.show_texts([self._draft.name, *(row.name for row in shown)])
        for place in chosen:
            self.drafts.toggle(place)
        self.drafts.blockSignals(False)

    def codes(self) -> tuple[str, ...]:
        """The items that are proposed."""
        return tuple(self._codes[place] for place in self.drafts.chosen())

    def _on_chosen(self) -> None:
        self._result = None
        self._rest.start()

    # ---- sample cases ----------------------------------------------------------------------

    def _rehearse(self) -> None:
        self._round += 1
        self.said.setText("正在跑样例")
        self._jobs.run(
            Lane.COUNT,
            partial(_rehearsed, self._actions, self._draft, self.codes()),
            owner=self,
            then=partial(self._on_rehearsed, self._round),
            failed=self._on_failed,
        )

    def _on_rehearsed(self, asked_in: int, result: Rehearsal) -> None:
        if asked_in != self._round:
            return
        self._result = result
        self.changed.show_texts([one.sample for one in result.changed])
        if result.changed:
            words = f"{len(result.changed)} 个样例的结论变了，是预期的就勾上"
        else:
            words = f"{result.samples} 个样例的结论都没有变" if result.samples else "没有样例"
        self.said.setText(words)
        self._show_how()

    def _show_how(self) -> None:
        changed = self._changed()
        at = self.changed.current()
        table = self._draft.table
        own = at < len(changed) and changed[at].item_code == self._draft.item_code
        words = partial(called, table=table) if own else str
        self.how.setText(changed_reason(changed[at], words).why if at < len(changed) else "")

    def _changed(self) -> tuple[ChangedVerdict, ...]:
        return self._result.changed if self._result else ()

    # ---- proposing -------------------------------------------------------------------------

    def propose(self) -> None:
        """Lay the chosen drafts before the publisher, or say what is missing."""
        missing = self._missing()
        if missing:
            self.notice.show_trouble(missing)
            return
        chosen = [self._changed()[place] for place in self.changed.chosen()]
        expected = [ExpectedChange(item_code=one.item_code, sample=one.sample) for one in chosen]
        on = date.fromisoformat(self.day.value())
        self.button.setEnabled(False)
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.propose, self.codes(), on, self.reason.value(), expected),
            owner=self,
            then=self._on_proposed,
            failed=self._on_failed,
        )

    def _missing(self) -> str:
        if not self.codes():
            return "还没选草稿"
        trouble = day_fault(self.day.value(), self._today)
        if trouble:
            return trouble
        if not self.reason.value():
            return "还没写改了什么、为什么改"
        if self._result is None:
            return "样例还没跑完，等一下再提交"
        left = len(self._changed()) - len(self.changed.chosen())
        if left:
            return f"还有 {left} 个样例的结论变了没有勾。不是预期的，回去改草稿"
        return ""

    def _on_proposed(self, proposal: Proposal) -> None:
        self.close_dialog()
        day = short_day(proposal.effective_on)
        self.proposed.emit(f"{proposal.item_count} 项已送审，发布后{day}起生效")

    def _on_failed(self, error: ClerkError) -> None:
        self.button.setEnabled(True)
        if isinstance(error, StandardFaulty):
            self.notice.show_trouble(str(error), "；".join(map(fault_words, error.faults[:4])))
        else:
            self.notice.show_error(error)


def _rehearsed(actions: StandardsActions, draft: StandardDraft, codes: Sequence[str]) -> Rehearsal:
    """Run the samples of each chosen draft; runs in a lane."""
    samples = 0
    changed: list[ChangedVerdict] = []
    for code in codes:
        held = draft if code == draft.item_code else actions.load_draft(code)
        result = actions.rehearse_draft(held)
        samples += result.samples
        changed += result.changed
    return Rehearsal(samples=samples, changed=tuple(changed))


def day_fault(text: str, today: date) -> str:
    """What is wrong with a first day in force as it was typed; empty where nothing is."""
    on = typed_day(text)
    if on is None:
        return "生效日期写成 2026-03-25 这样"
    return "" if on >= today else f"生效日期不能早于今天，{short_day(today)}"


def typed_day(text: str) -> date | None:
    """The day that was typed, None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
