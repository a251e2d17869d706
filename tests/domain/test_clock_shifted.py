"""What moves a running term: 容缺, 特别程序 and 延长审批; 2 March 2026 is a Monday."""

from datetime import date

import pytest

from clerk.domain.case import CaseState
from clerk.domain.clock import facts_of, terms_of
from clerk.domain.deadlines import Term
from tests.domain.at_the_clock import BENEFIT, CALENDAR, PERMIT, days, happens, workdays

ACCEPTED = (happens("received", "2026-03-02"), happens("accepted", "2026-03-02"))
PROMISED, STATUTORY = date(2026, 3, 9), date(2026, 3, 30)
LEASE = happens("deferred", "2026-03-02", subject="LEASE", until_on="2026-03-06")
PLAN = happens("deferred", "2026-03-02", subject="PLAN", until_on="2026-03-04")


def state(*events, law=PERMIT):
    return facts_of(law, (*ACCEPTED, *events)).state


def terms(*events, law=PERMIT):
    """The terms of an accepted case that run after these events, and the last day of each."""
    facts = facts_of(law, (*ACCEPTED, *events))
    return {term: due.on for term, due in terms_of(law, facts, CALENDAR).items()}


def both(*events, law=PERMIT):
    """The promised and the statutory last day."""
    found = terms(*events, law=law)
    return found.get(Term.PROMISED), found.get(Term.STATUTORY)


def procedure(name, start, end, **told):
    return (
        happens("procedure_started", start, subject=name, **told),
        happens("procedure_ended", end, subject=name),
    )


# 容缺 ---------------------------------------------------------------------------------------------


def test_a_deferral_runs_beside_the_terms_of_the_case():
    assert terms(LEASE) == {
        Term.DEFERRAL: date(2026, 3, 6),
        Term.PROMISED: PROMISED,
        Term.STATUTORY: STATUTORY,
    }


def test_of_two_late_papers_the_one_due_first_is_shown():
    assert terms(LEASE, PLAN)[Term.DEFERRAL] == date(2026, 3, 4)


def test_a_paper_that_came_in_closes_its_own_term():
    plan_came = happens("supplied", "2026-03-03", subject="PLAN")
    lease_came = happens("supplied", "2026-03-03", subject="LEASE")

    assert terms(LEASE, PLAN, plan_came)[Term.DEFERRAL] == date(2026, 3, 6)
    assert Term.DEFERRAL not in terms(LEASE, PLAN, plan_came, lease_came)


def test_force_majeure_moves_the_term_of_one_paper():
    excused = happens("deferral_excused", "2026-03-05", subject="LEASE", until_on="2026-03-13")

    assert terms(LEASE, excused)[Term.DEFERRAL] == date(2026, 3, 13)


def test_what_was_promised_for_a_day_is_not_promised_again_for_a_later_one():
    again = happens("deferred", "2026-03-05", subject="LEASE", until_on="2026-03-31")

    assert terms(LEASE, again) == terms(LEASE)


def test_a_paper_that_never_came_ends_the_case():
    lapsed = happens("lapsed", "2026-03-09")

    assert state(LEASE, lapsed) is CaseState.LAPSED
    assert terms(LEASE, lapsed) == {}


def test_a_case_with_nothing_deferred_does_not_lapse():
    assert state(happens("lapsed", "2026-03-09")) is CaseState.ACCEPTED


# 特别程序 -----------------------------------------------------------------------------------------


def test_while_a_hearing_runs_neither_term_has_a_last_day():
    """行政许可法 art. 45; the applicant was told in writing until when."""
    hearing = happens("procedure_started", "2026-03-04", subject="听证", until_on="2026-03-20")

    assert state(hearing) is CaseState.SPECIAL_PROCEDURE
    assert terms(hearing) == {Term.PROCEDURE: date(2026, 3, 20)}


def test_the_working_days_of_a_hearing_do_not_count():
    """Wednesday to the Monday after: four working days, first and last day included."""
    hearing = procedure("听证", "2026-03-04", "2026-03-09")

    assert state(*hearing) is CaseState.UNDER_REVIEW
    assert both(*hearing) == (date(2026, 3, 13), date(2026, 4, 3))


def test_a_term_in_calendar_days_is_shifted_by_calendar_days():
    notice_posted = procedure("公示", "2026-03-04", "2026-03-10")

    assert both(*notice_posted, law=BENEFIT) == (date(2026, 3, 30), date(2026, 4, 8))


def test_a_check_on_the_spot_pauses_nothing():
    check = procedure("现场核查", "2026-03-04", "2026-03-09", until_on="2026-03-09")

    assert both(check[0]) == (PROMISED, STATUTORY)
    assert both(*check) == (PROMISED, STATUTORY)


def test_the_day_of_acceptance_is_not_given_back_since_it_was_never_counted():
    hearing = procedure("听证", "2026-03-02", "2026-03-03")

    assert both(*hearing)[0] == date(2026, 3, 10)


def test_a_day_in_two_procedures_is_given_back_once():
    hearing = procedure("听证", "2026-03-04", "2026-03-05")
    test = procedure("检验", "2026-03-05", "2026-03-06")

    assert both(*hearing, *test)[0] == date(2026, 3, 12)


def test_of_two_procedures_the_earlier_may_be_told_of_last():
    """What other systems tell arrives out of order; no day of either is lost."""
    test = procedure("检验", "2026-03-05", "2026-03-06")
    hearing = procedure("听证", "2026-03-03", "2026-03-05")

    assert both(*test, *hearing) == both(*hearing, *test) == (date(2026, 3, 13), date(2026, 4, 3))


def test_a_procedure_that_ended_before_it_began_gives_no_day_back():
    assert both(*procedure("听证", "2026-03-06", "2026-03-04")) == (PROMISED, STATUTORY)


def test_a_decision_ends_the_procedure_that_runs():
    hearing = happens("procedure_started", "2026-03-04", subject="听证", until_on="2026-03-20")
    decided = happens("decided", "2026-03-06", granted=True)

    assert terms(hearing, decided) == {Term.DELIVERY: date(2026, 3, 20)}


# 延长审批 -----------------------------------------------------------------------------------------


def test_an_extension_adds_its_term_after_both_last_days():
    """行政许可法 art. 42; Qingming from 4 to 6 April."""
    extended = happens("extended", "2026-03-06", limit=workdays(10))

    assert both(extended) == (date(2026, 3, 23), date(2026, 4, 14))


def test_a_case_is_extended_once():
    first = happens("extended", "2026-03-06", limit=workdays(3))
    second = happens("extended", "2026-03-10", limit=workdays(3))

    assert both(first) == both(first, second) == (date(2026, 3, 12), date(2026, 4, 2))


@pytest.mark.parametrize("asked", [workdays(11), days(5), workdays(0), None])
def test_no_case_is_extended_beyond_the_cap_or_in_another_unit(asked):
    assert both(happens("extended", "2026-03-06", limit=asked)) == (PROMISED, STATUTORY)


def test_a_hearing_and_an_extension_add_up():
    hearing = procedure("听证", "2026-03-04", "2026-03-05")
    extended = happens("extended", "2026-03-06", limit=workdays(10))

    assert both(*hearing, extended) == both(extended, *hearing)
    assert both(*hearing, extended)[0] == date(2026, 3, 25)
