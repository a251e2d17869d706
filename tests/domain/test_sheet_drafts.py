"""A bureau's item becomes a draft: what the list says goes in, the rest comes from what is in force."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarks.listed_item import LISTED
from clerk import assets
from clerk.app.import_wiring import changes
from clerk.domain.sheet_checks import checked
from clerk.domain.sheet_columns import (
    MaterialTypeMeaning,
    NationalSet,
    guess_mapping,
    vocabulary_from,
)
from clerk.domain.sheet_drafts import BaseVersion, DraftChange, draft_of
from clerk.domain.sheet_memory import guess_material_type, memory_key, recalled, remembered
from clerk.domain.sheet_plain import clauses_of, fees_of
from clerk.domain.sheet_reading import SheetRow, items_of
from clerk.domain.sheet_writing import SheetWriting, kept_elements
from clerk.domain.standard_draft import draft_faults
from clerk.domain.standard_parsing import standard_from
from clerk.domain.standard_writing import table_of
from tests.domain.starter_items import TODAY, item

VOCABULARY = vocabulary_from(tomllib.loads(assets.read_text("resources", "sheet/columns.toml")))
STARTERS = ("drainage_permit", "food_business_permit", "old_age_allowance")
TABLES = {code: table_of(item(code)) for code in STARTERS}
FOOD = TABLES["food_business_permit"]
CODE = "11990123MB0000019Y4990131077000"
NAME, MATERIAL = "户外摆摊备案", "备案表"
BASIS = "《城市市容条例》第十五条"
NEW = LISTED | {
    "事项名称": NAME,
    "实施编码": CODE,
    "设定依据": "《城市市容条例》第十四条：临时占用道路摆摊的，事先备案",
    "网办深度": "4",
    "材料名称": MATERIAL,
    "要求提供材料的依据": BASIS,
}


def listed(*items):
    """The rows of a list with these columns, headings first."""
    headings = tuple(dict.fromkeys(heading for one in items for heading in one))
    return [headings, *(tuple(one.get(heading) for heading in headings) for one in items)]


def drafts(rows, tables=(), *, meaning=MaterialTypeMeaning.MATERIAL_KIND, national="P"):
    bases = {table["task_code"]: table for table in tables}
    mapping = guess_mapping("清单", rows[:5], VOCABULARY)
    mapping = replace(mapping, material_type=meaning, national_set=NationalSet(national))
    numbered = (SheetRow(number=at, cells=tuple(cells)) for at, cells in enumerate(rows, 1))
    found = []
    for one, _ in checked(
        items_of(numbered, mapping, VOCABULARY), VOCABULARY, TODAY, mapping.national_set
    ):
        table = bases.get(one.values["task_code"])
        base = table and BaseVersion(item_code=table["item_code"], version=1, table=table)
        found.append(draft_of(one, base, VOCABULARY, mapping, TODAY))
    return found


def written(*tables):
    kept = dict.fromkeys(key for table in tables for key in kept_elements(table, VOCABULARY))
    writing = SheetWriting(VOCABULARY, MaterialTypeMeaning.MATERIAL_KIND, tuple(kept))
    return [list(writing.headings), *(list(row) for one in tables for row in writing.rows(one))]


def changed(column, text, table=FOOD):
    """The draft of an item whose list says something else in one column of every row."""
    rows = written(table)
    for row in rows[1:]:
        row[rows[0].index(column)] = text
    (draft,) = drafts(rows, [table])
    return draft


def sentences(draft, table=FOOD):
    return [line for _, lines in changes(table, draft.table) for line in lines]


def raw_requirements(table):
    return list(table["requirements"])


# ---- there and back ------------------------------------------------------------------------------


def test_a_list_that_was_written_out_comes_back_without_a_difference():
    found = drafts(written(*TABLES.values()), TABLES.values())

    assert [(one.item_code, one.change) for one in found] == [
        (code, DraftChange.SAME) for code in STARTERS
    ]


def test_columns_that_nobody_knows_come_in_and_go_out_again():
    (draft,) = drafts(listed(NEW | {"网办深度": 5, "县里自己的栏": "甲"}))

    assert draft.table["elements"] == {"网办深度": "5", "县里自己的栏": "甲"}
    headings, row, *_ = written(draft.table)
    assert row[headings.index("县里自己的栏")] == "甲"


# ---- an item that is new --------------------------------------------------------------------------


def test_a_list_that_says_everything_makes_a_draft_that_may_be_published():
    (draft,) = drafts(listed(NEW))

    assert draft_faults(draft.table, TODAY) == ()
    assert (draft.change, draft.base_version, draft.item_code) == (DraftChange.ADDED, 0, CODE)
    standard = standard_from(draft.table)
    assert standard.body.code == CODE[:18]
    assert standard.catalog_code == CODE[19:]
    assert [one.label for one in standard.service_objects] == ["自然人", "企业法人"]
    assert [kind.value for kind in standard.applicant_kinds] == ["person", "company"]
    assert standard.promised_limit.amount == 0
    assert standard.requirements[0].material_kind.label == "申请表格文书"
    assert standard.requirements[0].copy_kind.label == "原件"


def test_what_a_list_does_not_say_is_named_and_not_invented():
    (draft,) = drafts(listed({key: NEW[key] for key in NEW if key != "要求提供材料的依据"}))

    assert any("basis" in fault for fault in draft_faults(draft.table, TODAY))


def test_a_code_never_stands_alone():
    (draft,) = drafts(listed(NEW | {"行使层级": 4, "材料必要性": 2, "材料形式": 2}))

    asked = draft.table["requirements"][0]
    assert draft.table["use_level"] == {"code": "4", "set": "P", "label": "县"}
    assert asked["necessity"] == {"code": "2", "set": "P", "label": "非必要"}
    assert asked["form"] == {"code": "2", "set": "P", "label": "电子化"}
    assert draft.table["result"]["kind"]["set"] == "L"


@pytest.mark.parametrize(
    ("national", "label"), [("P", "非法人企业"), ("G", "行政机关")], ids=["platform", "standard"]
)
def test_the_same_digit_is_read_by_the_set_that_the_list_uses(national, label):
    (draft,) = drafts(listed(NEW | {"服务对象": 5}), national=national)

    assert draft.table["service_objects"] == [{"code": "5", "set": national, "label": label}]


def test_a_digit_that_is_no_code_is_an_error_with_its_place():
    rows = listed(NEW | {"服务对象": "1^8", "材料类型": None})
    mapping = guess_mapping("清单", rows, VOCABULARY)
    numbered = [SheetRow(number=at, cells=cells) for at, cells in enumerate(rows, 1)]

    ((_, faults),) = checked(items_of(numbered, mapping, VOCABULARY), VOCABULARY, TODAY)

    assert [(one.rule.value, one.row, one.column, one.detail["value"]) for one in faults[:1]] == [
        ("code_unknown", 2, "K", "8")
    ]


@pytest.mark.parametrize(
    ("meaning", "text", "kind", "copy"),
    [
        (MaterialTypeMeaning.COPY_KIND, "2", "其他", "复印件"),
        (MaterialTypeMeaning.MATERIAL_KIND, "2", "申请表格文书", "原件"),
    ],
)
def test_the_two_meanings_of_a_material_type_go_to_two_elements(meaning, text, kind, copy):
    (draft,) = drafts(listed(NEW | {"材料类型": text, "原件份数": None}), meaning=meaning)

    asked = draft.table["requirements"][0]
    assert (asked["material_kind"]["label"], asked["copy_kind"]["label"]) == (kind, copy)


def test_a_certificate_is_offered_first_and_a_deferral_only_with_its_term():
    linked = {"证照名称": "营业执照", "证照类型代码": "11990123MB0000094P001"}
    (draft,) = drafts(listed(NEW | linked | {"容缺补齐期限": "3个工作日"}))

    asked = draft.table["requirements"][0]
    assert asked["ways"][0] == "certificate"
    assert (asked["deferral_workdays"], asked["main"]) == (3, False)


def test_a_charge_is_taken_apart_as_far_as_it_is_one_sum():
    paid = {"是否收费": "是", "收费项目": "1.工本费：每证10.5元；2.检测费按次商定"}
    (draft,) = drafts(listed(NEW | paid | {"收费依据": "《收费办法》第三条"}))

    first, second = draft.table["fees"]
    assert (first["name"], first["amount_fen"], first["basis"]["law"]) == (
        "工本费",
        1050,
        "收费办法",
    )
    assert "amount_fen" not in second


# ---- an item that is in force ---------------------------------------------------------------------


def test_what_a_list_cannot_know_is_taken_over_from_the_version_in_force():
    draft = changed("承诺办结时限", "8")

    for key in ("questions", "rules", "fields", "delegations"):
        assert draft.table[key] == FOOD[key]
    assert draft.table["promised_limit"]["amount"] == 8
    assert (draft.change, draft.table["version"]) == (DraftChange.CHANGED, 2)
    assert sentences(draft) == ["承诺办结时限从5个工作日（〈示例〉含现场核查）改为8个工作日"]


def test_a_material_more_and_one_less_are_told_by_their_names():
    _, *rest = raw_requirements(FOOD)
    rows = written(FOOD)
    name = rows[0].index("材料名称")
    gone = rows[1][name]
    rows[1][name] = "新的材料"

    (draft,) = drafts(rows, [FOOD])

    assert sentences(draft) == [f"去掉材料“{gone}”", "增加材料“新的材料”"]
    assert draft.table["requirements"][1:] == rest


def test_an_item_that_is_cancelled_ends():
    assert changed("事项状态", "取消").change is DraftChange.ENDED
    assert changed("取消日期", "2026-12-31").change is DraftChange.ENDED


def test_a_draft_never_begins_before_today():
    later = TODAY + timedelta(days=40)

    assert changed("生效日期", "").table["effective_on"] == TODAY
    assert changed("生效日期", later.isoformat()).table["effective_on"] == later


# ---- texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("《食品安全法》第三十五条", {"law": "食品安全法", "article": "第三十五条"}),
        ("食品安全法第35条第一款", {"law": "食品安全法", "article": "第35条第一款"}),
        (
            "《民法典》第二百零九条、第二百一十条：登记生效",
            {"law": "民法典", "article": "第二百零九条、第二百一十条", "gist": "登记生效"},
        ),
        (
            "《关于全面推行的意见》（国办发〔2020〕42号）",
            {"law": "关于全面推行的意见", "article": "国办发〔2020〕42号"},
        ),
        ("《示例条例》", {"law": "示例条例"}),
    ],
)
def test_a_clause_is_taken_apart_into_law_article_and_gist(text, clause):
    assert clauses_of(text) == [clause]


def test_several_clauses_of_one_cell_stay_several():
    assert [one["law"] for one in clauses_of("1.《甲法》第一条；\n2.《乙法》第二条")] == [
        "甲法",
        "乙法",
    ]


def test_a_charge_without_a_sum_keeps_its_words():
    (fee,) = fees_of("按物价部门核定的标准", None)

    assert fee["standard"] == "按物价部门核定的标准"
    assert "amount_fen" not in fee


# ---- what a person said of the headings -----------------------------------------------------------


def test_the_meanings_of_headings_are_remembered_in_any_order():
    mapping = guess_mapping("清单", listed(NEW), VOCABULARY)
    said = replace(
        mapping,
        meanings=tuple("process" if one == "place" else one for one in mapping.meanings[:3])
        + mapping.meanings[3:],
        material_type=MaterialTypeMeaning.COPY_KIND,
        national_set=NationalSet.STANDARD,
    )
    other = guess_mapping("别的", listed(dict(reversed(NEW.items()))), VOCABULARY)

    assert memory_key(said) == memory_key(other)
    again = recalled(other, remembered(said), VOCABULARY)
    assert set(again.meanings) == set(said.meanings)
    assert again.material_type is MaterialTypeMeaning.COPY_KIND
    assert again.national_set is NationalSet.STANDARD


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("原件", "a"), ("2 申请表格文书", "b"), (2, None), ("手写的话", None)],
)
def test_which_meaning_a_material_type_has_is_guessed_from_words_only(text, meaning):
    rows = listed(NEW | {"材料类型": text})
    mapping = guess_mapping("清单", rows, VOCABULARY)

    assert guess_material_type(mapping, rows, VOCABULARY) == meaning


def test_the_day_of_a_file_that_counts_from_1904_is_the_day_that_was_meant():
    rows = listed(NEW | {"生效日期": 46100 - 1462})
    mapping = replace(guess_mapping("清单", rows, VOCABULARY), from_1904=True)
    numbered = [SheetRow(number=at, cells=cells) for at, cells in enumerate(rows, 1)]

    (one,) = items_of(numbered, mapping, VOCABULARY)

    assert one.values["effective_on"] == (date(1899, 12, 30) + timedelta(days=46100)).isoformat()
