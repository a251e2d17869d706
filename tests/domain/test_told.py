"""What a department tells of a case: taken over, noted, or too late to change anything."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clerk.domain import intake
from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.hand_off import RemoteEvent, RemoteEventKind
from clerk.domain.life import handed_off, receive, withdraw
from clerk.domain.prefill import prefilled
from clerk.domain.told import apply_remote
from tests.domain.at_the_window import (
    ALLOWANCE,
    CALENDAR,
    CASE_ID,
    CLERK,
    DISPATCH,
    FOOD,
    NOW,
    NUMBER,
    accepted_case,
    draft,
    noodle_shop_complete,
    person,
    rules,
)


def received(case=None, standard=FOOD):
    return receive(rules(standard), case or noodle_shop_complete(), NUMBER, CLERK, NOW)


def event(kind, *, at=NOW, event_id="e1", **detail):
    return RemoteEvent(
        event_id=event_id, case_id=CASE_ID, kind=kind, at=at, actor="示例县民政局", detail=detail
    )


def heard(case, kind, standard=FOOD, **given):
    return apply_remote(rules(standard), case, event(kind, **given))


def test_an_accepted_case_is_under_review_once_it_was_signed_for():
    case = handed_off(rules(), accepted_case(), NOW, "县行政审批服务局")

    assert case.state is CaseState.UNDER_REVIEW
    assert case.events[-1].kind is CaseEventKind.HANDED_OFF


def test_a_received_case_that_was_signed_for_is_still_not_accepted():
    assert handed_off(rules(), received(), NOW, "县行政审批服务局").state is CaseState.RECEIVED


def test_the_department_that_accepts_starts_the_limits_on_its_own_day():
    case = received()

    after = heard(case, RemoteEventKind.ACCEPTED, at=datetime(2026, 3, 20, 2, 0, tzinfo=UTC))

    assert after.state is CaseState.ACCEPTED
    assert (after.due_on, after.decide_by_on) == (date(2026, 3, 27), None)


def test_a_department_that_accepts_again_moves_no_date_the_applicant_holds_on_paper():
    """The window accepted in its name; the notice that was handed out promises 25 March."""
    case = handed_off(rules(), accepted_case(), NOW, "县行政审批服务局")

    after = heard(case, RemoteEventKind.ACCEPTED, at=datetime(2026, 3, 20, 2, 0, tzinfo=UTC))

    assert (after.state, after.due_on, after.accepted_at) == (
        CaseState.UNDER_REVIEW,
        date(2026, 3, 25),
        NOW,
    )
    assert after.events[-1].kind is CaseEventKind.ACCEPTED


def test_an_acceptance_that_arrives_after_the_decision_takes_nothing_back():
    case = heard(received(), RemoteEventKind.ACCEPTED)
    case = heard(case, RemoteEventKind.GRANTED, event_id="e2")

    after = heard(case, RemoteEventKind.ACCEPTED, event_id="e3")

    assert after.state is CaseState.GRANTED


def test_a_decision_of_the_department_is_taken_over():
    case = heard(received(standard=DISPATCH), RemoteEventKind.ACCEPTED, DISPATCH)

    granted = heard(case, RemoteEventKind.GRANTED, DISPATCH, number="示人社〔2026〕3 号")
    refused = heard(case, RemoteEventKind.REFUSED, DISPATCH, opinion="注册资本不足")

    assert (granted.state, granted.decision.granted) == (CaseState.GRANTED, True)
    assert granted.decision.number == "示人社〔2026〕3 号"
    assert (refused.state, refused.decision.opinion) == (CaseState.REFUSED, "注册资本不足")


def test_the_department_wins_where_it_decided_otherwise():
    granted = heard(received(), RemoteEventKind.GRANTED)

    refused = heard(granted, RemoteEventKind.REFUSED, event_id="e2", opinion="更正")

    assert (refused.state, refused.decision.granted) == (CaseState.REFUSED, False)


def test_a_decision_that_is_told_again_does_not_take_the_result_off_the_shelf():
    case = heard(received(), RemoteEventKind.GRANTED)
    waiting = heard(case, RemoteEventKind.RESULT_READY, event_id="e2")

    again = heard(waiting, RemoteEventKind.GRANTED, event_id="e3")

    assert again.state is CaseState.RESULT_WAITING


def test_a_result_that_is_here_already_is_no_news():
    case = heard(heard(received(), RemoteEventKind.GRANTED), RemoteEventKind.RESULT_READY)

    assert heard(case, RemoteEventKind.RESULT_READY, event_id="e9") is case


@pytest.mark.parametrize("kind", RemoteEventKind)
def test_a_closed_case_keeps_its_state_whatever_arrives_late(kind):
    closed = withdraw(rules(), accepted_case(), "不办了", CLERK, NOW)

    after = heard(closed, kind)

    assert after.state is CaseState.WITHDRAWN
    assert len(after.events) == len(closed.events) + 1


@pytest.mark.parametrize("kind", [RemoteEventKind.SIGNED_FOR, RemoteEventKind.RETURNED])
def test_some_events_are_only_noted(kind):
    case = received()

    after = heard(case, kind)

    assert after == replace(case, events=after.events)


def test_the_departments_own_notice_waits_for_the_applicant():
    """It was told within the five working days, so silence accepts nothing any more."""
    after = heard(received(), RemoteEventKind.CORRECTION_ASKED)

    assert (after.state, after.decide_by_on) == (CaseState.CORRECTION_DUE, None)


def test_a_benefits_limits_run_in_calendar_days():
    """The promised twenty days of the allowance end on a working day."""
    case = intake.with_person(draft(ALLOWANCE), person(), ALLOWANCE.applicant_kinds)
    taken = received(prefilled(ALLOWANCE, case, NOW, CALENDAR), ALLOWANCE)

    after = heard(taken, RemoteEventKind.ACCEPTED, ALLOWANCE)

    assert after.due_on == date(2026, 4, 7)
    assert after.statutory_due_on == date(2026, 4, 17)


@pytest.mark.parametrize("kind", [RemoteEventKind.ACCEPTED, RemoteEventKind.GRANTED])
def test_a_department_that_goes_on_has_got_what_was_asked_for(kind):
    """The applicant may bring his corrections to the department itself."""
    waiting = heard(received(), RemoteEventKind.CORRECTION_ASKED)

    after = heard(waiting, kind, event_id="e2")

    assert after.state in {CaseState.ACCEPTED, CaseState.GRANTED}
    assert CaseEventKind.CORRECTED in [event.kind for event in after.events]
