"""The starter items with levels, with a filing's end and with charges, taken in through use cases."""

from collections.abc import Mapping

from clerk.domain import intake
from clerk.domain.case import Case
from clerk.domain.findings import NextAct
from clerk.domain.identity import Session
from clerk.services import acceptance, drafts
from integrations.practice.people import LI_YANGBEN, PEOPLE, ZHANG_SHILI, PracticePerson
from tests.domain.at_the_window import shop
from tests.services.noodle_shop import read_card
from tests.services.window import Window

ALLOWANCE = "old_age_allowance"
FILING = "business_rest_filing"
HOUSE = "house_first_registration"
QIAN_JIADING = next(one for one in PEOPLE if one.name == "钱假定")

ANSWERS: Mapping[str, Mapping[str, str]] = {
    ALLOWANCE: {"household": "here", "pay_to": "bank"},
    FILING: {"cause": "nature", "times": "first", "address": "same", "staff": "none"}
    | {"registered": "here"},
    HOUSE: {"use": "home", "land": "source", "shared": "no", "located": "here"},
}
VALUES: Mapping[str, Mapping[str, str]] = {
    ALLOWANCE: {
        "phone": LI_YANGBEN.phone,
        "contact_name": "陈演示",
        "contact_relation": "女儿",
        "residence": LI_YANGBEN.address,
        "bank": "示例农商银行",
        "account": "6200000000000000000",
        "household_income": "600",
        "living": "与家人同住",
    },
    FILING: {
        "place": "示例县清河镇演示路8号一层",
        "cause_note": "洪水淹了门店，要停工整修",
        "rest_from_on": "2026-03-20",
        "rest_until_on": "2026-09-19",
        "months": "6",
        "phone": ZHANG_SHILI.phone,
        "delivery": "短信 + 窗口领取",
    },
    HOUSE: {
        "phone": ZHANG_SHILI.phone,
        "place": "示例县清河镇演示路8号",
        "area": "126.5",
        "floors": "2",
        "finished_on": "2026-01-15",
        "certificates": "3",
        "delivery": "寄递",
    },
}


def complete(window: Window, item_code: str, who: PracticePerson = ZHANG_SHILI) -> Case:
    """Everything typed and laid on the desk; each point looked at by the clerk."""
    standard = window.catalogue[item_code]
    case = drafts.open_case(window.desk, window.clerk, standard)
    case = intake.with_person(case, read_card(window, who), standard.applicant_kinds)
    if item_code == FILING:
        case = intake.with_body(case, shop())
    for question, option in ANSWERS[item_code].items():
        case = window.prefill(intake.with_answer(case, question, option, window.clock()))
    for code, value in VALUES[item_code].items():
        case = intake.with_value(case, code, value, window.clock())
    case = window.prefill(case)
    for code in window.check(case).asked:
        asked = standard.requirement(code)
        case = intake.with_evidence(
            case, code, intake.on_paper(asked, window.clerk, window.clock())
        )
        for point in asked.review_points:
            case = intake.with_point(case, code, point.code, True)
    return case


def accepted(window: Window, item_code: str, who: PracticePerson = ZHANG_SHILI) -> Case:
    """The same after 受理."""
    case = complete(window, item_code, who)
    return acceptance.take_in(window.desk, window.clerk, case, NextAct.ACCEPT_AND_PASS_ON)


def person(window: Window, account_id: str) -> Session:
    """Somebody of the practice hall, signed in here."""
    return window.session(
        account=next(one for one in window.people if one.account_id == account_id)
    )
