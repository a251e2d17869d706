"""The papers of a deferral and of a bar by credit, read back by another program."""

from dataclasses import replace

import pytest

from clerk.documents.notice_html import html_for, qr_svg
from clerk.documents.press_values import packed, unpacked
from clerk.domain.errors import PaperTrouble
from clerk.domain.late_paper_code import read_code
from clerk.tour.sample_deferral_papers import PAPERS, ROWS

ORDER = {
    "notice": "容缺受理通知书 示审食容〔2026〕1号 示例县清河面馆（个体工商户）： 2026年3月18日提出的 材料名称 形式 "
    "补正时限 食品安全管理制度目录 原件1份 2026年3月23日前 RQ:20260318-0037:RULES 经营场所使用证明 "
    "2026年3月25日前 RQ:20260318-0037:PREMISES 补正方式：到示例县政务服务中心任一综合窗口 "
    "逾期后果：逾期没有补交的 可以重新申请 一式两份，一份交申请人，一份存档 20260318-0037",
    "credit": "信用修复告知单 20260318-0037 本次不适用容缺受理和告知承诺 照常办理 示例县市场监督管理局 "
    "示信〔2025〕第12号 2025年11月3日 怎样修复 改正以后凭整改证明申请信用修复 示例县信用办信用修复窗口",
}


@pytest.mark.parametrize("name", ORDER)
def test_another_program_reads_every_value_in_order_on_one_page(name, press, read_text):
    printed = press.print_html(html_for(PAPERS[name]))

    text = read_text(printed.pdf)
    at = 0
    for part in ORDER[name].split():
        found = text.find(part, at)
        assert found >= 0, f"{part} is not after {text[:at][-40:]}"
        at = found
    assert (printed.pages, printed.warnings) == (1, ())


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_comes_through_to_the_press_as_it_is(name):
    assert unpacked(packed(PAPERS[name])) == PAPERS[name]


def test_each_late_paper_has_a_code_of_its_own_that_names_case_and_material():
    shown = html_for(PAPERS["notice"])

    for row in ROWS:
        assert str(qr_svg(row.code)) in shown
        code = read_code(row.code)
        assert code is not None
        assert code.material == row.code.rpartition(":")[2]


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("notice", {"late_rows": ()}, "须补交的材料"),
        ("notice", {"failing": ""}, "逾期后果"),
        ("notice", {"how_to_supply": ""}, "补正方式"),
        ("notice", {"document_number": ""}, "文号"),
        ("credit", {"repair_rows": ()}, "失信记录"),
    ],
)
def test_a_paper_without_a_mandatory_value_is_not_made(name, change, said):
    with pytest.raises(PaperTrouble, match=said):
        html_for(replace(PAPERS[name], **change))
