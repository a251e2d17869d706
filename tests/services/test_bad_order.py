"""What comes late, out of order or by a clock that stands wrong: one sentence, and nothing moves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import derived_again
from clerk.domain.errors import NotAcceptable
from clerk.domain.hand_off import RemoteEventKind
from clerk.services import hand_off, paper_making
from clerk.services.case_acts import do_act
from clerk.wording_events import event_note
from tests.services.noodle_shop import accepted, received

TAKEN_BACK = ActWords(reason="申请人书面撤回")


def told(window, case, *kinds):
    """Let the department say so, and take it over."""
    for kind in kinds:
        window.peer("back_office").control({"event": kind.value, "case": str(case.case_id)})
    hand_off.take_over_events(window.desk, window.clerk)
    return window.stored(case)


def made(window, case):
    return {
        one.kind for one in paper_making.make_due_papers(window.desk, window.clerk, case.case_id)
    }


@pytest.mark.parametrize(
    "late", [RemoteEventKind.GRANTED, RemoteEventKind.REFUSED, RemoteEventKind.RESULT_READY]
)
def test_an_answer_for_a_withdrawn_case_moves_nothing_makes_no_paper_and_says_so(window, late):
    case = accepted(window)
    window.deliver()
    case = do_act(window.desk, window.clerk, case.case_id, CaseAct.WITHDRAW, TAKEN_BACK)
    window.deliver()
    before, had = window.stored(case), made(window, case)

    after = told(window, case, late)

    assert (after.state, after.decision, after.terms) == (CaseState.WITHDRAWN, None, before.terms)
    assert made(window, case) == had
    assert derived_again(window.desk.rules(after), after) == after
    said = event_note(after.events[-1], after, window.desk.rules(after).standard)
    assert said == "部门答复来晚了，这件那时已撤回，什么都没有改动"


def test_a_result_told_of_before_its_decision_waits_for_nobody(window):
    """Events out of order: the result first, then the acceptance it rests on."""
    case = received(window)
    window.deliver()

    early = told(window, case, RemoteEventKind.RESULT_READY)
    assert early.state is CaseState.RECEIVED

    after = told(window, case, RemoteEventKind.ACCEPTED)
    assert after.state in {CaseState.ACCEPTED, CaseState.UNDER_REVIEW}
    assert after.decision is None
    assert derived_again(window.desk.rules(after), after) == after


def test_a_clock_that_stands_before_the_last_step_does_nothing(window):
    case = accepted(window)
    back = replace(window.desk, now=lambda: window.clock() - timedelta(days=365))

    with pytest.raises(NotAcceptable, match="电脑时间比这件的上一步还早，没有改动"):
        do_act(back, window.clerk, case.case_id, CaseAct.WITHDRAW, TAKEN_BACK)

    assert window.stored(case) == case
