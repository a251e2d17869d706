"""A bureau's list is understood however its columns are named, and every fault is told by row."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from clerk import assets, wording_sheet
from clerk.domain.errors import BadInput
from clerk.domain.sheet_checks import check_mapping, checked
from clerk.domain.sheet_columns import (
    FormulaCell,
    MaterialTypeMeaning,
    column_letter,
    guess_mapping,
    vocabulary_from,
)
from clerk.domain.sheet_faults import FaultLevel, SheetFault, SheetRule
from clerk.domain.sheet_reading import SheetRow, items_of, numbered_lines
from clerk.domain.sheet_values import read_cell

VOCABULARY = vocabulary_from(tomllib.loads(assets.read_text("resources", "sheet/columns.toml")))
TODAY = date(2026, 3, 18)
CODE = "11990123MB0000019Y4990131001000"
HEADINGS = ("事项名称", "实施编码", "事项类型", "设定依据", "实施主体", "办件类型")
ITEM = ("食品经营许可", CODE, "行政许可", "食品安全法第三十五条", "示例县局", "承诺件")


def understood(*rows, material_type=None):
    mapping = guess_mapping("清单", rows, VOCABULARY)
    if material_type:
        mapping = replace(mapping, material_type=material_type)
    numbered = [SheetRow(number=at, cells=tuple(row)) for at, row in enumerate(rows, 1)]
    return list(checked(items_of(numbered, mapping, VOCABULARY), VOCABULARY, TODAY))


def only(*rows, **given):
    ((item, faults),) = understood(*rows, **given)
    return item, faults


def rules(faults):
    return [fault.rule for fault in faults]


# ---- headings -----------------------------------------------------------------------------------


def test_headings_are_known_by_any_of_their_names_and_in_any_order():
    mapping = guess_mapping(
        "清单", [("实施机构", " * 事项 名称（必填）", "许可事项编码", "事项编码")], VOCABULARY
    )

    assert mapping.meanings == ("body_name", "name", "", "task_code")
    assert mapping.first_row == 2


def test_titles_above_the_headings_are_passed_over():
    rows = [("示例县实施清单", None, None), (None, None, None), HEADINGS, ITEM]

    assert guess_mapping("清单", rows, VOCABULARY).first_row == 4


def test_two_rows_of_headings_are_read_as_one_path():
    rows = [
        ("事项名称", "实施编码", "法定办结时限", "法定办结时限", "承诺办结时限", "承诺办结时限"),
        ("事项名称", "实施编码", "数量", "单位", "数量", "单位"),
    ]

    meanings = guess_mapping("清单", rows, VOCABULARY).meanings

    assert meanings == (
        "name",
        "task_code",
        "statutory_days",
        "statutory_unit",
        "promised_days",
        "promised_unit",
    )


@pytest.mark.parametrize("rows", [[], [()], [("填表说明", None), ("一、", "请认真填写")]])
def test_a_sheet_without_headings_is_refused(rows):
    with pytest.raises(BadInput, match="没有找到表头"):
        guess_mapping("说明", rows, VOCABULARY)


def test_a_column_that_a_list_cannot_do_without_is_missed():
    mapping = guess_mapping("清单", [HEADINGS[:3]], VOCABULARY)

    missed = [wording_sheet.fault(fault) for fault in check_mapping(mapping, VOCABULARY)]

    assert missed == [
        "缺少“设定依据”这一栏",
        "缺少“实施主体”这一栏",
        "缺少“办件类型”这一栏",
    ]


def test_which_meaning_the_column_of_material_types_has_is_asked():
    mapping = guess_mapping("清单", [(*HEADINGS, "材料名称", "材料类型")], VOCABULARY)

    assert any(
        fault.rule is SheetRule.MEANING_UNSAID for fault in check_mapping(mapping, VOCABULARY)
    )


# ---- rows ---------------------------------------------------------------------------------------


def test_what_nobody_knows_is_kept_under_its_own_heading():
    item, _ = only((*HEADINGS, "网办深度"), (*ITEM, 4))

    assert item.kept == {"网办深度": "4"}


def test_materials_as_rows_belong_to_the_item_above():
    item, _ = only(
        (*HEADINGS, "材料名称", "原件份数"),
        (*ITEM, "申请书", 1),
        (*ITEM, "营业执照", "1份"),
        (None,) * 6 + ("平面图", 2),
    )

    names = [(m.values["material_name"], m.values["originals"], m.row) for m in item.materials]
    assert names == [("申请书", "1", 2), ("营业执照", "1", 3), ("平面图", "2", 4)]


def test_materials_in_one_cell_are_taken_apart():
    item, _ = only((*HEADINGS, "申请材料"), (*ITEM, "1.申请书；2.身份证（原件1份）\n3、平面图。"))

    assert [m.values["material_name"] for m in item.materials] == [
        "申请书",
        "身份证（原件1份）",
        "平面图",
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("①申请书②身份证", ("申请书", "身份证")),
        ("（1）申请书\n（2）3.5米以上平面图", ("申请书", "3.5米以上平面图")),
        ("一、申请书\n二、身份证", ("申请书", "身份证")),
        ("申请书\n身份证", ("申请书", "身份证")),
        ("", ()),
    ],
)
def test_numbered_lines_are_known_in_the_ways_people_number(text, lines):
    assert numbered_lines(text) == lines


def test_an_item_of_very_many_rows_takes_time_by_its_rows_only():
    rows = [(*HEADINGS, "材料名称"), *((*ITEM, f"材料{number}") for number in range(20_000))]

    item, _ = only(*rows)

    assert len(item.materials) == 20_000


# ---- cells as a spreadsheet mangles them --------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("item_type", 1, "01"),
        ("item_type", "行政许可", "01"),
        ("item_type", "01 行政许可", "01"),
        ("local_code", 9901.0, "9901"),
        ("effective_on", date(2026, 1, 5), "2026-01-05"),
        ("effective_on", 46027, "2026-01-05"),
        ("effective_on", "2026年1月5日", "2026-01-05"),
        ("effective_on", "20260105", "2026-01-05"),
        ("effective_on", "2026.1.5", "2026-01-05"),
        ("promised_days", "10个工作日", "10"),
        ("charged", "不收费", "0"),
        ("charged", True, "1"),
        ("name", "  食品经营许可 ", "食品经营许可"),
    ],
)
def test_a_cell_says_what_was_meant(column, value, text):
    cell = read_cell(value, VOCABULARY.columns[column], VOCABULARY)

    assert (cell.text, cell.trouble) == (text, None)


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("task_code", 1.1990123e30, SheetRule.DIGITS_LOST),
        ("task_code", 1199012312345678, SheetRule.DIGITS_LOST),
        ("task_code", "11 99", SheetRule.CODE_FORM),
        ("task_code", "1" * 37, SheetRule.TOO_LONG),
        ("effective_on", "2026年2月30日", SheetRule.DAY_UNKNOWN),
        ("effective_on", "明年", SheetRule.DAY_UNKNOWN),
        ("promised_days", "5-10", SheetRule.NUMBER_UNKNOWN),
        ("promised_days", "5个月", SheetRule.NUMBER_UNKNOWN),
        ("item_type", "审批", SheetRule.CODE_UNKNOWN),
        ("charged", "看情况", SheetRule.YES_OR_NO),
        ("name", FormulaCell("=A1"), SheetRule.FORMULA),
        ("name", "#REF!", SheetRule.ERROR_VALUE),
    ],
)
def test_a_cell_that_cannot_be_used_says_why(column, value, rule):
    trouble = read_cell(value, VOCABULARY.columns[column], VOCABULARY).trouble

    assert trouble is not None
    assert trouble.rule is rule


def test_the_same_digit_means_what_the_bureau_says_it_means():
    rows = ((*HEADINGS, "材料名称", "材料类型"), (*ITEM, "申请书", 2))

    as_copy, _ = only(*rows, material_type=MaterialTypeMeaning.COPY_KIND)
    label = "申请表格文书"
    as_kind, faults = only(
        rows[0], (*ITEM, "申请书", label), material_type=MaterialTypeMeaning.MATERIAL_KIND
    )

    assert as_copy.materials[0].values["material_type"] == "2"
    assert as_kind.materials[0].values["material_type"] == "2"
    assert "code_unknown" not in rules(faults)


# ---- the checks ---------------------------------------------------------------------------------


def with_columns(**values):
    labels = tuple(VOCABULARY.columns[code].label for code in values)
    return only((*HEADINGS, *labels), (*ITEM, *values.values()))[1]


WHOLE_MATERIAL = {
    "material_name": "营业执照",
    "source": "政府部门核发",
    "material_form": "纸质",
    "copies": 1,
    "material_basis": "办法第十条",
    "certificate_name": "营业执照",
}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"statutory_days": 20, "promised_days": 10}, []),
        ({"statutory_days": 10, "promised_days": 20}, ["I1"]),
        ({"statutory_days": "20工作日", "promised_days": "25自然日"}, []),
        ({"visits": 1, "handling_forms": "窗口办理、网上办理"}, ["I3"]),
        ({"visits": 1, "handling_forms": "网上办理", "visit_reason": "核验原件"}, []),
        ({"charged": "是"}, ["I7"]),
        ({"charged": "是", "fees": "证照工本费10元"}, []),
        ({"ended_on": "2026-03-18"}, ["I8"]),
        ({"effective_on": "2027-01-01", "ended_on": "2026-06-01"}, ["I8"]),
        ({"effective_on": "2020-01-01"}, ["begins_earlier"]),
        (WHOLE_MATERIAL, []),
        (WHOLE_MATERIAL | {"material_name": "其他材料"}, ["I4"]),
        (WHOLE_MATERIAL | {"source": "", "copies": None}, ["I5"]),
        (WHOLE_MATERIAL | {"certificate_name": ""}, ["I6"]),
    ],
)
def test_each_quality_check_finds_its_fault_and_nothing_else(values, expected):
    assert rules(with_columns(**values)) == expected


def test_a_case_on_the_spot_takes_no_week():
    headings = (*HEADINGS, "承诺办结时限")

    _, faults = only(headings, (*ITEM[:-1], "即办件", 5))

    assert rules(faults) == ["I2"]


def test_a_code_whose_body_has_a_wrong_check_character_is_only_warned_of():
    _, faults = only(HEADINGS, (ITEM[0], "110000000000000000" + CODE[18:], *ITEM[2:]))

    assert [(f.rule, f.level, f.column) for f in faults] == [("I9", FaultLevel.WARNING, "B")]


def test_an_empty_cell_that_must_say_something_is_an_error():
    _, faults = only(HEADINGS, (*ITEM[:3], None, *ITEM[4:]))

    assert [(f.rule, f.row, f.column) for f in faults] == [("empty", 2, "D")]


def test_two_rows_with_the_same_code_are_told_with_both_their_places():
    (_, first), (_, second) = understood(HEADINGS, ITEM, (ITEM[0] + "变更", *ITEM[1:]))

    assert rules(first) == []
    assert [(f.rule, f.row) for f in second] == [("double_item", 3)]
    assert "第2行" in wording_sheet.fault(second[0])


def test_all_faults_of_a_row_are_told_at_once():
    faults = with_columns(charged="是", ended_on="去年", visits="常来", statutory_days="#N/A")

    assert sorted(rules(faults)) == ["I7", "day_unknown", "error_value", "number_unknown"]


def test_a_cell_that_cannot_be_used_is_told_once_and_not_also_as_empty():
    basis = only(HEADINGS, (*ITEM[:3], FormulaCell("=A1"), *ITEM[4:]))[1]
    material = with_columns(**WHOLE_MATERIAL | {"material_name": FormulaCell("=A1")})

    assert [(f.rule, f.column) for f in basis] == [("formula", "D")]
    assert [(f.rule, f.column) for f in material] == [("formula", "G")]


def test_a_formula_in_a_column_that_nobody_knows_is_told_and_not_kept():
    """The number of the line is often one (序号): it keeps no item out, and nothing is computed."""
    item, faults = only((*HEADINGS, "序号"), (*ITEM, FormulaCell("=ROW()-1")))

    assert [(f.rule, f.level, f.row, f.column) for f in faults] == [("formula", "hint", 2, "G")]
    assert "序号是公式，没有读入" in wording_sheet.fault(faults[0])
    assert item.kept == {}


def test_columns_are_named_as_the_worksheet_names_them():
    assert [column_letter(place) for place in (0, 25, 26, 701)] == ["A", "Z", "AA", "ZZ"]


@pytest.mark.parametrize("rule", SheetRule)
def test_every_fault_has_its_sentence(rule):
    """A sentence may name any of these values, and no other."""
    named = "label value known long most first name lacking begins ends promised statutory many"
    fault = SheetFault(
        sheet="清单",
        row=3,
        column="B",
        rule=rule,
        level=FaultLevel.ERROR,
        detail=dict.fromkeys(named.split(), "示例"),
    )

    assert wording_sheet.fault(fault)
    assert wording_sheet.place(fault) == "B3"
