"""One letter of three pages, as a bureau writes it: for us, for docxtpl, for a plain HTML page.

Its marks are split over runs of several looks, as Word leaves them. All three say the same words.
"""

import io
import math
import re
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt

from clerk.documents.letter_fields import Field, LetterValues, known_fields, known_lists
from clerk.domain.handwriting import Handwriting, Point

PAGES: Final = 3
FIELDS: Final = 24
FACE: Final = "宋体"
BODY_CODE: Final = "11990123MB00000018"
BODY_NAME: Final = "示例县市场监督管理局"
SEALED_AT: Final = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
_STROKES, _POINTS = 20, 18
TITLE: Final = "告知承诺书"
CELL: Final = "材料名称及份数"
PLEDGE: Final = (
    "本申请人现就申请办理的政务服务事项作出以下承诺：所填写的信息真实、准确；已经知晓行政机关告知的"
    "全部内容；能够满足行政机关告知的条件、标准和技术要求；能够在约定期限内，提交行政机关告知的相关"
    "材料；愿意承担不实承诺、违反承诺的法律责任；所作承诺是申请人真实意思的表示。依据《中华人民共和国"
    "行政许可法》《优化营商环境条例》以及有关法律、法规、规章的规定，本申请人自愿接受有关部门的事中"
    "事后监督管理，并对因违反承诺造成的后果承担相应的责任。"
)
_VALUES: Final = (
    "示审批承〔2026〕0318-0011 号",
    "示例县清河面馆（个体工商户）",
    "营业执照",
    "92990123MA0000000X",
    "19900000001",
    "张示例",
    "李样本",
    "居民身份证",
    "990123198506120030",
    "示例县行政审批服务局",
    "周模拟",
    "000-1000 003",
    "食品经营许可新办",
    "经营场所使用证明（示例）",
    "《中华人民共和国食品安全法》第三十五条",
    "《食品经营许可和备案管理办法》第十三条",
    "对经营场所享有合法使用权",
    "经营场所权属有争议的",
    "由申请人本人当面作出",
    "受理后五个工作日内在线核查",
    "在作出决定后七个工作日内公开",
    "已经",
    "2026年3月18日",
    "练习用，不具法律效力",
)


def values(number: int = 0) -> dict[str, str]:
    """Return a value for every field; another ``number`` is another letter."""
    names = [field.placeholder for field in known_fields().values()][:FIELDS]
    found = dict(zip(names, _VALUES, strict=True))
    return found | {names[0]: f"示审批承〔2026〕0318-{number:04} 号"}


def longest_values() -> LetterValues:
    """Return the longest real value of everything that any letter may ask for."""
    fields = {field.placeholder: _longest(field) for field in known_fields().values()}
    rows = {
        listed.placeholder: [
            {column.placeholder: _longest(column) for column in listed.columns.values()}
        ]
        * 3
        for listed in known_lists().values()
    }
    return fields | rows


def _longest(field: Field) -> str:
    return next(iter(field.names.values()), (PLEDGE * 2)[: field.longest])


def signature() -> Handwriting:
    """Return a name of three characters as a pad tells it: twenty strokes, a point each 9 ms."""
    return Handwriting(
        strokes=tuple(_stroke(number) for number in range(_STROKES)),
        width=12_000,
        height=4_000,
        page_sha256="5e" * 32,
        signed_at=SEALED_AT,
        signer=PLEDGE[:3],
    )


def _stroke(number: int) -> tuple[Point, ...]:
    left, top = 500 + 3_600 * (number // 7) + 331 * (number % 7), 300 + 317 * (number % 7)
    right, down = (1_400, -300) if number % 2 else (-400, 1_200)
    return tuple(
        Point(
            x=left + right * place // _POINTS + round(60 * math.sin(place)) + 60,
            y=max(0, top + down * place // _POINTS + round(40 * math.cos(place))),
            ms=300 * number + 9 * place,
            pressure=250 + round(600 * math.sin(math.pi * place / _POINTS)),
        )
        for place in range(_POINTS)
    )


def template(begin: str, end: str) -> bytes:
    """Return the docx, each of whose fields stands between ``begin`` and ``end``."""
    made = docx.Document()
    normal = made.styles["Normal"]
    normal.font.size = Pt(12)
    normal.font.name = FACE
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    names = list(values())
    for page in range(PAGES):
        _page(made, page, names[page * 8 : page * 8 + 8], begin, end)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _page(made: Document, page: int, names: list[str], begin: str, end: str) -> None:
    heading = made.add_paragraph(f"{TITLE} 第{page + 1}页")
    heading.runs[0].bold = True
    for place, name in enumerate(names):
        paragraph = made.add_paragraph(f"第{place}项内容：")
        for text, bold in ((begin, False), (name, True), (end, False)):
            paragraph.add_run(text).bold = bold
    for _ in range(3):
        made.add_paragraph(PLEDGE)
    table = made.add_table(5, 4)
    table.style = "Table Grid"
    for row in table.rows:
        for cell in row.cells:
            cell.text = CELL
    if page < PAGES - 1:
        made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def plain_html(family: str, number: int = 0) -> str:
    """Return the same letter as anybody would write it for WeasyPrint."""
    filled = list(values(number).values())
    pages = '<div class="next"></div>'.join(
        f"<p><b>{TITLE} 第{page + 1}页</b></p>"
        + "".join(
            f"<p>第{place}项内容：<b>{filled[page * 8 + place]}</b></p>" for place in range(8)
        )
        + f"<p>{PLEDGE}</p>" * 3
        + f"<table>{('<tr>' + f'<td>{CELL}</td>' * 4 + '</tr>') * 5}</table>"
        for page in range(PAGES)
    )
    return (
        '<!doctype html><html lang="zh-CN"><style>@page{size:A4;margin:2cm}'
        f'body{{font-family:"{family}";font-size:12pt;line-height:1.3}}p{{margin:6pt 0}}'
        "table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:4pt}"
        f".next{{break-after:page}}</style>{pages}</html>"
    )


def words_of_docx(content: bytes) -> str:
    """Return every word as python-docx reads it, without spaces."""
    made = docx.Document(io.BytesIO(content))
    told = [paragraph.text for paragraph in made.paragraphs]
    told += [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return _close("".join(told))


def words_of_pdf(content: bytes) -> str:
    """Return every word as poppler reads it, without spaces."""
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"],  # noqa: S607  where it lies differs
        input=content,
        capture_output=True,
        check=True,
    )
    return _close(read.stdout.decode())


def pages_of_pdf(content: bytes) -> int:
    """Return how many pages poppler counts."""
    read = subprocess.run(
        ["pdfinfo", "-"],  # noqa: S607  where it lies differs
        input=content,
        capture_output=True,
        check=True,
    )
    found = re.search(r"Pages:\s+(\d+)", read.stdout.decode())
    return int(found[1]) if found else 0


def require_filled(words: str, given: Mapping[str, str], *brackets: str) -> None:
    """See that every value stands there and no mark does; a figure of a wrong letter is none."""
    absent = [value for value in given.values() if _close(value) not in words]
    if absent or any(bracket in words for bracket in brackets):
        raise AssertionError(f"not filled: {absent}")


def require_pages(content: bytes, given: Mapping[str, str]) -> None:
    """See that a PDF has its three pages and every value."""
    if pages_of_pdf(content) != PAGES:
        raise AssertionError(f"{pages_of_pdf(content)} pages")
    require_filled(words_of_pdf(content), given)


def numbered(work: Callable[[int], object]) -> Callable[[], object]:
    """Return ``work`` called with another number each time: no answer is an earlier one's."""
    count = iter(range(1, 1_000_000))
    return lambda: work(next(count))


def _close(text: str) -> str:
    return "".join(text.split())
