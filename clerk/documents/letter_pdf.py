"""A filled letter as HTML for the press, translated from the docx itself.

There is no second copy of a letter's wording: paragraphs, runs, tables, headers and footers are
taken over one by one. What this translation does not know is left out *and named* in
``unsupported``, so that nobody signs a page that silently lacks something.
"""

import io
import posixpath
import tomllib
import unicodedata
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from lxml import etree

from clerk import assets
from clerk.documents.letter_cells import Cell, Row, cells_of, rows_down
from clerk.documents.letter_numbering import Number, Numbering
from clerk.documents.letter_package import read_part
from clerk.documents.letter_page import WORD_2013, compatibility, grid_pt, page_counter, page_css
from clerk.documents.letter_pictures import media_of, picture_in
from clerk.documents.letter_style import (
    Faces,
    Properties,
    Styles,
    W,
    border_css,
    exact_line_css,
    merged,
    number_css,
    paragraph_css,
    points,
    properties,
    size_of,
    switched_on,
    widths_css,
    without_spacing_between,
)
from clerk.domain.errors import PaperTrouble

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_IGNORED = frozenset(
    "proofErr bookmarkStart bookmarkEnd lastRenderedPageBreak rPr pPr tblPr tblGrid trPr tcPr "
    "tblPrEx sectPr instrText fldChar softHyphen noBreakHyphen commentRangeStart commentRangeEnd "
    "sdtPr sdtEndPr permStart permEnd".split()
)
_INTO = frozenset("sdt sdtContent smartTag hyperlink ins customXml fldSimple".split())
_CELL_MARGIN_PT = 5.4
_AFTER = {"tab": "", "space": " ", "nothing": ""}
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
        document = read_part(parts["word/document.xml"])
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
    numbering: Numbering = field(init=False)
    old_tables: bool = field(init=False)
    unsupported: dict[str, None] = field(default_factory=dict)
    looks: dict[str, str] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)
    grid_pt: float = 0
    codes: list[_FieldCode] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.styles = _styles(self.parts.get("word/styles.xml"))
        lists = self.parts.get("word/numbering.xml")
        self.numbering = Numbering.of(None if lists is None else read_part(lists))
        self.old_tables = compatibility(self.parts.get("word/settings.xml")) < WORD_2013

    def page(self, document: etree._Element) -> LetterPage:
        body = document.find(f"{W}body")
        if body is None:
            raise KeyError("w:body")
        sections = list(body.iter(f"{W}sectPr"))
        if len(sections) > 1:
            self.unsupported["sections"] = None
        section = sections[-1] if sections else None
        self.grid_pt = grid_pt(section)
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
            f"<style>{_BASE_CSS}{page_css(section)}{looks}</style></head><body>{content}</body></html>"
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
        found = self.styles.paragraph(paragraph, self.tables[-1] if self.tables else "")
        found = without_spacing_between(paragraph, found)
        number = self._number(found)
        if number is not None:
            own = properties(paragraph.find(f"{W}pPr"))
            found = merged(found, number.paragraph, {"ind": own["ind"]} if "ind" in own else {})
        style = found.get("pStyle", {}).get("val", "")
        mark = self.styles.run(_mark_run(paragraph), style)
        size = size_of(mark)
        css = f"{self.styles.run_css({k: v for k, v in mark.items() if k in {'rFonts', 'sz'}})}"
        inner = "".join(self._inline(child, style) for child in paragraph.iterchildren("*"))
        if number is not None:
            look = self._look(self.styles.run_css(mark) + number_css(found, number.suffix))
            inner = (
                f'<span class="{look}">{escape(number.text)}{_AFTER[number.suffix]}</span>{inner}'
            )
        lowered = exact_line_css(found, size)
        if lowered:
            inner = f'<span class="{self._look(lowered)}">{inner}</span>'
        largest = max((self._size(run, style) for run in paragraph.iter(f"{W}r")), default=size)
        look = self._look(f"{css};{paragraph_css(found, size, self.grid_pt, largest)}")
        return f'<p class="{look}">{inner}</p>'

    def _number(self, found: Properties) -> Number | None:
        """Return the number a paragraph bears; signs of a symbol face are told, none is lost."""
        list_id, level = (found.get(name, {}).get("val", "0") for name in ("numId", "ilvl"))
        number = self.numbering.next(list_id, int(level))
        if number is not None and any(unicodedata.category(sign) == "Co" for sign in number.text):
            self.unsupported["bullet"] = None
        return number

    def _size(self, run: etree._Element, style: str) -> float:
        return size_of(self.styles.run(run, style))

    def _inline(self, element: etree._Element, style: str) -> str:
        match _local(element):
            case "r":
                return self._run(element, style)
            case "fldSimple":
                counter = page_counter(str(element.get(f"{W}instr", "")))
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
                hidden = any(
                    code.in_result and page_counter(code.instruction) for code in self.codes
                )
                return "" if hidden else escape(element.text or "")
            case "tab":
                return "\t"
            case "drawing":
                return self._picture(element)
            case "br":
                return _BREAK if element.get(f"{W}type") == "page" else "<br>"
            case name:
                self._leave_out(name)
                return ""

    def _picture(self, drawing: etree._Element) -> str:
        """Return a picture that stands in the line; one that floats is reported."""
        found = picture_in(drawing)
        content = None if found is None else self.parts.get(self._target(found.relation))
        if found is None or content is None or media_of(content) is None:
            self.unsupported["drawing"] = None
            return ""
        encoded = b64encode(content).decode()
        return (
            f'<img style="width:{found.width_pt:g}pt;height:{found.height_pt:g}pt" alt=""'
            f' src="data:{media_of(content)};base64,{encoded}">'
        )

    def _field_char(self, kind: str) -> str:
        if kind == "begin":
            self.codes.append(_FieldCode())
        elif kind == "separate" and self.codes:
            self.codes[-1].in_result = True
        elif kind == "end" and self.codes:
            return page_counter(self.codes.pop().instruction)
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
        rows = [cells_of(row) for row in table.iterchildren(f"{W}tr")]
        self.tables.append(found.get("tblStyle", {}).get("val", ""))
        html = [self._row(rows, index, len(widths), borders) for index in range(len(rows))]
        self.tables.pop()
        heads = 0
        while heads < len(rows) and switched_on(rows[heads].found, "tblHeader"):
            heads += 1
        align = self._table_place(found)
        return (
            f'<table style="{align}width:{sum(widths):g}pt"><colgroup>{widths_css(widths)}</colgroup>'
            f"<thead>{''.join(html[:heads])}</thead><tbody>{''.join(html[heads:])}</tbody></table>"
        )

    def _table_place(self, found: Properties) -> str:
        """Where a table stands; before Word 2013 its text, not its line, begins at the margin."""
        if found.get("jc", {}).get("val") == "center":
            return "margin:0 auto;"
        indent = points(found.get("tblInd", {}).get("w", "0"))
        if self.old_tables:
            indent -= _CELL_MARGIN_PT
        return f"margin-left:{indent:g}pt;" if indent else ""

    def _row(self, rows: list[Row], index: int, columns: int, borders: Properties) -> str:
        cells = "".join(
            self._cell(rows, index, cell, columns, borders)
            for cell in rows[index].cells
            if cell.merge != "continue"
        )
        return f'<tr class="{self._look("break-inside:avoid")}">{cells}</tr>'

    def _cell(
        self, rows: list[Row], index: int, cell: Cell, columns: int, borders: Properties
    ) -> str:
        down = rows_down(rows, index, cell)
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
        # WORKAROUND WeasyPrint: a row of its own height grows by all of a cell that ends in it,
        # also by what reaches over the rows above; so the height is its cells', not the row's
        height = points(rows[index].found.get("trHeight", {}).get("val", "0")) if down == 1 else 0
        css = ";".join(
            part
            for part in (
                border_css(borders, outer),
                border_css(own),
                f"vertical-align:{at}",
                f"height:{height:g}pt" if height else "",
            )
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
        name = self._target(relation)
        return read_part(self.parts[name]) if name else None

    def _target(self, relation: str) -> str:
        """Return the part that the document means by a relation; empty where it has none."""
        for link in read_part(self.parts.get("word/_rels/document.xml.rels", b"<none/>")):
            if link.get("Id") == relation:
                return posixpath.normpath(posixpath.join("word", str(link.get("Target"))))
        return ""

    def _leave_out(self, name: str) -> None:
        if name not in _IGNORED:
            self.unsupported[name] = None


def _mark_run(paragraph: etree._Element) -> etree._Element:
    """Return something whose ``rPr`` is that of the paragraph mark, as Word measures by it."""
    found = paragraph.find(f"{W}pPr")
    return paragraph if found is None else found


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


@lru_cache(maxsize=8)
def _styles(raw: bytes | None) -> Styles:
    """Read a file's styles once; they are the template's, and no letter changes them."""
    return Styles.of(None if raw is None else read_part(raw), _faces())


@lru_cache(maxsize=1)
def _faces() -> Faces:
    listed = tomllib.loads(assets.read_text("templates", "fonts.toml"))
    plain, bold = (
        {name: tuple(families) for name, families in listed[kind].items()}
        for kind in ("faces", "bold")
    )
    return Faces(plain, bold)
