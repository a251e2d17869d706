"""The statutory clock in sentences of the counter; 2 March 2026 is a Monday."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clerk.domain.case import CaseState
from clerk.domain.clock import facts_of, moves, terms_of
from clerk.domain.deadlines import Term, WorkCalendar, calendar_from
from tests.domain.at_the_clock import BENEFIT, CALENDAR, FILING, NOTICES, PERMIT, happens, workdays
from tests.domain.holiday_vectors import VECTORS

RECEIVED = happens("received", "2026-03-02")
ACCEPTED = happens("accepted", "2026-03-02")
PROMISED, STATUTORY = date(2026, 3, 9), date(2026, 3, 30)


def state(*events, law=PERMIT):
    return facts_of(law, events).state


def terms(*events, law=PERMIT, calendar=CALENDAR):
    """The terms that run, and the last day of each."""
    return {term: due.on for term, due in terms_of(law, facts_of(law, events), calendar).items()}


# 收件 ---------------------------------------------------------------------------------------------


def test_a_received_permit_has_five_working_days_for_the_one_notice():
    """行政许可法 art. 32 (4)."""
    assert state(RECEIVED) is CaseState.RECEIVED
    assert terms(RECEIVED) == {Term.NOTICE: date(2026, 3, 9)}


def test_a_received_benefit_has_no_term_for_a_notice():
    assert terms(RECEIVED, law=BENEFIT) == {}


def test_received_at_night_counts_on_the_halls_day():
    at_night = happens("received", "2026-03-02", at=datetime(2026, 3, 2, 17, 0, tzinfo=UTC))

    assert terms(at_night) == {Term.NOTICE: date(2026, 3, 10)}


def test_received_after_hours_counts_on_the_day_the_office_says():
    after_hours = happens("received", "2026-03-07", on=date(2026, 3, 9))

    assert terms(after_hours) == {Term.NOTICE: date(2026, 3, 16)}


def test_nothing_begins_twice():
    again = happens("received", "2026-03-05")

    assert facts_of(PERMIT, [RECEIVED, again]) == facts_of(PERMIT, [RECEIVED])


# 视为受理 -----------------------------------------------------------------------------------------


def test_silence_on_day_five_accepts_from_the_day_of_receipt():
    """行政许可法 art. 32 (4): 逾期不告知的，自收到申请材料之日起即为受理."""
    silent = happens("deemed_accepted", "2026-03-10")

    facts = facts_of(PERMIT, [RECEIVED, silent])

    assert (facts.state, facts.accepted_on, facts.deemed) == (
        CaseState.ACCEPTED,
        date(2026, 3, 2),
        True,
    )
    assert terms(RECEIVED, silent) == {Term.PROMISED: PROMISED, Term.STATUTORY: STATUTORY}


def test_a_benefit_is_never_accepted_by_silence():
    silent = happens("deemed_accepted", "2026-03-10")

    assert state(RECEIVED, silent, law=BENEFIT) is CaseState.RECEIVED


def test_silence_accepts_nothing_while_the_applicant_has_been_told():
    told = happens("notified_once", "2026-03-04")
    silent = happens("deemed_accepted", "2026-03-10")

    assert state(RECEIVED, told, silent) is CaseState.CORRECTION_DUE


# 补正 ---------------------------------------------------------------------------------------------


def test_a_notice_stops_the_five_days_and_starts_the_applicants_own_term():
    told = happens("notified_once", "2026-03-04", limit=workdays(10))

    assert terms(RECEIVED, told) == {Term.CORRECTION: date(2026, 3, 18)}


def test_a_notice_without_a_term_lets_nothing_run():
    assert terms(RECEIVED, happens("notified_once", "2026-03-04")) == {}


def test_corrected_after_four_days_the_case_dates_from_the_day_all_was_in():
    """行政许可法 art. 32 (5); the full promised time runs again."""
    told = happens("notified_once", "2026-03-04")
    corrected = happens("corrected", "2026-03-08")
    accepted = happens("accepted", "2026-03-11")

    facts = facts_of(PERMIT, [RECEIVED, told, corrected, accepted])

    assert facts.accepted_on == date(2026, 3, 8)
    assert terms(RECEIVED, told, corrected) == {Term.NOTICE: date(2026, 3, 13)}
    assert terms(RECEIVED, told, corrected, accepted)[Term.PROMISED] == date(2026, 3, 13)


def test_silence_after_a_full_correction_accepts_from_that_day():
    told = happens("notified_once", "2026-03-04")
    corrected = happens("corrected", "2026-03-08")
    silent = happens("deemed_accepted", "2026-03-16")

    facts = facts_of(PERMIT, [RECEIVED, told, corrected, silent])

    assert facts.accepted_on == date(2026, 3, 8)


def test_what_was_corrected_in_full_is_not_declined_any_more():
    told = happens("notified_once", "2026-03-04")
    corrected = happens("corrected", "2026-03-08")
    declined = happens("declined", "2026-03-09")

    assert state(RECEIVED, declined) is CaseState.DECLINED
    assert state(RECEIVED, told, corrected, declined) is CaseState.RECEIVED


def test_who_does_not_correct_in_time_has_his_application_ended():
    told = happens("notified_once", "2026-03-04", limit=workdays(10))
    lapsed = happens("lapsed", "2026-03-19")

    assert state(RECEIVED, told, lapsed) is CaseState.LAPSED
    assert terms(RECEIVED, told, lapsed) == {}


# 受理 ---------------------------------------------------------------------------------------------


def test_acceptance_starts_the_promised_and_the_statutory_term():
    assert terms(RECEIVED, ACCEPTED) == {Term.PROMISED: PROMISED, Term.STATUTORY: STATUTORY}


@pytest.mark.parametrize(("start", "amount", "due"), VECTORS)
def test_a_promise_in_working_days_ends_by_the_holiday_notices(start, amount, due):
    law = replace(PERMIT, promised=workdays(amount))

    found = terms(happens("received", start), happens("accepted", start), law=law)

    assert found[Term.PROMISED] == date.fromisoformat(due)


def test_a_benefits_calendar_days_end_on_a_working_day():
    """20 days from 2 March end on Sunday the 22nd, 30 days on Wednesday the 1st of April."""
    found = terms(RECEIVED, ACCEPTED, law=BENEFIT)

    assert found == {Term.PROMISED: date(2026, 3, 23), Term.STATUTORY: date(2026, 4, 1)}


def test_a_filing_is_due_on_the_day_it_is_accepted():
    assert terms(RECEIVED, ACCEPTED, law=FILING)[Term.PROMISED] == date(2026, 3, 2)


def test_to_hand_the_case_on_moves_no_date():
    passed = happens("handed_off", "2026-03-03")

    assert state(RECEIVED, ACCEPTED, passed) is CaseState.UNDER_REVIEW
    assert terms(RECEIVED, ACCEPTED, passed) == terms(RECEIVED, ACCEPTED)


def test_a_received_case_that_was_handed_on_is_still_not_accepted():
    assert state(RECEIVED, happens("handed_off", "2026-03-03")) is CaseState.RECEIVED


@pytest.mark.parametrize(
    "kind",
    [
        "opened",
        "card_read",
        "certificate_used",
        "letter_signed",
        "signed_for",
        "returned_internally",
        "retaken",
        "return_answered",
        "number_mapped",
    ],
)
def test_what_is_only_noted_moves_no_case(kind):
    facts = facts_of(PERMIT, [RECEIVED, ACCEPTED])

    assert not moves(PERMIT, facts, happens(kind, "2026-03-03"))


# 估算 ---------------------------------------------------------------------------------------------


def test_a_term_into_a_year_without_a_notice_is_an_estimate():
    events = [happens("received", "2026-12-21"), happens("accepted", "2026-12-21")]

    due = terms_of(PERMIT, facts_of(PERMIT, events), CALENDAR)

    assert not due[Term.PROMISED].estimated
    assert due[Term.STATUTORY].estimated


def test_the_same_events_are_dated_anew_where_a_notice_comes_in():
    """Nothing is stored that a new year's notice would leave wrong."""
    events = [happens("received", "2026-09-30"), happens("accepted", "2026-09-30")]
    facts = facts_of(PERMIT, events)

    before = terms_of(PERMIT, facts, WorkCalendar())[Term.PROMISED]
    after = terms_of(PERMIT, facts, calendar_from(NOTICES))[Term.PROMISED]

    assert (before.on, before.estimated) == (date(2026, 10, 7), True)
    assert (after.on, after.estimated) == (date(2026, 10, 13), False)


# 办结和送达 ---------------------------------------------------------------------------------------


def test_the_decision_stops_the_terms_and_starts_ten_working_days_for_delivery():
    """行政许可法 art. 44."""
    decided = happens("decided", "2026-03-06", granted=True)
    ready = happens("result_ready", "2026-03-09")
    given = happens("handed_out", "2026-03-11")

    assert state(RECEIVED, ACCEPTED, decided) is CaseState.GRANTED
    assert terms(RECEIVED, ACCEPTED, decided) == {Term.DELIVERY: date(2026, 3, 20)}
    assert terms(RECEIVED, ACCEPTED, decided, ready) == {Term.DELIVERY: date(2026, 3, 20)}
    assert state(RECEIVED, ACCEPTED, decided, ready, given) is CaseState.HANDED_OUT
    assert terms(RECEIVED, ACCEPTED, decided, ready, given) == {}


def test_no_term_for_delivery_runs_where_the_kind_has_none():
    decided = happens("decided", "2026-03-06", granted=False)

    assert state(RECEIVED, ACCEPTED, decided, law=BENEFIT) is CaseState.REFUSED
    assert terms(RECEIVED, ACCEPTED, decided, law=BENEFIT) == {}


def test_a_decision_of_the_department_is_taken_though_its_acceptance_was_never_told():
    decided = happens("decided", "2026-03-06", granted=True)

    assert state(RECEIVED, decided) is CaseState.GRANTED


def test_a_corrected_decision_is_delivered_anew():
    decided = happens("decided", "2026-03-06", granted=True)
    ready = happens("result_ready", "2026-03-09")
    corrected = happens("decision_corrected", "2026-03-16", granted=False)

    assert state(RECEIVED, ACCEPTED, decided, ready, corrected) is CaseState.REFUSED
    assert terms(RECEIVED, ACCEPTED, decided, ready, corrected) == {
        Term.DELIVERY: date(2026, 3, 30)
    }


@pytest.mark.parametrize(
    ("kind", "reached"), [("withdrawn", CaseState.WITHDRAWN), ("voided", CaseState.VOID)]
)
def test_a_case_is_withdrawn_or_voided_only_before_its_decision(kind, reached):
    ended = happens(kind, "2026-03-05")
    decided = happens("decided", "2026-03-04", granted=True)

    assert state(RECEIVED, ended) is reached
    assert state(RECEIVED, ACCEPTED, ended) is reached
    assert terms(RECEIVED, ACCEPTED, ended) == {}
    assert state(RECEIVED, ACCEPTED, decided, ended) is CaseState.GRANTED


@pytest.mark.parametrize(
    "late",
    [
        happens("accepted", "2026-03-06"),
        happens("decided", "2026-03-06", granted=True),
        happens("result_ready", "2026-03-06"),
        happens("notified_once", "2026-03-06", limit=workdays(5)),
        happens("procedure_started", "2026-03-06", subject="听证"),
    ],
    ids=lambda event: event.kind.value,
)
def test_a_late_answer_for_a_withdrawn_case_changes_nothing(late):
    withdrawn = [RECEIVED, ACCEPTED, happens("withdrawn", "2026-03-05")]
    facts = facts_of(PERMIT, withdrawn)

    assert not moves(PERMIT, facts, late)
    assert facts_of(PERMIT, [*withdrawn, late]) == facts
