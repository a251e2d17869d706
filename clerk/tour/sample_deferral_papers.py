"""The papers of what comes later (容缺), filled in completely."""

from datetime import date

from clerk.domain.deferral_papers import (
    CreditNotice,
    DeferralNotice,
    DeferralPromise,
    LatePaperRow,
    RepairRow,
)
from clerk.domain.late_paper_code import code_text
from clerk.tour.sample_papers import COMMON

ROWS = (
    LatePaperRow(
        name="食品安全管理制度目录",
        form="纸质/电子化，原件 1 份",
        due_on=date(2026, 3, 23),
        code=code_text("20260318-0037", "RULES"),
    ),
    LatePaperRow(
        name="经营场所使用证明",
        form="纸质/电子化，复印件 1 份",
        due_on=date(2026, 3, 25),
        code=code_text("20260318-0037", "PREMISES"),
    ),
)
HOW = "到示例县政务服务中心任一综合窗口当面提交，或者寄到示例县清河镇演示路 1 号"
FAILING = "逾期没有补交的，由本机关工作人员核实后终止办理，退回申请材料，可以重新申请"

PAPERS = {
    "notice": DeferralNotice(
        **COMMON,
        document_number="示审食容〔2026〕1 号",
        received_on=date(2026, 3, 18),
        late_rows=ROWS,
        how_to_supply=HOW,
        failing=FAILING,
    ),
    "promise": DeferralPromise(
        **COMMON,
        late_rows=ROWS,
        how_to_supply=HOW,
        failing=FAILING,
        applicant_id_number="92990123MA00TE5T2X",
        applicant_phone="13800000147",
    ),
    "credit": CreditNotice(
        **COMMON,
        repair_rows=(
            RepairRow(
                number="示信〔2025〕第 12 号",
                source="示例县市场监督管理局",
                fact="容缺受理后逾期没有补交材料，经听取陈述后认定",
                recorded_on=date(2025, 11, 3),
                repair="改正以后凭整改证明申请信用修复，五个工作日内办结",
                contact="示例县信用办信用修复窗口，电话 000-1000 016",
            ),
        ),
    ),
}
