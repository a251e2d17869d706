"""A page on its way into WeasyPrint by the short way, for the press's child process alone.

What our templates write is XML but for a few tags that HTML never closes, so the system's own
parser reads it some twenty times as fast as one that forgives everything; a style sheet is worked
out once for all pages that bear it. A page that is not written so goes the long way: the result is
the same.
"""

import re
from collections.abc import Sequence, Sized
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, XMLParser

import weasyprint
from typing_extensions import override
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

_SVG: Final = "http://www.w3.org/2000/svg"
_DOCTYPE: Final = re.compile(r"\s*<!doctype html>\s*", re.IGNORECASE)
_NEVER_CLOSED: Final = re.compile(r"<(meta|br|col|img|hr)\b([^<>]*?)/?>")
_BARE_SVG: Final = re.compile(r"<svg(?![^<>]*\bxmlns=)")
_USUAL_SHEET: Final = Path(weasyprint.__file__).parent / "css" / "html5_ua.css"
_NEVER_NEEDED: Final = re.compile(
    r"::|:is\(|\[dir|dd\[dir|@counter-style|  @(left|right|footnote|note|top-left-c|top-right-c"
    r"|bottom-left-c|bottom-right-c)"
)
"""What no page of ours has: notes, writing from the right, lists, words beside the page's text.

The marks of notes alone make six more styles for every element, the margins twelve for every page.
"""

_LONG_WAY: Final = re.compile(r"<!|<li|footnote|@left|@right|-corner")
_MOST_SHEETS: Final = 64
"""A sheet for each kind of paper, and one for each letter template."""


class _Page(HTML):  # type: ignore[misc]  # WeasyPrint is without types
    """A document whose tree is there already."""

    def __init__(self, root: Element, fetcher: URLFetcher) -> None:
        super().__init__(string="<html></html>", url_fetcher=fetcher)
        empty: Any = vars(self)["wrapper_element"]
        self.wrapper_element = empty.from_html_root(root, content_language=None)
        self.etree_element = root

    @override
    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_usual_sheet()]


class Pages:
    """Takes pages apart for WeasyPrint, with the fonts and the fetcher that all of them share."""

    def __init__(self, fetcher: URLFetcher, fonts: FontConfiguration, told: Sized) -> None:
        """``told`` grows with each warning: a sheet that causes one does so each time it is used."""
        self._fetcher, self._fonts, self._told = fetcher, fonts, told
        self._sheets: dict[str, CSS] = {}

    def rendered(self, html: str) -> Document:
        """Lay out ``html``."""
        root = tree_of(html)
        if root is None:
            page, sheets = HTML(string=html, url_fetcher=self._fetcher), list[CSS]()
        else:
            texts = () if _sized_drawing(root) else _taken_out(root)
            page, sheets = _Page(root, self._fetcher), [self._sheet(text) for text in texts]
        return page.render(font_config=self._fonts, stylesheets=sheets)

    def _sheet(self, text: str) -> CSS:
        known = self._sheets.get(text)
        if known is not None:
            return known
        before = len(self._told)
        sheet = CSS(string=text, url_fetcher=self._fetcher, font_config=self._fonts)
        if len(self._told) == before:
            if len(self._sheets) == _MOST_SHEETS:
                self._sheets.clear()
            self._sheets[text] = sheet
        return sheet


def tree_of(html: str) -> Element | None:
    """Return the tree of a page that needs nothing of the long way; None for any other."""
    body = _DOCTYPE.sub("", html, count=1)
    if not body.startswith("<html") or _LONG_WAY.search(body):
        return None
    parser = XMLParser()  # noqa: S314  our own text, in which nothing is declared
    try:
        parser.feed(_BARE_SVG.sub(f'<svg xmlns="{_SVG}"', _NEVER_CLOSED.sub(r"<\1\2/>", body)))
        root: Element = parser.close()
    except ParseError:
        return None
    return root


def _sized_drawing(root: Element) -> bool:
    """Whether a drawing has its size from an attribute, which a sheet taken out would not undo."""
    drawings = root.iter(f"{{{_SVG}}}svg")
    return any(drawing.get(side) for drawing in drawings for side in ("width", "height"))


def _taken_out(root: Element) -> Sequence[str]:
    head = root.find("head")
    if head is None:
        return ()
    styles = head.findall("style")
    for style in styles:
        head.remove(style)
    return [style.text or "" for style in styles]


@lru_cache(maxsize=1)
def _usual_sheet() -> CSS:
    """Return what a browser does with the tags of HTML, without what is never needed here."""
    lines = _USUAL_SHEET.read_text(encoding="utf-8").splitlines()
    return CSS(string="\n".join(line for line in lines if not _NEVER_NEEDED.match(line)))
