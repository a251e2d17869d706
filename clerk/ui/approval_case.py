"""The case in hand at 审批: taken from the queue, shown, and looked at point by point."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

from PyQt6.QtWidgets import QWidget

from clerk.domain.case import Case
from clerk.domain.case_list import CaseLine
from clerk.domain.days import local_date
from clerk.domain.decisions import answer_point, points_answered
from clerk.domain.errors import ClerkError
from clerk.domain.findings import Verdict
from clerk.domain.review import PointAnswer, PointOutcome
from clerk.domain.standard import ItemStandard
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import ApprovalActions
from clerk.ui.approval_frame import ApprovalFrame
from clerk.ui.approval_points import PointDialog
from clerk.ui.approval_verdict import Point
from clerk.ui.overriding import override
from clerk.ui.widgets import Dialog
from clerk.values import replace
from clerk.wording_approval import POINT_OUTCOMES, decision_paper

T = TypeVar("T")


class CaseInHand(ApprovalFrame):
    """Everything of the page but the decision itself."""

    def __init__(
        self,
        actions: ApprovalActions,
        jobs: Jobs,
        say: Callable[[str], None],
        open_dialog: Callable[[QWidget, Dialog], None],
    ) -> None:
        super().__init__(actions, jobs)
        self._say, self._open_dialog = say, open_dialog
        self._case: Case | None = None
        self._verdict: Verdict | None = None
        self._why_not = ""
        self._point = -1
        self._leaving: set[UUID] = set()
        self._lines: tuple[CaseLine, ...] = ()
        self._opinions: dict[UUID, str] = {}
        self._wanted: UUID | None = None

    @override
    def _connect(self) -> None:
        self.queue.chosen.connect(self._on_chosen)
        self.search.chosen.connect(self.queue.open_line)
        self.search.chosen.connect(lambda _line: self.file.viewer.setFocus())
        self.file.viewer.seen.connect(self.mark_seen)
        self.verdict.points.seen.connect(self.mark_seen)
        self.verdict.points.chosen.connect(self._go_to_point)
        self.verdict.changes.older_wanted.connect(self._see_older_of)
        self.skip_button.clicked.connect(lambda: self.queue.step(1))

    @override
    def entered(self) -> None:
        self.reload()

    # ---- the queue -------------------------------------------------------------------------

    def _today(self) -> date:
        return local_date(self._actions.here.now())

    def _standard(self, case: Case) -> ItemStandard:
        return self._actions.here.standard(case.item_code, case.standard_version)

    def reload(self) -> None:
        """Read the queue again; the case in hand stays in hand."""
        self._run(self._actions.queue, self._on_queue)

    def choose(self, case_id: UUID) -> None:
        """Read the queue again and open this case; it is said where it is not in it."""
        self._wanted = case_id
        self.reload()

    def look_again(self) -> None:
        """F5: read the queue again, and pages that could not be had."""
        self.reload()
        if not self.file.viewer.has_pages():
            self.file.viewer.retry()

    def _on_queue(self, lines: Sequence[CaseLine]) -> None:
        self.trouble.clear()
        self._lines = tuple(lines)
        self._show_queue()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._open_wanted(wanted)

    def _open_wanted(self, case_id: UUID) -> None:
        line = next((line for line in self.queue.lines() if line.case_id == case_id), None)
        if line is None:
            self._say("这件不在待你审批的件里，在办件里看进度")
        elif self._case is None or self._case.case_id != case_id:
            self.queue.open_line(line)

    def _show_queue(self, at: int = 0) -> None:
        """Show what waits, without what is about to leave; open the one at ``at`` if none is."""
        lines = [line for line in self._lines if line.case_id not in self._leaving]
        self.queue.show_lines(lines, self._today())
        self.counted.emit(len(lines))
        self.bar.hint.setText(f"待审 {len(lines)} 件")
        self.stack.setCurrentIndex(0 if lines else 1)
        if not lines:
            self._close_case()
        elif self.queue.current() is None:
            shown = self.queue.lines()
            self.queue.open_line(shown[min(at, len(shown) - 1)])

    def _close_case(self) -> None:
        self._case = self._verdict = None
        self._offer()

    def _on_chosen(self, line: CaseLine) -> None:
        self._keep_opinion()
        self._case = None
        self.trouble.clear()
        self._run(partial(self._actions.load_case, line.case_id), self._on_case)

    def _on_case(self, case: Case) -> None:
        line = self.queue.current()
        if line is None or line.case_id != case.case_id:
            return
        self._case = case
        self._verdict = self._actions.check(case)
        self._why_not = self._actions.why_not(case)
        standard = self._standard(case)
        to_look_at = self._actions.to_look_at(case)
        self.batch_button.setVisible(self._actions.batch.allowed(case.item_code))
        self.verdict.show_verdict(self._verdict, len(to_look_at), self._why_not)
        self.verdict.after.setText(
            f"同意后：出具{decision_paper(standard.law_kind, granted=True)}，{standard.result.name}到窗口领取。5 秒内可撤回。\n"
            "退回补核：内部流转，计时不停，不再向群众要材料。"
        )
        prepared = standard.opinions[0] if standard.opinions else ""
        self.verdict.opinion.setPlainText(self._opinions.get(case.case_id, prepared))
        self.verdict.changes.show_case(standard, case)
        self.file.show_case(standard, case, self._verdict.asked)
        self._show_points()
        self._offer()
        self.acts_changed.emit()
        if not self._go_to_unseen():
            self.file.show_material(0)

    def _offer(self) -> None:
        case = self._case
        standard = self._standard(case) if case is not None else None
        self.show_buttons(case, standard, self._why_not)

    # ---- looking ---------------------------------------------------------------------------

    def _points(self) -> tuple[Point, ...]:
        case = self._case
        if case is None:
            return ()
        places = {tab.code: place for place, tab in enumerate(self.file.materials(), start=1)}
        names = {tab.code: tab.title for tab in self.file.materials()}
        answers = self._answers(case)
        return tuple(
            Point(
                code=code,
                text=text,
                material=f"材料 {places[asked]}，{names[asked]}" if asked in places else "整件看",
                seen=code in answers,
                found=_found(answers.get(code)),
            )
            for code, text, asked in self._actions.to_look_at(case)
        )

    def _answers(self, case: Case) -> dict[str, PointAnswer]:
        """What this person found; what another found, he has yet to look at."""
        return points_answered(self._standard(case), case, self._actions.here.session)

    def _show_points(self) -> None:
        case = self._case
        points = self._points()
        self.verdict.points.show_points(points, self._point)
        if case is not None:
            unseen = {asked for code, _, asked in self._to_see(case)}
            self.file.show_to_see(unseen)

    def _to_see(self, case: Case) -> list[tuple[str, str, str]]:
        answers = self._answers(case)
        return [one for one in self._actions.to_look_at(case) if one[0] not in answers]

    def _go_to_point(self, place: int) -> None:
        case = self._case
        if case is None:
            return
        self._point = place
        _, _, asked = self._actions.to_look_at(case)[place]
        if asked:
            self.file.show_code(asked)
        self._show_points()

    def _go_to_unseen(self) -> bool:
        """Go to the first thing nobody has looked at; False where everything was."""
        case = self._case
        if case is None:
            return False
        for place, point in enumerate(self._points()):
            if not point.seen:
                self._go_to_point(place)
                return True
        self._point = -1
        self._show_points()
        return False

    def next_unseen(self) -> None:
        """Go to the next thing nobody has looked at, or say that there is none."""
        if not self._go_to_unseen():
            self._say("要你看的都看过了")

    def see_older(self) -> None:
        """Show the pages that were replaced, or behind the last of them the present ones."""
        if not self.file.step_older():
            self._say("这份材料没有换下的旧页")

    def _see_older_of(self, code: str) -> None:
        self.file.show_older_of(code)
        self.file.viewer.setFocus()

    def mark_seen(self) -> None:
        """The current point was looked at and holds; go on to the next one."""
        case, points = self._case, self._points()
        if case is None or not 0 <= self._point < len(points) or points[self._point].seen:
            self._say("没有要标的。按 F4 到下一处没看的，按 F7 改结论")
            return
        self._answer(case, points[self._point].code, PointOutcome.MET, "")

    def ask_outcome(self) -> None:
        """Say of the current point that it does not hold or does not apply, and why."""
        case, points = self._case, self._points()
        if case is None or not points:
            self._say("没有要你看的")
            return
        point = points[max(0, min(self._point, len(points) - 1))]
        if self._why_not:
            self._say(self._why_not)
            return
        dialog = PointDialog(point.text, partial(self._answer, case, point.code))
        self._open_dialog(self, dialog)

    def _answer(self, case: Case, code: str, outcome: PointOutcome, remark: str) -> None:
        self._run(
            partial(self._actions.answer_point, case, code, outcome, remark),
            self._on_looked,
            partial(self._on_not_looked, case),
        )
        here = self._actions.here
        standard, session = self._standard(case), here.session
        # at once; what the store says replaces it
        self._case = answer_point(standard, case, code, outcome, remark, session, here.now())
        if not self._go_to_unseen() and not self._why_not:
            self._say("要你看的都看过了，是否同意由你决定")

    def _on_looked(self, case: Case) -> None:
        if self._case is not None and self._case.case_id == case.case_id:
            shown = self._case
            self._case = replace(
                case,
                looked_at=case.looked_at | shown.looked_at,
                point_answers={**case.point_answers, **shown.point_answers},
            )

    def _on_not_looked(self, case: Case, error: ClerkError) -> None:
        """The mark was not kept: show the case as the store has it."""
        self._run(partial(self._actions.load_case, case.case_id), self._on_case)
        self.trouble.show_error(error)

    def _toggle_reasons(self) -> None:
        if not self.verdict.toggle_reasons():
            self.file.viewer.setFocus()

    def _keep_opinion(self) -> None:
        if self._case is not None:
            self._opinions[self._case.case_id] = self.verdict.opinion.words()

    def _run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[ClerkError], None] | None = None,
    ) -> None:
        self._jobs.run(
            Lane.STORE, work, owner=self, then=then, failed=failed or self.trouble.show_error
        )


def _found(answer: PointAnswer | None) -> str:
    return POINT_OUTCOMES[answer.outcome] if answer else ""
