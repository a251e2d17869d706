"""The blue ground below quoted values on a page, painted on the screen only."""

from collections.abc import Sequence
from typing import Final

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QColor, QPainter, QPen

from clerk.ui import tokens
from clerk.values import dataclass

PICTURE_WIDTH: Final = 1240
"""How wide pages should be asked for: A4 at 150 dots per inch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMark:
    """Where a filled value stands; the first page is 0, lengths are parts of the page's own."""

    page: int
    left: float
    top: float
    width: float
    height: float
    name: str = ""


def place_of(mark: PageMark, page: QRectF) -> QRectF:
    """Return where a mark lies on a page that lies there."""
    return QRectF(
        page.left() + mark.left * page.width(),
        page.top() + mark.top * page.height(),
        mark.width * page.width(),
        mark.height * page.height(),
    )


def paint_marks(painter: QPainter, marks: Sequence[PageMark], page: QRectF, marked: str) -> None:
    """A blue ground that leaves the letters black; paper is light in both themes.

    The mark named ``marked`` is set off with a frame.
    """
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for mark in marks:
        place = place_of(mark, page)
        painter.fillRect(place, QColor(tokens.LIGHT["accentS"]))
        if mark.name and mark.name == marked:
            painter.setPen(QPen(QColor(tokens.LIGHT["accent"]), 2))
            painter.drawRect(place)
    painter.restore()
