"""Papers around a result and of a bundle, of invented people: fees, originals that go on, a list."""

from datetime import date
from typing import Any

from clerk.domain.papers import MaterialRow, Paper
from clerk.domain.party import PartyKind
from clerk.domain.result_papers import FeeNotice, TransferSlip
from clerk.domain.roster import Roster, RosterRow
from clerk.domain.standard import LawKind
from clerk.tour.sample_papers import NOW, TODAY, receipt
from clerk.values import field_names


def _common(**changes: Any) -> dict[str, Any]:
    usual = receipt(document_number="示自然资缴〔2026〕7 号", seal_name="审批专用章")
    here = {name: getattr(usual, name) for name in field_names(Paper)}
    register = {
        "body_name": "示例县自然资源局",
        "item_name": "不动产转移登记",
        "law_kind": LawKind.REGISTRATION,
        "applicant_name": "张示例",
        "applicant_kind": PartyKind.PERSON,
    }
    return here | register | changes


def every_result_paper() -> dict[str, Paper]:
    return {
        "fee": FeeNotice(
            **_common(),
            fee_name="不动产登记费（住宅）",
            fee_standard="80 元/件，含一本证书工本费",
            amount="80.00 元（捌拾元整）",
            basis="《国家发展改革委 财政部关于不动产登记收费标准等有关问题的通知》（发改价格规〔2016〕2559号）",
            how_to_pay="扫缴费单上的二维码，或到任一代收银行缴纳，窗口不收现金",
            pay_by_on=date(2026, 3, 25),
            body_code="990123008",
            income_code="103044701",
            counted="1 件，80 元/件",
            postage="寄递费，首重 12 元",
            exemptions=("廉租住房、公共租赁住房等保障性住房，凭住房保障部门证明", "小微企业"),
        ),
        "transfer": TransferSlip(
            **_common(document_number="示自然资流〔2026〕1 号", seal_name=""),
            materials=(
                MaterialRow(name="不动产权证书", obtained="当面交", originals=1),
                MaterialRow(name="买卖合同", obtained="当面交", originals=1),
            ),
            handed_to="示例县自然资源局登记科",
            handed_at=NOW,
            bag="D-017",
            transfer="收件随件流转",
            brought_by="周模拟",
            workdays=5,
            back_by_on=date(2026, 3, 25),
        ),
        "roster": Roster(
            **_common(
                body_name="示例县民政局",
                item_name="高龄津贴",
                law_kind=LawKind.BENEFIT,
                case_number="PC-20260318-02",
                document_number="",
                seal_name="",
                applicant_name="",
            ),
            from_by="清河镇人民政府",
            to_by="示例县民政局",
            step_name="镇审核",
            week_of=date(2026, 3, 16),
            handed_up_by="周模拟",
            handed_up_on=TODAY,
            roster_rows=(
                RosterRow(
                    case_label="20260318-0041",
                    masked_name="张*例",
                    item_name="高龄津贴",
                    opinion="符合条件，同意上报",
                    opinion_on=date(2026, 3, 17),
                ),
                RosterRow(
                    case_label="20260318-0042",
                    masked_name="李*本",
                    item_name="高龄津贴",
                    opinion="符合条件，同意上报",
                    opinion_on=date(2026, 3, 18),
                ),
            ),
        ),
    }
