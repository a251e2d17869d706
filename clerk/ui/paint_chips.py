"""Chips, deadlines and source marks, painted alike in widgets and in table cells."""

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPen

from clerk.ui import icons, theme
from clerk.ui.chips import CHIP_LOOKS, ChipSpec, DeadlineSpec, SourceSpec
from clerk.ui.paint import text_width

_BARS = 5
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def chip_size(spec: ChipSpec) -> QSize:
    """The size of a chip."""
    look = CHIP_LOOKS[spec.kind]
    width = text_width(spec.text, look.size, look.bold)
    name = spec.icon or look.icon
    width += theme.px(18) if name else 0
    width += theme.px(12) if look.ground or look.edge else theme.px(2)
    width += theme.px(2) if not name and look.ground else 0
    return QSize(round(width) + 1, theme.px(22))


def draw_chip(painter: QPainter, left: float, middle: float, spec: ChipSpec) -> None:
    """Paint a chip from ``left`` on, centred on the line ``middle``."""
    look = CHIP_LOOKS[spec.kind]
    size = chip_size(spec)
    rect = QRectF(left, middle - size.height() / 2, size.width(), size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_chip_ground(painter, rect, spec)
    painter.setPen(theme.color(look.tone))
    painter.setFont(theme.font(look.size, look.bold))
    at = rect.left() + text_indent(spec)
    painter.drawText(QRectF(at, rect.top(), rect.width() * 2, rect.height()), _LEFT, spec.text)
    painter.restore()


def text_indent(spec: ChipSpec) -> int:
    """How far from its left edge the words of a chip begin."""
    look = CHIP_LOOKS[spec.kind]
    name = spec.icon or look.icon
    indent = theme.px(5) if look.ground or look.edge else 0
    if name == "dot":
        return indent + theme.px(13)
    if name:
        return indent + theme.px(18)
    return indent + (theme.px(2) if look.ground else 0)


def draw_chip_ground(painter: QPainter, rect: QRectF, spec: ChipSpec) -> None:
    """Paint a chip without its words; changes pen and brush."""
    look = CHIP_LOOKS[spec.kind]
    if look.ground or look.edge:
        painter.setBrush(theme.color(look.ground or "surface"))
        painter.setPen(QPen(theme.color(look.edge), 1) if look.edge else Qt.PenStyle.NoPen)
        inset = 0.5 if look.edge else 0.0
        painter.drawRoundedRect(
            rect.adjusted(inset, inset, -inset, -inset), theme.px(4), theme.px(4)
        )
    name = spec.icon or look.icon
    at, middle = rect.left() + (theme.px(5) if look.ground or look.edge else 0), rect.center().y()
    if name == "dot":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(look.icon_tone))
        radius = theme.px(7) / 2
        painter.drawEllipse(QPointF(at + radius, middle), radius, radius)
    elif name:
        top = middle - theme.px(14) / 2
        icons.draw(painter, name, QPointF(at, top), 14, look.icon_tone, stroke="2.25")


def bars_width() -> int:
    """The width of the bars of a deadline, up to its words."""
    return theme.px(7 * _BARS + 4)


def deadline_size(spec: DeadlineSpec) -> QSize:
    """The size of a deadline with bars."""
    return QSize(round(bars_width() + text_width(spec.text, 13)) + 1, theme.px(22))


def draw_deadline(painter: QPainter, left: float, middle: float, spec: DeadlineSpec) -> None:
    """Paint five bars, as many filled as days are left, and the number in words."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_bars(painter, left, middle, spec.bars, spec.tone)
    painter.setPen(theme.color("warn" if spec.tone == "warn" else "t1"))
    painter.setFont(theme.font(13))
    size = deadline_size(spec)
    at = left + bars_width()
    box = QRectF(at, middle - size.height() / 2, size.width() * 2, size.height())
    painter.drawText(box, _LEFT, spec.text)
    painter.restore()


def draw_bars(painter: QPainter, left: float, middle: float, bars: int, tone: str) -> None:
    """Paint the bars of a deadline; changes pen and brush."""
    painter.setPen(Qt.PenStyle.NoPen)
    for number in range(_BARS):
        painter.setBrush(theme.color(tone if number < bars else "line2"))
        bar = QRectF(left + theme.px(7 * number), middle - theme.px(6), theme.px(5), theme.px(12))
        painter.drawRoundedRect(bar, 1, 1)


def source_size(spec: SourceSpec) -> QSize:
    """The size of a source mark."""
    return QSize(theme.px(17) + round(text_width(spec.words, 12)) + 1, theme.px(16))


def draw_source(painter: QPainter, left: float, middle: float, spec: SourceSpec) -> None:
    """Paint where a value comes from: an icon and one word, quiet."""
    tone = "t2" if spec.source.by_hand else "t3"
    icons.draw(painter, spec.source.icon, QPointF(left, middle - theme.px(14) / 2), 14, tone)
    painter.save()
    painter.setPen(theme.color(tone))
    painter.setFont(theme.font(12))
    box = QRectF(left + theme.px(17), middle - theme.px(8), theme.px(400), theme.px(16))
    painter.drawText(box, _LEFT, spec.words)
    painter.restore()
