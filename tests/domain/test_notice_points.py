"""What a one-time notice names: everything the applicant must bring or put right, nothing else."""

from dataclasses import replace

import pytest

from clerk.domain import intake
from clerk.domain.errors import NotAcceptable
from clerk.domain.findings import Check, Outcome
from clerk.domain.notice_points import (
    notice_findings,
    notice_points,
    require_complete_list,
)
from clerk.domain.prefill import prefilled
from tests.domain.at_the_window import (
    CALENDAR,
    CLERK,
    FOOD,
    NOW,
    answered,
    check,
    draft,
    noodle_shop_begun,
    noodle_shop_complete,
    person,
    shop,
    typed,
)


def test_a_notice_names_every_paper_that_is_missing_in_the_standards_order():
    """行政许可法 art. 32 (4): all of it, once."""
    points = notice_points(check(noodle_shop_begun()))

    assert points == ("APPLICATION", "LICENCE", "HEAD_ID", "LAYOUT", "RULES", "PREMISES")


def test_a_complete_case_has_nothing_to_tell():
    assert notice_points(check(noodle_shop_complete())) == ()


def test_a_line_of_the_form_that_only_the_applicant_knows_is_told_too():
    case = typed(noodle_shop_complete(), {"area": ""})

    assert notice_points(check(case)) == ("area",)


def test_a_line_and_the_rule_that_waits_for_it_are_told_as_one():
    """The rule about 拟开业日期 cannot tell because the line is empty."""
    case = typed(noodle_shop_complete(), {"opening_on": ""})

    assert notice_points(check(case)) == ("opening_on",)


def test_what_only_the_clerk_has_to_look_at_is_not_asked_of_the_applicant():
    case = intake.without_evidence(noodle_shop_complete(), "LAYOUT")
    unseen = intake.on_paper(FOOD.requirement("LAYOUT"), CLERK, NOW)

    verdict = check(intake.with_evidence(case, "LAYOUT", unseen))

    assert any(f.check is Check.MATERIAL_POINT for f in verdict.open)
    assert notice_points(verdict) == ()


def test_a_question_of_the_windows_is_not_asked_of_the_applicant():
    case = intake.with_body(intake.with_person(draft(), person(), FOOD.applicant_kinds), shop())

    findings = notice_findings(check(answered(case, business="catering", online="no")))

    assert not [f for f in findings if f.check is Check.QUESTION_ANSWERED]


def test_two_faults_of_one_paper_are_two_findings_and_one_point():
    case = intake.with_point(noodle_shop_complete(), "LAYOUT", "ZONES", False)
    case = intake.with_point(case, "LAYOUT", "AREA", False)

    verdict = check(case)

    assert [f.point for f in notice_findings(verdict)] == ["ZONES", "AREA"]
    assert notice_points(verdict) == ("LAYOUT",)


def test_what_is_only_pointed_out_is_not_demanded():
    verdict = check(noodle_shop_complete())

    soft = [f for f in verdict.findings if not f.hard and f.outcome is not Outcome.PASS]
    assert soft
    assert notice_findings(verdict) == ()


def test_an_item_out_of_force_is_nothing_the_applicant_can_mend():
    ended = replace(FOOD, effective_on=NOW.date().replace(year=2027))

    assert notice_points(check(noodle_shop_complete(), ended)) == ()


@pytest.mark.parametrize(
    "case",
    [
        answered(draft(), business="catering", dishes="hot", online="no"),
        answered(
            prefilled(FOOD, intake.with_body(draft(), shop()), NOW, CALENDAR),
            business="catering",
            dishes="hot",
            online="no",
        ),
        answered(
            intake.with_body(intake.with_person(draft(), person(), FOOD.applicant_kinds), shop()),
            business="catering",
            online="no",
        ),
        answered(
            intake.with_person(draft(), person(), FOOD.applicant_kinds),
            subject="sole_trader",
            business="catering",
            dishes="hot",
            online="no",
        ),
    ],
    ids=["nobody", "no representative", "a question open", "a body without a name"],
)
def test_no_notice_goes_out_while_nobody_can_tell_what_is_missing(case):
    """A list that an answer could make longer would be told twice."""
    with pytest.raises(NotAcceptable):
        require_complete_list(check(case))


def test_a_notice_may_go_out_once_everything_is_answered():
    require_complete_list(check(noodle_shop_begun()))
