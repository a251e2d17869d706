"""The case in hand at 审批: taken from the queue, shown, and looked at point by point."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.case_list import CaseLine
from clerk.domain.days import local_date
from clerk.domain.decisions import look_at
from clerk.domain.errors import ClerkError
from clerk.domain.findings import Verdict
from clerk.domain.standard import ItemStandard
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import ApprovalActions
from clerk.ui.approval_frame import ApprovalFrame
from clerk.ui.approval_verdict import Point
from clerk.ui.overriding import override

T = TypeVar("T")


class CaseInHand(ApprovalFrame):
    """Everything of the page but the decision itself."""

    def __init__(self, actions: ApprovalActions, jobs: Jobs, say: Callable[[str], None]) -> None:
        super().__init__(actions, jobs)
        self._say = say
        self._case: Case | None = None
        self._verdict: Verdict | None = None
        self._why_not = ""
        self._point = -1
        self._leaving: set[UUID] = set()
        self._lines: tuple[CaseLine, ...] = ()
        self._opinions: dict[UUID, str] = {}
        self._wanted: UUID | None = None
        self.queue.chosen.connect(self._on_chosen)
        self.file.viewer.seen.connect(self.mark_seen)
        self.verdict.points.seen.connect(self.mark_seen)
        self.verdict.points.chosen.connect(self._go_to_point)
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
        self.verdict.show_verdict(self._verdict, len(to_look_at), self._why_not)
        self.verdict.after.setText(
            f"同意后：出具决定书，{standard.result.name}到窗口领取。5 秒内可撤回。\n"
            "退回补核：内部流转，计时不停，不再向群众要材料。"
        )
        prepared = standard.opinions[0] if standard.opinions else ""
        self.verdict.opinion.setPlainText(self._opinions.get(case.case_id, prepared))
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
        return tuple(
            Point(
                code=code,
                text=text,
                material=f"材料 {places[asked]}，{names[asked]}" if asked in places else "整件看",
                seen=code in case.looked_at,
            )
            for code, text, asked in self._actions.to_look_at(case)
        )

    def _show_points(self) -> None:
        case = self._case
        points = self._points()
        self.verdict.points.show_points(points, self._point)
        if case is not None:
            unseen = {asked for code, _, asked in self._to_see(case)}
            self.file.show_to_see(unseen)

    def _to_see(self, case: Case) -> list[tuple[str, str, str]]:
        return [one for one in self._actions.to_look_at(case) if one[0] not in case.looked_at]

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

    def mark_seen(self) -> None:
        """The current point was looked at; go on to the next one."""
        case, points = self._case, self._points()
        if case is None or not 0 <= self._point < len(points) or points[self._point].seen:
            self._say("没有要标的。按 F4 到下一处没看的")
            return
        code = points[self._point].code
        self._run(
            partial(self._actions.look_at, case, code),
            self._on_looked,
            partial(self._on_not_looked, case),
        )
        self._case = look_at(case, code)  # at once; what the store says replaces it
        if not self._go_to_unseen() and not self._why_not:
            self._say("要你看的都看过了，是否同意由你决定")

    def _on_looked(self, case: Case) -> None:
        if self._case is not None and self._case.case_id == case.case_id:
            self._case = replace(case, looked_at=case.looked_at | self._case.looked_at)

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
