"""The words of pages as they were drawn, and where each of them stands, for the press's child alone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import pypdfium2
from pypdfium2 import raw

_LINE_END_HYPHENS: Final = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""What the decoder says for a hyphen at the end of a line."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points, from the page's upper left corner."""


class DrawnPage:
    """One page; ``words`` are its characters in the order in which they were drawn, without blanks."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        """Read the page once; valid as long as its document is open."""
        self._text = page.get_textpage()
        self.width, self.height = page.get_size()
        said = _said(self._text)
        self._places = [place for place, char in enumerate(said) if not char.isspace()]
        self.words = "".join(said.split())

    def box(self, place: int) -> Box:
        """Where a character of ``words`` stands, as tall as its line of type."""
        left, bottom, right, top = self._text.get_charbox(self._places[place], loose=True)
        return left, self.height - top, right, self.height - bottom


@contextmanager
def drawn_pages(pdf: bytes) -> Iterator[Sequence[DrawnPage]]:
    """Open a file and read the words of its pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        yield [DrawnPage(document[number]) for number in range(len(document))]


def _said(text: pypdfium2.PdfTextPage) -> str:
    """Return the characters of a page, one for each that can be asked for its place."""
    count = text.count_chars()
    said = str(text.get_text_range())
    if len(said) != count:  # one that has no Unicode is left out there
        said = "".join(chr(raw.FPDFText_GetUnicode(text, at) or 0x20) for at in range(count))
    return said.translate(_LINE_END_HYPHENS)
