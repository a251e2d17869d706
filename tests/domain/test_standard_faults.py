"""Thirty-six planted faults of an item's file: each is told, all at once."""

import re
from copy import deepcopy

import pytest

from clerk.domain.errors import StandardFaulty
from clerk.domain.standard_parsing import standard_from
from tests.domain.faulty_items import FOOD, faults_of, part
from tests.domain.starter_items import raw


def _a_word_that_is_no_word(d):
    d["law_kind"] = "licence"


def _an_unknown_key(d):
    d["colour"] = "red"


def _an_unknown_key_deep_inside(d):
    part(d, "requirements", "LAYOUT")["optional"] = True


def _a_name_that_is_missing(d):
    del d["consult"]


def _a_number_as_text(d):
    d["visits"] = "1"


def _a_truth_as_number(d):
    d["on_site_check"] = 1


def _a_day_as_text(d):
    d["delegations"][0]["from_on"] = "2025-01-01"


def _a_coded_value_without_its_set(d):
    del d["state"]["set"]


def _a_requirement_without_basis(d):
    del part(d, "requirements", "RULES")["basis"]


def _a_clause_without_article(d):
    part(d, "fields", "area")["basis"]["article"] = " "


def _two_requirements_of_one_code(d):
    d["requirements"].append(deepcopy(part(d, "requirements", "HEAD_ID")))


def _two_options_of_one_code(d):
    part(d, "questions", "business")["options"].append({"code": "sale", "label": "又一个销售"})


def _a_question_of_one_option(d):
    part(d, "questions", "online")["options"] = [{"code": "no", "label": "否"}]
    part(d, "requirements", "ONLINE").pop("when")
    part(d, "fields", "platform").pop("when")


def _a_catch_all_name(d):
    part(d, "requirements", "CONTRACT")["name"] = "其他证明材料"


def _a_promise_longer_than_the_law(d):
    d["promised_limit"]["amount"] = 11


def _charged_without_a_fee(d):
    d["charged"] = True


def _a_main_material_that_may_come_later(d):
    layout = part(d, "requirements", "LAYOUT")
    layout["deferral_workdays"] = 1
    layout["ways"].append("deferral")


def _a_deferral_beyond_the_promise(d):
    part(d, "requirements", "PREMISES")["deferral_workdays"] = 30


def _a_promise_that_is_not_among_the_ways(d):
    part(d, "requirements", "PREMISES")["ways"].remove("commitment")


def _a_way_without_its_content(d):
    part(d, "requirements", "HEAD_ID")["ways"].append("certificate")


def _a_condition_on_no_question(d):
    part(d, "requirements", "ONLINE")["when"] = {"answer": "network", "is": ["yes"]}


def _a_condition_on_no_option(d):
    part(d, "fields", "diners")["when"] = {"answer": "business", "is": ["kitchen"]}


def _a_condition_on_no_field(d):
    part(d, "rules", "NAME")["when"] = {"field": "size", "at_least": 3}


def _a_comparison_of_text(d):
    part(d, "rules", "PLACE")["when"] = {"field": "premises", "at_least": 3}


def _a_value_that_is_no_choice(d):
    part(d, "rules", "NETWORK_NOTE")["when"] = {"field": "delivery", "is": ["信鸽"]}


def _a_question_nobody_can_reach(d):
    part(d, "questions", "subject")["when"] = {"answer": "online", "is": ["yes"]}


def _a_contradiction(d):
    part(d, "fields", "cold_room_area")["when"] = {
        "all": [{"answer": "dishes", "is": ["cold"]}, {"answer": "dishes", "is": ["hot"]}]
    }


def _a_condition_without_a_word(d):
    part(d, "fields", "waste")["when"] = {"business": "catering"}


def _a_kind_that_may_not_apply(d):
    part(d, "rules", "HEAD_OF_COMPANY")["when"] = {"applicant": ["person"]}


def _a_prefill_from_nowhere(d):
    part(d, "fields", "phone")["prefill"] = ["applicant.fax"]


def _a_prefill_from_a_certificate_nobody_asks_for(d):
    part(d, "fields", "premises")["prefill"].append("certificate:11990123MB0000094P003:坐落")


def _a_certificate_that_fills_no_field(d):
    part(d, "requirements", "LICENCE")["certificate"]["fills"]["fax"] = "传真"


def _a_rule_with_too_few_subjects(d):
    part(d, "rules", "HEAD_OF_TRADER")["subjects"].pop()


def _a_rule_about_no_day(d):
    part(d, "rules", "OPENING")["subjects"] = ["field:area"]


def _a_number_without_unit(d):
    del part(d, "fields", "staff")["unit"]


def _bounds_the_wrong_way_round(d):
    part(d, "fields", "diners")["at_most"] = 0


PLANTED = {
    _a_word_that_is_no_word: r"law_kind：'licence' 不在",
    _an_unknown_key: r"colour：不认识的键",
    _an_unknown_key_deep_inside: r"requirements\[\d+\] LAYOUT\.optional：不认识的键",
    _a_name_that_is_missing: r"consult：缺少",
    _a_number_as_text: r"visits：应为不小于0的整数",
    _a_truth_as_number: r"on_site_check：应为true 或 false",
    _a_day_as_text: r"delegations\[1\]\.from_on：应为日期",
    _a_coded_value_without_its_set: r"state\.set：缺少",
    _a_requirement_without_basis: r"RULES\.basis：缺少",
    _a_clause_without_article: r"area\.basis\.article：不能为空",
    _two_requirements_of_one_code: r"requirements：代码 HEAD_ID 出现了2次",
    _two_options_of_one_code: r"questions business：代码 sale 出现了2次",
    _a_question_of_one_option: r"questions online：至少要有两个选项",
    _a_catch_all_name: r"CONTRACT：名称含兜底词",
    _a_promise_longer_than_the_law: r"promised_limit：承诺时限比法定时限长",
    _charged_without_a_fee: r"charged：与收费项目 fees 不一致",
    _a_main_material_that_may_come_later: r"LAYOUT：主要材料不能容缺",
    _a_deferral_beyond_the_promise: r"PREMISES：容缺时限超过承诺办结时限",
    _a_promise_that_is_not_among_the_ways: r"PREMISES\.ways：写了 commitment",
    _a_way_without_its_content: r"HEAD_ID\.ways：列了 certificate",
    _a_condition_on_no_question: r"ONLINE\.when：没有问题 network",
    _a_condition_on_no_option: r"diners\.when：问题 business 没有选项 kitchen",
    _a_condition_on_no_field: r"NAME\.when：没有表单项 size",
    _a_comparison_of_text: r"PLACE\.when：表单项 premises 不是数",
    _a_value_that_is_no_choice: r"NETWORK_NOTE\.when：表单项 delivery 没有选项 信鸽",
    _a_question_nobody_can_reach: r"questions subject\.when：取决于自己或后面的问题 online",
    _a_contradiction: r"cold_room_area\.when：对问题 dishes 的要求互相矛盾",
    _a_condition_without_a_word: r"waste\.when\.\?：条件要恰好用一个词开头",
    _a_kind_that_may_not_apply: r"HEAD_OF_COMPANY\.when：申请人不会是这些类型",
    _a_prefill_from_nowhere: r"phone\.prefill：不认识的来源 applicant\.fax",
    _a_prefill_from_a_certificate_nobody_asks_for: r"premises\.prefill：没有材料关联证照类型",
    _a_certificate_that_fills_no_field: r"LICENCE\.certificate\.fills：没有表单项 fax",
    _a_rule_with_too_few_subjects: r"HEAD_OF_TRADER\.subjects：name_matches_certificate 要有2个",
    _a_rule_about_no_day: r"OPENING\.subjects：应为一个日期表单项",
    _a_number_without_unit: r"staff：数要写明单位",
    _bounds_the_wrong_way_round: r"diners：下限大于上限",
}


def test_thirty_six_planted_faults_are_all_told_at_once():
    data = deepcopy(FOOD)
    for plant in PLANTED:
        plant(data)

    faults = faults_of(data)

    missed = [words for words in PLANTED.values() if not any(re.search(words, f) for f in faults)]
    assert missed == []
    assert len(PLANTED) == 36


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__.strip("_"))
def test_a_single_fault_is_told_and_little_else(plant):
    data = deepcopy(FOOD)
    plant(data)

    faults = faults_of(data)

    assert any(re.search(PLANTED[plant], fault) for fault in faults)
    assert len(faults) <= 2


def test_a_line_that_was_taken_out_is_missed_once_by_the_rule_that_names_it():
    data = deepcopy(FOOD)
    data["fields"] = [one for one in data["fields"] if one["code"] != "opening_on"]

    assert faults_of(data) == ("rules OPENING.subjects：没有表单项 opening_on",)


def test_the_message_counts_the_faults_and_says_what_to_do():
    data = deepcopy(FOOD)
    data["version"] = 0

    with pytest.raises(StandardFaulty, match=r"食品经营许可新办.*1处问题.*改正后再发布") as caught:
        standard_from(data)

    assert caught.value.faults == ("version：从1开始",)


def test_an_item_that_is_no_permit_may_not_cite_the_law_on_permits():
    """Row C9, both ways: the law itself and its five days."""
    data = raw("old_age_allowance")
    data["decision_limit_workdays"] = 5
    data["rules"][0]["basis"] = {"law": "中华人民共和国行政许可法", "article": "第三十二条"}

    faults = faults_of(data)

    assert [fault.split("：")[0] for fault in faults] == ["decision_limit_workdays", "law_kind"]


def test_bands_of_age_match_their_options():
    data = raw("old_age_allowance")
    part(data, "questions", "age_band")["known_from"] = "applicant.age:under=0,from_80=eighty"

    faults = faults_of(data)

    assert any("应写成 选项=起始周岁" in fault for fault in faults)
    assert any("年龄段与选项不对应" in fault for fault in faults)


def test_a_kind_without_its_option_is_told():
    data = deepcopy(FOOD)
    data["applicant_kinds"].append("person")

    assert faults_of(data) == ("questions subject.known_from：选项与申请人类型不对应：person",)


def _charges(**fee):
    data = raw("house_first_registration")
    data["fees"] = [{**data["fees"][2], **fee}]
    return data


@pytest.mark.parametrize(
    ("fee", "said"),
    [
        ({"per": "floorage"}, r"COPIES\.per：没有整数的表单项 floorage"),
        ({"per": "area"}, r"COPIES\.per：没有整数的表单项 area"),
        ({"unit": ""}, r"COPIES\.unit：按数量收费要写单位"),
        ({"per": ""}, r"COPIES\.free：不按数量收费"),
        ({"income_code": ""}, r"COPIES\.income_code：缴入财政的收费要写"),
        ({"payee": "courier"}, r"COPIES：快递收的费不进财政"),
        ({"when": {"answer": "use", "is": ["barn"]}}, r"COPIES\.when：问题 use 没有选项 barn"),
    ],
)
def test_a_charge_that_contradicts_itself_is_not_published(fee, said):
    with pytest.raises(StandardFaulty) as trouble:
        standard_from(_charges(**fee))

    assert any(re.search(said, fault) for fault in trouble.value.faults)
