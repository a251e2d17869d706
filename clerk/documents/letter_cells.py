"""The cells of a Word table: where each stands, and over how many rows and columns it reaches."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from clerk.documents.letter_style import Properties, W, properties, switched_on


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


def cells_of(row: etree._Element) -> Row:
    """Return a row with its cells, each at its column of the grid."""

    def walk() -> Iterator[Cell]:
        column = 0
        for element in row.iterchildren(f"{W}tc"):
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
