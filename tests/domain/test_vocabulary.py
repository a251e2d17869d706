"""What the vocabulary of rules can say: places, days, certificates, other materials, the paper."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain import intake
from clerk.domain.condition import Facts, Truth, evaluate
from clerk.domain.condition_parsing import condition_from
from clerk.domain.deadlines import WEEKENDS
from clerk.domain.findings import Check, Outcome
from clerk.domain.form import asked_of, facts_of
from clerk.domain.material import Origin, StoredFile
from clerk.domain.moved_day import DayUnit, day_in, moved
from clerk.domain.party import Source
from clerk.domain.prefill import prefilled
from clerk.domain.standard import Way
from tests.domain.at_the_window import (
    CALENDAR,
    CLERK,
    LICENCE_TYPE,
    NOW,
    TODAY,
    check,
    licence_use,
    noodle_shop_complete,
    scan,
    typed,
    with_licence,
)
from tests.domain.vocabulary_item import every_kind

ITEM = every_kind()


def shop(**values: str):
    """The noodle shop's case, complete, with more lines of the form typed."""
    return prefilled(ITEM, typed(noodle_shop_complete(), values), NOW, CALENDAR)


def with_scope(case, scope="餐饮服务", **changed):
    use = licence_use()
    fields = {**use.fields, "经营范围": scope, "面积": "46.9㎡"}
    return with_licence(case, replace(use, fields=fields, **changed))


def said(case, code, on=TODAY):
    """The finding of that rule or the outcome of a check of that material."""
    return next(found for found in check(case, ITEM, on).findings if found.subject == code)


def of_material(case, code, wanted_check):
    found = [f for f in check(case, ITEM).findings if f.subject == code and f.check is wanted_check]
    return found[0] if found else None


def truth(table, case):
    return evaluate(condition_from(table), facts_of(case, TODAY, CALENDAR))


# ---- days -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "by", "unit", "reached"),
    [
        (date(2026, 1, 31), 1, DayUnit.MONTHS, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, DayUnit.MONTHS, date(2026, 2, 28)),
        (date(2024, 2, 29), 1, DayUnit.YEARS, date(2025, 2, 28)),
        (date(2026, 12, 15), 1, DayUnit.MONTHS, date(2027, 1, 15)),
        (date(2026, 3, 18), 30, DayUnit.DAYS, date(2026, 4, 17)),
        (date(2026, 2, 13), 5, DayUnit.WORKDAYS, date(2026, 2, 27)),  # 02-14 works; New Year
        (date(2026, 2, 27), -5, DayUnit.WORKDAYS, date(2026, 2, 13)),
        (date(2026, 2, 13), 0, DayUnit.WORKDAYS, date(2026, 2, 13)),
        (date.max, 1, DayUnit.YEARS, date.max),
        (date.min, -1, DayUnit.WORKDAYS, date.min),
    ],
)
def test_a_day_is_moved_as_the_law_counts(begin, by, unit, reached):
    """A month ends on the corresponding day or on its last one (民法典 art. 202)."""
    assert moved(begin, by, unit, CALENDAR) == reached


def test_working_days_are_those_of_the_halls_calendar():
    begin = date(2026, 2, 13)

    by_calendar = moved(begin, 5, DayUnit.WORKDAYS, CALENDAR)

    assert by_calendar != moved(begin, 5, DayUnit.WORKDAYS, WEEKENDS) == date(2026, 2, 20)


@pytest.mark.parametrize(
    "text", ["2026-03-18", "20260318", "2026年3月18日", "2026.03.18", "2026/3/18"]
)
def test_a_certificate_may_write_its_day_in_any_usual_way(text):
    assert day_in(text) == TODAY


@pytest.mark.parametrize("text", ["", "长期", "2026-02-30", "3月18日", "2026-03-18至2027-03-18"])
def test_what_is_no_day_is_not_guessed(text):
    assert day_in(text) is None


def test_a_lease_must_still_run_for_six_months():
    found = said(shop(lease_until_on="2026-09-17"), "LEASE_RUNS")

    assert found.outcome is Outcome.FAIL
    assert (found.given, found.wanted) == ("2026-09-17", "≥2026-09-18")
    assert said(shop(lease_until_on="2026-09-18"), "LEASE_RUNS").outcome is Outcome.PASS
    assert said(shop(), "LEASE_RUNS").outcome is Outcome.CANNOT_TELL


def test_a_soft_rule_is_shown_with_its_way_on_and_blocks_nothing():
    case = shop(built_on="1998-05-01")

    found = said(case, "NEW_HOUSE")

    assert found.outcome is Outcome.FAIL
    assert not found.hard
    assert found.remedy_text == "改正 NEW_HOUSE"
    assert (found.given, found.wanted) == ("1998-05-01", "≥2008-01-01")
    assert found not in check(case, ITEM).failed


@pytest.mark.parametrize(
    ("table", "holds"),
    [
        ({"date": "representative.birth_on", "at_most": {"from": "today", "years": -18}}, "yes"),
        ({"date": "representative.birth_on", "less": date(1950, 1, 1)}, "no"),
        ({"date": "field:opening_on", "more": {"from": "today", "workdays": 9}}, "yes"),
        ({"date": "field:opening_on", "more": {"from": "today", "workdays": 10}}, "no"),
        ({"date": "today", "equal": "field:applied_on"}, "yes"),
        ({"date": "material:HEAD_ID:valid_until_on", "at_least": "today"}, "unknown"),
        ({"place": "applicant.address", "within": ["示例县", "别处"]}, "yes"),
        ({"place": "field:premises", "within": ["别处"]}, "no"),
        ({"place": "handler.address", "within": ["别处"]}, "unknown"),
        ({"place": "applicant.id_number", "within": ["92990123"]}, "yes"),
        ({"counter": ["03"]}, "yes"),
        ({"counter": ["04"]}, "no"),
        ({"field": "premises", "contains": ["清河"]}, "yes"),
        ({"material": "PREMISES"}, "yes"),
        ({"material": "PREMISES", "by": ["commitment"]}, "no"),
        ({"material": "CONTRACT"}, "no"),
        ({"certificate": LICENCE_TYPE, "used": False}, "yes"),
        ({"certificate": f"{LICENCE_TYPE}:经营范围", "contains": ["餐饮"]}, "unknown"),
    ],
)
def test_a_condition_looks_at_places_days_and_other_materials(table, holds):
    assert truth(table, shop()).value == holds


@pytest.mark.parametrize(
    ("table", "holds"),
    [
        ({"certificate": LICENCE_TYPE, "used": True}, "yes"),
        ({"certificate": f"{LICENCE_TYPE}:经营范围", "contains": ["餐饮", "住宿"]}, "yes"),
        ({"certificate": f"{LICENCE_TYPE}:经营范围", "is": ["餐饮"]}, "no"),
        ({"certificate": f"{LICENCE_TYPE}:面积", "at_least": 46.9, "units": ["㎡"]}, "yes"),
        ({"certificate": f"{LICENCE_TYPE}:面积", "at_least": 46.9}, "unknown"),
        ({"certificate": f"{LICENCE_TYPE}:issuer_name", "is": ["示例县市场监督管理局"]}, "yes"),
        (
            {
                "date": f"certificate:{LICENCE_TYPE}:valid_until_on",
                "at_least": {"from": "today", "years": 500},
            },
            "yes",  # it is valid without end
        ),
    ],
)
def test_a_condition_looks_at_what_the_certificate_says(table, holds):
    assert truth(table, with_scope(shop())).value == holds


def test_a_division_code_lies_in_a_place_by_its_first_digits():
    facts = Facts(
        answers={},
        fields={"village": "990123105002"},
        applicant_kind=None,
        age=None,
        has_handler=False,
        on=TODAY,
    )
    county = condition_from({"place": "field:village", "within": ["990123"]})
    elsewhere = condition_from({"place": "field:village", "within": ["0123105"]})

    assert evaluate(county, facts) is Truth.YES
    assert evaluate(elsewhere, facts) is Truth.NO


# ---- rules ------------------------------------------------------------------


def test_a_certificate_nobody_called_is_compared_by_a_person():
    on_paper, called = shop(), with_scope(shop(), scope="服装零售")

    assert said(on_paper, "SCOPE").outcome is Outcome.PASS
    assert said(on_paper, "PLAN_AREA").outcome is Outcome.PASS
    found = said(called, "SCOPE")
    assert found.outcome is Outcome.FAIL
    assert (found.given, found.wanted) == ("服装零售", "餐饮")


@pytest.mark.parametrize(
    ("area", "outcome"),
    [("46", Outcome.PASS), ("45.5", Outcome.FAIL), ("48.35", Outcome.PASS), ("49", Outcome.FAIL)],
)
def test_the_area_on_the_plan_may_differ_a_little_from_the_form(area, outcome):
    found = said(with_scope(shop(area=area)), "PLAN_AREA")

    assert found.outcome is outcome
    assert found.given == area
    assert found.wanted.startswith("46.9㎡±")


def test_what_excludes_each_other_is_named():
    promise = replace(intake.on_paper(ITEM.requirement("RULES"), CLERK, NOW), way=Way.DEFERRAL)
    given = replace(promise, way=Way.COMMITMENT)
    one = intake.with_evidence(shop(), "RULES", promise)
    both = intake.with_evidence(one, "PREMISES", given)

    assert said(one, "ONE_WORD").outcome is Outcome.PASS
    found = said(both, "ONE_WORD")
    assert found.outcome is Outcome.FAIL
    assert found.given == "经营场所使用证明/食品安全管理制度目录"
    assert found.wanted == "≤1"


def test_of_a_condition_in_parts_the_part_that_fails_is_compared():
    found = said(shop(shop_area="80", store_area="40.5"), "WHOLE")

    assert found.outcome is Outcome.FAIL
    assert (found.given, found.wanted) == ("120.5", "≤100")


# ---- lines that are worked out ----------------------------------------------


def test_lines_are_worked_out_of_others_also_of_worked_out_ones():
    case = shop(shop_area="20.5", store_area="10")

    worked_out = {code: held.value for code, held in case.values.items()}

    assert worked_out["whole_area"] == "30.5"
    assert worked_out["rest_area"] == "15.5"
    assert worked_out["pairs"] == "9"
    assert worked_out["reply_on"] == "2026-04-09"  # 2026-04-01 and five working days, 清明 between
    assert worked_out["head_age"] == "40"
    assert case.values["whole_area"].source is Source.DERIVED


def test_a_worked_out_line_follows_its_sources_and_takes_nothing_typed():
    case = shop(shop_area="20", store_area="10")

    over = prefilled(ITEM, typed(case, {"whole_area": "99"}), NOW, CALENDAR)
    less = prefilled(ITEM, typed(case, {"store_area": ""}), NOW, CALENDAR)

    assert over.values["whole_area"].value == "30"
    assert "whole_area" not in less.values
    assert prefilled(ITEM, over, NOW, CALENDAR) == over


# ---- the paper itself -------------------------------------------------------


def filed(code, *, pages=1, media_type="image/png", **changed):
    file = StoredFile(sha256="ab" * 32, name="件", media_type=media_type, size_bytes=9, pages=pages)
    asked = ITEM.requirement(code)
    held = intake.from_file(asked, file, Origin.CHOSEN_FILE, CLERK, NOW)
    return intake.with_evidence(shop(), code, replace(held, **changed))


@pytest.mark.parametrize(
    ("pages", "outcome"),
    [(1, Outcome.FAIL), (2, Outcome.PASS), (4, Outcome.PASS), (5, Outcome.FAIL)],
)
def test_pages_of_a_file_are_counted(pages, outcome):
    found = of_material(filed("LAYOUT", pages=pages), "LAYOUT", Check.MATERIAL_PAGES)

    assert found.outcome is outcome
    assert (found.given, found.wanted) == (str(pages), "2–4")


def test_pages_of_a_paper_are_seen_by_a_person_at_the_standards_own_point():
    case = intake.with_evidence(
        shop(), "LAYOUT", intake.on_paper(ITEM.requirement("LAYOUT"), CLERK, NOW)
    )

    points = {f.point: f for f in check(case, ITEM).open if f.subject == "LAYOUT"}

    assert of_material(case, "LAYOUT", Check.MATERIAL_PAGES) is None
    assert points["PAGES"].wanted == "2–4"


def test_a_file_of_another_format_is_not_taken():
    found = of_material(
        filed("LAYOUT", media_type="image/jpeg"), "LAYOUT", Check.MATERIAL_FILE_FORMAT
    )

    assert found.outcome is Outcome.FAIL
    assert (found.given, found.wanted) == ("jpeg", "png/pdf")


@pytest.mark.parametrize(
    ("issued_on", "outcome"),
    [
        (None, Outcome.CANNOT_TELL),
        (date(2025, 12, 17), Outcome.FAIL),
        (date(2025, 12, 18), Outcome.PASS),
    ],
)
def test_a_paper_may_be_three_months_old(issued_on, outcome):
    case = intake.without_evidence(filed("PREMISES", issued_on=issued_on), "RULES")

    found = of_material(case, "PREMISES", Check.MATERIAL_AGE)

    assert found.outcome is outcome
    assert found.wanted == "≥2025-12-18"


def test_the_licence_must_be_valid_on_the_day_of_opening():
    ends = date(2026, 3, 31)  # after today, before 2026-04-01
    found = of_material(with_scope(shop(), valid_until_on=ends), "LICENCE", Check.MATERIAL_VALIDITY)
    without_end = of_material(with_scope(shop()), "LICENCE", Check.MATERIAL_VALIDITY)

    assert found.outcome is Outcome.FAIL
    assert (found.given, found.wanted) == ("2026-03-31", "2026-04-01")
    assert without_end.outcome is Outcome.PASS


def test_a_certificate_of_another_issuer_is_told():
    found = of_material(
        with_scope(shop(), issuer_name="别县市场监督管理局"), "LICENCE", Check.MATERIAL_ISSUER
    )

    assert found.outcome is Outcome.FAIL
    assert (found.given, found.wanted) == ("别县市场监督管理局", "示例县市场监督管理局")


def test_whoever_must_sign_is_named():
    case = filed("LAYOUT", pages=2, signed=False)

    found = of_material(case, "LAYOUT", Check.MATERIAL_SIGNED)

    assert found.outcome is Outcome.FAIL
    assert found.wanted == "张示例"


# ---- one for another --------------------------------------------------------


def test_a_material_is_not_asked_for_where_another_is_there():
    case = intake.without_evidence(shop(), "PREMISES")

    asked = asked_of(ITEM, facts_of(case, TODAY, CALENDAR))

    assert "PREMISES" not in {line.code for line in asked.requirements}
    gone = next(line for line in asked.dropped if line.requirement == "PREMISES")
    assert (gone.question, gone.material) == ("", "RULES")


def test_a_lacking_material_names_what_would_do_instead():
    case = intake.without_evidence(intake.without_evidence(shop(), "PREMISES"), "RULES")

    found = of_material(case, "PREMISES", Check.MATERIAL_PRESENT)

    assert found.outcome is Outcome.FAIL
    assert found.wanted == "食品安全管理制度目录"


def test_what_is_put_off_or_unfit_replaces_nothing():
    rules = ITEM.requirement("RULES")
    put_off = replace(intake.on_paper(rules, CLERK, NOW), way=Way.DEFERRAL)
    unfit = intake.from_file(rules, scan(), Origin.SCANNED, CLERK, NOW)

    for held in (put_off, replace(unfit, fault="看不清")):
        case = intake.with_evidence(shop(), "RULES", held)
        asked = asked_of(ITEM, facts_of(case, TODAY, CALENDAR))
        assert "PREMISES" in {line.code for line in asked.requirements}


def test_of_two_that_replace_each_other_one_stays_on_the_list():
    each = {"PREMISES": ("RULES",), "RULES": ("PREMISES",)}
    mutual = replace(
        ITEM,
        requirements=tuple(
            replace(asked, not_needed_with=each.get(asked.code, ())) for asked in ITEM.requirements
        ),
    )

    asked = asked_of(mutual, facts_of(shop(), TODAY, CALENDAR))

    assert len({"PREMISES", "RULES"} & {line.code for line in asked.requirements}) == 1
