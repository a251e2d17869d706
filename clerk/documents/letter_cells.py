"""The cells of a Word table: where each stands, how far it reaches, and what it looks like."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from clerk.documents.letter_style import Properties, W, border_css, points, properties, switched_on
from clerk.values import dataclass

CELL_MARGIN_PT: Final = 5.4
_AROUND: Final = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml"))
_MARGIN: Final = re.compile(" ".join([r"margin:([^ ;]+)pt", *[r"([^ ;]+)pt"] * 3]))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``merge`` is ``restart``, ``continue`` or empty (vMerge)."""

    element: etree._Element
    column: int
    span: int
    merge: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its properties."""

    found: Properties
    cells: tuple[Cell, ...]


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, those in a content control too."""
    return _held(table, f"{W}tr")


def _held(around: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in around.iterchildren("*"):
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _held(child, tag)


def cells_of(row: etree._Element) -> Row:
    """Return a row with its cells, each at its column of the grid."""

    def walk() -> Iterator[Cell]:
        column = 0
        for element in _held(row, f"{W}tc"):
            found = properties(element.find(f"{W}tcPr"))
            span = int(found.get("gridSpan", {}).get("val", "1"))
            merge = found["vMerge"].get("val", "continue") if "vMerge" in found else ""
            yield Cell(element, column, span, merge)
            column += span

    return Row(properties(row.find(f"{W}trPr")), tuple(walk()))


def rows_down(rows: list[Row], index: int, cell: Cell) -> int:
    """Return over how many rows a vertically merged cell reaches."""
    down = 1
    if cell.merge == "restart":
        for below in rows[index + 1 :]:
            same = [c for c in below.cells if c.column == cell.column and c.merge == "continue"]
            if not same:
                break
            down += 1
    return down


def kept_with_next(row: Row) -> bool:
    """Whether a row stays on the page of the next one: where its paragraphs ask for it."""
    paragraphs = [one for cell in row.cells for one in cell.element.iterchildren(f"{W}p")]
    return bool(paragraphs) and all(
        switched_on(properties(one.find(f"{W}pPr")), "keepNext") for one in paragraphs
    )


def cell_css(
    rows: list[Row], index: int, cell: Cell, columns: int, borders: Properties
) -> tuple[int, str]:
    """Return over how many rows a cell of this row reaches, and its CSS."""
    down = rows_down(rows, index, cell)
    outer = {
        "top": index == 0,
        "bottom": index + down == len(rows),
        "left": cell.column == 0,
        "right": cell.column + cell.span == columns,
    }
    own = properties(cell.element.find(f"{W}tcPr/{W}tcBorders"))
    found = properties(cell.element.find(f"{W}tcPr"))
    at = {"center": "middle", "bottom": "bottom"}.get(found.get("vAlign", {}).get("val", ""), "top")
    # WORKAROUND WeasyPrint: a row of its own height grows by all of a cell that ends in it,
    # also by what reaches over the rows above; so the height is its cells', not the row's
    height = points(rows[index].found.get("trHeight", {}).get("val", "0")) if down == 1 else 0
    parts = (
        border_css(borders, outer),
        border_css(own),
        f"vertical-align:{at}",
        f"height:{height:g}pt" if height else "",
    )
    return down, ";".join(part for part in parts if part)


def sole_paragraph(cell: Cell) -> etree._Element | None:
    """Return the paragraph of a cell that has one and nothing else, and nothing placed by it."""
    inside = [one for one in cell.element.iterchildren("*") if one.tag != f"{W}tcPr"]
    if len(inside) != 1 or inside[0].tag != f"{W}p":
        return None
    placed = any(True for _ in inside[0].iter("{*}anchor", f"{W}pict"))
    return None if placed else inside[0]


def as_cell_css(css: str) -> str:
    """Return the CSS of a sole paragraph as its cell's, a box less to lay out; empty where it cannot.

    Its distances become the cell's, which has none below zero, and breaks are between blocks only.
    """
    found = _MARGIN.search(css)
    if found is None or "break-" in css:
        return ""
    above, right, below, left = map(float, found.groups())
    if min(above, right, below, left) < 0:
        return ""
    beside = f"{right + CELL_MARGIN_PT:g}pt {below:g}pt {left + CELL_MARGIN_PT:g}pt"
    return f"{css[: found.start()]}padding:{above:g}pt {beside}{css[found.end() :]}"
