"""Approval in the real window: three keys, a deputy, a refusal, a correction, many at once."""

from collections.abc import Callable

import pytest

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.case_acts import CaseAct
from clerk.domain.papers import PaperKind
from clerk.domain.pin import PRACTICE_PIN
from clerk.services.paper_making import make_due_papers
from clerk.ui.approval import ApprovalPage
from clerk.ui.approval_dialogs import RefuseDialog
from tests.services import noodle_shop, sole_trader
from tests.stories.at_counter import AtCounter
from tests.stories.behind_the_counter import another_person, begin, fill, find_case, window_of

MOST_KEYS = 3
LATE_MS = 30_000
REASONS = "操作间没有独立的清洗水池，不符合要求"


pytestmark = pytest.mark.own_window


def taken_in(counter: AtCounter, make: Callable[..., Case]) -> Case:
    """A case that another window took in and the department signed for."""
    window = window_of(counter)
    window.lease()
    case = make(window)
    window.deliver()
    return counter.kept(case.case_id)


def page(counter: AtCounter) -> ApprovalPage:
    shown = counter.floor.shell.page()
    assert isinstance(shown, ApprovalPage)
    return shown


def at_the_case(counter: AtCounter, case: Case) -> ApprovalPage:
    """Wait until the case is in hand in 审批, with everything to look at."""
    counter.until(lambda: isinstance(counter.floor.shell.page(), ApprovalPage))
    shown = page(counter)
    counter.until(shown.queue.lines)
    shown.choose(case.case_id)
    counter.until(lambda: case.label in shown.subject.text())
    return shown


def look_at_all(counter: AtCounter, shown: ApprovalPage) -> int:
    """Space at each point; how many keys it took."""
    points = len(shown.verdict.points.points())
    counter.press(*["Space"] * points)
    counter.until(lambda: all(point.seen for point in shown.verdict.points.points()))
    return points


def prove(counter: AtCounter) -> None:
    """Type the PIN where it is asked."""
    counter.until(lambda: counter.dialog() == "输审批密码")
    counter.type(PRACTICE_PIN)
    counter.until(lambda: counter.dialog() == "")


def decided(counter: AtCounter, case: Case, state: CaseState) -> Case:
    reached = {state, CaseState.RESULT_WAITING}
    counter.until(lambda: counter.kept(case.case_id).state in reached, LATE_MS)
    return counter.kept(case.case_id)


def test_a_clean_case_is_granted_in_three_keys(counter):
    """Space at each of its two points, F9; the PIN is typed once and counts for itself."""
    case = taken_in(counter, sole_trader.accepted)
    another_person(counter, "zheng")
    shown = at_the_case(counter, case)

    keys = look_at_all(counter, shown)
    counter.press("F9")
    keys += 1
    prove(counter)
    counter.until(counter.floor.shell.undo.is_open)

    done = decided(counter, case, CaseState.GRANTED)
    assert keys <= MOST_KEYS
    assert done.decision is not None
    assert set(done.decision.points) == {"FORM_REVIEW", "SCOPE"}
    assert done.decision.mandate == "示授〔2026〕1 号"


def test_a_deputy_approves_for_the_other_and_the_paper_says_so(counter):
    """钱代理 signs for 郑范例; after his last day the button is gone and says why."""
    first = taken_in(counter, noodle_shop.accepted)
    second = taken_in(counter, noodle_shop.accepted)
    another_person(counter, "qian")
    shown = at_the_case(counter, first)
    counter.until_seen("代理郑范例")

    look_at_all(counter, shown)
    counter.press("F9")
    prove(counter)
    done = decided(counter, first, CaseState.GRANTED)
    assert done.decision is not None
    assert (done.decision.by_name, done.decision.deputy_for) == ("钱代理", "郑范例")

    counter.days_later(14)
    another_person(counter, "qian")
    shown = at_the_case(counter, second)
    assert shown.grant_button.isHidden()
    counter.until_seen("代理授权书 示授代〔2026〕1 号 到 2026-03-31 已经期满", "可以由郑范例审批")


def test_a_permit_is_refused_after_the_applicant_was_heard(counter):
    case = taken_in(counter, noodle_shop.accepted)
    another_person(counter, "zheng")
    shown = at_the_case(counter, case)
    look_at_all(counter, shown)

    counter.do("不予许可")
    counter.until(lambda: counter.dialog() == "先告知陈述申辩")
    counter.type(REASONS)
    counter.press("F9")
    counter.until(lambda: counter.kept(case.case_id).statement is not None)
    heard_by_the_window(counter, case)
    another_person(counter, "zheng")
    refuse(counter, at_the_case(counter, case))

    done = decided(counter, case, CaseState.REFUSED)
    kinds = [event.kind for event in done.events]
    assert kinds.index(CaseEventKind.STATEMENT_HEARD) < kinds.index(CaseEventKind.DECIDED)
    assert done.decision is not None
    assert not done.decision.granted


def heard_by_the_window(counter: AtCounter, case: Case) -> None:
    """The applicant comes to the window and speaks; the clerk writes it down."""
    another_person(counter, "zhou")
    find_case(counter, case)
    begin(counter, window_of(counter).clerk, counter.kept(case.case_id), CaseAct.TAKE_STATEMENT)
    counter.press("1")
    counter.press("Tab")
    fill(counter, "已经加装水池，请再看一次。张示例签字")
    counter.press("F9")
    counter.until(lambda: was_heard(counter.kept(case.case_id)))


def was_heard(case: Case) -> bool:
    return case.statement is not None and case.statement.answered_at is not None


def refuse(counter: AtCounter, shown: ApprovalPage) -> None:
    """Reason, basis, then the whole text with what he said, and once more."""
    counter.until(lambda: all(point.seen for point in shown.verdict.points.points()))
    counter.do("不予许可")
    counter.until(lambda: counter.dialog() == "不予许可")
    dialog = counter.station.window.findChild(RefuseDialog)
    counter.type(REASONS)
    counter.press("Tab", "1")
    dialog.go_on()
    counter.until_seen("加装水池", "行政复议")
    dialog.go_on()
    prove(counter)


def test_a_decision_with_a_slip_is_corrected_and_goes_out_again(counter):
    case = taken_in(counter, noodle_shop.accepted)
    window = window_of(counter)
    noodle_shop.decided(window, case)
    window.deliver()
    another_person(counter, "zheng")
    find_case(counter, case)

    begin(counter, window.chief, counter.kept(case.case_id), CaseAct.CORRECT_DECISION)
    fill(counter, "材料齐全，现场核查符合要求，准予许可，经营面积 46 平方米。", "经营面积漏写")
    counter.press("F9")
    prove(counter)

    counter.until(lambda: counter.kept(case.case_id).corrected_decisions)
    after = decided(counter, case, CaseState.RESULT_WAITING)
    assert after.decision is not None
    assert after.decision.number != after.corrected_decisions[0].decision.number
    made = make_due_papers(window.desk, window.clerk, case.case_id)
    kinds = [paper.kind for paper in made]
    assert kinds.count(PaperKind.DECISION_CORRECTION) == 1
    assert kinds.count(PaperKind.DECISION) == 1


def test_clean_cases_are_granted_together_and_what_was_not_looked_at_stays(counter):
    cases = [taken_in(counter, sole_trader.accepted) for _ in range(3)]
    another_person(counter, "zheng")
    shown = page_of_any(counter)
    looked = []
    for _ in range(2):
        held = shown.queue.current()
        assert held is not None
        looked.append(held.case_id)
        look_at_all(counter, shown)
        counter.press("Ctrl+Down")
        counter.until(lambda: shown._case is not None and shown._case.case_id not in looked)

    counter.press("Ctrl+B")
    counter.until(lambda: counter.dialog() == "批量审批")
    counter.until_seen("有要你看的还没看 1 件")
    counter.press("F9")
    prove(counter)

    counter.until_seen("批量同意 2 件")
    done = {case.case_id: counter.kept(case.case_id).decision is not None for case in cases}
    assert done == {case.case_id: case.case_id in looked for case in cases}
    assert "approval.batch" in [line.act for line in window_of(counter).lines()]


def page_of_any(counter: AtCounter) -> ApprovalPage:
    counter.until(lambda: isinstance(counter.floor.shell.page(), ApprovalPage))
    shown = page(counter)
    counter.until(lambda: shown._case is not None)
    return shown
