"""What is done to a case after it was taken in, each act whole or not at all."""

import pytest

from clerk.domain import intake
from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.findings import NextAct
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Role
from clerk.services import acceptance, approval, drafts
from clerk.services.case_acts import do_act, offered_acts
from tests.services.noodle_shop import accepted, complete_on_paper, incomplete, put_off, received

TAKEN_BACK = ActWords(reason="不办了")
RULES = ActWords(material="RULES", seen=("COMPLETE",))


def kinds(window, case):
    return [entry.message.kind for entry in window.messages(case)]


def deferred(window):
    """The noodle shop, accepted while its rules of hygiene are still to come."""
    return accepted(window, put_off(window))


def test_an_application_taken_back_ends_the_case_and_tells_the_department(window):
    case = accepted(window)

    gone = do_act(window.desk, window.clerk, case.case_id, CaseAct.WITHDRAW, TAKEN_BACK)

    assert (window.stored(case), gone.state) == (gone, CaseState.WITHDRAWN)
    assert kinds(window, case).count(MessageKind.SUBMIT_CASE) == 2
    assert window.lines()[-1].act == "case.withdraw"


def test_of_two_windows_that_act_at_once_one_is_told_so(window):
    case = accepted(window)
    do_act(window.desk, window.clerk, case.case_id, CaseAct.WITHDRAW, TAKEN_BACK)
    told = len(window.messages(case))

    with pytest.raises(NotAcceptable):
        do_act(window.desk, window.clerk, case.case_id, CaseAct.WITHDRAW, TAKEN_BACK)

    assert len(window.messages(case)) == told


def test_the_late_paper_is_taken_at_any_window_and_the_promise_is_kept_below(window):
    case = deferred(window)

    whole = do_act(window.desk, window.clerk, case.case_id, CaseAct.SUPPLY, RULES)

    assert [old.due_on is not None for old in whole.evidence["RULES"].older] == [True]
    assert next(one.bar for one in offered_acts(window.desk, window.clerk, whole)) is not None


def test_a_window_clerk_gives_no_more_time_for_a_late_paper(window):
    with pytest.raises(NotAllowed):
        do_act(window.desk, window.clerk, deferred(window).case_id, CaseAct.EXCUSE, ActWords())


def test_a_case_voided_by_the_supervisor_says_why(window):
    supervisor = window.session(Role.SUPERVISOR)

    case = do_act(
        window.desk,
        supervisor,
        accepted(window).case_id,
        CaseAct.VOID,
        ActWords(reason="同一件开了两次"),
    )

    assert case.state is CaseState.VOID
    assert case.events[-1].detail["reason"] == "同一件开了两次"


def test_the_chief_starts_and_ends_a_hearing_and_the_term_is_later(window):
    before = accepted(window)
    started = ActWords(procedure="听证")

    runs = do_act(window.desk, window.chief, before.case_id, CaseAct.START_PROCEDURE, started)
    window.clock.goes_on(days=2)
    over = do_act(
        window.desk, window.chief, runs.case_id, CaseAct.END_PROCEDURE, ActWords(reason="没有异议")
    )

    assert runs.due_on is None
    assert before.due_on is not None
    assert over.due_on is not None
    assert over.due_on > before.due_on


def test_what_was_told_once_comes_back_complete_under_its_own_number(window):
    """补正: the term runs from the day all was there; the number stays."""
    desk, clerk = window.desk, window.clerk
    told = acceptance.tell_once(desk, clerk, incomplete(window), {})
    window.clock.goes_on(days=5)
    brought = _completed(window, told)

    case = acceptance.take_in(desk, clerk, brought, NextAct.ACCEPT_AND_PASS_ON)

    assert case.label == told.label
    assert case.accepted_on == desk.today()
    assert (case.state, case.notice) == (CaseState.ACCEPTED, told.notice)


def _completed(window, told):
    whole = complete_on_paper(window)
    for code, held in whole.evidence.items():
        if code not in told.evidence:
            told = intake.with_evidence(told, code, held)
    for field, known in whole.values.items():
        if field not in told.values:
            told = intake.with_value(told, field, known.value, window.clock())
    return drafts.save_draft(window.desk, window.clerk, window.prefill(told))


def test_after_acceptance_nothing_is_kept_as_a_draft_any_more(window):
    with pytest.raises(NotAcceptable):
        drafts.save_draft(window.desk, window.clerk, accepted(window))


def test_a_withdrawn_case_is_decided_by_nobody(window):
    case = do_act(window.desk, window.clerk, accepted(window).case_id, CaseAct.WITHDRAW, TAKEN_BACK)

    with pytest.raises(NotAcceptable):
        approval.decide_case(window.desk, window.proved(window.chief), case.case_id, True, "同意")


def test_a_received_case_is_taken_back_as_well(window):
    case = do_act(window.desk, window.clerk, received(window).case_id, CaseAct.WITHDRAW, TAKEN_BACK)

    assert case.state is CaseState.WITHDRAWN
