"""Each starter item can be taken in: a whole case of it passes the whole check."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from clerk.domain.certificate import AuthorisationMode, CertificateStatus, CertificateUse, Holder
from clerk.domain.check_digits import resident_check_digit, unified_code_check_character
from clerk.domain.checking import check_case
from clerk.domain.findings import Headline, NextAct
from clerk.domain.form import asked_of, facts_of
from clerk.domain.identifiers import IdKind
from clerk.domain.identity import Account, Role, Session
from clerk.domain.intake import (
    from_card,
    from_certificate,
    from_file,
    made_by_system,
    new_case,
    with_answer,
    with_body,
    with_evidence,
    with_person,
    with_point,
    with_value,
)
from clerk.domain.material import Origin, StoredFile
from clerk.domain.party import Party, PartyKind, Source
from clerk.domain.prefill import prefilled
from clerk.domain.standard import FieldKind
from tests.domain.at_the_window import CALENDAR
from tests.domain.starter_items import TODAY, item

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
PAGE = StoredFile(
    sha256="0" * 64, name="1.pdf", media_type="application/pdf", size_bytes=1000, pages=1
)
CLERK = Session(
    account=Account(account_id="zhou", display_name="周模拟", roles=frozenset({Role.WINDOW_CLERK})),
    counter_code="03",
    counter_name="3 号窗",
    signed_in_at=NOW,
)
FACE = {
    "11990123MB0000094P001": {
        "名称": "示例县清河面馆",
        "统一社会信用代码": "92990123MA00TE5T2G",
        "经营者": "张示例",
        "法定代表人": "张示例",
        "经营场所": "示例县云溪镇石桥街8号",
        "住所": "示例县云溪镇石桥街8号",
        "经营范围": "餐饮服务",
        "成立日期": "2026-03-11",
        "登记机关": "示例县市场监督管理局",
        "注册资本万元": "300",
    },
    "11990123MB0000094P002": {"姓名": "张示例", "户籍地址": "示例县云溪镇石桥村12号"},
    "11990123MB0000094P003": {
        "权利人": "张示例",
        "坐落": "示例县云溪镇石桥街8号",
        "建筑面积": "46",
    },
    "11990123MB0000094P004": {"开户银行": "示例农商银行", "银行账号": "6200000000000000000"},
}
TYPED = {
    FieldKind.TEXT: "示例",
    FieldKind.NUMBER: "46",
    FieldKind.INTEGER: "3",
    FieldKind.MONEY: "300",
    FieldKind.DATE: "2026-04-01",
    FieldKind.MOBILE: "13000000000",
    FieldKind.BANK_ACCOUNT: "6200000000000000000",
}
ANSWERS = {
    "food_business_permit": {"business": "catering", "dishes": "hot", "online": "no"},
    "sole_trader_registration": {
        "form": "individual",
        "premises": "own",
        "residential": "no",
        "prior": "no",
        "named": "no",
        "located": "here",
    },
    "old_age_allowance": {"household": "here", "pay_to": "social_card"},
    "business_rest_filing": {
        "cause": "nature",
        "times": "first",
        "address": "same",
        "staff": "none",
        "registered": "here",
    },
    "house_first_registration": {
        "use": "home",
        "land": "registered",
        "shared": "no",
        "located": "here",
    },
    "labour_dispatch_permit": {
        "capital_proof": "audit",
        "premises": "leased",
        "registered": "here",
    },
}
BODY_KINDS = {
    "business_rest_filing": PartyKind.SOLE_TRADER,
    "food_business_permit": PartyKind.SOLE_TRADER,
    "labour_dispatch_permit": PartyKind.COMPANY,
}
SAID_DAYS = {"rest_until_on": "2026-09-30", "finished_on": "2026-01-15"}


def person(born_on=date(1988, 3, 12)):
    number = f"990123{born_on:%Y%m%d}001"
    return Party(
        kind=PartyKind.PERSON,
        name="张示例",
        id_kind=IdKind.RESIDENT_ID,
        id_number=number + resident_check_digit(number),
        source=Source.ID_CARD,
        identified_at=NOW,
        address="示例县云溪镇石桥村12号",
        sex="男",
        birth_on=born_on,
    )


def body(kind):
    code = "92990123MA0000000"
    return Party(
        kind=kind,
        name="示例县清河面馆",
        id_kind=IdKind.UNIFIED_CODE,
        id_number=code + unified_code_check_character(code),
        source=Source.TYPED,
        identified_at=NOW,
    )


def certificate(link, holder):
    return CertificateUse(
        certificate_id="1",
        type_code=link.type_code,
        type_name=link.type_name,
        number="1",
        holder_name=holder.name,
        holder=Holder(name=holder.name, id_type=holder.id_kind.code, id_number=holder.id_number),
        issuer_name="示例县示例局",
        valid_until_on=None,
        status=CertificateStatus.VALID,
        authorisation_id="1",
        mode=AuthorisationMode.CODE,
        fetched_at=NOW,
        fields=FACE[link.type_code],
    )


def begun(item_code, who):
    """A draft with its applicant and all answers that only a person can give."""
    standard = item(item_code)
    case = with_person(new_case(UUID(int=1), standard, CLERK, NOW), who, standard.applicant_kinds)
    if item_code in BODY_KINDS:
        case = with_body(case, body(BODY_KINDS[item_code]))
    for question, option in ANSWERS[item_code].items():
        case = with_answer(case, question, option, NOW)
    return standard, prefilled(standard, case, NOW, CALENDAR)


def with_all_papers(standard, case, who):
    for wanted in asked_of(standard, facts_of(case, TODAY, CALENDAR)).requirements:
        if wanted.certificate:
            held = from_certificate(
                certificate(wanted.certificate, case.applicant.party), (), CLERK, NOW
            )
        elif wanted.read_from_card:
            held = from_card(who, CLERK, NOW)
        elif wanted.generated_from_form:
            held = made_by_system(PAGE, CLERK, NOW)
        else:
            held = from_file(wanted, PAGE, Origin.SCANNED, CLERK, NOW)
            held = replace(held, issued_on=TODAY - timedelta(days=7))
        case = with_evidence(case, wanted.code, held)
        for point in wanted.review_points:
            case = with_point(case, wanted.code, point.code, holds=True)
    return prefilled(standard, case, NOW, CALENDAR)


def with_gaps_filled(standard, case):
    for line in asked_of(standard, facts_of(case, TODAY, CALENDAR)).fields:
        if line.required and line.code not in case.values:
            usual = line.options[0].label if line.options else TYPED[line.kind]
            case = with_value(case, line.code, SAID_DAYS.get(line.code, usual), NOW)
    return case


def whole_case(item_code, who):
    standard, case = begun(item_code, who)
    return standard, with_gaps_filled(standard, with_all_papers(standard, case, who))


@pytest.mark.parametrize(
    ("item_code", "who", "headline", "act"),
    [
        (
            "food_business_permit",
            person(),
            Headline.ACCEPTABLE,
            NextAct.ACCEPT_AND_PASS_ON,
        ),
        (
            "sole_trader_registration",
            person(),
            Headline.ACCEPTABLE,
            NextAct.ACCEPT_AND_PASS_ON,
        ),
        (
            "old_age_allowance",
            person(date(1941, 1, 5)),
            Headline.ACCEPTABLE,
            NextAct.ACCEPT_AND_PASS_ON,
        ),
        (
            "business_rest_filing",
            person(),
            Headline.ACCEPTABLE,
            NextAct.ACCEPT_AND_PASS_ON,
        ),
        (
            "house_first_registration",
            person(),
            Headline.ACCEPTABLE,
            NextAct.ACCEPT_AND_PASS_ON,
        ),
        (
            "labour_dispatch_permit",
            person(),
            Headline.RECEIVABLE,
            NextAct.RECEIVE_AND_PASS_ON,
        ),
    ],
)
def test_a_whole_case_of_each_item_leads_to_its_act(item_code, who, headline, act):
    standard, case = whole_case(item_code, who)

    verdict = check_case(standard, case, "03", TODAY, CALENDAR)

    assert [(found.check, found.subject) for found in (*verdict.failed, *verdict.open)] == []
    assert (verdict.headline, verdict.act) == (headline, act)


def test_a_trader_with_his_licence_types_nine_lines_the_first_time():
    """Later only three: the others are offered from the earlier case."""
    standard, case = begun("food_business_permit", person())
    case = with_all_papers(standard, case, person())

    gaps = [
        line
        for line in asked_of(standard, facts_of(case, TODAY, CALENDAR)).fields
        if line.code not in case.values
    ]

    assert {line.code for line in gaps if line.required and "earlier" not in line.prefill} == {
        "area",
        "staff",
        "opening_on",
    }
    assert len([line for line in gaps if "earlier" in line.prefill]) == 6


@pytest.mark.parametrize(
    ("item_code", "who", "question", "option", "headline"),
    [
        ("old_age_allowance", person(date(1950, 1, 5)), "household", "here", Headline.NOT_REQUIRED),
        (
            "old_age_allowance",
            person(date(1941, 1, 5)),
            "household",
            "elsewhere",
            Headline.NOT_OURS,
        ),
        ("sole_trader_registration", person(), "located", "elsewhere", Headline.NOT_OURS),
        ("labour_dispatch_permit", person(), "registered", "elsewhere", Headline.NOT_OURS),
        ("business_rest_filing", person(), "registered", "elsewhere", Headline.NOT_OURS),
        ("house_first_registration", person(), "located", "elsewhere", Headline.NOT_OURS),
    ],
)
def test_the_wrong_item_is_told_before_any_paper(item_code, who, question, option, headline):
    standard, case = begun(item_code, who)
    case = with_answer(case, question, option, NOW)

    verdict = check_case(standard, case, "03", TODAY, CALENDAR)

    assert (verdict.headline, verdict.act) == (headline, NextAct.DECLINE)


def test_prepackaged_food_alone_needs_no_permit():
    """食品经营许可和备案管理办法 art. 4."""
    standard, case = begun("food_business_permit", person())
    case = with_answer(case, "business", "sale", NOW)
    case = with_answer(case, "prepackaged", "yes", NOW)

    assert check_case(standard, case, "03", TODAY, CALENDAR).headline is Headline.NOT_REQUIRED


def test_another_trader_s_licence_does_not_pass():
    standard, case = whole_case("food_business_permit", person())
    held = case.evidence["LICENCE"]
    use = replace(held.certificate, fields={**held.certificate.fields, "经营者": "李样本"})
    case = with_evidence(case, "LICENCE", replace(held, certificate=use))

    failed = check_case(standard, case, "03", TODAY, CALENDAR).failed

    assert [(found.subject, found.given, found.wanted) for found in failed] == [
        ("HEAD_OF_TRADER", "张示例", "李样本")
    ]


def test_opening_yesterday_does_not_pass():
    standard, case = whole_case("food_business_permit", person())
    case = with_value(case, "opening_on", "2026-03-17", NOW)

    failed = check_case(standard, case, "03", TODAY, CALENDAR).failed

    assert [found.subject for found in failed] == ["OPENING"]


@pytest.mark.parametrize(("born", "asked"), [(date(1941, 1, 5), True), (date(1931, 1, 5), False)])
def test_low_income_is_asked_of_those_in_their_eighties_only(born, asked):
    standard, case = begun("old_age_allowance", person(born))

    verdict = check_case(standard, case, "03", TODAY, CALENDAR)

    assert ("LOW_INCOME" in verdict.asked) is asked
    assert case.answers["age_band"].source is Source.ID_CARD


@pytest.mark.parametrize(
    ("item_code", "line", "typed", "rule", "wanted"),
    [
        # 市场主体登记管理条例 art. 30: a rest of three years at most
        ("business_rest_filing", "rest_until_on", "2029-04-02", "ONE_SPELL", "≤2029-04-01"),
        ("business_rest_filing", "rest_until_on", "2026-03-31", "FORWARD", ">2026-04-01"),
        # 不动产登记暂行条例实施细则 art. 35: the house is finished
        ("house_first_registration", "finished_on", "2026-03-19", "FINISHED", "≤2026-03-18"),
        # 劳动合同法 art. 57: what the licence says of the capital
        ("labour_dispatch_permit", "capital", "500", "CAPITAL_AGREES", "300"),
    ],
)
def test_what_the_law_says_of_days_and_sums_is_compared(item_code, line, typed, rule, wanted):
    standard, case = whole_case(item_code, person())
    case = with_value(case, line, typed, NOW)

    failed = check_case(standard, case, "03", TODAY, CALENDAR).failed

    assert [(f.subject, f.given, f.wanted) for f in failed if f.subject == rule] == [
        (rule, typed, wanted)
    ]
