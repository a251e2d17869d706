"""What of a letter template cannot hold its longest real value: rows and boxes of a fixed height."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lxml import etree

from clerk.documents.letter_fields import by_mark
from clerk.documents.letter_marks import MARK, MarkKind, W, read_mark, said
from clerk.documents.letter_vml import sizes_of

_TWIPS_OF_POINT: Final = 20
_HALF_POINTS: Final = 2
_EMU_PER_TWIP: Final = 635
_SHOWN_CHARACTERS: Final = 24
_USUAL_SIZE: Final = 21
"""五号, in half points: what Word takes where nothing is said."""
_INNER_TWIPS: Final = 216
"""The inner margins of a cell, left and right together."""
_BOX_INNER_TWIPS: Final = (288, 144)
"""The usual inner margins of a text box, across and down."""


def overflowing(filled: Mapping[str, etree._Element]) -> Iterator[str]:
    """Yield the words of rows and boxes that cannot hold the longest values of their marks.

    Word cuts off what does not fit an exact height; what may grow holds everything.
    """
    for root in filled.values():
        for row in root.iter(f"{W}tr"):
            height = row.find(f"{W}trPr/{W}trHeight")
            if height is not None and height.get(f"{W}hRule") == "exact":
                room = int(height.get(f"{W}val", "0"))
                yield from _too_much(_cells(row), room)
        for shape in root.iter("{*}wsp"):
            box = next(shape.iter(f"{W}txbxContent"), None)
            size = next((one for one in shape.iter("{*}ext") if one.get("cx")), None)
            if box is None or size is None or next(shape.iter("{*}spAutoFit"), None) is not None:
                continue
            across, down = (int(size.get(side, "0")) // _EMU_PER_TWIP for side in ("cx", "cy"))
            yield from _too_much([(box, across - _BOX_INNER_TWIPS[0])], down - _BOX_INNER_TWIPS[1])
        for box, *sides in sizes_of(root):
            across, down = (round(side * _TWIPS_OF_POINT) for side in sides)
            yield from _too_much([(box, across - _BOX_INNER_TWIPS[0])], down - _BOX_INNER_TWIPS[1])


def _cells(row: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Yield the cells of a row, each with the twips a line has in it."""
    for cell in row.iterchildren(f"{W}tc"):
        width = cell.find(f"{W}tcPr/{W}tcW")
        yield cell, int(width.get(f"{W}w", "0")) - _INNER_TWIPS if width is not None else 0


def _too_much(boxes: Iterable[tuple[etree._Element, int]], room: int) -> Iterator[str]:
    for box, across in boxes:
        paragraphs = list(box.iterchildren(f"{W}p"))
        if sum(_height_of(one, across) for one in paragraphs) > room:
            yield "".join(map(said, paragraphs))[:_SHOWN_CHARACTERS]


def _height_of(paragraph: etree._Element, across: int) -> int:
    """Return the twips that a paragraph takes with the longest values; a character is a square."""
    size = max(
        (int(one.get(f"{W}val", "0")) for one in paragraph.iter(f"{W}sz")), default=_USUAL_SIZE
    )
    square = size * _TWIPS_OF_POINT // _HALF_POINTS
    filled = MARK.sub(lambda mark: "M" * _longest(mark[1]), said(paragraph))
    return -(-len(filled) // max(across // square, 1)) * square


def _longest(inside: str) -> int:
    mark = read_mark(inside)
    if mark.kind in {MarkKind.PART, MarkKind.END}:
        return 0
    known = by_mark().get(mark.path)
    return 1 if mark.kind is MarkKind.CHECK else known.longest if known else 0
