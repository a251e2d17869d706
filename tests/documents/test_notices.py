"""The printed papers, read back by another program."""

import re
from dataclasses import replace

import pytest
import segno

from clerk.documents.notice_html import html_for, qr_svg
from clerk.domain.errors import PaperTrouble
from clerk.domain.papers import Paper
from clerk.tour import sample_papers as samples

ORDER = {
    "acceptance": "示例县行政审批服务局 受理通知书 示审批受〔2026〕37号 示例县清河面馆（个体工商户）： "
    "2026年3月18日提出的食品经营许可新办申请收悉 第三十二条第一款第（五）项 决定予以受理 5个工作日内 "
    "2026年3月25日前 作出是否准予许可的决定 收到材料如下 营业执照 电子证照 告知承诺 "
    "办件编号 20260318-0037 730416 承诺件 不收费 短信通知 000 000-1000012 周模拟",
    "van_receipt": "收件凭证 临V2-260318-0004 收到，尚未受理 直通车现场暂未联网 10:43收取 "
    "不表示申请已被受理 2026年3月25日前告知 逾期不告知的 收到材料如下 临时收件号 临V2-260318-0004 730416",
    "correction": "一次性告知书 示审批告〔2026〕9号 全部内容一次告知 经营场所使用证明 没有提交 "
    "2026年4月1日前 逾期未补正的 补正方式 不必重复提交 营业执照 告知人 签收",
    "decline": "不予受理决定书 不属于本机关职权范围 第（二）项 决定不予受理 模拟市高新区行政审批服务局 "
    "行政复议 行政诉讼 退还 负责人身份证明",
    "not_required": "不受理告知书 仅销售预包装食品 第（一）项 不受理",
    "decision": "准予行政许可决定书 现决定如下 热食类食品制售 食品经营许可证 JY29901230000017 2031年3月17日 "
    "行政复议",
    "refusal": "不予行政许可决定书 现场条件不符合 决定不予行政许可 行政复议",
    "delivery": "送达回证 食品经营许可新办 受送达人 JY29901230000017 窗口领取 2026年3月18日10:43 领取登记 "
    "李样本 990123199001011232 人证一致 领证人签名或盖章 送达人签名",
    "application": "食品经营许可新办申请书 一、申请人 张示例 二、申请内容 热食类食品制售 86平方米 三、提交材料 声明",
}


@pytest.mark.parametrize("name", ORDER)
def test_another_program_reads_every_value_in_order(name, press, read_text):
    printed = press.print_html(html_for(samples.every_paper()[name]))

    text = read_text(printed.pdf)
    at = 0
    for part in ORDER[name].split():
        found = text.find(part, at)
        assert found >= 0, f"{part} is not after {text[:at][-40:]}"
        at = found
    assert printed.warnings == ()


@pytest.mark.parametrize("name", samples.every_paper())
def test_a_usual_paper_fits_its_pages(name, press):
    printed = press.print_html(html_for(samples.every_paper()[name]))

    assert printed.pages == 1


def test_many_materials_go_on_with_the_heading_row_on_each_page(press, read_text):
    printed = press.print_html(html_for(samples.acceptance(materials=samples.MATERIALS * 8)))

    text = read_text(printed.pdf)
    assert printed.pages == 3
    assert text.count("材料名称") >= 2
    assert "第3页，共3页" in text


@pytest.mark.parametrize("count", range(6, 16))
def test_the_code_of_a_receipt_stands_where_the_list_ends(count, press):
    """It goes to the next page only where it finds no place; a signature never goes alone."""
    rows = [replace(samples.MATERIALS[1], name=f"材料{number}") for number in range(count)]

    printed = press.print_html(html_for(samples.van_receipt(materials=tuple(rows))))

    last = {mark.field: mark for mark in printed.marks}
    code, signed = last["query_code"], last["made_on"]
    room_left_mm = 283 - last["materials"].y_mm
    assert code.page == last["materials"].page or room_left_mm < 55
    assert signed.page - code.page <= 1


def test_a_refusal_without_a_number_keeps_its_facts_at_the_margin(press):
    """Nothing has a code there, so nothing makes place for one; the foot names the paper."""
    paper = samples.decline(case_number="", qr_text="", query_code="")

    printed = press.print_html(html_for(paper))

    where = {mark.field: mark for mark in printed.marks}
    assert where["clerk_line"].x_mm < 24 + 23 + 2
    assert printed.pages == 1


@pytest.mark.parametrize("paper", [samples.benefit_acceptance()])
def test_a_benefit_never_cites_the_permit_law(paper: Paper, press, read_text):
    """Row C9: no rule for permits touches an item it does not govern."""
    text = read_text(press.print_html(html_for(paper)).pdf)

    assert "许可" not in text.replace("食品经营许可申请书", "")
    assert "行政许可法" not in text
    assert "作出是否给予待遇的决定" in text


def test_practice_papers_and_previews_say_so(press, read_text):
    practice = read_text(press.print_html(html_for(samples.acceptance())).pdf)
    counter = read_text(press.print_html(html_for(samples.acceptance(practice=False))).pdf)
    preview = read_text(press.print_html(html_for(samples.acceptance(effective=False))).pdf)

    assert "练习用，不具法律效力" in practice
    assert "练习" not in counter
    assert "样" not in counter
    assert "预览，未生效" in preview
    assert "预览" not in practice


def test_markup_in_a_name_is_printed_as_it_was_typed(press, read_text):
    name = "<b>示例&县</b>{{ paper }}<script>alert(1)</script>"

    text = read_text(press.print_html(html_for(samples.acceptance(applicant_name=name))).pdf)

    assert name.replace(" ", "") in text


def test_a_rare_character_is_printed_and_found(press, read_text):
    """Names such as 㛃 and 𠮷 are outside the Song face; they come from another."""
    text = read_text(press.print_html(html_for(samples.receipt(applicant_name="㛃𠮷·样本"))).pdf)

    assert "㛃𠮷·样本" in text


@pytest.mark.parametrize("sign", ["\u202e", "\x00", "\ufffe"])
def test_characters_that_cannot_be_printed_are_refused(sign):
    with pytest.raises(PaperTrouble, match="不能打印的字符"):
        html_for(samples.receipt(applicant_name=f"张{sign}示例"))


def test_the_pinned_fonts_are_embedded(press, read_fonts):
    fonts = read_fonts(press.print_html(html_for(samples.acceptance())).pdf).splitlines()[2:]

    assert {line.split()[0].split("+")[1].removesuffix("-Bold") for line in fonts} == {
        "AR-PL-SungtiL-GB",
        "Counter-Serif",
    }
    assert all(line.split()[-5] == "yes" for line in fonts)


def test_the_code_is_the_text_it_was_made_from():
    """Every dark module is drawn once, and no other."""
    text = "https://example.invalid/q?n=20260318-0037"

    drawn = qr_svg(text)

    dark = sum(sum(row) for row in segno.make_qr(text, error="m").matrix)
    runs = re.findall(r"M\d+ \d+h(\d+)v1h-\1z", drawn)
    assert sum(int(run) for run in runs) == dark


def test_each_value_can_be_found_on_the_page(press):
    printed = press.print_html(html_for(samples.acceptance()))

    where = {mark.field: mark for mark in printed.marks}
    assert {"applicant_name", "due_on", "document_number", "query_code"} <= set(where)
    assert where["applicant_name"].y_mm < where["due_on"].y_mm < where["query_code"].y_mm
    assert all(
        0 < mark.x_mm < 210 and mark.width_mm > 0 and mark.page == 1 for mark in printed.marks
    )
    assert b"/Annots" not in printed.pdf


def test_a_paper_stays_small(press):
    """The bold face is cut to what templates use; whole, it would weigh 75 kB a paper."""
    assert len(press.print_html(html_for(samples.acceptance())).pdf) < 80_000


def test_a_heading_with_a_character_outside_the_cut_is_printed(press, read_text, read_fonts):
    paper = replace(samples.application(), item_name="㛃𠮷许可")

    pdf = press.print_html(html_for(paper)).pdf

    assert "㛃𠮷许可申请书" in read_text(pdf)
    assert "Noto-Serif-CJK-SC-Bold" in read_fonts(pdf)
