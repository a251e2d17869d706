"""A filled letter as HTML for the press, translated from the docx itself.

There is no second copy of a letter's wording: paragraphs, runs, tables, headers and footers are
taken over one by one. What this translation does not know is left out *and named* in
``unsupported``, so that nobody signs a page that silently lacks something.
"""

import io
import posixpath
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from lxml import etree

from clerk import assets
from clerk.documents.letter_style import (
    Faces,
    Properties,
    Styles,
    W,
    border_css,
    merged,
    paragraph_css,
    points,
    properties,
    switched_on,
    widths_css,
)
from clerk.domain.errors import PaperTrouble

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_IGNORED = frozenset(
    "proofErr bookmarkStart bookmarkEnd lastRenderedPageBreak rPr pPr tblPr tblGrid trPr tcPr "
    "tblPrEx sectPr instrText fldChar softHyphen noBreakHyphen commentRangeStart commentRangeEnd "
    "sdtPr sdtEndPr permStart permEnd".split()
)
_INTO = frozenset("sdt sdtContent smartTag hyperlink ins customXml fldSimple".split())
_BREAK = '<br style="break-after:page">'
_BASE_CSS = (
    "*{box-sizing:border-box}html,body{margin:0}p{orphans:2;widows:2;overflow-wrap:anywhere;"
    "min-height:1em;white-space:pre-wrap}table{border-collapse:collapse;table-layout:fixed}"
    "thead{display:table-header-group}td{padding:0 5.4pt}"
    ".head{position:running(head)}.foot{position:running(foot)}"
    ".page::after{content:counter(page)}.pages::after{content:counter(pages)}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """HTML that needs no other file, and what of the docx it does not show."""

    html: str
    unsupported: tuple[str, ...]


def html_for(docx: bytes) -> LetterPage:
    """Translate a docx.

    Raises:
        PaperTrouble: it is no docx.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        document = _parse(parts["word/document.xml"])
        return _Translation(parts).page(document)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise PaperTrouble(
            "承诺书文件已损坏，不能生成 PDF，办件未改动。请重新生成承诺书"
        ) from error


@dataclass(slots=True)
class _FieldCode:
    """Where in a complex field we are: its instruction, and whether its result follows."""

    instruction: str = ""
    in_result: bool = False


@dataclass(slots=True)
class _Translation:
    """One docx on its way to HTML; collects what it cannot show."""

    parts: Mapping[str, bytes]
    styles: Styles = field(init=False)
    unsupported: dict[str, None] = field(default_factory=dict)
    looks: dict[str, str] = field(default_factory=dict)
    codes: list[_FieldCode] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.styles = _styles(self.parts.get("word/styles.xml"))

    def page(self, document: etree._Element) -> LetterPage:
        body = document.find(f"{W}body")
        if body is None:
            raise KeyError("w:body")
        sections = list(body.iter(f"{W}sectPr"))
        if len(sections) > 1:
            self.unsupported["sections"] = None
        section = sections[-1] if sections else None
        around = "".join(
            f'<div class="{name}">{self.blocks(part)}</div>'
            for name, part in (
                ("head", self._aside(section, "header")),
                ("foot", self._aside(section, "footer")),
            )
            if part is not None
        )
        content = around + self.blocks(body)
        looks = "".join(f".{name}{{{css}}}" for css, name in self.looks.items())
        html = (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            f"<style>{_BASE_CSS}{_page_css(section)}{looks}</style></head><body>{content}</body></html>"
        )
        return LetterPage(html=html, unsupported=tuple(self.unsupported))

    def _look(self, css: str) -> str:
        """Return the class of everything that looks so: each look is worked out once a letter."""
        return self.looks.setdefault(css, f"l{len(self.looks)}")

    def blocks(self, parent: etree._Element) -> str:
        return "".join(self._block(child) for child in parent.iterchildren("*"))

    def _block(self, element: etree._Element) -> str:
        match _local(element):
            case "p":
                return self._paragraph(element)
            case "tbl":
                return self._table(element)
            case name if name in _INTO:
                return self.blocks(element)
            case name:
                self._leave_out(name)
                return ""

    def _paragraph(self, paragraph: etree._Element) -> str:
        found = self.styles.paragraph(paragraph)
        if "numPr" in found:
            self.unsupported["numPr"] = None
        style = found.get("pStyle", {}).get("val", "")
        mark = self.styles.run(_mark_run(paragraph), style)
        size = float(mark["sz"]["val"]) / 2 if "sz" in mark else 10.5
        css = f"{self.styles.run_css({k: v for k, v in mark.items() if k in {'rFonts', 'sz'}})}"
        inner = "".join(self._inline(child, style) for child in paragraph.iterchildren("*"))
        return f'<p class="{self._look(f"{css};{paragraph_css(found, size)}")}">{inner}</p>'

    def _inline(self, element: etree._Element, style: str) -> str:
        match _local(element):
            case "r":
                return self._run(element, style)
            case "fldSimple":
                counter = _counter(str(element.get(f"{W}instr", "")))
                if counter:
                    return counter
                return "".join(self._inline(child, style) for child in element.iterchildren("*"))
            case name if name in _INTO:
                return "".join(self._inline(child, style) for child in element.iterchildren("*"))
            case name:
                self._leave_out(name)
                return ""

    def _run(self, run: etree._Element, style: str) -> str:
        found = self.styles.run(run, style)
        inner = "".join(self._piece(child) for child in run.iterchildren("*"))
        if not inner or switched_on(found, "vanish"):
            return ""
        return f'<span class="{self._look(self.styles.run_css(found))}">{inner}</span>'

    def _piece(self, element: etree._Element) -> str:
        match _local(element):
            case "fldChar":
                return self._field_char(str(element.get(f"{W}fldCharType")))
            case "instrText" if self.codes:
                self.codes[-1].instruction += element.text or ""
                return ""
            case "t":
                hidden = any(code.in_result and _counter(code.instruction) for code in self.codes)
                return "" if hidden else escape(element.text or "")
            case "tab":
                return "\t"
            case "br":
                return _BREAK if element.get(f"{W}type") == "page" else "<br>"
            case name:
                self._leave_out(name)
                return ""

    def _field_char(self, kind: str) -> str:
        if kind == "begin":
            self.codes.append(_FieldCode())
        elif kind == "separate" and self.codes:
            self.codes[-1].in_result = True
        elif kind == "end" and self.codes:
            return _counter(self.codes.pop().instruction)
        return ""

    def _table(self, table: etree._Element) -> str:
        found = properties(table.find(f"{W}tblPr"))
        borders = merged(
            self.styles.table_borders(found.get("tblStyle", {}).get("val", "")),
            properties(table.find(f"{W}tblPr/{W}tblBorders")),
        )
        widths = [
            points(str(column.get(f"{W}w", "0")))
            for column in table.iterfind(f"{W}tblGrid/{W}gridCol")
        ]
        rows = [_cells(row) for row in table.iterchildren(f"{W}tr")]
        html = [self._row(rows, index, len(widths), borders) for index in range(len(rows))]
        heads = 0
        while heads < len(rows) and switched_on(rows[heads].found, "tblHeader"):
            heads += 1
        align = "margin:0 auto;" if found.get("jc", {}).get("val") == "center" else ""
        return (
            f'<table style="{align}width:{sum(widths):g}pt"><colgroup>{widths_css(widths)}</colgroup>'
            f"<thead>{''.join(html[:heads])}</thead><tbody>{''.join(html[heads:])}</tbody></table>"
        )

    def _row(self, rows: "list[_Row]", index: int, columns: int, borders: Properties) -> str:
        row = rows[index]
        height = points(row.found.get("trHeight", {}).get("val", "0"))
        cells = "".join(
            self._cell(rows, index, cell, columns, borders)
            for cell in row.cells
            if cell.merge != "continue"
        )
        look = self._look(f"height:{height:g}pt;break-inside:avoid")
        return f'<tr class="{look}">{cells}</tr>'

    def _cell(
        self, rows: "list[_Row]", index: int, cell: "_Cell", columns: int, borders: Properties
    ) -> str:
        down = _rows_down(rows, index, cell)
        outer = {
            "top": index == 0,
            "bottom": index + down == len(rows),
            "left": cell.column == 0,
            "right": cell.column + cell.span == columns,
        }
        own = properties(cell.element.find(f"{W}tcPr/{W}tcBorders"))
        found = properties(cell.element.find(f"{W}tcPr"))
        at = {"center": "middle", "bottom": "bottom"}.get(
            found.get("vAlign", {}).get("val", ""), "top"
        )
        css = ";".join(
            part
            for part in (border_css(borders, outer), border_css(own), f"vertical-align:{at}")
            if part
        )
        return (
            f'<td colspan="{cell.span}" rowspan="{down}" class="{self._look(css)}">'
            f"{self.blocks(cell.element)}</td>"
        )

    def _aside(self, section: etree._Element | None, kind: str) -> etree._Element | None:
        """Return the header or footer of every page; other pages' own are reported."""
        if section is None:
            return None
        found = None
        for reference in section.iterchildren(f"{W}{kind}Reference"):
            if reference.get(f"{W}type") == "default":
                found = self._part(str(reference.get(f"{_R}id")))
            elif reference.get(f"{W}type") == "even" or section.find(f"{W}titlePg") is not None:
                self.unsupported[f"{kind} {reference.get(f'{W}type')}"] = None
        return found

    def _part(self, relation: str) -> etree._Element | None:
        for link in _parse(self.parts["word/_rels/document.xml.rels"]):
            if link.get("Id") == relation:
                name = posixpath.normpath(posixpath.join("word", str(link.get("Target"))))
                return _parse(self.parts[name])
        return None

    def _leave_out(self, name: str) -> None:
        if name not in _IGNORED:
            self.unsupported[name] = None


@dataclass(frozen=True, slots=True)
class _Cell:
    element: etree._Element
    column: int
    span: int
    merge: str


@dataclass(frozen=True, slots=True)
class _Row:
    found: Properties
    cells: tuple[_Cell, ...]


def _cells(row: etree._Element) -> _Row:
    def walk() -> Iterator[_Cell]:
        column = 0
        for element in row.iterchildren(f"{W}tc"):
            found = properties(element.find(f"{W}tcPr"))
            span = int(found.get("gridSpan", {}).get("val", "1"))
            merge = found["vMerge"].get("val", "continue") if "vMerge" in found else ""
            yield _Cell(element, column, span, merge)
            column += span

    return _Row(properties(row.find(f"{W}trPr")), tuple(walk()))


def _rows_down(rows: list[_Row], index: int, cell: _Cell) -> int:
    """Return over how many rows a vertically merged cell reaches."""
    down = 1
    if cell.merge == "restart":
        for below in rows[index + 1 :]:
            same = [c for c in below.cells if c.column == cell.column and c.merge == "continue"]
            if not same:
                break
            down += 1
    return down


def _page_css(section: etree._Element | None) -> str:
    found = properties(section)
    size, margin = found.get("pgSz", {}), found.get("pgMar", {})
    width, height = points(size.get("w", "11906")), points(size.get("h", "16838"))
    top, bottom = points(margin.get("top", "1440")), points(margin.get("bottom", "1440"))
    left, right = points(margin.get("left", "1800")), points(margin.get("right", "1800"))
    above, below = points(margin.get("header", "720")), points(margin.get("footer", "720"))
    return (
        f"@page{{size:{width:g}pt {height:g}pt;margin:{top:g}pt {right:g}pt {bottom:g}pt {left:g}pt;"
        f"@top-center{{content:element(head);width:100%;vertical-align:top;padding-top:{above:g}pt}}"
        f"@bottom-center{{content:element(foot);width:100%;vertical-align:bottom;"
        f"padding-bottom:{below:g}pt}}}}"
    )


def _counter(instruction: str) -> str:
    word = instruction.split()[:1]
    return {"PAGE": '<span class="page"></span>', "NUMPAGES": '<span class="pages"></span>'}.get(
        word[0] if word else "", ""
    )


def _mark_run(paragraph: etree._Element) -> etree._Element:
    """Return something whose ``rPr`` is that of the paragraph mark, as Word measures by it."""
    found = paragraph.find(f"{W}pPr")
    return paragraph if found is None else found


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _parse(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(xml, parser)


@lru_cache(maxsize=8)
def _styles(raw: bytes | None) -> Styles:
    """Read a file's styles once; they are the template's, and no letter changes them."""
    return Styles.of(None if raw is None else _parse(raw), _faces())


@lru_cache(maxsize=1)
def _faces() -> Faces:
    listed = tomllib.loads(assets.read_text("templates", "fonts.toml"))
    plain, bold = (
        {name: tuple(families) for name, families in listed[kind].items()}
        for kind in ("faces", "bold")
    )
    return Faces(plain, bold)
