"""What changed from one version of an item to the next, in plain sentences, nothing left out."""

import copy
import tomllib
from datetime import date
from itertools import islice

import pytest

from clerk import wording_difference
from clerk.domain.standard_difference import (
    as_written,
    item_change,
)
from clerk.domain.standard_writing import table_of
from tests.domain.at_the_window import ALLOWANCE, FOOD
from tests.domain.starter_items import raw


@pytest.fixture
def before():
    return table_of(FOOD)


@pytest.fixture
def after(before):
    return copy.deepcopy(before)


def line(table, key, code):
    return next(one for one in table[key] if one["code"] == code)


def said(before, after):
    change = item_change(before, after)
    return () if change is None else wording_difference.sentences(change, before, after)


def test_what_is_the_same_differs_in_nothing_and_its_number_and_day_do_not_count(before, after):
    after |= {"version": 2, "effective_on": date(2026, 7, 1)}

    assert item_change(before, after) is None


def test_what_is_written_out_though_it_is_so_anyway_is_no_difference():
    read = raw("food_business_permit")

    assert item_change(as_written(read), table_of(FOOD)) is None
    assert as_written({"item_code": "x"}) == {"item_code": "x"}


def test_originals_and_copies_are_one_sentence(before, after):
    line(after, "requirements", "PREMISES").update(originals=1, copies=0, deferral_workdays=3)

    assert said(before, after) == (
        "材料“经营场所使用证明”从复印件1份改为原件1份；容缺期限从5改为3",
    )


def test_added_dropped_and_moved_lines_are_told(before, after):
    after["requirements"].remove(line(after, "requirements", "CONTRACT"))
    after["requirements"].append({"code": "HEALTH", "name": "从业人员健康证明"})
    after["rules"].reverse()

    assert said(before, after) == (
        "去掉材料“食堂承包经营合同”",
        "增加材料“从业人员健康证明”",
        "核对规则的顺序有变化",
    )


def test_a_condition_is_told_as_a_sentence(before, after):
    line(after, "requirements", "ONLINE")["when"] = {
        "all": [{"answer": "online", "is": ["yes"]}, {"field": "area", "at_least": 50}]
    }

    (sentence,) = said(before, after)

    assert sentence == (
        "材料“网络经营信息表”适用条件从（“是否网络经营”答的是“是”）"
        "改为（“是否网络经营”答的是“是”，并且“经营面积”不小于50平方米）"
    )


def test_limits_lists_flags_and_parts_of_lines_are_told_in_their_groups(before, after):
    after["promised_limit"] = {"amount": 3, "unit": "workdays"}
    after["aliases"] = [*after["aliases"], "开小吃店"]
    line(after, "questions", "business")["options"].append({"code": "stall", "label": "摊点"})
    line(after, "rules", "PLACE")["hard"] = True
    line(after, "requirements", "LAYOUT")["review_points"].pop()
    after["delegations"][0]["until_on"] = date(2027, 12, 31)
    change = item_change(before, after)

    assert change is not None
    assert wording_difference.grouped(change, before, after) == (
        (
            "基本信息和时限",
            ("承诺办结时限从5个工作日（〈示例〉含现场核查）改为3个工作日", "俗称加上“开小吃店”"),
        ),
        ("情形", ("问题“主体业态”增加选项“摊点”",)),
        ("材料", ("材料“经营场所、设备布局图”去掉审查要点“生熟分开，加工流程不交叉”",)),
        ("核对规则", ("规则“经营场所应与营业执照一致”硬性改为是",)),
        ("授权受理", ("03号窗口的授权截止日从2026-12-31改为2027-12-31",)),
    )


def test_words_of_a_closed_list_are_told_in_chinese(before, after):
    line(after, "fields", "operator_name")["kind"] = "integer"
    line(after, "rules", "PLACE").update(kind="numbers_close", group="materials")
    premises = line(after, "requirements", "PREMISES")
    premises["promise"]["check_method"] = "online"
    premises.update(never_promised=["state_secret"], shared_source="marriage")

    assert said(before, after) == (
        "表单项“经营者名称”种类从文字改为整数",
        (
            "材料“经营场所使用证明”告知承诺的核查方式从现场核查改为在线核查；"
            "不适用告知承诺加上国家秘密；共享数据的来源加上婚姻登记"
        ),
        (
            "规则“经营场所应与营业执照一致”种类从两处一致改为两个数相近；"
            "分组从表单一致性改为材料齐全、形式合规"
        ),
    )


def test_every_single_change_of_a_standard_is_told(before):
    """Whatever leaf of the file is changed, something is said; every third is tried."""
    for path in islice(_leaves(before), 0, None, 3):
        after = copy.deepcopy(before)
        _spoil(after, path)
        if path[0] not in {"version", "effective_on", "starter"}:
            assert said(before, after), path


def test_a_faulty_draft_is_compared_as_far_as_it_goes(before):
    faulty = tomllib.loads(
        """
        item_code = "food_business_permit"
        name = "食品经营许可新办"
        requirements = [{ code = "A" }, { code = "A", name = "另一份" }, 3]
        questions = "none"
        """
    )

    change = item_change(before, faulty)
    assert change is not None
    sentences = wording_difference.sentences(change, before, faulty)

    assert "增加材料“另一份”" in sentences
    assert "去掉问题“主体业态”" in sentences


def test_of_an_item_it_is_told_whether_it_is_new_changed_or_ended(before, after):
    after["visits"] = 2
    other = table_of(ALLOWANCE)
    new = {**other, "item_code": "new_item", "name": "新事项"}

    found = [
        item_change(*pair)
        for pair in ((before, after), (None, new), (other, None), (other, other), (None, None))
    ]

    told = [wording_difference.heading(one) for one in found if one is not None]
    assert told == [
        "有改动的事项：食品经营许可新办（food_business_permit）",
        "新增事项：新事项（new_item）",
        f"不再有的事项：{ALLOWANCE.name}（old_age_allowance）",
    ]


def _leaves(table, path=()):
    if isinstance(table, dict):
        for key, value in table.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(table, list) and table:
        yield from _leaves(table[-1], (*path, len(table) - 1))
    else:
        yield path


def _spoil(table, path):
    for step in path[:-1]:
        table = table[step]
    held = table[path[-1]]
    table[path[-1]] = (not held) if isinstance(held, bool) else f"{held}…"
