"""One paper of each act after acceptance, of invented people."""

from datetime import date
from typing import Any

from clerk.domain.act_papers import (
    ExtensionNotice,
    HearingNotice,
    ProcedureNotice,
    PromiseFound,
    RepairOrderPaper,
    RevocationPaper,
    SiteNotice,
    SitePoint,
    SiteRecordPaper,
    SupplementReceipt,
    TerminationNotice,
)
from clerk.domain.approval_papers import DecisionCorrection, StatementNotice
from clerk.domain.papers import Paper
from clerk.domain.posted_papers import PostedReceipt
from clerk.tour.sample_papers import MATERIALS, NOW, REMEDIES, TODAY, receipt
from clerk.values import field_names

FALSE_PROMISE = PromiseFound(
    proof_name="经营场所使用证明（示例）",
    promised="对申请表所填经营场所有合法的使用权，使用期限覆盖开业之日，该场所不属于违法建筑。",
    found="不动产登记信息显示该房屋已于 2025 年抵押并被查封，产权人没有同意出租。",
    found_on=date(2026, 4, 10),
)
POINTS = (
    SitePoint(
        text="经营场所和申请表、布局图一致，与污染源保持距离",
        basis="《食品安全法》第三十三条第一款第（一）项",
        met=True,
    ),
    SitePoint(
        text="清洗消毒、冷藏、防蝇防鼠防虫设施齐全、能用",
        basis="《食品安全法》第三十三条第一款第（二）项",
        met=False,
    ),
)
PROMISES = (
    "《国务院办公厅关于全面推行证明事项和涉企经营许可事项告知承诺制的指导意见》"
    "（国办发〔2020〕42号）"
)


def _common(**changes: Any) -> dict[str, Any]:
    usual = receipt(document_number="示审〔2026〕7 号", seal_name="审批专用章")
    return {name: getattr(usual, name) for name in field_names(Paper)} | changes


def every_act_paper() -> dict[str, Paper]:
    return {
        "procedure": ProcedureNotice(
            **_common(),
            received_on=TODAY,
            procedure="听证",
            basis="《行政许可法》第四十七条",
            workdays=20,
            started_on=date(2026, 3, 20),
            until_on=date(2026, 4, 20),
        ),
        "extension": ExtensionNotice(
            **_common(),
            received_on=TODAY,
            before_on=date(2026, 4, 2),
            workdays=5,
            later_on=date(2026, 4, 10),
            reason="专家对布局意见不一致，需要再次论证",
            approved_by="局长 吴样例",
            basis="《食品经营许可和备案管理办法》第三章",
        ),
        "lapsed": TerminationNotice(
            **_common(seal_name="受理专用章"),
            received_on=TODAY,
            withdrawn=False,
            reason="没有在2026年4月1日前补齐一次性告知书列明的材料",
            returned=MATERIALS[:1],
            remedies=REMEDIES,
        ),
        "withdrawn": TerminationNotice(
            **_common(seal_name="受理专用章"),
            received_on=TODAY,
            withdrawn=True,
            reason="不开店了",
            returned=(),
        ),
        "supplement": SupplementReceipt(
            **_common(seal_name="受理专用章"),
            received_at=NOW,
            materials=MATERIALS[4:5],
            due_on=date(2026, 3, 25),
            still_open=("经营场所使用证明（2026年3月20日前）",),
        ),
        "repair": RepairOrderPaper(
            **_common(),
            found=(FALSE_PROMISE,),
            demand="取得产权人书面同意，或搬到有使用权的场所并申请变更",
            until_on=date(2026, 4, 30),
            basis=PROMISES,
            decision_number="示审决〔2026〕3 号",
        ),
        "hearing": HearingNotice(
            **_common(),
            found=(FALSE_PROMISE,),
            reason="承诺的经营场所没有合法使用权，不符合准予的条件",
            basis=PROMISES,
            until_on=date(2026, 4, 17),
            how_to_speak="当面到示例县政务服务中心 3 号窗口，或书面寄到示例县示例路 1 号",
            decision_number="示审决〔2026〕3 号",
        ),
        "revocation": RevocationPaper(
            **_common(),
            decision_number="示审决〔2026〕3 号",
            decided_on=TODAY,
            found=(FALSE_PROMISE,),
            reason="承诺的经营场所没有合法使用权，不符合准予的条件",
            basis="《行政许可法》第六十九条第二款、" + PROMISES,
            heard="已于2026年4月10日告知陈述、申辩和要求听证的权利，申请人的意见：愿意搬迁，请求从轻",
            result_name="食品经营许可证",
            remedies=REMEDIES,
        ),
        "statement": StatementNotice(
            **_common(),
            received_on=TODAY,
            reason="操作间没有独立的清洗水池，不符合《食品安全法》第三十三条",
            until_on=date(2026, 3, 23),
            how_to_speak="当面到示例县政务服务中心 3 号窗口，或书面寄到示例县示例路 1 号",
        ),
        "decision_correction": DecisionCorrection(
            **_common(),
            replaced_number="示审决〔2026〕3 号",
            replaced_on=TODAY,
            new_number="示审决〔2026〕4 号",
            reason="经营面积漏写",
            content="材料齐全，现场核查符合要求，准予许可，经营面积为 46 平方米。",
            pickup="到示例县政务服务中心 3 号窗口领取更正后的准予行政许可决定书，带上原件",
        ),
        "site_notice": SiteNotice(
            **_common(),
            received_on=TODAY,
            check_on=date(2026, 3, 20),
            check_time="上午 9 点半",
            site="示例县清河镇清河路 12 号",
            people=("孙核查", "钱勘验"),
            points=POINTS,
        ),
        "posted_receipt": PostedReceipt(
            **_common(seal_name="受理专用章"),
            sender="张示例",
            waybill_number="EX0000000147",
            arrived_at=NOW,
            opened_at=NOW,
            there=("食品安全管理制度目录",),
            lacking=("经营场所使用证明（示例）",),
            not_asked=("户口簿复印件",),
            pictures=2,
            why_unseen="",
            next_step="还缺的请在 3 月 25 日（周三）前补齐，可以寄来，也可以送到任一窗口",
        ),
        "site_record": SiteRecordPaper(
            **_common(),
            held_on=date(2026, 3, 20),
            site="示例县清河镇清河路 12 号",
            people=("孙核查", "钱勘验"),
            points=POINTS,
            outcome="不符合要求",
            said="后厨没有独立的消毒柜，纱窗破损两处，已当面说明。",
            witness="张示例",
            pictures=3,
        ),
    }
