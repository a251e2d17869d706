"""A letter on paper beside the same Word file as LibreOffice lays it out."""

import io
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
from clerk.documents.press import Press
from tests.documents.page_lines import Line, page_lines
from tests.documents.test_letters import PROMISE

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


OTHERS = {write.__name__: write for write in (plain, wide, merged, numbered, aside, hanging)}
"""Documents that are no letters of ours: spacing, merged cells, numbering, headers, indents."""


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


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every letter that ships, filled: the docx and the press's own PDF of it."""
    folder = tmp_path_factory.mktemp("ours")
    press = Press()
    for name in letter_filling.names():
        printed = press.print_letter(name, letters.values_for(PROMISE))
        (folder / f"{name}.docx").write_bytes(printed.filled.docx)
        (folder / f"{name}.pdf").write_bytes(printed.printed.pdf)
    for name, write in OTHERS.items():
        content = other(write)
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
