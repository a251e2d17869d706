"""What a check finds in a case, and the one next act that follows."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain import intake
from clerk.domain.checking import check_case
from clerk.domain.findings import Check, Group, Headline, NextAct, Outcome, Remedy
from clerk.domain.party import MandateAct, PartyKind, Source
from clerk.domain.prefill import prefilled
from integrations.practice.people import CHEN_YANSHI, ZHAO_XUGOU
from tests.domain.at_the_window import (
    ALLOWANCE,
    CALENDAR,
    DISPATCH,
    FOOD,
    NOW,
    TODAY,
    TRADER,
    answered,
    applicant_of,
    check,
    draft,
    handler,
    mandate_of,
    noodle_shop_begun,
    noodle_shop_complete,
    person,
    shop,
    typed,
    with_paper,
)
from tests.domain.found_in import found, outcome


def test_a_case_nobody_began_asks_for_nothing_yet():
    verdict = check(draft())

    assert (verdict.headline, verdict.act) == (Headline.NOT_STARTED, NextAct.NEXT_GAP)


def test_a_complete_case_at_a_delegated_window_can_be_accepted():
    """行政许可法 art. 32 (5): complete and in form, so it must be accepted."""
    verdict = check(noodle_shop_complete())

    assert (verdict.headline, verdict.act) == (Headline.ACCEPTABLE, NextAct.ACCEPT_AND_PASS_ON)
    assert verdict.delegated_until == "2026-12-31"
    assert verdict.failed == verdict.open == ()


def test_a_complete_case_at_a_window_without_delegation_can_only_be_received():
    case = noodle_shop_complete()

    elsewhere = check_case(FOOD, case, "04", TODAY, CALENDAR)

    assert (elsewhere.headline, elsewhere.act) == (
        Headline.RECEIVABLE,
        NextAct.RECEIVE_AND_PASS_ON,
    )


def test_a_delegation_carries_its_last_day_and_not_the_next():
    case = typed(noodle_shop_complete(), {"opening_on": "2027-03-01"})

    last, next_ = (check(case, on=day) for day in (date(2026, 12, 31), date(2027, 1, 1)))

    assert last.act is NextAct.ACCEPT_AND_PASS_ON
    assert next_.act is NextAct.RECEIVE_AND_PASS_ON


def test_everything_that_is_missing_is_found_at_once():
    """行政许可法 art. 32 (4): told once and completely, so no check stops another."""
    case = intake.without_evidence(noodle_shop_complete(), "RULES")
    case = intake.without_evidence(case, "PREMISES")
    case = intake.with_fault(case, "LAYOUT", "没有标出备餐间")
    case = intake.with_value(case, "phone", "123", NOW)

    verdict = check(case)

    assert {(f.check, f.subject) for f in verdict.failed} == {
        (Check.MATERIAL_PRESENT, "RULES"),
        (Check.MATERIAL_PRESENT, "PREMISES"),
        (Check.MATERIAL_FIT, "LAYOUT"),
        (Check.FIELD_FORM, "phone"),
    }
    assert (verdict.headline, verdict.act) == (Headline.NOT_YET, NextAct.NOTIFY_ONCE)


def test_every_finding_names_its_basis_and_the_version_it_was_found_under():
    verdict = check(noodle_shop_begun())

    assert all(f.basis.law for f in verdict.findings)
    assert {f.rule_version for f in verdict.findings} == {FOOD.version}


def test_what_passed_leaves_a_finding_too():
    verdict = check(noodle_shop_complete())

    assert len(verdict.passed) == len(verdict.findings) - len(
        found(verdict, Check.RULE, "NETWORK_NOTE")
    )
    assert outcome(verdict, Check.MATERIAL_PRESENT, "LICENCE") is Outcome.PASS


def test_a_soft_rule_is_shown_and_blocks_nothing():
    """食品安全法 art. 62 is only pointed out: delivery needs to be on the permit."""
    verdict = check(noodle_shop_complete())

    (note,) = found(verdict, Check.RULE, "NETWORK_NOTE")
    assert (note.outcome, note.hard) == (Outcome.FAIL, False)
    assert verdict.act is NextAct.ACCEPT_AND_PASS_ON


def test_an_open_question_comes_before_any_notice():
    """Before it is answered the list of what is missing cannot be complete."""
    case = intake.with_body(intake.with_person(draft(), person(), FOOD.applicant_kinds), shop())

    verdict = check(
        prefilled(FOOD, answered(case, business="catering", online="no"), NOW, CALENDAR)
    )

    assert outcome(verdict, Check.QUESTION_ANSWERED, "dishes") is Outcome.CANNOT_TELL
    assert verdict.failed
    assert (verdict.headline, verdict.act) == (Headline.GAPS, NextAct.NEXT_GAP)


def test_an_unknown_applicant_comes_before_any_notice():
    verdict = check(answered(draft(), business="catering", dishes="hot", online="no"))

    assert outcome(verdict, Check.APPLICANT_KNOWN) is Outcome.CANNOT_TELL
    assert verdict.act is NextAct.NEXT_GAP


def test_a_body_needs_the_person_who_stands_for_it():
    case = intake.with_body(draft(), shop())

    verdict = check(answered(case, business="catering", dishes="hot", online="no"))

    assert outcome(verdict, Check.REPRESENTATIVE_KNOWN) is Outcome.CANNOT_TELL
    assert verdict.act is NextAct.NEXT_GAP


def test_an_identity_number_with_a_wrong_check_digit_is_not_put_to_the_applicant_as_a_paper():
    number = person().id_number
    wrong = replace(person(), id_number=number[:-1] + ("0" if number[-1] != "0" else "1"))
    case = noodle_shop_complete()
    case = replace(case, applicant=replace(applicant_of(case), representative=wrong))

    verdict = check(case)

    (finding,) = (f for f in verdict.failed if f.check is Check.APPLICANT_IDENTITY)
    assert finding.remedies == (Remedy.READ_CARD,)
    assert verdict.act is NextAct.NEXT_GAP


def test_an_item_for_bodies_refuses_a_person_as_applicant():
    case = noodle_shop_complete()
    case = replace(
        case, applicant=replace(applicant_of(case), party=person(), representative=person())
    )

    assert outcome(check(case), Check.APPLICANT_KIND) is Outcome.FAIL


@pytest.mark.parametrize(
    ("mandate", "passes"),
    [
        (mandate_of(MandateAct.SUBMIT), Outcome.PASS),
        (mandate_of(MandateAct.SUBMIT, signed=False), Outcome.FAIL),
        (mandate_of(MandateAct.COLLECT), Outcome.FAIL),
        (mandate_of(MandateAct.SUBMIT, until_on=date(2026, 3, 17)), Outcome.FAIL),
        (mandate_of(MandateAct.SUBMIT, until_on=TODAY), Outcome.PASS),
        (mandate_of(MandateAct.SUBMIT, from_on=date(2026, 3, 19)), Outcome.FAIL),
    ],
    ids=["signed", "unsigned", "for something else", "ended", "last day", "not begun"],
)
def test_a_handler_hands_in_only_what_his_mandate_carries_today(mandate, passes):
    """民法典 art. 165."""
    case = intake.with_handler(noodle_shop_complete(), handler(mandate))

    assert outcome(check(case), Check.HANDLER_MANDATE) is passes


def test_an_item_that_is_not_in_force_is_not_taken_in():
    ended = replace(FOOD, ended_on=date(2026, 3, 17))

    verdict = check(noodle_shop_complete(), ended)

    assert outcome(verdict, Check.ITEM_IN_FORCE) is Outcome.FAIL
    assert verdict.act is not NextAct.ACCEPT_AND_PASS_ON


def test_prepackaged_food_only_needs_no_permit_and_says_so():
    """食品安全法 art. 35: not a refusal, no permission is needed at all (不受理)."""
    case = answered(noodle_shop_complete(), business="sale", prepackaged="yes")

    verdict = check(prefilled(FOOD, case, NOW, CALENDAR))

    assert (verdict.headline, verdict.act) == (Headline.NOT_REQUIRED, NextAct.DECLINE)


def test_a_place_elsewhere_names_the_body_that_is_competent():
    """行政许可法 art. 32 (2)."""
    case = intake.with_person(draft(TRADER), person(), TRADER.applicant_kinds)

    verdict = check(answered(case, located="elsewhere"), TRADER)

    assert (verdict.headline, verdict.act) == (Headline.NOT_OURS, NextAct.DECLINE)


def test_an_applicant_of_79_learns_before_anything_is_typed_that_it_is_too_early():
    young = replace(person(), birth_on=date(1946, 3, 19))
    case = intake.with_person(draft(ALLOWANCE), young, ALLOWANCE.applicant_kinds)

    today = check(prefilled(ALLOWANCE, case, NOW, CALENDAR), ALLOWANCE)
    tomorrow = check(prefilled(ALLOWANCE, case, NOW, CALENDAR), ALLOWANCE, date(2026, 3, 19))

    assert outcome(today, Check.RULE, "OLD_ENOUGH") is Outcome.FAIL
    assert today.act is NextAct.DECLINE
    assert outcome(tomorrow, Check.RULE, "OLD_ENOUGH") is Outcome.PASS


def test_a_benefit_has_no_finding_that_stands_on_the_permit_law():
    """No rule for permits touches a benefit."""
    case = intake.with_person(draft(ALLOWANCE), person(), ALLOWANCE.applicant_kinds)

    verdict = check(prefilled(ALLOWANCE, case, NOW, CALENDAR), ALLOWANCE)

    assert not [f for f in verdict.findings if "行政许可法" in f.basis.law]


def test_an_opening_day_before_today_is_refused_and_today_is_not():
    case = noodle_shop_complete()

    yesterday = check(typed(case, {"opening_on": "2026-03-17"}))
    today = check(typed(case, {"opening_on": "2026-03-18"}))

    assert outcome(yesterday, Check.RULE, "OPENING") is Outcome.FAIL
    assert outcome(today, Check.RULE, "OPENING") is Outcome.PASS


def test_the_check_of_a_day_gives_the_same_answer_every_time():
    case = noodle_shop_complete()

    assert check(case) == check(case)


def test_the_dispatch_permit_at_this_window_is_only_received():
    """Its department gave the window no delegation."""
    case = intake.with_person(draft(DISPATCH), person(), DISPATCH.applicant_kinds)

    verdict = check(prefilled(DISPATCH, case, NOW, CALENDAR), DISPATCH)

    assert not verdict.delegated
    assert verdict.delegated_until == ""


def test_a_typed_identity_is_checked_like_one_that_was_read():
    typed_in = replace(person(ZHAO_XUGOU), source=Source.TYPED, id_number="990123199013010012")
    case = noodle_shop_complete()
    case = replace(case, applicant=replace(applicant_of(case), representative=typed_in))

    findings = found(check(case), Check.APPLICANT_IDENTITY)

    assert [f.outcome for f in findings] == [Outcome.FAIL]
    assert findings[0].group is Group.APPLICANT


def test_the_handlers_card_is_checked_beside_the_representatives():
    case = intake.with_handler(
        with_paper(FOOD, noodle_shop_complete(), "MANDATE"),
        handler(mandate_of(MandateAct.SUBMIT)),
    )

    findings = found(check(case), Check.APPLICANT_IDENTITY)

    assert [f.given for f in findings] == [person().name, CHEN_YANSHI.name]
    assert applicant_of(case).party.kind is PartyKind.SOLE_TRADER
