"""How the cells of a table are painted, with everything that can be kept from the last time.

A table is painted whole at every step of the cursor, so what costs is kept: the laid-out words by
text, size and room, the pictures of chips and bars by what they show.
"""

from enum import Enum
from functools import lru_cache
from typing import Final

from PyQt6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPixmap, QStaticText

from clerk.ui import icons, paint_chips, theme
from clerk.ui.chips import (
    CHIP_LOOKS,
    CellSpec,
    ChipLook,
    ChipSpec,
    DeadlineSpec,
    LinesSpec,
    SourceSpec,
)
from clerk.values import dataclass

_KEPT_TEXTS: Final = 2048
_KEPT_PICTURES: Final = 256
_LEAST: Final = 24
_TITLE_BESIDE_CHIP: Final = 64


class Side(Enum):
    """Where in its box a text stands."""

    LEFT = "left"
    RIGHT = "right"
    MIDDLE = "middle"

    @classmethod
    def of(cls, align: Qt.AlignmentFlag) -> "Side":
        """The side that Qt's ``align`` means."""
        if align & Qt.AlignmentFlag.AlignRight:
            return cls.RIGHT
        return cls.MIDDLE if align & Qt.AlignmentFlag.AlignHCenter else cls.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell shows: a spec, or without one its text in ``tone``."""

    text: str
    spec: CellSpec | None = None
    tone: str = "t1"
    side: Side = Side.LEFT


@dataclass(frozen=True, slots=True)
class Look:
    """What a kept picture depends on besides its content."""

    scale: theme.Scale
    dark: bool
    ratio: float


class Brush:
    """A painter that is told only what differs from before."""

    def __init__(self, painter: QPainter, look: Look) -> None:
        self.painter, self.look = painter, look
        self._font: tuple[int, bool] | None = None
        self._tone = ""

    def write(
        self,
        box: QRect,
        text: str,
        size: int,
        tone: str,
        *,
        bold: bool = False,
        side: Side = Side.LEFT,
    ) -> int:
        """Write one line into ``box``, cut off where it does not fit; return its width."""
        words, width, height = _laid_out(text, size, bold, box.width(), self.look.scale)
        if self._font != (size, bold):
            self._font = (size, bold)
            self.painter.setFont(theme.font(size, bold))
        if self._tone != tone:
            self._tone = tone
            self.painter.setPen(theme.color(tone))
        left = box.left()
        if side is Side.RIGHT:
            left += box.width() - width
        elif side is Side.MIDDLE:
            left += (box.width() - width) // 2
        self.painter.drawStaticText(left, box.top() + (box.height() - height) // 2, words)
        return width

    def forget(self) -> None:
        """Something else has used the painter."""
        self._font, self._tone = None, ""


class CellPainter:
    """Paints the cells of a table, or of one of its columns, at a size of text."""

    def __init__(self, size: int = 13) -> None:
        self._size = size

    def paint(self, brush: Brush, box: QRect, cell: Cell) -> None:
        """Paint ``cell`` into ``box``; the ground of its row is there already."""
        match cell.spec:
            case None:
                if cell.text:
                    brush.write(box, cell.text, self._size, cell.tone, side=cell.side)
            case LinesSpec() as lines:
                self._paint_lines(brush, box, lines)
            case ChipSpec() as chip:
                _paint_chip(brush, box, chip)
            case DeadlineSpec() as deadline:
                _paint_deadline(brush, box, deadline)
            case SourceSpec() as source:
                _paint_source(brush, box, source)

    def _paint_lines(self, brush: Brush, box: QRect, spec: LinesSpec) -> None:
        size = 14 if not spec.beside or self._size > 13 else self._size
        if spec.chip is not None:
            wide = paint_chips.chip_size(spec.chip).width()
            at = box.right() - wide
            if at - box.left() >= theme.px(_TITLE_BESIDE_CHIP):
                _paint_chip(brush, box.adjusted(at - box.left(), 0, 0, 0), spec.chip)
                box = box.adjusted(0, 0, -wide - theme.px(8), 0)
        if not spec.sub:
            brush.write(box, spec.title, size, "t1", bold=spec.bold)
        elif spec.beside:
            used = brush.write(box, spec.title, size, "t1", bold=spec.bold) + theme.px(10)
            left = box.adjusted(min(used, box.width()), 0, 0, 0)
            if left.width() >= theme.px(_LEAST):  # an ellipsis alone says nothing
                brush.write(left, spec.sub, 12, "t3")
        else:
            middle = box.top() + box.height() // 2 + theme.px(2)
            upper = QRect(box.left(), middle - theme.px(20), box.width(), theme.px(20))
            brush.write(upper, spec.title, size, "t1", bold=spec.bold)
            lower = QRect(box.left(), middle, box.width(), theme.px(18))
            brush.write(lower, spec.sub, 12, "t3")


def _paint_chip(brush: Brush, box: QRect, spec: ChipSpec) -> None:
    look = CHIP_LOOKS[spec.kind]
    picture, indent = _chip(spec, brush.look)
    room = box.width()
    if picture is not None:
        height = round(picture.height() / brush.look.ratio)
        at = QPoint(box.left(), box.top() + (box.height() - height) // 2)
        if picture.width() > room * brush.look.ratio:
            brush.painter.drawPixmap(
                at, picture, QRect(0, 0, round(room * brush.look.ratio), picture.height())
            )
        else:
            brush.painter.drawPixmap(at, picture)
    brush.write(box.adjusted(indent, 0, 0, 0), spec.text, look.size, look.tone, bold=look.bold)


def _paint_deadline(brush: Brush, box: QRect, spec: DeadlineSpec) -> None:
    picture = _bars(spec.bars, spec.tone, brush.look)
    height = round(picture.height() / brush.look.ratio)
    brush.painter.drawPixmap(box.left(), box.top() + (box.height() - height) // 2, picture)
    tone = "warn" if spec.tone == "warn" else "t1"
    brush.write(box.adjusted(paint_chips.bars_width(), 0, 0, 0), spec.text, 13, tone)


def _paint_source(brush: Brush, box: QRect, spec: SourceSpec) -> None:
    tone = "t2" if spec.source.by_hand else "t3"
    top = box.top() + (box.height() - theme.px(14)) // 2
    icons.draw(brush.painter, spec.source.icon, QPointF(box.left(), top), 14, tone)
    brush.write(box.adjusted(theme.px(17), 0, 0, 0), spec.words, 12, tone)


@lru_cache(maxsize=_KEPT_TEXTS)
def _laid_out(
    text: str, size: int, bold: bool, room: int, _scale: theme.Scale
) -> tuple[QStaticText, int, int]:
    """Return one line of plain text, cut to ``room`` pixels, with its width and height."""
    font = theme.font(size, bold)
    words = _prepared(text.replace("\n", " "), font)
    if words.size().width() > room:
        cut = Qt.TextElideMode.ElideRight
        words = _prepared(QFontMetrics(font).elidedText(words.text(), cut, max(0, room)), font)
    extent = words.size()
    return words, round(extent.width()), round(extent.height())


def _prepared(line: str, font: QFont) -> QStaticText:
    words = QStaticText()
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setText(line)
    words.prepare(font=font)
    return words


@lru_cache(maxsize=_KEPT_PICTURES)
def _chip(spec: ChipSpec, look: Look) -> tuple[QPixmap | None, int]:
    """Return the ground and the icon of a chip, and where its words begin."""
    chip: ChipLook = CHIP_LOOKS[spec.kind]
    indent = paint_chips.text_indent(spec)
    if not (chip.ground or chip.edge or spec.icon or chip.icon):
        return None, indent
    size = paint_chips.chip_size(spec)
    picture, painter = _begin(size.width(), size.height(), look.ratio)
    paint_chips.draw_chip_ground(painter, QRectF(0, 0, size.width(), size.height()), spec)
    painter.end()
    return picture, indent


@lru_cache(maxsize=_KEPT_PICTURES)
def _bars(bars: int, tone: str, look: Look) -> QPixmap:
    """Return the bars of a deadline."""
    height = theme.px(22)
    picture, painter = _begin(paint_chips.bars_width(), height, look.ratio)
    paint_chips.draw_bars(painter, 0, height / 2, bars, tone)
    painter.end()
    return picture


def _begin(width: int, height: int, ratio: float) -> tuple[QPixmap, QPainter]:
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return picture, painter
