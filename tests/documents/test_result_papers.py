"""Papers around a result: fee notice, transfer slip, 送达回证 and the day's sheet, read back."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.documents import content, day_sheet
from clerk.documents.act_content import paper_of_act
from clerk.domain.checking import check_case
from clerk.domain.custody import place_originals
from clerk.domain.day_sheet import DayLine, DayPart, DaySection, DaySheet
from clerk.domain.fee_lines import FeeState
from clerk.domain.fees import settle_fee
from clerk.domain.hand_out import hand_out
from clerk.domain.originals import OriginalPlace
from clerk.domain.papers import DecisionPaper, PaperKind
from clerk.domain.papers_due import papers_of_acts, with_number
from clerk.domain.parcel import ParcelState
from clerk.domain.parcels import apply_parcel
from clerk.domain.receiving import IdentityCheck, Receiving
from clerk.domain.standard import LawKind
from clerk.settings import PRACTICE_COUNTER, PRACTICE_OFFICE
from integrations.practice.people import ZHANG_SHILI
from tests.domain.at_the_result import charging, scanned_case, waiting
from tests.domain.at_the_window import (
    CALENDAR,
    CLERK,
    KIND_LAWS,
    NOW,
    TODAY,
    WINDOW,
    accepted_case,
    rules,
)
from tests.domain.test_parcels import carried, told

FILED = replace(rules().standard, law_kind=LawKind.FILING)


def occasion(case, governed=None):
    standard = (governed or rules()).standard
    return content.Occasion(
        standard=standard,
        law=KIND_LAWS[standard.law_kind],
        office=PRACTICE_OFFICE,
        case=case,
        verdict=check_case(standard, case, WINDOW, TODAY, CALENDAR),
        counter=PRACTICE_COUNTER,
        clerk_name="周模拟",
        at=NOW,
        effective=True,
    )


@pytest.fixture
def reads(press, read_text):
    """Print a paper, read it with another program, and find the words in this order."""

    def _reads(printed, *words):
        text, at = read_text(printed.pdf), 0
        for word in words:
            found = text.find(word, at)
            assert found >= 0, f"{word} is not after {text[:at][-30:]} in {text}"
            at = found
        assert printed.pages == 1
        assert printed.warnings == ()

    return _reads


def test_a_fee_notice_names_charge_clause_amount_and_that_the_window_takes_no_money(press, reads):
    before = scanned_case()
    noticed = settle_fee(charging(), before, "SAMPLE", FeeState.NOTIFIED, CLERK, NOW)
    case = with_number(before, noticed, PaperKind.FEE_NOTICE, "示审缴〔2026〕1 号")
    (owed,) = papers_of_acts(case)

    paper = paper_of_act(owed, occasion(case, charging()))

    reads(
        press.print_paper(paper),
        "缴费通知书",
        "示审缴〔2026〕1号",
        "样例收费办法",
        "证书工本费（样例）",
        "10.00元",
        "2026年3月25日",
        "窗口不收现金",
        "低保家庭",
        "监督电话",
    )


def test_a_transfer_slip_lists_the_originals_and_is_signed_by_both(press, reads):
    before = accepted_case()
    number = "示审流〔2026〕1 号"
    moved = place_originals(
        rules(),
        before,
        "*",
        OriginalPlace.HANDED_ON,
        CLERK,
        NOW,
        number=number,
        bag="d-17",
        back_by_on=date(2026, 3, 25),
    )
    case = with_number(before, moved, PaperKind.TRANSFER_SLIP, number)
    (owed,) = papers_of_acts(case)

    paper = paper_of_act(owed, occasion(case))

    reads(
        press.print_paper(paper),
        "材料流转单",
        "示审流〔2026〕1号",
        "20260318-0001",
        "袋号D-17",
        "流转类型收件随件流转",
        "送达人周模拟",
        "2026年3月18日09:00",
        "5个工作日内，2026年3月25日前归还窗口",
        "袋里的原件共3份",
        "负责人身份证明",
        "经营场所、设备布局图",
        "送达人签名",
        "签收人签名",
    )


def test_a_proxy_stands_on_the_delivery_paper_with_his_reason(press, reads):
    proxy = Receiving(
        name="李样本",
        id_number="990123197001010039",
        identity=IdentityCheck.CARD_SEEN,
        mandate="3 月 17 日的委托书",
        reason="申请人住院",
        phone="19900000002",
    )
    case = hand_out(rules(), waiting(), proxy, CLERK, NOW)

    paper = content.paper_of(PaperKind.DELIVERY, occasion(case))

    reads(
        press.print_paper(paper),
        "送达回证",
        "代领",
        "李样本",
        "19900000002",
        "990123197001010039",
        "当面核对证件",
        "代收人",
        "3月17日的委托书",
        "申请人住院",
    )


def handed_to_himself(case):
    himself = Receiving(
        name="张示例", id_number=ZHANG_SHILI.id_number, identity=IdentityCheck.CARD_READ
    )
    return hand_out(rules(), case, himself, CLERK, NOW)


def test_with_the_certificate_its_decision_is_delivered(press, reads):
    paper = content.paper_of(PaperKind.DELIVERY, occasion(handed_to_himself(waiting())))

    reads(
        press.print_paper(paper),
        "送达文书",
        "食品经营许可证1份",
        "准予行政许可决定书（示审决",
        "1份",
    )


def test_a_permits_decision_names_no_certificate_number_before_there_is_a_certificate():
    """What a filing is given is its own number; a licence has another than its decision."""
    case = waiting()
    assert case.decision is not None
    permit = content.paper_of(PaperKind.DECISION, occasion(case))
    filing = content.paper_of(PaperKind.DECISION, occasion(case, replace(rules(), standard=FILED)))

    assert isinstance(permit, DecisionPaper)
    assert isinstance(filing, DecisionPaper)
    assert (permit.result_name, permit.result_number) == ("食品经营许可证", "")
    assert filing.result_number == case.decision.number


def test_of_a_refusal_nothing_but_its_decision_is_delivered(press, reads, read_text):
    """Nobody signs for a certificate that was refused."""
    case = waiting()
    assert case.decision is not None
    no = replace(case, decision=replace(case.decision, granted=False, opinion="条件不符合"))

    paper = content.paper_of(PaperKind.DELIVERY, occasion(handed_to_himself(no)))

    printed = press.print_paper(paper)
    reads(printed, "送达文书", "不予行政许可决定书（示审决", "1份")
    assert "食品经营许可证" not in read_text(printed.pdf)


def test_the_waybill_is_the_proof_of_a_parcel(press, reads):
    case = apply_parcel(rules(), carried(), told(ParcelState.DELIVERED, taken_by="张示例"))

    paper = content.paper_of(PaperKind.DELIVERY, occasion(case))

    reads(press.print_paper(paper), "寄递，运单LX0000000001", "演示路9号", "张示例", "快递员")


def test_the_days_sheet_shows_every_section_and_what_comes_from_outside_stays_text(press, reads):
    sheet = DaySheet(
        on=TODAY,
        made_at=NOW,
        counter_name="3 号窗",
        clerk_name="周模拟",
        parts=tuple(
            DayPart(
                section=section,
                lines=(DayLine(item_name="食品经营许可新办", applicant_name="<b>张示例</b>"),)
                if section is DaySection.DRAFTS
                else (),
            )
            for section in DaySection
        ),
    )

    printed = press.print_html(day_sheet.html_for(sheet, PRACTICE_COUNTER))

    reads(
        printed,
        "日终核对表",
        "2026年3月18日",
        "1项",
        "我没办完的草稿，1项",
        "<b>张示例</b>",
        "没交代清楚和没退还的原件，0项",
        "没有",
        "过期的待做，0项",
        "经办人签名",
    )


def test_a_paper_waits_for_what_the_act_gives_it():
    case = replace(waiting(), hand_out=None)

    with pytest.raises(ValueError, match="not handed out"):
        content.paper_of(PaperKind.DELIVERY, occasion(case))
