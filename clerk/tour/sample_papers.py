"""One paper of each kind the window decides on, of invented people: for pictures and for tests."""

from datetime import UTC, date, datetime
from typing import Any

from clerk.domain.delivery_papers import CourierSlip, Delivery, ResultRow
from clerk.domain.limits import LimitUnit
from clerk.domain.papers import (
    Acceptance,
    Application,
    CorrectionNotice,
    DecisionPaper,
    Decline,
    DeferredRow,
    FormRow,
    HandlerLine,
    MaterialRow,
    MissingRow,
    NotRequired,
    Paper,
    ProcedureRow,
    Receipt,
)
from clerk.domain.party import PartyKind
from clerk.domain.standard import LawKind
from clerk.values import replace

TODAY = date(2026, 3, 18)
NOW = datetime(2026, 3, 18, 2, 43, tzinfo=UTC)

COMMON: dict[str, Any] = {
    "body_name": "示例县行政审批服务局",
    "item_name": "食品经营许可新办",
    "law_kind": LawKind.PERMIT,
    "applicant_name": "示例县清河面馆（个体工商户）",
    "applicant_kind": PartyKind.SOLE_TRADER,
    "made_on": TODAY,
    "clerk_line": "周模拟（综合窗口，受本机关委托受理）",
    "phone": "000-1000 003",
    "supervise_phone": "000-1000 012",
    "practice": True,
    "effective": True,
    "seal_name": "受理专用章",
    "case_number": "20260318-0037",
    "query_code": "730 416",
    "qr_text": "https://example.invalid/q?n=20260318-0037",
}

MATERIALS = (
    MaterialRow(name="食品经营许可申请书", obtained="系统生成", originals=1, pages=2),
    MaterialRow(
        name="营业执照",
        obtained="电子证照",
        pages=1,
        proof="92990123MA00TE5T2G，长期有效",
    ),
    MaterialRow(name="负责人身份证明", obtained="读卡", copies=1, pages=1),
    MaterialRow(name="经营场所、设备布局图", obtained="扫描", originals=1, pages=1),
    MaterialRow(name="食品安全管理制度目录", obtained="扫描", originals=1, pages=1),
    MaterialRow(
        name="经营场所使用证明（示例）",
        obtained="告知承诺",
        originals=1,
        pages=1,
        proof="张示例，3 月 18 日签",
    ),
)

BENEFIT_MATERIALS = (
    MaterialRow(name="高龄津贴申请表", obtained="系统生成", originals=1, pages=1),
    MaterialRow(name="居民身份证", obtained="读卡", pages=1),
    MaterialRow(name="户口簿", obtained="电子证照", pages=2),
)

REMEDIES = (
    "如不服本决定，可以自收到之日起六十日内向示例县人民政府申请行政复议，"
    "或者自收到之日起六个月内向示例县人民法院提起行政诉讼。"
)


def acceptance(**changes: Any) -> Acceptance:
    return replace(
        Acceptance(
            **COMMON,
            document_number="示审批受〔2026〕37 号",
            received_on=TODAY,
            materials=MATERIALS,
            project_type="承诺件",
            limit=5,
            limit_unit=LimitUnit.WORKDAYS,
            due_on=date(2026, 3, 25),
            due_estimated=False,
            fees="不收费",
            pickup="短信通知，3 号窗口领取",
            project_name="示例县清河面馆食品经营许可新办",
            contact="张示例",
            contact_phone="19900000001",
            contact_mobile="19900000001",
            contact_address="示例省示例市示例县清河镇模拟路 12 号",
            procedures=(ProcedureRow(name="专家评审", workdays=10),),
            basis="《中华人民共和国行政许可法》第三十二条第一款第（五）项",
        ),
        **changes,
    )


def receipt(**changes: Any) -> Receipt:
    return replace(
        Receipt(
            **{**COMMON, "seal_name": "收件专用章"},
            received_at=NOW,
            materials=MATERIALS,
            accepted=True,
        ),
        **changes,
    )


def van_receipt(**changes: Any) -> Receipt:
    """A receipt from the van: no network, so a provisional number and nothing accepted."""
    return receipt(
        accepted=False,
        case_number="",
        provisional_number="临 V2-260318-0004",
        why_not_accepted="直通车现场暂未联网，回传后由示例县行政审批服务局决定是否受理",
        decide_by_on=date(2026, 3, 25),
        silence_rule="逾期不告知的，依照《中华人民共和国行政许可法》第三十二条第一款第（四）项，"
        "自收到申请材料之日起即为受理。",
        **changes,
    )


def correction(**changes: Any) -> CorrectionNotice:
    return replace(
        CorrectionNotice(
            **COMMON,
            document_number="示审批告〔2026〕9 号",
            received_on=TODAY,
            missing_rows=(
                MissingRow(
                    name="经营场所使用证明（示例）",
                    lacking="没有提交",
                    remedy="提交租赁合同复印件 1 份，或者签署告知承诺书",
                    basis="《食品经营许可和备案管理办法》第十三条",
                ),
                MissingRow(
                    name="食品安全管理制度目录",
                    lacking="没有经营者签字",
                    remedy="由经营者本人签字后重新提交",
                    basis="《食品经营许可和备案管理办法》第十三条",
                ),
            ),
            how_to_submit="到示例县政务服务中心任一综合窗口提交，也可以邮寄或者由窗口远程补收",
            materials=MATERIALS[:4],
            basis="《中华人民共和国行政许可法》第三十二条第一款第（四）项",
            reply_by_on=date(2026, 4, 1),
            consequence="逾期未补正的，本次申请终止，已收材料退还，可以重新申请。",
        ),
        **changes,
    )


def decline(**changes: Any) -> Decline:
    return replace(
        Decline(
            **COMMON,
            document_number="示审批不受〔2026〕2 号",
            received_on=TODAY,
            reason="经营场所位于模拟市高新区，不属于本机关职权范围",
            basis="《中华人民共和国行政许可法》第三十二条第一款第（二）项",
            remedies=REMEDIES,
            needs_competent_body=True,
            competent_body="模拟市高新区行政审批服务局",
            referred_to="钱接收",
            referred_phone="0990-7654321",
            returned=MATERIALS[2:4],
        ),
        **changes,
    )


def not_required() -> NotRequired:
    return NotRequired(
        **COMMON,
        document_number="示审批不受〔2026〕3 号",
        received_on=TODAY,
        reason="仅销售预包装食品，依法不需要取得食品经营许可，办理备案即可",
        basis="《中华人民共和国行政许可法》第三十二条第一款第（一）项",
        remedies=REMEDIES,
    )


def decision(**changes: Any) -> DecisionPaper:
    return replace(
        DecisionPaper(
            **{**COMMON, "seal_name": "审批专用章"},
            document_number="示审批准〔2026〕21 号",
            received_on=TODAY,
            granted=True,
            basis="《中华人民共和国行政许可法》第三十八条第一款",
            content="准予示例县清河面馆从事餐饮服务经营，经营项目为热食类食品制售。",
            remedies=REMEDIES,
            result_name="食品经营许可证",
            result_number="JY29901230000017",
            valid_until_on=date(2031, 3, 17),
            pickup="短信通知，3 号窗口领取",
        ),
        **changes,
    )


def delivery(**changes: Any) -> Delivery:
    return replace(
        Delivery(
            **COMMON,
            results=(
                ResultRow(name="食品经营许可证", number="JY29901230000017"),
                ResultRow(name="准予行政许可决定书", number="示审批准〔2026〕21 号"),
            ),
            way="窗口领取",
            place="示例县政务服务中心 3 号窗口",
            receiver_name="李样本",
            receiver_id_kind="居民身份证",
            receiver_id_number="990123199001011232",
            receiver_phone="19900000002",
            identity_check="读卡核对，人证一致",
            handed_at=NOW,
            handler=HandlerLine(
                name="李样本", relation="店员", mandate="授权委托书 2026-003，领取结果"
            ),
        ),
        **changes,
    )


def courier_slip(**changes: Any) -> CourierSlip:
    return replace(
        CourierSlip(
            **COMMON,
            document_number="LX0000000001",
            courier="示例快递",
            results=(
                ResultRow(name="食品经营许可证", number="JY29901230000017"),
                ResultRow(name="准予行政许可决定书", number="示审批准〔2026〕21 号"),
            ),
            sent_on=TODAY,
            sender="示例县政务服务中心 3 号窗",
            sender_phone="000-1000 003",
            sender_address="示例省示例市示例县清河镇演示路 1 号",
            sender_postcode="990123",
            receiver="张示例",
            receiver_mobile="19900000001",
            receiver_address="示例省示例市示例县清河镇模拟路 12 号 990123",
            receiver_postcode="990123",
            postage="寄递费，首重 12 元",
        ),
        **changes,
    )


def application() -> Application:
    return Application(
        **COMMON,
        applicant_rows=(
            FormRow(code="applicant.name", label="名称", value="示例县清河面馆（个体工商户）"),
            FormRow(
                code="applicant.id_number", label="统一社会信用代码", value="92990123MA0000000X"
            ),
            FormRow(code="representative.name", label="经营者", value="张示例"),
            FormRow(code="phone", label="联系电话", value="19900000001"),
        ),
        rows=(
            FormRow(code="business_kind", label="主体业态", value="餐饮服务经营者（小型餐馆）"),
            FormRow(code="scope", label="经营项目", value="热食类食品制售"),
            FormRow(code="premises", label="经营场所", value="示例县清河镇模拟路 12 号"),
            FormRow(code="area", label="使用面积", value="86 平方米"),
        ),
        materials=MATERIALS[1:],
    )


def benefit_acceptance() -> Acceptance:
    """A 高龄津贴 case: a benefit, whose law knows no permit articles."""
    return acceptance(
        body_name="示例县民政局",
        item_name="高龄津贴",
        law_kind=LawKind.BENEFIT,
        applicant_name="张示例",
        applicant_kind=PartyKind.PERSON,
        document_number="示民受〔2026〕5 号",
        basis="《示例县高龄津贴发放办法》第四条",
        limit=10,
        due_on=date(2026, 4, 1),
        project_name="张示例高龄津贴",
        procedures=(),
        contact="李样本",
        contact_phone="19900000002",
        contact_mobile="19900000002",
        materials=BENEFIT_MATERIALS,
        handler=HandlerLine(name="李样本", relation="子女", mandate="授权委托书 2026-017"),
        deferred=(DeferredRow(name="社会保障卡复印件", due_on=date(2026, 3, 27)),),
    )


def every_paper() -> dict[str, Paper]:
    """Return each sample under a short name."""
    return {
        "acceptance": acceptance(),
        "acceptance_preview": acceptance(effective=False, document_number="", case_number=""),
        "benefit_acceptance": benefit_acceptance(),
        "receipt": receipt(),
        "van_receipt": van_receipt(),
        "correction": correction(),
        "decline": decline(),
        "not_required": not_required(),
        "decision": decision(),
        "refusal": decision(
            granted=False,
            basis="《中华人民共和国行政许可法》第三十八条第二款",
            reason="现场条件不符合规定的卫生要求",
            content="",
        ),
        "delivery": delivery(),
        "courier_slip": courier_slip(),
        "application": application(),
    }
