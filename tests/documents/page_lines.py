"""The lines of a PDF as they stand on its pages, read by a decoder that made neither file."""

import ctypes
from dataclasses import dataclass

import pypdfium2

_MM_PER_POINT = 25.4 / 72
_SAME_LINE_MM = 1.3


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one baseline, without blanks; millimetres from the page's top left corner."""

    page: int
    x_mm: float
    y_mm: float
    text: str

    def stands_by(self, other: "Line", within_mm: float) -> bool:
        """Whether both are the same line at the same place."""
        near = abs(self.x_mm - other.x_mm) <= within_mm and abs(self.y_mm - other.y_mm) <= within_mm
        return near and (self.page, self.text) == (other.page, other.text)


def page_lines(pdf: bytes) -> list[list[Line]]:
    """The lines of each page, from top to bottom."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_lines(page, number) for number, page in enumerate(document, 1)]


def _lines(page: pypdfium2.PdfPage, number: int) -> list[Line]:
    height, text = page.get_height(), page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    placed: list[tuple[float, float, str]] = []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            pypdfium2.raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
            placed.append(((height - y.value) * _MM_PER_POINT, x.value * _MM_PER_POINT, character))
    lines: list[list[tuple[float, float, str]]] = []
    for one in sorted(placed):
        if lines and one[0] - lines[-1][0][0] < _SAME_LINE_MM:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [Line(number, min(x for _, x, _ in line), line[0][0], _across(line)) for line in lines]


def _across(line: list[tuple[float, float, str]]) -> str:
    return "".join(character for _, _, character in sorted(line, key=lambda one: one[1]))
