"""The papers of acts, read back by another program: all that the law wants said, on one page."""

from dataclasses import replace

import pytest

from clerk.documents.notices import require_complete
from clerk.domain.errors import PaperTrouble
from clerk.tour.sample_act_papers import every_act_paper

ORDER = {
    "procedure": "特别程序告知书 示审〔2026〕7号 清河面馆 第四十七条 听证 2026年3月20日 20 2026年4月20日 "
    "不计算在办理期限内 办件编号 20260318-0037 监督电话 2026年3月18日",
    "extension": "延长期限告知书 原定期限到2026年4月2日 专家对布局意见不一致 第三章 吴样例 5 2026年4月10日 只延长一次",
    "lapsed": "终止办理通知书 没有在2026年4月1日 重新申请 行政复议 行政诉讼 退还 食品经营许可申请书 签收",
    "withdrawn": "终止办理通知书（申请人撤回） 书面申请撤回 不开店了 没有留存 签收",
    "supplement": "补件单 2026年3月18日10:43 食品安全管理制度目录 2026年3月25日 经营场所使用证明 730416",
    "repair": "责令限期整改通知书 示审决〔2026〕3号 合法的使用权 抵押 42号 2026年4月30日 取得产权人书面同意",
    "hearing": "拟撤销决定告知书 示审决〔2026〕3号 抵押 拟撤销 没有合法使用权 2026年4月17日 陈述、申辩 听证 3号窗口",
    "revocation": "撤销决定书 2026年3月18日作出决定 示审决〔2026〕3号 抵押 愿意搬迁 第六十九条 决定撤销 "
    "食品经营许可证 行政复议 行政诉讼",
    "statement": "拟不予许可告知书 清河面馆 2026年3月18日 拟作出不予许可 清洗水池 2026年3月23日 "
    "陈述、申辩 3号窗口 视为放弃 20260318-0037",
    "decision_correction": "更正通知书 清河面馆 2026年3月18日 示审决〔2026〕3号 经营面积漏写 46平方米 "
    "示审决〔2026〕4号 原来的一份作废 3号窗口 20260318-0037",
    "site_notice": "现场核查通知书 2026年3月20日 上午9点半 清河路12号 孙核查 钱勘验 防蝇防鼠 回避 不停止计算",
    "posted_receipt": "寄送材料签收单 示审〔2026〕7号 2026年3月18日10:43 拍照2张 食品安全管理制度目录 收到 "
    "经营场所使用证明 邮件里没有 户口簿复印件 清单外，退还 3月25日 签收不等于受理 EX0000000147 监督电话",
    "site_record": "现场核查记录表 清河面馆 20260318-0037 2026年3月20日 清河路12号 孙核查 钱勘验 符合 不符合 "
    "消毒柜 不符合要求 3张 核查人员签字 申请人一方签字 张示例",
}


@pytest.mark.parametrize("name", every_act_paper())
def test_another_program_reads_every_value_in_order_on_one_page(name, press, read_text):
    printed = press.print_paper(every_act_paper()[name])

    text = read_text(printed.pdf)
    at = 0
    for part in ORDER[name].split():
        found = text.find(part, at)
        assert found >= 0, f"{part} is not after {text[:at][-40:]} in {text}"
        at = found
    assert printed.warnings == ()
    assert printed.pages == 1


@pytest.mark.parametrize(
    ("name", "lacks", "told"),
    [
        ("procedure", {"basis": ""}, "法律依据"),
        ("extension", {"approved_by": "", "reason": ""}, "理由、批准人"),
        ("lapsed", {"remedies": ""}, "救济途径"),
        ("supplement", {"due_on": None}, "办结时间"),
        ("revocation", {"heard": "", "remedies": ""}, "陈述申辩情况、救济途径"),
        ("site_notice", {"people": ()}, "核查人员"),
        ("site_record", {"said": ""}, "现场情况"),
        ("posted_receipt", {"sender": "", "next_step": ""}, "寄件人、接下来怎么办"),
        ("hearing", {"how_to_speak": ""}, "陈述申辩的方式"),
        ("repair", {"demand": ""}, "整改要求"),
        ("statement", {"reason": ""}, "理由"),
        ("decision_correction", {"replaced_number": "", "content": ""}, "原决定文号、决定内容"),
    ],
)
def test_a_paper_without_what_the_law_wants_said_is_not_made(name, lacks, told):
    with pytest.raises(PaperTrouble, match=told):
        require_complete(replace(every_act_paper()[name], **lacks))


def test_what_the_applicant_asked_for_himself_names_no_remedies():
    """撤回 is no decision against anybody."""
    require_complete(every_act_paper()["withdrawn"])
