"""A letter on paper beside the same Word file as LibreOffice lays it out."""

import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from clerk.documents import letter_filling, letter_pdf, letters
from clerk.documents.letter_fields import LetterValues
from clerk.documents.letter_papers import print_letter
from clerk.documents.press import Press
from clerk.tour.sample_agency_papers import PAPERS as AGENCY
from clerk.tour.sample_deferral_papers import PAPERS as DEFERRAL
from tests.documents.letters_sheet import draw_sheet
from tests.documents.page_lines import Line, page_lines
from tests.documents.test_letters import PROMISE
from tests.documents.word_parts import control, old_box, repeating, text_box

SHEET = os.environ.get("LETTERS_SHEET", "")
"""Where a contact sheet of the letters goes; empty where nobody wants one."""

WITHIN_MM = 2.0
AS_MANY = 0.95

# The faces in which the press prints 宋体 here (templates/fonts.toml), for the peer as well.
SONG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <match target="pattern">
    <test name="family"><string>宋体</string></test>
    <test name="weight" compare="less"><const>demibold</const></test>
    <edit name="family" mode="assign" binding="strong"><string>AR PL SungtiL GB</string></edit>
  </match>
  <match target="pattern">
    <test name="family"><string>宋体</string></test>
    <test name="weight" compare="more_eq"><const>demibold</const></test>
    <edit name="family" mode="assign" binding="strong"><string>Noto Serif CJK SC</string></edit>
  </match>
</fontconfig>
"""


SAID = (
    "根据有关规定，申请人应当如实提交申请材料并对其真实性负责，行政机关应当自受理之日起二十个工作日内"
    "作出决定，情况复杂的可以延长十个工作日。"
)


def plain(document: Document) -> None:
    for _ in range(6):
        paragraph = document.add_paragraph(SAID)
        paragraph.paragraph_format.first_line_indent = Pt(24)
        paragraph.paragraph_format.space_after = Pt(0)


def wide(document: Document) -> None:
    for size in (12, 16, 22):
        paragraph = document.add_paragraph()
        paragraph.add_run(SAID).font.size = Pt(size)
        paragraph.paragraph_format.line_spacing = 1.5
        paragraph.paragraph_format.left_indent = Pt(30)


def merged(document: Document) -> None:
    plain(document)
    table = document.add_table(4, 3)
    table.style = "Table Grid"
    for row in table.rows:
        for cell in row.cells:
            cell.text = "材料名称与份数"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(3, 2))
    plain(document)


def numbered(document: Document) -> None:
    for style in ("List Number", "List Number", "List Number 2", "List Number"):
        document.add_paragraph(SAID, style=style)


def aside(document: Document) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = "示例县行政审批服务局"
    section.footer.paragraphs[0].text = "联系电话 0999-8000001"
    for line in (SAID * 6, SAID * 4, SAID * 8):
        document.add_paragraph(line)


def hanging(document: Document) -> None:
    for number in range(1, 5):
        paragraph = document.add_paragraph(f"{number}．{SAID}")
        paragraph.paragraph_format.left_indent = Pt(36)
        paragraph.paragraph_format.first_line_indent = Pt(-18)
        paragraph.paragraph_format.right_indent = Pt(40)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def chosen(document: Document) -> None:
    """Check boxes, parts that are printed or not, rows that are repeated, places for pictures."""
    document.add_paragraph(
        "办理方式：【☐办理方式=本人办理】本人办理 【☐办理方式=代理人办理】代理人办理"
    )
    for line in ("【若：委托代理人】", "代理人【委托代理人】于2026年3月18日代为办理。", "【若完】"):
        document.add_paragraph(line)
    document.add_paragraph(f"【若非：委托代理人】申请人自己办理。【若完】{SAID}")
    table = document.add_table(2, 3)
    table.style = "Table Grid"
    marks = ("序", "名称", "形式"), ("【暂缺材料.序号】", "【暂缺材料.名称】", "【暂缺材料.形式】")
    for row, told in zip(table.rows, marks, strict=True):
        for cell, text in zip(row.cells, told, strict=True):
            cell.text = text
    document.add_paragraph("申请人签字：【签名】（盖章）")
    document.add_paragraph("扫码查询【二维码】办理进度")


def boxed(document: Document) -> None:
    """Text boxes: one in the line, one before the text beside its paragraph; a control each."""
    plain(document)
    document.add_paragraph("附件")._p.append(text_box("文本框里的【事项名称】", floating=False))
    document.add_paragraph(SAID)._p.append(text_box("办件编号【办件编号】", floating=True))
    for _ in range(4):
        document.add_paragraph("")
    plain(document)


def given_way(document: Document) -> None:
    """Boxes that the text gives way to, at either edge and over the whole width, old and new."""
    for wrapped, at in (
        ("wrapSquare", "right"),
        ("wrapSquare", "left"),
        ("wrapTopAndBottom", "left"),
    ):
        paragraph = document.add_paragraph()
        paragraph._p.append(text_box("", floating=True, wrapped=wrapped, mm=(60, 24), at=at))
        paragraph.add_run(SAID * 3)
        paragraph.paragraph_format.space_after = Pt(0)


def old(document: Document) -> None:
    """Boxes as older Word draws them: in the line, before the text, the text giving way."""
    plain(document)
    document.add_paragraph("附件")._p.append(old_box("文本框里的【事项名称】", ""))
    over = "position:absolute;margin-left:100pt;margin-top:50pt;"
    document.add_paragraph(SAID)._p.append(old_box("办件编号【办件编号】", over))
    for _ in range(4):
        document.add_paragraph("")
    paragraph = document.add_paragraph()
    beside = "position:absolute;margin-left:0;margin-top:0;"
    paragraph._p.append(old_box("", beside, wrapped="square", mm=(60, 24)))
    paragraph.add_run(SAID * 3)


def sections(document: Document) -> None:
    """Repeating sections: a row of a table, and two paragraphs that belong together."""
    plain(document)
    table = document.add_table(2, 2)
    table.style = "Table Grid"
    for cell, told in zip(table.rows[0].cells, ("名称", "形式"), strict=True):
        cell.text = told
    row = table.rows[1]._tr
    for cell, told in zip(table.rows[1].cells, ("名称", "形式"), strict=True):
        cell.paragraphs[0]._p.append(control(told, "单击"))
    table._tbl.remove(row)
    table._tbl.append(repeating("暂缺材料", row))
    lines = []
    for told in ("材料：", "怎样补："):
        paragraph = document.add_paragraph(told)
        paragraph._p.append(control("名称", "单击"))
        lines.append(paragraph._p)
    section = repeating("暂缺材料", *lines)
    document.element.body.insert(len(document.element.body) - 1, section)
    document.add_paragraph(SAID)


OTHERS = {
    write.__name__: write
    for write in (
        plain,
        wide,
        merged,
        numbered,
        aside,
        hanging,
        chosen,
        boxed,
        given_way,
        old,
        sections,
    )
}
"""Documents that are no letters of ours: spacing, merged cells, numbering, headers, indents."""

VALUES: LetterValues = {
    "办理方式": "代理人办理",
    "委托代理人": "李样本",
    "事项名称": "食品经营许可新办",
    "办件编号": "20260318-0037",
    "二维码": "BJ:20260318-0037",
    "暂缺材料": [
        {"序号": "1", "名称": "经营场所平面图", "形式": "原件1份"},
        {"序号": "2", "名称": "食品安全管理制度", "形式": "复印件2份"},
    ],
}


def other(write: Callable[[Document], None]) -> bytes:
    """A document of somebody else's, in 宋体 of 12 points."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    write(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PAPERS = {paper.kind.value: paper for paper in (DEFERRAL["promise"], *AGENCY.values())}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every letter that ships, filled: the docx and the press's own PDF of it."""
    folder = tmp_path_factory.mktemp("ours")
    press = Press()
    for name in letter_filling.names():
        printed = (
            print_letter(press, PAPERS[name])
            if name in PAPERS
            else press.print_letter(name, letters.values_for(PROMISE))
        )
        (folder / f"{name}.docx").write_bytes(printed.filled.docx)
        (folder / f"{name}.pdf").write_bytes(printed.printed.pdf)
    for name, write in OTHERS.items():
        content = letter_filling.fill(name, VALUES, content=other(write)).docx
        (folder / f"{name}.docx").write_bytes(content)
        page = letter_pdf.html_for(content)
        assert page.unsupported == ()
        (folder / f"{name}.pdf").write_bytes(press.print_html(page.html).pdf)
    press.close()
    return folder


@pytest.fixture(scope="module")
def theirs(ours: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files laid out by LibreOffice, with a profile of its own."""
    folder = tmp_path_factory.mktemp("theirs")
    faces = folder / "fonts.conf"
    faces.write_text(SONG, encoding="utf-8")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, sorted(ours.glob("*.docx"))),
        ],
        check=True,
        capture_output=True,
        timeout=240,
        env={"FONTCONFIG_FILE": str(faces), "HOME": str(folder), "PATH": "/usr/bin:/bin"},
    )
    if SHEET:
        draw_sheet(ours, folder, letter_filling.names(), Path(SHEET))
    return folder


@pytest.mark.parametrize("name", [*letter_filling.names(), *OTHERS])
def test_a_letter_stands_on_paper_as_libreoffice_lays_it_out(name, ours, theirs, capsys):
    """As many pages, the same words in the same order, the lines at the same place."""
    own = page_lines((ours / f"{name}.pdf").read_bytes())
    peer = page_lines((theirs / f"{name}.pdf").read_bytes())

    assert len(own) == len(peer)
    assert [_words(page) for page in own] == [_words(page) for page in peer]
    lines = [line for page in peer for line in page]
    placed = sum(
        any(line.stands_by(other, WITHIN_MM) for other in own[line.page - 1]) for line in lines
    )
    with capsys.disabled():
        print(f" {name}: {placed} of {len(lines)} lines within {WITHIN_MM:g} mm")  # noqa: T201  the figure
    assert placed / len(lines) >= AS_MANY


def _words(page: list[Line]) -> str:
    return "".join(line.text for line in page)
