"""A filled letter as HTML for the press, translated from the docx itself.

There is no second copy of a letter's wording: paragraphs, runs, tables, headers and footers are
taken over one by one. What this translation does not know is left out *and named* in
``unsupported``, so that nobody signs a page that silently lacks something.
"""

import io
import posixpath
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from clerk.documents.letter_boxes import TextBox, box_in
from clerk.documents.letter_cells import (
    CELL_MARGIN_PT,
    Cell,
    Row,
    as_cell_css,
    cell_css,
    cells_of,
    kept_with_next,
    rows_of,
    sole_paragraph,
)
from clerk.documents.letter_codes import FieldCodes
from clerk.documents.letter_faces import styles_of
from clerk.documents.letter_marks import said, standing_in
from clerk.documents.letter_numbering import Number, Numbering
from clerk.documents.letter_package import read_part
from clerk.documents.letter_page import (
    BASE_CSS,
    WORD_2013,
    compatibility,
    grid_pt,
    page_counter,
    page_css,
    text_area,
)
from clerk.documents.letter_pictures import Picture, picture_html, picture_in, sole_sign_place
from clerk.documents.letter_shapes import Wrap
from clerk.documents.letter_spacing import AUTO_SPACE_CSS, break_css, spaced
from clerk.documents.letter_style import (
    Properties,
    Styles,
    W,
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
from clerk.documents.letter_symbols import sign_of
from clerk.documents.letter_vml import shape_in
from clerk.documents.marks import mark_of
from clerk.domain.errors import PaperTrouble
from clerk.domain.paper_signature import SIGN_PLACE

_DOCUMENT = "word/document.xml"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_IGNORED = frozenset(
    "proofErr bookmarkStart bookmarkEnd lastRenderedPageBreak rPr pPr tblPr tblGrid trPr tcPr "
    "tblPrEx sectPr instrText fldChar softHyphen noBreakHyphen commentRangeStart commentRangeEnd "
    "sdtPr sdtEndPr permStart permEnd".split()
)
_INTO = frozenset("sdt sdtContent smartTag hyperlink ins customXml fldSimple".split())
_AFTER = {"tab": "", "space": " ", "nothing": ""}
_BREAK = '<br style="break-after:page">'


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
        document = read_part(parts[_DOCUMENT])
        return _Translation(parts).page(document)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise PaperTrouble(
            "承诺书文件已损坏，不能生成 PDF，办件未改动。请重新生成承诺书"
        ) from error


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
    codes: FieldCodes = field(default_factory=FieldCodes)
    indents: list[float] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    area: tuple[float, float] = (0, 0)
    part: str = _DOCUMENT
    sign_places: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.styles = styles_of(self.parts.get("word/styles.xml"))
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
        self.area = text_area(section)
        self.sign_places = sole_sign_place(document)
        around = "".join(
            f'<div class="{name}">{shown}</div>'
            for name, kind in (("head", "header"), ("foot", "footer"))
            if (shown := self._aside(section, kind))
        )
        content = around + self.blocks(body)
        looks = "".join(f".{name}{{{css}}}" for css, name in self.looks.items())
        html = (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            f"<style>{BASE_CSS}{AUTO_SPACE_CSS}{page_css(section)}{looks}</style></head><body>{content}</body></html>"
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
        inner, css = self._laid(paragraph)
        look = self._look(css)
        if _holds_box(paragraph):  # a paragraph of HTML ends where another begins
            return f'<div class="p anchor {look}">{inner}</div>'
        return f'<p class="{look}">{inner}</p>'

    def _laid(self, paragraph: etree._Element) -> tuple[str, str]:
        """Return what stands in a paragraph, and its CSS."""
        found = self.styles.paragraph(paragraph, self.tables[-1] if self.tables else "")
        found = without_spacing_between(paragraph, found)
        number = self._number(found)
        if number is not None:
            own = properties(paragraph.find(f"{W}pPr"))
            found = merged(found, number.paragraph, {"ind": own["ind"]} if "ind" in own else {})
        style = found.get("pStyle", {}).get("val", "")
        mark = self.styles.run(_mark_run(paragraph), style)
        size = size_of(mark)
        css = self.styles.run_css({k: v for k, v in mark.items() if k in {"rFonts", "sz"}})
        self.indents.append(_indent_pt(found))
        self.fonts.append(css)
        self.before.append("")
        inner = "".join(self._inline(child, style) for child in paragraph.iterchildren("*"))
        inner = self.before.pop() + inner
        self.indents.pop()
        self.fonts.pop()
        if number is not None:
            look = self._look(self.styles.run_css(mark) + number_css(found, number.suffix))
            inner = (
                f'<span class="{look}">{escape(number.text)}{_AFTER[number.suffix]}</span>{inner}'
            )
        lowered = exact_line_css(found, size)
        if lowered:
            inner = f'<span class="{self._look(lowered)}">{inner}</span>'
        runs = standing_in(paragraph, f"{W}r")
        largest = max((size_of(self.styles.run(run, style)) for run in runs), default=size)
        css += break_css(said(paragraph))
        return inner, f"{css};{paragraph_css(found, size, self.grid_pt, largest)}"

    def _number(self, found: Properties) -> Number | None:
        """Return the number a paragraph bears; signs of a symbol face are told, none is lost."""
        list_id, level = (found.get(name, {}).get("val", "0") for name in ("numId", "ilvl"))
        number = self.numbering.next(list_id, int(level))
        if number is not None and any(unicodedata.category(sign) == "Co" for sign in number.text):
            self.unsupported["bullet"] = None
        return number

    def _inline(self, element: etree._Element, style: str) -> str:
        match _local(element):
            case "r":
                return self._run(element, style)
            case "fldSimple":
                counter = page_counter(str(element.get(f"{W}instr", "")))
                return counter or "".join(
                    self._inline(child, style) for child in element.iterchildren("*")
                )
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
        css = self.styles.run_css(found)
        own = css != self.fonts[-1]  # the fewer spans, the sooner it is laid out
        return f'<span class="{self._look(css)}">{inner}</span>' if own else inner

    def _piece(self, element: etree._Element) -> str:
        match _local(element):
            case "fldChar":
                return self.codes.read(str(element.get(f"{W}fldCharType")))
            case "instrText":
                self.codes.instruct(element.text or "")
                return ""
            case "t":
                return "" if self.codes.hide() else spaced(escape(element.text or ""))
            case "tab":
                return "\t"
            case "drawing":
                return self._shape(element, box_in(element) or picture_in(element))
            case "pict":
                return self._shape(element, shape_in(element))
            case "AlternateContent":
                return "".join(self._piece(one) for one in element.iterfind("{*}Choice/*"))
            case "sym" if sign_of(element):
                return sign_of(element)
            case "br":
                return _BREAK if element.get(f"{W}type") == "page" else "<br>"
            case name:
                self._leave_out(name)
                return ""

    def _shape(self, drawing: etree._Element, found: TextBox | Picture | None) -> str:
        """Return a picture or a text box; one that cannot be drawn is reported."""
        margin, across = self.area
        placed = None if found is None else found.place.css(margin, across, self.indents[-1])
        shown = ""
        if isinstance(found, TextBox) and placed is not None:
            look = self._look(f"{found.css};{placed}")
            shown = f'<div class="{look}">{self.blocks(found.content)}</div>'
        elif isinstance(found, Picture) and placed is not None:
            shown = picture_html(found, self._content)
            if found.name in self.sign_places:
                return f'<a href="{mark_of(SIGN_PLACE)}">{shown}</a>'
            if shown and found.place.wrap is not Wrap.IN_LINE:
                shown = f'<span class="{self._look(placed)}">{shown}</span>'
        if not shown:
            text = drawing.find(f".//{W}txbxContent")
            self.unsupported["drawing" if text is None else "textBox"] = None
        if found is None or not found.place.before_text:
            return shown
        self.before[-1] += shown
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
        rows = [cells_of(row) for row in rows_of(table)]
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
            indent -= CELL_MARGIN_PT
        return f"margin-left:{indent:g}pt;" if indent else ""

    def _row(self, rows: list[Row], index: int, columns: int, borders: Properties) -> str:
        cells = "".join(
            self._cell(rows, index, cell, columns, borders)
            for cell in rows[index].cells
            if cell.merge != "continue"
        )
        kept = ";break-after:avoid" if kept_with_next(rows[index]) else ""
        return f'<tr class="{self._look("break-inside:avoid" + kept)}">{cells}</tr>'

    def _cell(
        self, rows: list[Row], index: int, cell: Cell, columns: int, borders: Properties
    ) -> str:
        down, css = cell_css(rows, index, cell, columns, borders)
        sole = sole_paragraph(cell)
        if sole is None or _holds_box(sole):
            inner = self.blocks(cell.element)
        else:
            inner, own = self._laid(sole)
            merged_css = as_cell_css(own) if inner else ""
            if merged_css:
                css = f"{merged_css};{css}"
            else:
                inner = f'<p class="{self._look(own)}">{inner}</p>'
        return f'<td colspan="{cell.span}" rowspan="{down}" class="{self._look(css)}">{inner}</td>'

    def _aside(self, section: etree._Element | None, kind: str) -> str:
        """Return the header or footer of every page; other pages' own are reported."""
        if section is None:
            return ""
        found = ""
        for reference in section.iterchildren(f"{W}{kind}Reference"):
            if reference.get(f"{W}type") == "default":
                found = self._target(str(reference.get(f"{_R}id")))
            elif reference.get(f"{W}type") == "even" or section.find(f"{W}titlePg") is not None:
                self.unsupported[f"{kind} {reference.get(f'{W}type')}"] = None
        if not found:
            return ""
        self.part = found
        html = self.blocks(read_part(self.parts[found]))
        self.part = _DOCUMENT
        return html

    def _content(self, relation: str) -> bytes | None:
        """Return what the part in hand means by a relation."""
        return self.parts.get(self._target(relation))

    def _target(self, relation: str) -> str:
        """Return the part that the part in hand means by a relation; empty where it has none."""
        folder, name = posixpath.split(self.part)
        for link in read_part(self.parts.get(f"{folder}/_rels/{name}.rels", b"<none/>")):
            if link.get("Id") == relation:
                return posixpath.normpath(posixpath.join("word", str(link.get("Target"))))
        return ""

    def _leave_out(self, name: str) -> None:
        if name not in _IGNORED:
            self.unsupported[name] = None


def _holds_box(paragraph: etree._Element) -> bool:
    """Whether something stands in a paragraph, or hangs on it, that is no text in its line."""
    return any(True for _ in paragraph.iter(f"{W}txbxContent", f"{W}pict", "{*}anchor"))


def _mark_run(paragraph: etree._Element) -> etree._Element:
    """Return something whose ``rPr`` is that of the paragraph mark, as Word measures by it."""
    found = paragraph.find(f"{W}pPr")
    return paragraph if found is None else found


def _indent_pt(found: Properties) -> float:
    indent = found.get("ind", {})
    return points(indent.get("left", indent.get("start", "0")))


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
