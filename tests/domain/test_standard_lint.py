"""What makes no sense in a standard is found, each with its place and a way out."""

import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest

from clerk import wording_lint
from clerk.app import standard_files
from clerk.app.sample_files import read_samples
from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    ApplicantIs,
    Comparison,
    FieldCompares,
    HandlerActs,
    Not,
    PlaceWithin,
)
from clerk.domain.limits import Clause
from clerk.domain.party import PartyKind
from clerk.domain.sample_case import samples_from
from clerk.domain.sheet_faults import FaultLevel
from clerk.domain.situations import Situations
from clerk.domain.standard_lint import LintKind, LintKnowledge, lint
from tests.domain.at_the_window import ALLOWANCE, DISPATCH, FOOD, TRADER
from tests.domain.starter_items import newest

KNOWN = standard_files.lint_knowledge()
CATERING = AnswerIs(question="business", options=("catering",))
SALE = AnswerIs(question="business", options=("sale",))
HOT = AnswerIs(question="dishes", options=("hot",))


def found(standard, samples=None, known=KNOWN):
    whole = samples or read_samples(standard.item_code)
    return {(one.kind, one.place) for one in lint(standard, whole, known)}


def with_material(code, standard=FOOD, **changed):
    lines = tuple(
        replace(one, **changed) if one.code == code else one for one in standard.requirements
    )
    return replace(standard, requirements=lines)


def with_rule(code, standard=FOOD, **changed):
    rules = tuple(replace(one, **changed) if one.code == code else one for one in standard.rules)
    return replace(standard, rules=rules)


def with_question(code, standard=FOOD, **changed):
    lines = tuple(
        replace(one, **changed) if one.code == code else one for one in standard.questions
    )
    return replace(standard, questions=lines)


@pytest.mark.parametrize("item_code", standard_files.item_codes())
def test_no_item_of_the_starter_catalogue_has_what_makes_no_sense(item_code):
    standard = newest()[item_code]

    worded = [
        f"{one.place} {wording_lint.sentence(one)}。{wording_lint.remedy(one)}"
        for one in lint(standard, read_samples(item_code), KNOWN)
        if one.level is FaultLevel.ERROR
    ]

    assert worded == []


@pytest.mark.parametrize(
    ("standard", "kind", "place"),
    [
        (
            with_material("ONLINE", when=AllOf(of=(SALE, HOT))),
            LintKind.NEVER_ASKED,
            "requirements ONLINE.when",
        ),
        (
            with_rule("NETWORK_NOTE", when=AllOf(of=(HOT, Not(of=HOT)))),
            LintKind.NEVER_ASKED,
            "rules NETWORK_NOTE.when",
        ),
        (
            with_question("contracted", when=AllOf(of=(SALE, HOT))),
            LintKind.NEVER_ASKED,
            "questions contracted.when",
        ),
        (
            with_material("RULES", when=AnyOf(of=(HandlerActs(), Not(of=HandlerActs())))),
            LintKind.ALWAYS_ASKED,
            "requirements RULES.when",
        ),
        (
            replace(
                with_material("ONLINE", when=None),
                rules=tuple(one for one in FOOD.rules if one.code != "NETWORK_NOTE"),
                fields=tuple(
                    replace(one, when=None, prefill=())
                    if one.code in {"platform", "by_network"}
                    else one
                    for one in FOOD.fields
                ),
            ),
            LintKind.ANSWER_UNUSED,
            "questions online",
        ),
        (
            with_rule("LICENSED", must=SALE),
            LintKind.NEVER_FAILS,
            "rules LICENSED.must",
        ),
        (
            with_rule("PLACE", subjects=("field:premises", "field:premises")),
            LintKind.NEVER_FAILS,
            "rules PLACE.subjects",
        ),
        (
            with_rule("LICENSED", must=CATERING, ends=""),
            LintKind.ALWAYS_FAILS,
            "rules LICENSED.must",
        ),
        (
            replace(
                TRADER,
                decline_reasons=tuple(
                    one for one in TRADER.decline_reasons if not one.needs_competent_body
                ),
            ),
            LintKind.NO_WAY_TO_DECLINE,
            "rules OUR_AREA.ends",
        ),
        (
            with_material("RULES", basis=Clause(law="食品安全法", article="有关规定")),
            LintKind.BASIS_VAGUE,
            "requirements RULES.basis",
        ),
        (
            with_material("RULES", acceptance_standard="目录，以及需要的其他材料"),
            LintKind.CATCH_ALL,
            "requirements RULES.acceptance_standard",
        ),
        (
            replace(
                FOOD, requirements=tuple(replace(one, main=False) for one in FOOD.requirements)
            ),
            LintKind.NO_MAIN_MATERIAL,
            "requirements",
        ),
        (
            with_material(
                "LAYOUT", necessity=replace(FOOD.requirement("LAYOUT").necessity, code="3")
            ),
            LintKind.NECESSITY_DIFFERS,
            "requirements LAYOUT.necessity",
        ),
        (
            with_material("HANDLER_ID", when=HOT),
            LintKind.HANDLER_NOT_THERE,
            "requirements HANDLER_ID.when",
        ),
        (
            with_material("LAYOUT", name="营业执照"),
            LintKind.SAME_MATERIAL_TWICE,
            "requirements LAYOUT",
        ),
    ],
)
def test_what_makes_no_sense_is_found_at_its_place(standard, kind, place):
    new = found(standard) - found(FOOD if standard.item_code == FOOD.item_code else TRADER)

    assert (kind, place) in new
    for one in lint(standard, None, KNOWN):
        assert wording_lint.sentence(one)
        assert wording_lint.remedy(one)


def test_a_letter_that_is_not_there_is_found():
    assert (LintKind.LETTER_MISSING, "requirements PREMISES.promise.template") in found(
        FOOD, known=LintKnowledge()
    )


def test_a_certificate_type_has_one_name():
    link = FOOD.requirement("LICENCE").certificate
    assert link is not None
    other = replace(link, type_name="工商执照")

    assert (
        LintKind.CERTIFICATE_NAMED_TWICE,
        "requirements PREMISES.certificate.type_name",
    ) in found(with_material("PREMISES", certificate=other))


def test_too_few_samples_and_materials_that_none_asks_for_are_found():
    few = samples_from(
        tomllib.loads(
            'item_code = "food_business_permit"\n[[samples]]\nname = "甲"\nexpect = "accept"\n'
            'applicant = "noodle_shop"'
        )
    )

    assert (LintKind.SAMPLES_MISSING, "samples") in found(FOOD, few)
    assert (LintKind.NEVER_SAMPLED, "requirements ONLINE") in found(FOOD)


@pytest.mark.parametrize(
    ("standard", "condition", "holds"),
    [
        (FOOD, AllOf(of=(CATERING, HOT)), True),
        (FOOD, AllOf(of=(SALE, HOT)), False),
        (FOOD, AllOf(of=(ApplicantIs(kinds=(PartyKind.PERSON,)), HOT)), False),
        (
            FOOD,
            AllOf(
                of=(
                    AnswerIs(question="subject", options=("company",)),
                    ApplicantIs(kinds=(PartyKind.INSTITUTION,)),
                )
            ),
            False,
        ),
        (
            ALLOWANCE,
            AllOf(
                of=(
                    AnswerIs(question="age_band", options=("from_90",)),
                    AgeCompares(comparison=Comparison.LESS, years=90),
                )
            ),
            False,
        ),
        (
            DISPATCH,
            AllOf(
                of=(
                    FieldCompares(field="capital", comparison=Comparison.LESS, than=Decimal(200)),
                    FieldCompares(field="capital", comparison=Comparison.MORE, than=Decimal(100)),
                )
            ),
            True,
        ),
        (
            DISPATCH,
            AllOf(
                of=(
                    FieldCompares(field="capital", comparison=Comparison.LESS, than=Decimal(100)),
                    FieldCompares(field="capital", comparison=Comparison.MORE, than=Decimal(200)),
                )
            ),
            False,
        ),
        (FOOD, AllOf(of=(HOT, PlaceWithin(path="field:premises", places=("示例县",)))), True),
        (
            FOOD,
            AllOf(
                of=(
                    PlaceWithin(path="field:premises", places=("示例县",)),
                    Not(of=PlaceWithin(path="field:premises", places=("示例县",))),
                )
            ),
            False,
        ),
    ],
)
def test_whether_a_condition_can_hold_is_worked_out_over_every_situation(
    standard, condition, holds
):
    assert Situations(standard).can_hold(condition) is holds


def test_what_has_too_many_situations_is_not_decided():
    many = AllOf(
        of=tuple(
            FieldCompares(field=f"field{number}", comparison=Comparison.LESS, than=Decimal(number))
            for number in range(12)
        )
    )

    assert Situations(FOOD).truths(many) is None
    assert Situations(FOOD).can_hold(many)
