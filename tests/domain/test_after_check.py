"""承诺事后核查: each promise is a task at the decision; the checker is not the clerk."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain.after_check import (
    checks_to_set,
    open_checks,
    order_repair,
    proven_false,
    record_check,
    repair_runs,
)
from clerk.domain.case import CaseState
from clerk.domain.check_records import CheckFinding
from clerk.domain.course import derived_again
from clerk.domain.errors import BadInput, NotAcceptable, NotAllowed
from clerk.domain.identity import Role
from clerk.domain.promise_terms import CheckMethod, PromiseTerms
from tests.domain.at_the_check import (
    CHECKER,
    CHIEF,
    FALSE,
    at,
    found_false,
    granted_case,
    handed_out,
    promised_case,
)
from tests.domain.at_the_window import CLERK, FOOD, accepted_case, rules, scan, session

DAY = date(2026, 4, 10)
TRUE = replace(FALSE, finding=CheckFinding.TRUE)
UNCLEAR = replace(FALSE, finding=CheckFinding.UNCLEAR, grounds="三次上门无人")


def never_checked():
    promise = FOOD.requirement("PREMISES").promise
    assert promise is not None
    terms = PromiseTerms(check=CheckMethod.NONE)
    changed = tuple(
        replace(asked, promise=replace(promise, terms=terms)) if asked.code == "PREMISES" else asked
        for asked in FOOD.requirements
    )
    return rules(replace(FOOD, requirements=changed))


def test_a_promise_is_to_be_looked_at_within_the_standards_term_after_the_decision():
    """Twenty working days from Thursday the 19th of March; 清明 lies in between."""
    assert open_checks(granted_case()) == {"PREMISES": date(2026, 4, 17)}


def test_without_a_promise_nothing_is_to_be_looked_at():
    assert checks_to_set(rules(), accepted_case(), DAY, at(DAY)) == ()


def test_what_the_standard_exempts_is_not_looked_at():
    assert checks_to_set(never_checked(), promised_case(), DAY, at(DAY)) == ()


def test_a_true_promise_closes_its_task_and_nothing_else_happens():
    case = record_check(rules(), granted_case(), TRUE, CHECKER, at(DAY))

    assert open_checks(case) == {}
    assert proven_false(case) == ()
    assert case.state is CaseState.GRANTED


def test_what_cannot_be_found_out_is_looked_at_again_and_is_not_false():
    case = record_check(rules(), granted_case(), UNCLEAR, CHECKER, at(DAY))

    assert open_checks(case) == {"PREMISES": date(2026, 5, 12)}
    assert proven_false(case) == ()


def test_a_false_promise_by_itself_changes_nothing_for_the_applicant():
    """No path leads from a finding to a revocation or a bad record."""
    before = granted_case()

    case = found_false(before)

    assert proven_false(case) == ("PREMISES",)
    assert (case.state, case.decision, case.terms) == (before.state, before.decision, before.terms)


def test_the_check_goes_on_after_the_result_was_handed_out():
    case = found_false(handed_out(granted_case(), date(2026, 3, 23)))

    assert case.state is CaseState.HANDED_OUT
    assert case.checks.after[0].by == "wu"


@pytest.mark.parametrize("who", [CLERK, session(Role.SUPERVISOR, account_id="zhou")])
def test_who_took_the_case_in_does_not_check_it(who):
    with pytest.raises(NotAllowed, match="不能由你核查"):
        record_check(rules(), granted_case(), TRUE, who, at(DAY))


def test_a_check_says_how_it_is_known():
    bare = replace(TRUE, grounds=" ")

    with pytest.raises(BadInput):
        record_check(rules(), granted_case(), bare, CHECKER, at(DAY))

    shown = replace(bare, files=(scan("不动产登记查询结果.pdf"),))
    assert record_check(rules(), granted_case(), shown, CHECKER, at(DAY)).checks.after[0].files


def test_nothing_is_checked_twice_without_a_task():
    with pytest.raises(NotAcceptable):
        record_check(rules(), found_false(), TRUE, CHECKER, at(DAY))


def test_a_repair_has_a_term_and_is_looked_at_again():
    until = date(2026, 4, 30)

    ordered = order_repair(rules(), found_false(), "PREMISES", "取得同意", until, CHIEF, at(DAY))
    good = record_check(rules(), ordered, TRUE, CHECKER, at(until))

    assert open_checks(ordered) == {"PREMISES": until}
    assert repair_runs(ordered, until)
    assert not repair_runs(ordered, date(2026, 5, 6))
    assert proven_false(good) == ()


@pytest.mark.parametrize(
    ("demand", "until"),
    [(" ", date(2026, 4, 30)), ("取得同意", DAY), ("取得同意", date(2026, 4, 1))],
)
def test_a_repair_names_what_and_a_day_to_come(demand, until):
    with pytest.raises(NotAcceptable):
        order_repair(rules(), found_false(), "PREMISES", demand, until, CHIEF, at(DAY))


def test_nothing_is_ordered_where_nothing_was_found_false():
    with pytest.raises(NotAcceptable):
        order_repair(rules(), granted_case(), "PREMISES", "改", date(2026, 4, 30), CHIEF, at(DAY))


def test_all_of_it_is_derived_again_from_the_events():
    case = found_false()

    assert derived_again(rules(), case) == case
