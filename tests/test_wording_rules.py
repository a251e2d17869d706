"""Every condition, rule, requirement and worked-out line is one plain Chinese sentence."""

import re
from datetime import date

import pytest

from clerk.domain.condition_parsing import condition_from
from clerk.domain.findings import Check, Finding, Group, Outcome
from clerk.ui.standards_elements import EDITED
from clerk.wording_rules import (
    compared,
    computed_words,
    condition_words,
    path_words,
    requirement_words,
    rule_words,
)
from clerk.wording_standard import ELEMENTS, LISTS, fault_words, package_fault_words
from tests.domain.at_the_window import LICENCE_TYPE
from tests.domain.starter_items import catalogue
from tests.domain.vocabulary_item import every_kind

ITEM = every_kind()
LEASE = {"date": "field:opening_on", "at_least": {"from": "today", "months": 6}}
CATERING = {"answer": "business", "is": ["catering", "canteen"]}
SMALL = {"field": "area", "less": 50}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (CATERING, "“主体业态”答的是“餐饮服务”或“单位食堂”"),
        ({"not": CATERING}, "“主体业态”答的不是“餐饮服务”或“单位食堂”"),
        ({"applicant": ["person", "company"]}, "申请人是个人或企业"),
        ({"field": "delivery", "is": ["寄递"]}, "“送达方式”是“寄递”"),
        (SMALL, "“经营面积”小于50平方米"),
        ({"not": SMALL}, "“经营面积”不小于50平方米"),
        ({"age": {"at_least": 80}}, "申请人年满80周岁"),
        ({"not": {"age": {"at_least": 80}}}, "申请人不满80周岁"),
        ({"handler": True}, "有人代办"),
        ({"handler": False}, "申请人自己来办"),
        ({"counter": ["03", "07"]}, "是在03、07号窗口收件"),
        ({"place": "field:premises", "within": ["示例县"]}, "“经营场所”在示例县"),
        (LEASE, "“拟开业日期”不早于今天之后 6 个月"),
        (
            {"date": "applicant.birth_on", "at_most": {"from": "today", "years": -60}},
            "申请人的出生日期不晚于今天之前 60 年",
        ),
        ({"date": "today", "less": date(2008, 1, 1)}, "今天早于2008 年 1 月 1 日"),
        (
            {"certificate": f"{LICENCE_TYPE}:经营范围", "contains": ["餐饮"]},
            "营业执照上的“经营范围”含有“餐饮”",
        ),
        (
            {"certificate": f"{LICENCE_TYPE}:面积", "at_least": 40, "units": ["平方米"]},
            "营业执照上的“面积”不小于40平方米",
        ),
        (
            {"date": f"certificate:{LICENCE_TYPE}:valid_until_on", "more": "today"},
            "营业执照上的“有效期截止日”晚于今天",
        ),
        ({"certificate": LICENCE_TYPE, "used": False}, "没有调取电子证照“营业执照”"),
        ({"material": "PREMISES"}, "已经收到“经营场所使用证明”"),
        (
            {"not": {"material": "PREMISES", "by": ["deferral"]}},
            "没有以容缺后补的方式收到“经营场所使用证明”",
        ),
        (
            {"all": [CATERING, {"any": [SMALL, {"handler": True}]}]},
            "“主体业态”答的是“餐饮服务”或“单位食堂”，并且（“经营面积”小于50平方米，或者有人代办）",
        ),
        (
            {"not": {"all": [SMALL, {"handler": True}]}},
            "“经营面积”不小于50平方米，或者申请人自己来办",
        ),
    ],
)
def test_a_condition_is_said_as_a_clerk_would_say_it(table, words):
    assert condition_words(condition_from(table), ITEM) == words


def test_no_condition_says_nothing():
    assert condition_words(None, ITEM) == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("LEASE_RUNS", "应当是：“lease_until_on”不早于今天之后 6 个月；不是这样的不能受理，改正"),
        ("NEW_HOUSE", "不是这样的只作提示，改正 NEW_HOUSE"),
        ("PLAN_AREA", "“经营面积”与营业执照上的“面积”相差应当不超过前者的3%；"),
        (
            "ONE_WORD",
            "以告知承诺的方式收的“经营场所使用证明”、以容缺后补的方式收的“食品安全管理制度目录”最多只能有一项",
        ),
        ("OPENING", "“拟开业日期”应当不早于今天；"),
        ("LICENSED", "不是这样的不在本事项办理：仅销售预包装食品"),
    ],
)
def test_a_rule_says_what_it_asks_for_and_what_follows(code, words):
    rule = next(rule for rule in ITEM.rules if rule.code == code)

    assert words in rule_words(rule, ITEM)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("LAYOUT", "原件 1 份，2–4 页，文件格式是 png或pdf，由负责人签名"),
        (
            "PREMISES",
            "复印件 1 份，3 个月内开具，还要出租人签名，有了“食品安全管理制度目录”就不用交",
        ),
        ("LICENCE", "到“拟开业日期”还有效，由示例县市场监督管理局出具"),
        ("MANDATE", "有人代办时要交“授权委托书”：原件 1 份"),
    ],
)
def test_a_requirement_says_when_it_is_asked_for_and_what_it_must_be(code, words):
    assert words in requirement_words(ITEM.requirement(code), ITEM)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("whole_area", "“shop_area”、“store_area”相加"),
        ("rest_area", "“经营面积”减去“whole_area”"),
        ("pairs", "“从业人数”、“从业人数”相乘"),
        ("head_age", "按负责人的出生日期计算的周岁"),
        ("reply_on", "“拟开业日期”之后 5 个工作日"),
    ],
)
def test_a_worked_out_line_says_how(code, words):
    line = next(line for line in ITEM.fields if line.code == code)

    assert line.computed is not None
    assert computed_words(line.computed, ITEM) == words


def test_what_a_faulty_standard_does_not_have_is_said_by_its_code():
    nowhere = condition_from({"answer": "nowhere", "is": ["yes"]})

    assert condition_words(nowhere, ITEM) == "“nowhere”答的是“yes”"
    assert path_words("material:nowhere:issued_on", ITEM) == "“nowhere”的开具日期"


def test_no_line_of_the_starter_catalogue_shows_a_code():
    """What the editor shows of the bureau's own rules is Chinese and no word of the file."""
    coded = re.compile(r"field:|certificate:|material:|answer:|[a-z]+_[a-z]+")
    for item in catalogue():
        said = [rule_words(rule, item) for rule in item.rules]
        said += [requirement_words(asked, item) for asked in item.requirements]
        said += [condition_words(asked.when, item) for asked in item.questions]
        said += [condition_words(line.when, item) for line in item.fields]

        assert not [words for words in said if coded.search(words)]


@pytest.mark.parametrize(
    ("check", "given", "wanted", "words"),
    [
        (Check.APPLICANT_KIND, "person", "company/institution", "现有 个人，要求 企业、单位"),
        (Check.MATERIAL_WAY, "paper", "certificate", "现有 收纸质件，要求 调证照"),
        (Check.RULE, "self", "handler", "现有 申请人自己来办，要求 有人代办"),
        (Check.RULE, "person", "≠person/company", "现有 个人，要求 不是个人、企业"),
        (Check.RULE, "46", "≥50", "现有 46，要求 ≥50"),
        (Check.RULE, "示例路1/2号", "", "现有 示例路1/2号"),
        (Check.RULE, "", "", ""),
    ],
)
def test_what_was_compared_is_said_in_words(check, given, wanted, words):
    found = Finding(
        outcome=Outcome.FAIL,
        check=check,
        group=Group.FORM,
        subject="X",
        subject_name="X",
        basis=ITEM.bases[0],
        rule_version=1,
        given=given,
        wanted=wanted,
    )

    assert compared(found) == words


def test_a_fault_of_a_draft_is_told_without_a_key_of_the_file():
    for fault, words in (
        (
            "食品经营 requirements[2] LEASE.when：没有问题 kin",
            "食品经营 材料 2 LEASE › 什么情形才要：没有问题 kin",
        ),
        (
            "law_kind：缺少，应为 permit、benefit 之一",
            "适用哪类法律：缺少，应为行政许可、行政给付之一",
        ),
        (
            "fields[1] area：数要写明单位 unit",
            "填写项 1 area：数要写明单位",
        ),
        (
            "requirements LEASE.ways：列了 commitment，没有写它的内容",
            "材料 LEASE › 收取方式：列了告知承诺，没有写它的内容",
        ),
        ("食品经营 起草后又发布了第3版", "食品经营 起草后又发布了第3版"),
    ):
        assert fault_words(fault) == words


def test_a_fault_of_a_package_names_its_item_and_version_and_no_file():
    for fault, words in (
        (
            "standards/food_business_permit/2.json fields F1：数要写明单位 unit",
            "food_business_permit 第2版 › 填写项 F1：数要写明单位",
        ),
        (
            "standards/food_business_permit/2.json colour：不认识的键",
            "food_business_permit 第2版 › colour：不认识的键",
        ),
        (
            "standards/a-1/7.json：版本号和文件名不符",
            "a-1 第7版：版本号和文件名不符",
        ),
        (
            "samples/old_age_allowance/1.json samples[1] 甲.expect：缺少",
            "old_age_allowance 第1版的样例 › 样例 1 甲 › 应有的结论：缺少",
        ),
        ("codes/bomb.toml：解开后大得不正常（67108864字节）",) * 2,
    ):
        assert package_fault_words(fault) == words


def test_every_element_of_the_editor_is_called_something_in_a_fault():
    for tab in EDITED:
        for section in tab.sections:
            lines = section.lines
            elements = list(section.elements)
            while lines is not None:
                assert lines.key in LISTS
                elements += lines.elements
                lines = lines.below
            assert {str(one.path[0]) for one in elements} <= set(ELEMENTS)
