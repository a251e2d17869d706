"""审批: materials beside the machine's verdict; a person looks, then decides."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol
from uuid import UUID

from PyQt6.QtWidgets import QWidget

from clerk.domain.batch import Batch, BatchDone
from clerk.domain.case import Case
from clerk.domain.errors import ClerkError
from clerk.domain.findings import Verdict
from clerk.domain.refusal import statement_needed, statement_runs
from clerk.domain.review import PointOutcome, gives_reasons
from clerk.jobs import Jobs
from clerk.ui.actions import ApprovalActions
from clerk.ui.acts import Act
from clerk.ui.approval_batch import BatchDialog, batch_words
from clerk.ui.approval_case import CaseInHand
from clerk.ui.approval_dialogs import RefuseDialog, ReturnDialog
from clerk.ui.approval_statement import StatementDialog
from clerk.ui.overriding import override
from clerk.ui.pin_dialog import PinKeeper
from clerk.ui.widgets import Dialog, open_dialog
from clerk.wording import day
from clerk.wording_approval import statement_words
from clerk.wording_cases import refusal_name

_STOCK = 9


class OfferUndo(Protocol):
    """How an act is announced that takes effect in a few seconds (``Shell.offer_undo``)."""

    def __call__(self, what: str, *, commit: Callable[[], None], undo: Callable[[], None]) -> None:
        """Announce ``what``; exactly one of ``commit`` and ``undo`` is called later."""


class ApprovalPage(CaseInHand):
    """The page of a chief representative."""

    def __init__(
        self,
        actions: ApprovalActions,
        jobs: Jobs,
        offer_undo: OfferUndo,
        say: Callable[[str], None],
        open_dialog: Callable[[QWidget, Dialog], None] = open_dialog,
        *,
        in_pieces: bool = False,
    ) -> None:
        super().__init__(actions, jobs, say, open_dialog)
        self._offer_undo = offer_undo
        self._pin = PinKeeper(self, actions.pin, jobs, open_dialog, say)
        self.make(self._made(), in_pieces=in_pieces)

    @override
    def _connect(self) -> None:
        super()._connect()
        self.grant_button.clicked.connect(self.grant)
        self.return_button.clicked.connect(self.send_back)
        self.refuse_button.clicked.connect(self.refuse)
        self.batch_button.clicked.connect(self.many_at_once)

    # ---- what the shell asks ---------------------------------------------------------------

    @override
    def acts(self) -> Sequence[Act]:
        viewer = self.file.viewer
        return (
            Act(
                name="同意并办结",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.grant,
            ),
            Act(name="退回补核", key="Shift+F9", trigger=self.send_back),
            Act(name="不予许可", trigger=self.refuse),
            Act(name="批量审批", key="Ctrl+B", trigger=self.many_at_once),
            Act(name="符合，下一处", key="Space", trigger=self.mark_seen, local=True),
            Act(name="这一处不符合、不适用", key="F7", trigger=self.ask_outcome),
            Act(name="看换下的旧页", key="F8", trigger=self.see_older),
            Act(name="下一处没看的", key="F4", trigger=self.next_unseen),
            Act(name="换材料", key="← →", trigger=viewer.setFocus, local=True),
            Act(name="翻页", key="PgUp PgDn", trigger=viewer.setFocus, local=True),
            Act(name="放大缩小原件", key="Ctrl +/−", trigger=viewer.setFocus, local=True),
            Act(name="跳过这件", key="Ctrl+Down", trigger=lambda: self.queue.step(1)),
            Act(name="回上一件", key="Ctrl+Up", trigger=lambda: self.queue.step(-1)),
            Act(name="看依据", key="Ctrl+I", trigger=self._toggle_reasons),
            Act(name="看最新", key="F5", trigger=self.look_again),
            Act(name="找待审的件", key="F3", trigger=self.search.setFocus),
            Act(name="回到原件", key="Esc", trigger=viewer.setFocus),
            *self._stock_opinions(),
        )

    def _stock_opinions(self) -> list[Act]:
        opinions = self._standard(self._case).opinions if self._case is not None else ()
        return [
            Act(
                name=f"常用意见：{text}",
                key=f"Ctrl+{place}",
                trigger=partial(self.verdict.opinion.setPlainText, text),
            )
            for place, text in enumerate(opinions[:_STOCK], start=1)
        ]

    @override
    def regions(self) -> Sequence[QWidget]:
        column = self.verdict
        return (self.queue, self.file.viewer.canvas, column.points, column.findings, column.opinion)

    @override
    def first_focus(self) -> QWidget:
        return self.file.viewer.canvas

    # ---- deciding --------------------------------------------------------------------------

    def _decidable(self) -> Case | None:
        """The case in hand, if this person may decide it; else it is said why not."""
        if self._case is None:
            self._say("这件还在读，读到再按" if self.queue.current() else "没有等你审的件")
        elif self._why_not:
            self._say(self._why_not)
            return None
        return self._case

    def grant(self) -> None:
        """Agree, if everything was looked at; it takes effect after the undo strip."""
        case, verdict = self._decidable(), self._verdict
        if case is None or verdict is None:
            return
        hindrance = self._hindrance(case, verdict)
        if hindrance:
            self._say(hindrance)
            return
        what = f"同意 {case.item_name}，{case.applicant_name}"
        self._pin.prove(what, partial(self._grant, case, self.verdict.opinion.words()))

    def _grant(self, case: Case, opinion: str) -> None:
        if self._case is None or self._case.case_id != case.case_id:
            return  # the PIN came when another case was in front
        self._leave(case)
        self._offer_undo(
            f"同意 {case.item_name}，{case.applicant_name}",
            commit=partial(self._decide, case, True, opinion),
            undo=partial(self._take_back, case),
        )
        self.file.viewer.setFocus()  # the next case is already open behind the strip

    def _hindrance(self, case: Case, verdict: Verdict) -> str:
        """Why it cannot be granted now, in one sentence; empty where it can."""
        failed = len(verdict.failed) + len(verdict.open)
        if failed:
            return f"有 {failed} 项没通过，不能同意。可以退回补核，或按规定不予许可"
        if any(held.due_on is not None for held in case.evidence.values()):
            return "容缺材料还没补齐，不能同意。等补齐再审"
        answers = self._answers(case)
        wrong = sum(found.outcome is PointOutcome.NOT_MET for found in answers.values())
        if wrong:
            return f"有 {wrong} 处你看了不符合，不能同意。可以退回补核，或按规定不予许可"
        unseen = self._to_see(case)
        if unseen:
            self._go_to_unseen()
            return f"还有 {len(unseen)} 处没看，先看：{unseen[0][1]}"
        opinion = self.verdict.opinion.words()
        if not opinion or (answers and not gives_reasons(opinion)):
            self.verdict.opinion.setFocus()
            said = "只有结论没有理由" if opinion else "还没写"
            return f"审查意见{said}。写明理由，或按 Ctrl 1 选常用意见"
        return ""

    def send_back(self) -> None:
        """Choose the reasons to return it for; Enter in the dialog does it."""
        case = self._decidable()
        if case is None:
            return
        materials = [(tab.code, tab.title) for tab in self.file.materials()]
        dialog = ReturnDialog(
            self._standard(case),
            materials,
            self.file.current_code(),
            partial(self._return, case),
        )
        self._open_dialog(self, dialog)

    def refuse(self) -> None:
        """Refuse, with reason and basis, after reading it all once more."""
        case = self._decidable()
        if case is None:
            return
        unseen = self._to_see(case)
        if unseen:
            self._go_to_unseen()
            self._say(f"还有 {len(unseen)} 处没看，先看：{unseen[0][1]}")
            return
        rules, told = self._actions.rules(case), case.statement
        if statement_needed(rules, case) and rules.law.statement is not None:
            what = f"{case.label}　{case.item_name}，{case.applicant_name}"
            days = rules.law.statement.amount
            self._open_dialog(self, StatementDialog(what, days, partial(self._tell_first, case)))
            return
        if told is not None and statement_runs(case, self._today()):
            self._say(f"申请人可以陈述申辩到 {day(told.until_on)}，现在不能不予许可")
            return
        dialog = RefuseDialog(
            self._standard(case), partial(self._refuse, case), heard=statement_words(told)
        )
        self._open_dialog(self, dialog)

    def _tell_first(self, case: Case, reasons: str) -> None:
        self._run(partial(self._actions.offer_statement, case, reasons), self._on_told)

    def _on_told(self, case: Case) -> None:
        if self._case is not None and self._case.case_id == case.case_id:
            self._case = case
        if case.statement is not None:
            self._say(f"已告知，申请人可以陈述申辩到 {day(case.statement.until_on)}")

    def _refuse(self, case: Case, text: str) -> None:
        what = f"{refusal_name(self._standard(case))} {case.item_name}，{case.applicant_name}"
        self._pin.prove(what, partial(self._refused, case, text))

    def _refused(self, case: Case, text: str) -> None:
        self._leave(case)
        self._decide(case, False, text)

    # ---- many at once ----------------------------------------------------------------------

    def many_at_once(self) -> None:
        """Offer the clean cases of the item in hand together, where a mandate allows it."""
        case = self._case
        if case is None or not self._actions.batch.allowed(case.item_code):
            self._say("这个事项没有授权批量审批，逐件审批")
            return
        self._run(partial(self._actions.batch.offer, case.item_code), self._on_batch)

    def _on_batch(self, batch: Batch) -> None:
        self._open_dialog(self, BatchDialog(batch, partial(self._decide_many, batch)))

    def _decide_many(self, batch: Batch, chosen: Sequence[UUID], opinion: str) -> None:
        decide = partial(self._actions.batch.decide, batch, chosen, opinion)
        self._pin.prove(
            f"同意 {batch.item_name} {len(chosen)} 件",
            lambda: self._run(decide, self._on_many_decided),
        )

    def _on_many_decided(self, done: BatchDone) -> None:
        self._say(batch_words(done))
        if self._case is not None and self._case.case_id in {one.case_id for one in done.decided}:
            self._case = None
        self.reload()

    def _return(
        self, case: Case, points: Sequence[str], materials: Sequence[str], remark: str
    ) -> None:
        self._leave(case)
        self._run(
            partial(self._actions.send_back, case, points, materials, remark),
            lambda back: self._on_left(back, f"{back.label}已退回{back.with_whom}补核，计时不停"),
            lambda error: self._on_stayed(case, error),
        )

    def _decide(self, case: Case, granted: bool, opinion: str) -> None:
        self._run(
            partial(self._actions.decide, case, granted, opinion),
            self._on_decided,
            lambda error: self._on_stayed(case, error),
        )

    def _on_decided(self, case: Case) -> None:
        number = case.decision.number if case.decision else ""
        granted = case.decision is not None and case.decision.granted
        word = "已同意" if granted else f"已{refusal_name(self._standard(case))}"
        self._on_left(case, f"{case.label}{word}，文号 {number}")

    def _leave(self, case: Case) -> None:
        """Take the case out of the queue and open the next one at once."""
        self._keep_opinion()
        ids = [line.case_id for line in self.queue.lines()]
        at = ids.index(case.case_id) if case.case_id in ids else 0
        self._leaving.add(case.case_id)
        self._case = None
        self._show_queue(at)
        self.file.viewer.setFocus()

    def _take_back(self, case: Case) -> None:
        self._leaving.discard(case.case_id)
        self._show_queue()
        line = next((line for line in self._lines if line.case_id == case.case_id), None)
        if line is not None:
            self.queue.open_line(line)
        self.file.viewer.setFocus()

    def _on_left(self, case: Case, said: str) -> None:
        self._lines = tuple(line for line in self._lines if line.case_id != case.case_id)
        self._leaving.discard(case.case_id)
        self._opinions.pop(case.case_id, None)
        self._say(said)
        self.reload()

    def _on_stayed(self, case: Case, error: ClerkError) -> None:
        self._take_back(case)
        self.trouble.show_error(error)
