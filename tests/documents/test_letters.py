"""Commitment letters: filled as the legal office wrote them, in docx and on paper."""

import io
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.shared import Pt
from PIL import Image

from clerk import assets
from clerk.documents import letter_filling, letter_pdf, letters
from clerk.documents.shipped_letters import promise_codes
from clerk.domain.commitment import Commitment
from clerk.domain.errors import PaperTrouble

PROMISES = sorted(promise_codes())
"""The letters of 告知承诺; those of other kinds are in test_letter_papers."""

PROMISE = Commitment(
    letter_number="示审批承〔2026〕0318-0011 号",
    applicant_name="示例县清河面馆（个体工商户）",
    applicant_id_kind="营业执照",
    applicant_id_number="92990123MA0000000X",
    applicant_phone="19900000001",
    representative_name="张示例",
    agent_name="",
    agent_id_kind="",
    agent_id_number="",
    body_name="示例县行政审批服务局",
    body_contact="周模拟",
    body_phone="000-1000 003",
    item_name="食品经营许可新办",
    proof_name="经营场所使用证明（示例）",
    item_basis="《中华人民共和国食品安全法》第三十五条",
    proof_basis="《食品经营许可和备案管理办法》第十三条",
    must_be_true="申请人对经营场所享有合法使用权，租赁期限不少于一年",
    excluded="经营场所权属有争议的",
    promise_way="由申请人本人当面作出",
    check="受理后五个工作日内在线核查",
    public="本承诺书在作出决定后七个工作日内向社会公开",
    conditions_met_by="已经",
    made_on="2026年3月18日",
    practice=True,
    effective=True,
)


@pytest.fixture
def site(tmp_path: Path):
    """The bureau's own folder of templates, in which a test may place one."""
    folder = tmp_path / "templates" / "commitments"
    folder.mkdir(parents=True)
    assets.use_site(tmp_path)
    yield folder
    assets.use_site(None)


def own_template(folder: Path, name: str, write: Any) -> None:
    document = docx.Document()
    write(document)
    document.save(str(folder / f"{name}.docx"))


def words(content: bytes) -> str:
    """All words of a docx as python-docx reads them: body, tables, header and footer."""
    document: Document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    found = [paragraph.text for paragraph in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    found += [p.text for p in (*section.header.paragraphs, *section.footer.paragraphs)]
    return "\n".join(found)


@pytest.mark.parametrize("template", PROMISES)
def test_another_program_reads_every_value_and_no_placeholder(template):
    values = letters.values_for(PROMISE)

    filled = letter_filling.fill(template, values)

    read = words(filled.docx)
    assert "【" not in read
    for name in letter_filling.fields(template):
        assert str(values[name]) in read, name
    assert filled.template_version == "2026-2"
    assert len(filled.template_sha256) == len(filled.text_sha256) == 64


@pytest.mark.parametrize("template", PROMISES)
def test_a_letter_holds_every_block_that_must_be_told(template):
    """国办发〔2020〕42号: what is told, what is promised, who signs, in two copies."""
    text = letter_filling.fill(template, letters.values_for(PROMISE)).text

    at = 0
    for block in (
        "编号：", "申请人", "行政机关", "设定依据", "不适用", "承诺方式", "承诺的效力",
        "不实承诺的责任", "核查", "公开", "已经知晓", "条件、标准和要求", "法律责任", "真实的意思表示",
        "签字", "盖章", "一式两份",
    ):  # fmt: skip
        at = text.find(block, at)
        assert at >= 0, block


def test_equal_letters_are_equal_files():
    values = letters.values_for(PROMISE)

    assert letter_filling.fill("proof", values) == letter_filling.fill("proof", values)


def test_a_missing_value_refuses_the_letter_by_its_name():
    values = letters.values_for(replace(PROMISE, must_be_true="", check=""))

    with pytest.raises(PaperTrouble, match="承诺内容、核查方式"):
        letter_filling.fill("proof", values)


def test_no_agent_is_said_in_words():
    assert "无" in letter_filling.fill("proof", letters.values_for(PROMISE)).text


def test_a_preview_says_that_it_is_one():
    preview = letter_filling.fill("proof", letters.values_for(replace(PROMISE, effective=False)))
    counter = letter_filling.fill("proof", letters.values_for(replace(PROMISE, practice=False)))

    assert "预览，未生效" in words(preview.docx)
    assert "练习" not in words(counter.docx)


def test_a_template_with_an_unknown_placeholder_is_refused(site):
    own_template(site, "bad", lambda d: d.add_paragraph("【申请人名称】【星座】【血型】"))

    with pytest.raises(PaperTrouble, match="【星座】、【血型】"):
        letter_filling.fields("bad")


@pytest.mark.parametrize("content", [None, b"", b"not a docx", b"PK\x03\x04broken"])
def test_a_template_that_is_missing_or_damaged_is_refused(site, content):
    if content is not None:
        (site / "torn.docx").write_bytes(content)

    with pytest.raises(PaperTrouble, match="不存在或已损坏"):
        letter_filling.fields("torn")


def test_a_placeholder_split_over_runs_keeps_the_looks_of_its_first(site):
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("编号")
        for piece, bold in (
            ("：【申", True),
            ("请人", False),
            ("名称】（", False),
            ("【日期】）", True),
        ):
            paragraph.add_run(piece).bold = bold

    own_template(site, "split", write)

    read = docx.Document(io.BytesIO(letter_filling.fill("split", letters.values_for(PROMISE)).docx))

    runs = [(run.text, run.bold) for run in read.paragraphs[0].runs]
    assert ("：示例县清河面馆（个体工商户）", True) in runs
    assert read.paragraphs[0].text == "编号：示例县清河面馆（个体工商户）（2026年3月18日）"


def test_a_value_that_looks_like_a_placeholder_or_markup_stays_text():
    name = "【日期】</w:t><b>&示例"

    filled = letter_filling.fill("proof", letters.values_for(replace(PROMISE, applicant_name=name)))

    assert name in words(filled.docx)
    assert name in filled.text


def test_a_value_of_several_lines_keeps_them():
    filled = letter_filling.fill(
        "proof", letters.values_for(replace(PROMISE, excluded="第一种\n第二种"))
    )

    assert "第一种\n第二种" in words(filled.docx)
    assert "第一种\n第二种" in filled.text


@pytest.mark.parametrize("sign", ["\u202e", "\x01", "\ufffe"])
def test_characters_that_cannot_be_printed_are_refused(sign):
    values = letters.values_for(replace(PROMISE, applicant_name=f"张{sign}示例"))

    with pytest.raises(PaperTrouble, match="不能打印的字符"):
        letter_filling.fill("proof", values)


@pytest.mark.parametrize("template", PROMISES)
def test_the_printed_letter_says_what_the_docx_says(template, press, read_text):
    """The PDF is made from the filled docx: no word more, no word less, in its order."""
    filled = letter_filling.fill(template, letters.values_for(PROMISE))

    page = letter_pdf.html_for(filled.docx)
    printed = press.print_html(page.html)

    assert page.unsupported == ()
    assert printed.warnings == ()
    assert printed.pages == 2
    read = read_text(printed.pdf)
    around = "".join(f"练习用，不具法律效力第{page}页，共2页" for page in (1, 2))
    assert Counter(read) == Counter("".join((filled.text + around).split()))
    told = read[read.index("一、行政机关告知") :]
    at = 0
    for line in "".join(filled.text.partition("一、行政机关告知")[1:]).split("。"):
        at = told.find("".join(line.split())[:10], at)
        assert at >= 0, line


def test_what_the_translation_does_not_know_is_named(site):
    def write(document: Document) -> None:
        document.add_paragraph("【日期】", style="List Bullet")
        picture = io.BytesIO()
        Image.new("RGB", (8, 8)).save(picture, "GIF")
        document.add_picture(picture)

    own_template(site, "rich", write)
    filled = letter_filling.fill("rich", letters.values_for(PROMISE))

    assert letter_pdf.html_for(filled.docx).unsupported == ("bullet", "drawing")


def test_a_picture_in_the_line_stands_on_paper_in_its_size(site):
    def write(document: Document) -> None:
        document.add_paragraph("【日期】")
        picture = io.BytesIO()
        Image.new("RGB", (8, 8)).save(picture, "PNG")
        document.add_picture(picture, width=Pt(72))

    own_template(site, "seal", write)
    filled = letter_filling.fill("seal", letters.values_for(PROMISE))

    page = letter_pdf.html_for(filled.docx)
    assert page.unsupported == ()
    assert '<img style="width:72pt;height:72pt" alt="" src="data:image/png;base64,' in page.html


def test_merged_cells_keep_their_place(site):
    def write(document: Document) -> None:
        table = document.add_table(2, 3)
        table.style = "Table Grid"
        table.cell(0, 0).merge(table.cell(1, 0)).text = "竖"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "横"
        document.add_paragraph("【日期】")

    own_template(site, "merged", write)

    html = letter_pdf.html_for(letter_filling.fill("merged", letters.values_for(PROMISE)).docx).html

    assert html.count("<td") == 4
    assert '<td colspan="1" rowspan="2"' in html
    assert '<td colspan="2" rowspan="1"' in html


def test_a_damaged_letter_is_refused():
    with pytest.raises(PaperTrouble, match="已损坏"):
        letter_pdf.html_for(b"PK")


def test_a_file_that_unzips_to_too_much_is_refused(site):
    with zipfile.ZipFile(site / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (21 << 20))

    with pytest.raises(PaperTrouble, match="不存在或已损坏"):
        letter_filling.fields("bomb")
