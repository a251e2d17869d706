"""One sentence for screen, letter and speech."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clerk import assets, wording
from clerk.domain.case import CaseState
from clerk.domain.certificate import (
    AuthorisationMode,
    AuthorisationState,
    CertificateStatus,
    Unusable,
)
from clerk.domain.findings import (
    Check,
    Finding,
    Group,
    Headline,
    NextAct,
    Outcome,
    Remedy,
    Verdict,
)
from clerk.domain.identifiers import IdFault, IdKind, check_resident_id
from clerk.domain.limits import Clause, Limit, LimitUnit
from clerk.domain.material import Origin
from clerk.domain.party import MandateAct, PartyKind, Source
from clerk.domain.standard import LawKind, Way
from clerk.domain.standard_parsing import standard_from
from clerk.ui.id_words import id_fault
from clerk.wording_results import in_capitals

TODAY = date(2026, 3, 18)


def food():
    folder = Path(assets.folder("resources")) / "standards" / "food_business_permit"
    return standard_from(tomllib.loads(max(folder.glob("*.toml")).read_text("utf-8")))


def found(check: Check, outcome: Outcome, **more) -> Finding:
    given = {
        "group": Group.FORM,
        "subject": "x",
        "subject_name": "经营面积",
        "basis": Clause(law="示例法", article="第一条"),
        "rule_version": 1,
    }
    return Finding(outcome=outcome, check=check, **{**given, **more})


def verdict(
    headline: Headline, act: NextAct, *findings: Finding, delegated: bool = True
) -> Verdict:
    return Verdict(
        headline=headline,
        act=act,
        findings=findings,
        delegated=delegated,
        delegated_until="",
        asked=(),
        dropped=(),
        fields=(),
        questions=(),
    )


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (wording.STATES, CaseState),
        (wording.GROUPS, Group),
        (wording.WAYS, Way),
        (wording.ORIGINS, Origin),
        (wording.SOURCES, Source),
        (wording.REMEDIES, Remedy),
        (wording.OUTCOMES, Outcome),
        (wording.CERTIFICATE_STATUSES, CertificateStatus),
        (wording.UNUSABLE, Unusable),
        (wording.AUTHORISATION_MODES, AuthorisationMode),
        (wording.AUTHORISATION_STATES, AuthorisationState),
        (wording.MANDATE_ACTS, MandateAct),
        (wording.PARTY_KINDS, PartyKind),
        (wording.ID_KINDS, IdKind),
    ],
)
def test_every_code_has_its_word(table, codes):
    assert set(table) == set(codes)
    assert all(table.values())


@pytest.mark.parametrize("check", Check)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_finding_can_be_said_without_a_full_stop(check, outcome):
    wanted = "term" if check is Check.HANDLER_MANDATE else "0-9"
    one = found(check, outcome, given="person", wanted=wanted, text="标出操作间")

    said = wording.finding(one)

    assert said
    assert not said.endswith("。")
    assert "！" not in said


def test_a_day_carries_its_weekday():
    assert wording.day(date(2026, 3, 25)) == "3 月 25 日（周三）"


def test_a_limit_names_its_unit_and_nothing_means_on_the_spot():
    assert wording.limit(Limit(amount=5, unit=LimitUnit.WORKDAYS)) == "5 个工作日"
    assert wording.limit(Limit(amount=20, unit=LimitUnit.DAYS)) == "20 日"
    assert wording.limit(Limit(amount=0, unit=LimitUnit.WORKDAYS)) == "当场办结"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "还差身份证号"),
        ("99012319880312001", "身份证号有 17 位，应为 18 位"),
        ("990123880312001", "15 位身份证号 2013 年起停用"),
        ("990123198813120010", "出生日期没有这一天"),
        ("99012319880312001A", "第 18 位不能是这个字"),
    ],
)
def test_a_wrong_number_is_told_with_what_to_do(number, said):
    check = check_resident_id(number, TODAY)

    assert said in id_fault(IdKind.RESIDENT_ID, check)


def test_a_wrong_check_digit_names_the_right_one():
    check = check_resident_id("990123198803120011", TODAY)

    assert check.fault is IdFault.CHECK_CHARACTER
    assert id_fault(IdKind.RESIDENT_ID, check).startswith(
        f"身份证号第 18 位不对，应为 {check.expected}。"
    )


def test_a_right_number_is_told_nothing():
    right = check_resident_id("990123198803120010", TODAY)
    number = f"{right.number[:17]}{right.expected or right.number[17]}"

    assert id_fault(IdKind.RESIDENT_ID, check_resident_id(number, TODAY)) == ""


def test_not_needed_and_not_ours_are_different_words():
    """不予受理 is a word of permits; where nothing is needed it is 不受理 (行政许可法 art. 32)."""
    item = food()
    ours = verdict(Headline.NOT_OURS, NextAct.DECLINE)
    needed = verdict(Headline.NOT_REQUIRED, NextAct.DECLINE)

    assert wording.act_name(item, ours) == "不予受理"
    assert wording.act_name(item, needed) == "不受理"
    assert wording.headline(item, needed) == "不需要许可（不受理）"
    benefit = replace(item, law_kind=LawKind.BENEFIT)
    assert wording.act_name(benefit, ours) == "不受理"
    assert "许可" not in wording.headline(benefit, needed)


def test_a_window_without_delegation_never_speaks_of_acceptance_as_its_own():
    item = food()
    one = verdict(Headline.RECEIVABLE, NextAct.RECEIVE_AND_PASS_ON, delegated=False)

    assert wording.headline(item, one) == "可以收件"
    assert wording.act_name(item, one) == "收件并转部门"
    assert wording.authority(item, one).startswith("本窗口没有受理授权，收件后由")


def test_counts_name_what_passed_and_what_is_left():
    passed = found(Check.FIELD_FORM, Outcome.PASS)
    failed = found(Check.FIELD_FORM, Outcome.FAIL)
    unknown = found(Check.FIELD_FILLED, Outcome.CANNOT_TELL)

    assert wording.counts(verdict(Headline.ACCEPTABLE, NextAct.NOTHING, passed)) == (
        "1 项核对全部通过"
    )
    mixed = verdict(Headline.NOT_YET, NextAct.NOTIFY_ONCE, passed, failed, unknown)
    assert wording.counts(mixed) == "1 项通过，1 项要处理，1 项待补"


def test_bounds_are_told_as_people_say_them():
    def bounds(wanted: str) -> str:
        return wording.finding(found(Check.FIELD_BOUNDS, Outcome.FAIL, wanted=wanted))

    assert bounds("1–") == "经营面积不能小于 1"
    assert bounds("–9") == "经营面积不能大于 9"
    assert bounds("1–9") == "经营面积应在 1 到 9 之间"
    assert bounds("≤200") == "经营面积最多 200 个字"


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (2000, "人民币贰拾元整"),
        (55000, "人民币伍佰伍拾元整"),
        (12050, "人民币壹佰贰拾元伍角整"),
        (12005, "人民币壹佰贰拾元零伍分"),
        (100100, "人民币壹仟零壹元整"),
        (1010000, "人民币壹万零壹佰元整"),
        (123456789, "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
    ],
)
def test_an_amount_is_also_written_in_capitals(fen, said):
    assert in_capitals(fen) == said
