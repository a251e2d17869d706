"""Special procedures and extension: what moves the terms of a case, and on whose word."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clerk.domain.case import CaseState
from clerk.domain.deadlines import Term
from clerk.domain.errors import NotAcceptable
from clerk.domain.special import Extension, end_procedure, extend, start_procedure
from tests.domain.at_the_window import NOW, accepted_case, chief, rules

HEARING = "听证"
PAPER = "示审听〔2026〕1 号"
GRANTED = Extension(
    workdays=5, reason="专家意见不一致", approved_by="局长 吴样例", document="示审延〔2026〕1 号"
)


def at(day):
    return datetime(2026, 3, day, 2, 0, tzinfo=UTC)


def in_hearing(day=20):
    return start_procedure(rules(), accepted_case(), HEARING, PAPER, chief(), at(day))


def test_a_hearing_stops_both_terms_and_says_when_it_is_to_end():
    """行政许可法 art. 45: the time it takes is not counted; art. 47: within twenty days."""
    case = in_hearing()

    assert case.state is CaseState.SPECIAL_PROCEDURE
    assert (case.due_on, case.statutory_due_on) == (None, None)
    assert case.terms[Term.PROCEDURE].on == date(2026, 4, 20)


def test_after_the_hearing_the_terms_are_later_by_the_working_days_it_took():
    """Accepted on the 18th with five working days; Friday the 20th to Tuesday the 24th are three."""
    before = accepted_case()

    case = end_procedure(rules(), in_hearing(20), "没有人提出异议", chief(), at(24))

    assert (before.due_on, case.due_on) == (date(2026, 3, 25), date(2026, 3, 30))
    assert case.state is CaseState.UNDER_REVIEW


@pytest.mark.parametrize("name", ["现场核查", "延长审批", ""])
def test_what_the_item_does_not_list_pauses_nothing(name):
    with pytest.raises(NotAcceptable):
        start_procedure(rules(), accepted_case(), name, PAPER, chief(), NOW)


def test_a_procedure_without_its_paper_to_the_applicant_does_not_start():
    with pytest.raises(NotAcceptable, match="书面告知"):
        start_procedure(rules(), accepted_case(), HEARING, " ", chief(), NOW)


def test_a_procedure_ends_with_its_result_written_down():
    with pytest.raises(NotAcceptable, match="结果"):
        end_procedure(rules(), in_hearing(), "", chief(), at(24))


def test_no_second_procedure_starts_while_one_runs():
    with pytest.raises(NotAcceptable):
        start_procedure(rules(), in_hearing(), HEARING, PAPER, chief(), at(23))


def test_an_extension_adds_its_days_to_both_terms():
    case = extend(rules(), accepted_case(), GRANTED, chief(), at(20))

    assert (case.due_on, case.statutory_due_on) == (date(2026, 4, 1), date(2026, 4, 9))
    assert case.events[-1].detail["approved_by"] == "局长 吴样例"


def test_a_case_is_extended_once():
    once = extend(rules(), accepted_case(), GRANTED, chief(), at(20))

    with pytest.raises(NotAcceptable, match="一次"):
        extend(rules(), once, GRANTED, chief(), at(23))


@pytest.mark.parametrize("workdays", [0, -1, 6])
def test_an_extension_keeps_within_what_the_items_law_allows(workdays):
    with pytest.raises(NotAcceptable, match="最多延长 5 个工作日"):
        extend(rules(), accepted_case(), replace(GRANTED, workdays=workdays), chief(), at(20))


@pytest.mark.parametrize("missing", ["reason", "approved_by", "document"])
def test_an_extension_names_reason_head_of_authority_and_paper(missing):
    """行政许可法 art. 42: approved by the head of the authority, the reasons told."""
    without = replace(GRANTED, **{missing: " "})  # type: ignore[arg-type]  # named by the test

    with pytest.raises(NotAcceptable):
        extend(rules(), accepted_case(), without, chief(), at(20))


def test_what_is_late_already_is_not_extended():
    late = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)

    with pytest.raises(NotAcceptable, match="期满以前"):
        extend(rules(), accepted_case(), GRANTED, chief(), late)
