"""The starter catalogue: every item complete and under its own law."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clerk import assets
from clerk.domain.condition import Truth, evaluate
from clerk.domain.form import asked_of
from clerk.domain.identifiers import check_task_code
from clerk.domain.limits import LimitUnit
from clerk.domain.party import PartyKind
from clerk.domain.shared_data import SharedSource
from clerk.domain.standard import DecidedBy, FieldKind, LawKind, Way
from clerk.domain.standard_faults import clauses_of
from tests.domain.starter_items import FILES, TODAY, catalogue, facts, item, raw

ITEMS = catalogue()
each_item = pytest.mark.parametrize("standard", ITEMS, ids=lambda standard: standard.item_code)

MATERIALS = {
    ("food_business_permit", "nothing answered"): ({}, 9),
    ("food_business_permit", "a trader's hot kitchen"): (
        {"subject": "sole_trader", "business": "catering", "dishes": "hot", "online": "no"},
        6,
    ),
    ("food_business_permit", "the same, selling online"): (
        {"subject": "sole_trader", "business": "catering", "dishes": "hot", "online": "yes"},
        7,
    ),
    ("food_business_permit", "a contracted canteen"): (
        {"subject": "institution", "business": "canteen", "contracted": "yes", "online": "no"},
        7,
    ),
    ("food_business_permit", "a canteen of its own"): (
        {"subject": "institution", "business": "canteen", "contracted": "no", "online": "no"},
        6,
    ),
    ("sole_trader_registration", "nothing answered"): ({}, 8),
    ("sole_trader_registration", "alone in an own shop"): (
        {"form": "individual", "premises": "own", "residential": "no", "prior": "no"},
        3,
    ),
    ("sole_trader_registration", "a family in a leased flat"): (
        {"form": "family", "premises": "leased", "residential": "yes", "prior": "no"},
        5,
    ),
    ("old_age_allowance", "nothing answered"): ({}, 7),
    ("old_age_allowance", "at 85, to the social card"): (
        {"age_band": "from_80", "household": "here", "pay_to": "social_card"},
        5,
    ),
    ("old_age_allowance", "at 92, to the social card"): (
        {"age_band": "from_90", "household": "here", "pay_to": "social_card"},
        4,
    ),
    ("old_age_allowance", "at 101, to a bank"): (
        {"age_band": "from_100", "household": "here", "pay_to": "bank"},
        5,
    ),
    ("business_rest_filing", "nothing answered"): ({}, 5),
    ("business_rest_filing", "at its own place"): ({"address": "same", "times": "first"}, 4),
    ("house_first_registration", "nothing answered"): ({}, 8),
    ("house_first_registration", "on registered land"): ({"land": "registered"}, 7),
    ("labour_dispatch_permit", "nothing answered"): ({}, 11),
    ("labour_dispatch_permit", "audited, in an own house"): (
        {"capital_proof": "audit", "premises": "own", "registered": "here"},
        9,
    ),
    ("labour_dispatch_permit", "verified, in a leased one"): (
        {"capital_proof": "verification", "premises": "leased", "registered": "here"},
        9,
    ),
}

IN_PERSON = {"adoption_registration", "teacher_qualification", "unemployment_benefit"}
"""收养登记办法 art. 5, 教师资格条例 art. 14, 社会保险法 art. 50."""

BY_A_GUARDIAN = {
    "disability_certificate",
    "id_card_reissue",
    "residence_permit",
    "unattended_child_allowance",
}


@pytest.mark.parametrize("case", MATERIALS, ids=" - ".join)
def test_answers_cut_the_list_of_materials(case):
    answers, expected = MATERIALS[case]

    asked = asked_of(item(case[0]), facts(answers)).requirements

    assert len(asked) == expected


@each_item
def test_somebody_who_acts_for_another_brings_two_papers_more(standard):
    """Nobody acts where the law wants the person himself; a guardian shows his card alone."""
    alone = asked_of(standard, facts({}))
    acted_for = asked_of(standard, facts({}, handler=True))

    more = [r for r in acted_for.requirements if r not in alone.requirements]

    if standard.item_code in IN_PERSON:
        assert more == []
    elif standard.item_code in BY_A_GUARDIAN:
        assert "handler" in {asked.read_from_card for asked in more}
    else:
        assert [asked.code for asked in more] == ["MANDATE", "HANDLER_ID"]


def test_the_hot_kitchen_of_the_picture_asks_six_named_papers_and_24_fields():
    standard = item("food_business_permit")
    answers, _ = MATERIALS[("food_business_permit", "a trader's hot kitchen")]

    asked = asked_of(standard, facts(answers, kind=PartyKind.SOLE_TRADER))

    assert [wanted.code for wanted in asked.requirements] == [
        "APPLICATION",
        "LICENCE",
        "HEAD_ID",
        "LAYOUT",
        "RULES",
        "PREMISES",
    ]
    assert len(asked.fields) == 24
    typed = {line.code for line in asked.fields if not line.prefill}
    assert typed == {"area", "staff", "opening_on"}


def test_a_dropped_paper_names_the_question_that_dropped_it():
    standard = item("food_business_permit")

    dropped = asked_of(standard, facts({"subject": "sole_trader", "online": "no"})).dropped

    assert {(gone.requirement, gone.question) for gone in dropped} >= {
        ("BODY_CERTIFICATE", "subject"),
        ("ONLINE", "online"),
    }


def test_both_who_decide_and_both_kinds_of_delegation_are_there():
    delegated = {s.item_code for s in ITEMS if s.delegation("03", TODAY)}

    assert {standard.decided_by for standard in ITEMS} == set(DecidedBy)
    assert "food_business_permit" in delegated
    assert "labour_dispatch_permit" not in delegated


def test_a_delegation_ends_with_its_last_day():
    standard = item("food_business_permit")

    assert standard.delegation("03", date(2026, 12, 31))
    assert standard.delegation("03", date(2027, 1, 1)) is None
    assert standard.delegation("04", TODAY) is None


@each_item
def test_every_clause_names_its_law_and_article(standard):
    cited = list(clauses_of(standard))

    assert len(cited) > 40
    assert all(clause.law and clause.article and clause.gist for clause in cited)


@each_item
def test_no_rule_for_permits_touches_what_is_no_permit(standard):
    if standard.law_kind is LawKind.PERMIT:
        assert standard.decision_limit_workdays == 5
        return

    assert "行政许可" not in json.dumps(raw(standard.item_code), ensure_ascii=False, default=str)
    assert standard.decision_limit_workdays is None
    assert all("许可" not in special.basis.law for special in standard.special_procedures)


def test_the_allowance_counts_calendar_days():
    assert item("old_age_allowance").promised_limit.unit is LimitUnit.DAYS
    assert item("food_business_permit").promised_limit.unit is LimitUnit.WORKDAYS


@each_item
def test_codes_have_national_lengths_and_an_invented_body(standard):
    task, handle = standard.task_code, standard.handle_item_code

    assert (len(standard.catalog_code), len(task), len(handle)) == (12, 31, 33)
    assert task == standard.body.code + standard.use_level.code + standard.catalog_code
    assert handle == task + "01"
    assert check_task_code(task).valid
    assert task[2:8] == "990123"


@each_item
def test_every_question_changes_what_is_asked_or_ends_the_item(standard):
    told = json.dumps(raw(standard.item_code)["requirements"], ensure_ascii=False) + json.dumps(
        [raw(standard.item_code)["fields"], raw(standard.item_code)["rules"]],
        ensure_ascii=False,
        default=str,
    )

    for question in standard.questions:
        assert len(question.options) >= 2
        assert f'"answer": "{question.code}"' in told or f"answer:{question.code}" in told


@each_item
def test_words_for_chief_and_clerk_are_there(standard):
    assert standard.starter
    assert len(standard.opinions) == 3
    assert standard.return_reasons
    assert standard.chief_points
    assert {reason.needs_competent_body for reason in standard.decline_reasons} == {True, False}
    assert "六十日" in standard.remedies
    assert "六个月" in standard.remedies


def test_the_deferrable_and_the_promised_are_as_the_list_says():
    deferrable = {
        (s.item_code, r.code) for s in ITEMS for r in s.requirements if r.deferral_workdays
    }
    promised = {(s.item_code, r.code) for s in ITEMS for r in s.requirements if r.promise}

    assert ("food_business_permit", "PREMISES") in deferrable & promised
    assert ("old_age_allowance", "SOCIAL_CARD") in deferrable
    assert not any(code == "LAYOUT" for _, code in deferrable | promised)
    templates = {r.promise.template for s in ITEMS for r in s.requirements if r.promise}
    shipped = assets.names("templates", "commitments")
    assert {f"commitments/{name}.docx" for name in templates} <= set(shipped)


def test_the_layout_has_three_points_one_of_them_for_the_chief():
    points = item("food_business_permit").requirement("LAYOUT").review_points

    assert [point.for_chief for point in points] == [False, False, True]


def test_two_million_is_enough_for_labour_dispatch_and_less_is_not():
    """劳动合同法 art. 57: 注册资本不得少于人民币二百万元."""
    standard = item("labour_dispatch_permit")
    must = next(rule.must for rule in standard.rules if rule.code == "CAPITAL")

    said = {
        capital: evaluate(must, replace(facts({}), fields={"capital": capital}))
        for capital in ("199.99", "200", "")
    }

    assert said == {"199.99": Truth.NO, "200": Truth.YES, "": Truth.UNKNOWN}


@pytest.mark.parametrize(("age", "said"), [(79, Truth.NO), (80, Truth.YES), (None, Truth.UNKNOWN)])
def test_the_allowance_begins_at_eighty(age, said):
    """老年人权益保障法 art. 33: 八十周岁以上."""
    standard = item("old_age_allowance")
    must = next(rule.must for rule in standard.rules if rule.code == "OLD_ENOUGH")

    assert evaluate(must, facts({}, age=age)) is said


def test_an_area_has_its_unit_and_bounds():
    lines = {line.code: line for line in item("food_business_permit").fields}
    area = lines["area"]

    assert (area.kind, area.unit) == (FieldKind.NUMBER, "平方米")
    assert (area.at_least, area.at_most) == (Decimal(1), Decimal(100000))


@each_item
def test_an_item_is_in_force_from_its_first_day_on(standard):
    assert standard.in_force(standard.effective_on)
    assert not standard.in_force(date(2024, 12, 31))


def test_files_lie_where_their_content_says():
    for name, standard in zip(FILES, ITEMS, strict=True):
        assert name == f"standards/{standard.item_code}/{standard.effective_on}.toml"


def test_what_a_van_may_take_in_needs_no_network_and_is_decided_elsewhere():
    """design 5.8: offline there is 收件 only, so every material must be takeable on the spot."""
    van = [standard for standard in ITEMS if standard.offline]

    assert {standard.item_code for standard in van} >= {"old_age_allowance", "temporary_relief"}
    for standard in van:
        assert standard.decided_by is DecidedBy.BACK_OFFICE, standard.item_code
        for asked in standard.requirements:
            taken = {Way.PAPER, Way.SCAN, Way.DEFERRAL} & set(asked.ways)
            assert taken or asked.generated_from_form, (standard.item_code, asked.code)


def test_every_source_of_shared_data_is_asked_by_some_item_and_says_what_it_must_say():
    asked = [one for standard in ITEMS for one in standard.requirements if one.shared_source]

    assert {one.shared_source for one in asked} == set(SharedSource)
    assert all(one.shared_says for one in asked)
    assert any(one.exemption for standard in ITEMS for one in standard.requirements)
