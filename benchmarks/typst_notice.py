"""The peer: typst prints the words of our own page, its tables and drawings, in the same faces."""

import re
import subprocess
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, tostring

import typst

from clerk.documents.notice_html import html_for
from clerk.documents.press_page import tree_of
from clerk.domain.papers import Paper

FACES: Final = ("AR PL SungtiL GB", "Noto Serif CJK SC:bold")
_SVG: Final = "{http://www.w3.org/2000/svg}svg"
_PAGE: Final = """
#set page(paper: "a4", margin: (x: 24mm, top: 16mm, bottom: 14mm), footer: context text(9pt)[
  #h(1fr) 第 #counter(page).display() 页，共 #counter(page).final().first() 页])
#set text(font: ("AR PL SungtiL GB", "Noto Serif CJK SC"), size: 14pt, lang: "zh")
#set par(leading: 9pt, spacing: 9pt)
#set table(inset: (x: 2mm, y: .9mm), stroke: .6pt)
"""
_BOLD: Final = 'weight: 700, font: "Noto Serif CJK SC"'
_WIDTH: Final = re.compile(r"width:([\d.]+mm)")
_SPECIAL: Final = re.compile(r'(["\\])')


class TypstNotice:
    """A compiler that knows where the faces lie and prints one paper after the other."""

    def __init__(self) -> None:
        folders = typst.Fonts(
            include_system_fonts=False, font_paths=[str(_folder_of(face)) for face in FACES]
        )
        self._compiler = typst.Compiler(b"", font_paths=folders)

    def print_paper(self, paper: Paper) -> bytes:
        """Return the paper as PDF, from its values on, as the press does."""
        made = self._compiler.compile(input=source_of(html_for(paper)).encode())
        if not isinstance(made, bytes):
            raise TypeError(made)
        return made


def texts_of(html: str) -> list[str]:
    """Return every piece of text of a page's body, without spaces and without what is drawn."""
    return [text for text in _pieces(_body(html)) if text]


def source_of(html: str) -> str:
    """Return a page of ours as typst."""
    return _PAGE + "".join(_block(child) for child in _body(html))


def _body(html: str) -> Element:
    root = tree_of(html)
    body = None if root is None else root.find("body")
    if body is None:
        raise AssertionError("this is no page of ours")
    return body


def _pieces(element: Element) -> Iterator[str]:
    if element.tag != _SVG:
        yield "".join((element.text or "").split())
        for child in element:
            yield from _pieces(child)
            yield "".join((child.tail or "").split())


def _block(element: Element) -> str:
    match element.tag:
        case "table":
            return _table(element)
        case "h1":
            return f"#align(center, text(25pt, {_BOLD})[{_words(element)}])\n\n"
        case "div" if any(child.tag in {"p", "div", "table", _SVG} for child in element):
            inner = "".join(f"{_block(child)}{_shown(child.tail)}\n\n" for child in element)
            return f"{_shown(element.text)}\n\n{inner}"
        case tag if tag == _SVG:
            drawn = _string(_drawing(element))
            return f'#image(bytes({drawn}), format: "svg", width: 25mm)\n\n'
    return f"{_words(element)}\n\n"


def _table(table: Element) -> str:
    rows = list(table.iter("tr"))
    columns = max(sum(int(cell.get("colspan", "1")) for cell in row) for row in rows)
    widths = [_WIDTH.search(column.get("style", "")) for column in table.iter("col")]
    told = [width[1] if width else "1fr" for width in widths] or ["1fr"] * columns
    cells = "".join(
        f"table.cell(colspan: {cell.get('colspan', '1')})[{_words(cell)}],"
        for row in rows
        for cell in row
    )
    return f"#text(12pt, table(columns: ({', '.join(told)}), {cells}))\n\n"


def _words(element: Element) -> str:
    """Return what stands in an element on one line after the other."""
    told = [_shown(element.text)]
    for child in element:
        told.append("#linebreak()" if child.tag == "br" else _words(child))
        told.append(_shown(child.tail))
    return "".join(told)


def _shown(text: str | None) -> str:
    words = " ".join((text or "").split())
    return f"#{_string(words)};" if words else ""


def _string(text: str) -> str:
    return '"' + _SPECIAL.sub(r"\\\1", text) + '"'


def _drawing(drawing: Element) -> str:
    alone = copy(drawing)
    alone.tail = None
    return tostring(alone, encoding="unicode").replace("ns0:", "").replace(":ns0", "")


def _folder_of(face: str) -> Path:
    """Return the folder in which a face lies."""
    told = subprocess.run(
        ("fc-match", "-f", "%{file}", face),  # noqa: S607  where it lies differs
        capture_output=True,
        check=True,
    )
    return Path(told.stdout.decode()).parent
