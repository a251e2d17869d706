"""A standard whose rules cannot be kept is told everything that is wrong with it, at once."""

import pytest

from tests.domain.faulty_items import faults_of, part
from tests.domain.vocabulary_item import line, rule, table


def with_line(code, **changed):
    data = table()
    part(data, "fields", code).update(changed)
    return data


def with_rule(*args, **more):
    data = table()
    data["rules"].append(rule("NEW", *args, **more))
    return data


def with_material(code, **changed):
    data = table()
    part(data, "requirements", code).update(changed)
    return data


def with_lines(*lines):
    data = table()
    data["fields"] += lines
    return data


def summed(code, *of):
    return line(code, "number", unit="平方米", computed={"sum": list(of)})


FAULTS = {
    "a day of a line that is no date": (
        with_rule(must={"date": "field:area", "less": "today"}),
        "field:area 不是日期",
    ),
    "a day of a line that is not there": (
        with_rule(must={"date": "today", "less": {"from": "field:end", "days": 3}}),
        "没有表单项 end",
    ),
    "two units at once": (
        with_rule(must={"date": "today", "less": {"from": "today", "days": 3, "months": 1}}),
        "一次只按一种单位推算",
    ),
    "a day farther than any law": (
        with_rule(must={"date": "today", "less": {"from": "today", "days": 10**9}}),
        "应为不超过40000的整数",
    ),
    "a place of a question": (
        with_rule(must={"place": "answer:business", "within": ["示例县"]}),
        "条件里不能用 answer:business",
    ),
    "a certificate that stands for no material": (
        with_rule(must={"certificate": "X:名称", "is": ["示例"]}),
        "没有材料关联证照类型 X",
    ),
    "a certificate that is never used": (
        with_rule(must={"certificate": "X", "used": True}),
        "没有材料关联证照类型 X",
    ),
    "a value of a certificate without its name": (
        with_rule(must={"certificate": "X", "is": ["示例"]}),
        "不认识的来源 certificate:X",
    ),
    "a material that is not there": (
        with_rule(must={"material": "DEED", "by": ["paper"]}),
        "没有材料 DEED",
    ),
    "a way that is none": (
        with_rule(must={"material": "RULES", "by": ["fax"]}),
        "没有收取方式 fax",
    ),
    "a recorded day that nobody records": (
        with_rule("fields_equal", subjects=["material:RULES:pages", "today"]),
        "材料只记 issued_on、valid_until_on",
    ),
    "numbers of words": (
        with_rule("numbers_close", subjects=["field:phone", "field:area"], tolerance=1),
        "表单项 phone 不是数，不能比较",
    ),
    "numbers without a tolerance": (
        with_rule("numbers_close", subjects=["field:area", "field:area"]),
        "tolerance 和 tolerance_percent 写一个",
    ),
    "a tolerance of words": (
        with_rule("fields_equal", subjects=["field:area", "field:area"], tolerance=1),
        "只有 numbers_close 写允许的误差和单位",
    ),
    "one material beside itself": (
        with_rule("not_together", subjects=["material:RULES", "material:RULES"]),
        "至少要有两个不同的材料",
    ),
    "something else beside a material": (
        with_rule("not_together", subjects=["material:RULES", "field:area"]),
        "应写成 material:代码",
    ),
    "a sum of words": (
        with_lines(summed("x", "area", "phone")),
        "表单项 phone 不是数，不能计算",
    ),
    "a sum of one": (with_lines(summed("x", "area")), "至少要有两项才能算"),
    "a sum of apples and pears": (
        with_lines(summed("x", "area", "staff")),
        "表单项 staff 的单位是人，结果的单位是平方米",
    ),
    "a sum that is no number": (
        with_lines(line("x", "text", computed={"sum": ["area", "shop_area"]})),
        "结果是数，表单项 x 不是",
    ),
    "an age that is no whole number": (
        with_lines(line("x", "text", computed={"age": "applicant.birth_on"})),
        "结果应填入 integer 类的表单项",
    ),
    "an age since a name": (
        with_lines(line("x", "integer", unit="岁", computed={"age": "applicant.name"})),
        "applicant.name 不是日期",
    ),
    "two ways to work it out": (
        with_line("whole_area", computed={"sum": ["area"], "product": ["area"]}),
        "要恰好用一种算法",
    ),
    "worked out and filled in": (
        with_line("whole_area", prefill=["earlier"]),
        "推算出来的项不能再预填",
    ),
    "worked out of itself": (
        with_line("whole_area", computed={"sum": ["whole_area", "area"]}),
        "whole_area → whole_area 互相推算",
    ),
    "worked out of each other": (
        with_line("whole_area", computed={"sum": ["rest_area", "area"]}),
        "whole_area → rest_area → whole_area 互相推算",
    ),
    "asked only because of itself": (
        with_line("platform", when={"field": "platform", "is": ["示例"]}),
        "platform → platform 互相以对方为条件",
    ),
    "a material that hangs on itself": (
        with_material("RULES", when={"not": {"material": "RULES"}}),
        "RULES → RULES 互相以对方为条件",
    ),
    "more pages than there may be": (
        with_material("LAYOUT", pages_at_least=5),
        "pages_at_least 大于 pages_at_most",
    ),
    "what only a person sees and nobody is asked to": (
        with_material("RULES", issuers=["示例局"]),
        "要由人看的（ISSUER）没有同名的审查要点",
    ),
    "a file format that is none": (with_material("RULES", file_formats=["exe"]), "'exe' 不在"),
    "the format of files where none are taken": (
        with_material("RULES", ways=["paper", "deferral"], file_formats=["pdf"]),
        "没有文件格式可核",
    ),
    "valid on a day that is none": (
        with_material("HEAD_ID", valid_on="field:phone"),
        "field:phone 不是日期",
    ),
    "not needed with itself": (
        with_material("RULES", not_needed_with=["RULES"]),
        "not_needed_with：写了自己",
    ),
    "not needed with what is not there": (
        with_material("RULES", not_needed_with=["DEED"]),
        "没有材料 DEED",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_rule_that_cannot_be_kept_is_told(what):
    data, fault = FAULTS[what]

    told = faults_of(data)

    assert [one for one in told if fault in one], told
    assert len(told) <= 2


def test_all_of_it_is_told_at_once():
    data = table()
    for spoiled, _ in (
        FAULTS["a day of a line that is no date"],
        FAULTS["one material beside itself"],
    ):
        extra = spoiled["rules"][-1]
        data["rules"].append({**extra, "code": f"NEW{len(data['rules'])}"})
    data["fields"].append(summed("x", "area", "nowhere"))
    part(data, "requirements", "LAYOUT")["pages_at_least"] = 9

    told = "\n".join(faults_of(data))

    for words in ("不是日期", "两个不同的材料", "没有表单项 nowhere", "大于 pages_at_most"):
        assert words in told


def test_a_charge_is_not_asked_for_by_working_days():
    data = table()
    data["charged"] = True
    data["fees"] = [
        {
            "name": "示例费",
            "standard": "示例",
            "amount_fen": 100,
            "income_code": "103",
            "basis": {"law": "示例", "article": "第一条"},
            "when": {"date": "field:opening_on", "more": {"from": "today", "workdays": 5}},
        }
    ]

    assert [fault for fault in faults_of(data) if "不能按工作日推算" in fault]
