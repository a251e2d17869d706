"""What a case is asked, out of everything its standard could ask."""

from dataclasses import replace
from datetime import date

from clerk.domain import intake
from clerk.domain.condition import AllOf, AnswerIs
from clerk.domain.form import Dropped, asked_of, facts_of
from clerk.domain.party import MandateAct, PartyKind
from clerk.domain.prefill import prefilled
from tests.domain.at_the_window import (
    ALLOWANCE,
    CALENDAR,
    FOOD,
    NOW,
    TODAY,
    answered,
    draft,
    handler,
    mandate_of,
    noodle_shop_begun,
    person,
    school,
)


def asked(case, standard=FOOD, on=TODAY):
    return asked_of(standard, facts_of(case, on, CALENDAR))


def codes(lines):
    return [line.code for line in lines]


def test_before_anything_is_answered_every_material_may_still_be_needed():
    found = asked(draft())

    assert codes(found.requirements) == [
        code for code in codes(FOOD.requirements) if code not in {"MANDATE", "HANDLER_ID"}
    ]


def test_the_list_of_materials_only_grows_shorter_as_questions_are_answered():
    case = draft()
    lengths = [len(asked(case).requirements)]

    for question, option in (("business", "catering"), ("dishes", "hot"), ("online", "no")):
        case = answered(case, **{question: option})
        lengths.append(len(asked(case).requirements))

    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] < lengths[0]


def test_a_dropped_material_names_the_question_that_took_it_away():
    found = asked(answered(draft(), business="catering", online="no"))

    assert Dropped(requirement="ONLINE", question="online") in found.dropped
    assert Dropped(requirement="CONTRACT", question="business") in found.dropped


def test_of_two_questions_the_one_that_decided_is_named():
    """An answer that speaks for the line took nothing away."""
    both = AllOf(
        of=(
            AnswerIs(question="business", options=("catering",)),
            AnswerIs(question="online", options=("yes",)),
        )
    )
    standard = replace(
        FOOD, requirements=(replace(FOOD.requirement("LICENCE"), code="BOTH", when=both),)
    )

    found = asked(answered(draft(), business="catering", online="no"), standard)

    assert found.dropped == (Dropped(requirement="BOTH", question="online"),)


def test_what_is_dropped_for_want_of_a_handler_names_no_question():
    found = asked(draft())

    assert Dropped(requirement="MANDATE", question="") in found.dropped


def test_a_follow_up_question_is_put_only_after_the_answer_it_hangs_on():
    """Unlike a material, a question nobody can tell yet is not put."""
    assert "dishes" not in codes(asked(draft()).questions)
    assert "dishes" in codes(asked(answered(draft(), business="catering")).questions)
    assert "prepackaged" in codes(asked(answered(draft(), business="sale")).questions)


def test_changing_an_answer_brings_the_materials_back():
    case = answered(draft(), business="catering", online="no")

    again = asked(answered(case, online="yes"))

    assert "ONLINE" in codes(again.requirements)
    assert "platform" in codes(again.fields)


def test_a_handler_brings_his_mandate_and_his_card():
    case = intake.with_handler(noodle_shop_begun(), handler(mandate_of(MandateAct.SUBMIT)))

    found = asked(case)

    assert codes(found.requirements)[-2:] == ["MANDATE", "HANDLER_ID"]
    assert {"handler_name", "handler_id"} <= set(codes(found.fields))


def test_a_school_is_asked_for_its_own_certificate_and_not_for_a_licence():
    case = intake.with_body(draft(), school())

    found = asked(prefilled(FOOD, case, NOW, CALENDAR))

    assert "BODY_CERTIFICATE" in codes(found.requirements)
    assert "LICENCE" not in codes(found.requirements)


def test_everything_stays_in_the_order_of_the_standard():
    found = asked(noodle_shop_begun())

    for lines, all_of_them in (
        (found.questions, FOOD.questions),
        (found.fields, FOOD.fields),
        (found.requirements, FOOD.requirements),
    ):
        order = codes(all_of_them)
        assert [order.index(code) for code in codes(lines)] == sorted(
            order.index(code) for code in codes(lines)
        )


def test_age_is_counted_in_completed_years_on_the_day_of_the_check():
    born = replace(person(), birth_on=date(1946, 3, 19))
    case = intake.with_person(draft(ALLOWANCE), born, ALLOWANCE.applicant_kinds)

    assert facts_of(case, date(2026, 3, 18), CALENDAR).age == 79
    assert facts_of(case, date(2026, 3, 19), CALENDAR).age == 80


def test_nothing_is_known_of_an_applicant_who_was_not_read():
    facts = facts_of(draft(), TODAY, CALENDAR)

    assert (facts.applicant_kind, facts.age, facts.has_handler) == (None, None, False)


def test_the_applicant_is_the_body_and_its_age_is_nobodys():
    facts = facts_of(noodle_shop_begun(), TODAY, CALENDAR)

    assert (facts.applicant_kind, facts.age) == (PartyKind.SOLE_TRADER, None)
