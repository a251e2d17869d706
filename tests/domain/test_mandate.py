"""The mandate of a chief representative: read as data, and exactly where it ends."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from clerk import assets
from clerk.domain.case import CaseState, FieldValue
from clerk.domain.decision_bars import DecisionBar, decision_bar, mandate_for, who_may_decide
from clerk.domain.errors import BadInput
from clerk.domain.identity import Role
from clerk.domain.mandate import BatchRule, MandateLimit, chosen, mandate_from
from clerk.domain.party import PartyKind, Source
from clerk.wording_approval import mandates_held, why_not
from tests.domain.at_the_window import (
    CLERK,
    FOOD,
    NOW,
    TODAY,
    TRADER,
    accepted_case,
    approval_mandate,
    chief,
    draft,
    handler,
    mandate_of,
    session,
)

NOON = datetime(2026, 3, 18, 4, 0, tzinfo=UTC)
FILE = """
account = "zheng"
number = "示授〔2026〕1 号"
department = "示例县行政审批服务局"
signed_by = "局长 钟授权"
items = ["food_business_permit", "sole_trader_registration"]
from_on = 2026-01-01
until_on = 2026-12-31

[[limits]]
items = ["food_business_permit"]
field = "area"
at_most = 500

[own_intake]
permit = "示许〔2026〕1 号"
until_on = 2026-06-30
check_one_in = 5
check_within_workdays = 3

[batch]
items = ["sole_trader_registration"]
most = 20
open_one_in = 5
"""


def with_area(text):
    case = accepted_case()
    area = FieldValue(value=text, source=Source.TYPED, at=NOW)
    return replace(case, values={**case.values, "area": area})


def limited(**limit):
    return chief(approval_mandate(limits=(MandateLimit(**limit),)))


def bar(case, who, at=NOW, standard=FOOD):
    barred = decision_bar(standard, case, who, at)
    return barred.bar if barred else None


def sentence(case, who, others=(), at=NOW, standard=FOOD):
    barred = decision_bar(standard, case, who, at)
    assert barred is not None
    return why_not(barred, standard, others)


# 读入 ---------------------------------------------------------------------------------------------


def test_a_mandate_is_read_with_its_limits_permit_and_batch():
    held = mandate_from(tomllib.loads(FILE), "zheng.toml")

    mandate = held.mandate
    assert held.account_id == "zheng"
    assert mandate.limits == (
        MandateLimit(items=frozenset({"food_business_permit"}), field="area", at_most=Decimal(500)),
    )
    assert (mandate.own_intake_permit, mandate.own_intake_one_in) == ("示许〔2026〕1 号", 5)
    assert mandate.batch == BatchRule(
        items=frozenset({"sole_trader_registration"}), most=20, open_one_in=5
    )


@pytest.mark.parametrize("name", assets.names("resources", "practice/mandates"))
def test_the_practice_halls_mandates_are_read(name):
    assert mandate_from(tomllib.loads(assets.read_text("resources", name)), name).mandate.signed_by


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('account = "zheng"', ""), "account：缺少"),
        (("from_on = 2026-01-01", 'from_on = "一月"'), "from_on：应为日期"),
        (("until_on = 2026-12-31", "until_on = 2025-12-31"), "早于 from_on"),
        (("until_on = 2026-12-31", "until_on = 2026-12-31\nuntil_at = 2026-12-31"), "until_at"),
        (
            (
                "until_on = 2026-12-31",
                "until_on = 2026-12-31\nuntil_at = 2026-12-30T12:00:00+08:00",
            ),
            "不在 until_on 那一天",
        ),
        (("at_most = 500", ""), "limits[1].field：field 要和 at_most"),
        (("at_most = 500", "at_moost = 500"), "limits[1].at_moost：不认识的键"),
        (('items = ["food_business_permit"]\nfield', 'items = ["other"]\nfield'), "授权事项以外"),
        (("check_one_in = 5", "check_one_in = 0"), "抽查比例"),
        (("signed_by", "signedby"), "signed_by：缺少"),
        (
            ("[own_intake]", '[deputises_for]\naccount = "zheng"\nname = "郑范例"\n\n[own_intake]'),
            "不能代理自己",
        ),
    ],
)
def test_a_faulty_mandate_counts_for_nothing_and_says_where_it_is_wrong(change, says):
    with pytest.raises(BadInput) as refused:
        mandate_from(tomllib.loads(FILE.replace(change[0], change[1], 1)), "zheng.toml")

    assert says in str(refused.value)
    assert "zheng.toml 没有启用" in str(refused.value)


# 限制 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "why"),
    [
        ("500", None),
        ("500.01", DecisionBar.OVER_LIMIT),
        ("", DecisionBar.FIELD_UNKNOWN),
        ("约 40", DecisionBar.FIELD_UNKNOWN),
        ("NaN", DecisionBar.FIELD_UNKNOWN),
        ("Infinity", DecisionBar.FIELD_UNKNOWN),
    ],
)
def test_a_number_of_the_form_limits_the_mandate(area, why):
    """What is not known to lie within the limit lies outside it."""
    who = limited(field="area", at_most=Decimal(500))

    assert bar(with_area(area), who) is why


def test_the_reason_names_the_limit_the_number_of_the_case_and_who_may_decide_instead():
    who = limited(field="area", at_most=Decimal(500))
    other = chief(account_id="feng").account

    said = sentence(with_area("620"), who, (other,))

    assert said == (
        "授权书 示授〔2026〕1 号 只到经营面积 500 平方米，这件是 620 平方米。可以由周模拟审批"
    )


def test_where_nobody_else_may_decide_the_reason_says_what_to_do():
    said = sentence(with_area("620"), limited(field="area", at_most=Decimal(500)))

    assert said.endswith("请授权单位办理授权或代理")


def test_a_limit_of_one_item_leaves_the_others_alone():
    items = frozenset({TRADER.item_code})
    who = limited(items=items, field="area", at_most=Decimal(1))

    assert bar(with_area("620"), who) is None


def test_applicants_of_another_kind_lie_outside():
    who = limited(applicant_kinds=frozenset({PartyKind.COMPANY}))

    assert bar(accepted_case(), who) is DecisionBar.APPLICANT_KIND
    assert "只能审企业法人的申请" in sentence(accepted_case(), who)


def test_a_mandate_for_cases_on_the_spot_carries_no_other():
    who = limited(on_the_spot_only=True)

    assert bar(accepted_case(), who) is DecisionBar.ONLY_ON_THE_SPOT
    assert "这件是承诺件" in sentence(accepted_case(), who)


# 期限、代理 ---------------------------------------------------------------------------------------


def test_a_mandate_that_ends_at_noon_carries_the_morning_and_nothing_after():
    who = chief(approval_mandate(until_on=TODAY, until_at=NOON))

    assert bar(accepted_case(), who, NOON - timedelta(seconds=1)) is None
    assert bar(accepted_case(), who, NOON) is DecisionBar.ENDED
    assert "到 2026-03-18 12:00 已经期满" in sentence(accepted_case(), who, at=NOON)


def test_a_mandate_of_tomorrow_says_when_it_begins():
    who = chief(approval_mandate(from_on=date(2026, 3, 19)))

    assert "从 2026-03-19 起才生效" in sentence(accepted_case(), who)


def test_a_deputy_signs_for_the_other_and_his_mandate_ends_by_itself():
    deputy = approval_mandate(
        number="示授代〔2026〕1 号",
        deputises_for="zheng",
        deputises_for_name="郑范例",
        until_on=TODAY,
    )
    who = chief(deputy, account_id="qian")
    case = accepted_case()

    assert bar(case, who) is None
    assert "代理授权书" in sentence(case, who, at=NOW + timedelta(days=1))
    assert "代理郑范例" in mandates_held((deputy,), NOW)


def test_ones_own_mandate_comes_before_that_of_a_deputy():
    deputy = approval_mandate(number="代", deputises_for="zheng", deputises_for_name="郑范例")
    own = approval_mandate(number="本")
    who = replace(chief(own, account_id="qian").account, mandates=(deputy, own))

    found = mandate_for(FOOD, accepted_case(), who, NOW)

    assert found == own


def test_of_several_mandates_the_reason_names_the_one_that_came_nearest():
    ended = approval_mandate(number="旧", until_on=date(2026, 3, 1))
    other = approval_mandate(number="别", items=frozenset({"another_item"}))
    account = replace(chief(other).account, mandates=(other, ended))

    barred = decision_bar(FOOD, accepted_case(), replace(chief(), account=account), NOW)

    assert barred is not None
    assert (barred.bar, barred.mandate) == (DecisionBar.ENDED, ended)


def test_only_people_with_the_role_and_a_mandate_that_runs_are_named_instead():
    may = chief(account_id="feng").account
    ended = chief(approval_mandate(until_on=date(2026, 3, 1)), account_id="chen").account
    clerk = replace(session(account_id="wei").account, mandates=(approval_mandate(),))
    assert clerk.roles == {Role.WINDOW_CLERK}

    assert who_may_decide(FOOD, accepted_case(), (may, ended, clerk), NOW) == (may,)


# 回避 ---------------------------------------------------------------------------------------------


def test_whoever_collected_a_material_does_not_decide_the_case():
    """Taken in by another, but he scanned one of the papers, at the counter or away from it."""
    case = accepted_case()
    evidence = dict(case.evidence)
    evidence["LAYOUT"] = replace(evidence["LAYOUT"], by="zheng")

    assert bar(replace(case, evidence=evidence), chief()) is DecisionBar.OWN_INTAKE


def test_nobody_decides_where_he_is_the_handler_himself():
    """By his identity number where the mandate says it, else by the name."""
    helper = handler(mandate_of())
    case = replace(accepted_case(), handler=helper)
    known = chief(approval_mandate(holder_id_number=helper.party.id_number))
    namesake = chief(approval_mandate(holder_id_number="990123199001011234"))
    same_name = replace(known.account, display_name=helper.party.name)

    assert bar(case, known) is DecisionBar.OWN_CASE
    assert bar(case, namesake) is None
    assert bar(case, replace(namesake, account=replace(same_name, mandates=(approval_mandate(),))))


def test_a_permit_for_ones_own_intake_that_ended_says_when():
    mandate = approval_mandate(own_intake_permit="示许 1 号", own_intake_until_on=date(2026, 3, 1))
    case = replace(draft(TRADER), state=CaseState.ACCEPTED)
    own = chief(mandate, account_id=CLERK.account.account_id)

    said = sentence(case, own, standard=TRADER)

    assert "示许 1 号 到 2026-03-01 已经期满" in said


# 抽查 ---------------------------------------------------------------------------------------------


def test_the_sample_follows_from_the_case_and_takes_about_one_in_so_many():
    """Nobody picks: the same case is in the sample wherever it is asked."""
    ids = [UUID(int=number) for number in range(5000)]

    drawn = [one for one in ids if chosen(one, 10)]

    assert 400 < len(drawn) < 600
    assert drawn == [one for one in ids if chosen(one, 10)]
    assert all(chosen(one, 1) for one in ids[:50])
