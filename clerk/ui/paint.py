"""Keycaps, focus rings and the width of text, as every painted widget needs them.

On the way to the first paint: see ``clerk.ui.early``.
"""

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QBrush, QFontMetricsF, QPainter, QPainterPath, QPen

from clerk.ui import early, theme


def text_width(text: str, size: int, bold: bool = False) -> float:
    """How wide ``text`` is in the screen font."""
    return QFontMetricsF(theme.font(size, bold)).horizontalAdvance(text)


def keycap_size(key: str) -> QSize:
    """The size of one keycap."""
    width = max(theme.px(20), round(text_width(key, 12)) + theme.px(12))
    return QSize(width, theme.px(18))


def draw_keycap(painter: QPainter, rect: QRectF, key: str, tone: str = "t3") -> None:
    """Paint a keycap; on a filled button (tone ``on``) it has no ground of its own."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if tone == "on":
        painter.setOpacity(0.55)
        painter.setBrush(QBrush())
    else:
        painter.setBrush(theme.color("subtle"))
    painter.setPen(theme.color("on" if tone == "on" else "line2"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
    painter.setOpacity(1)
    painter.setPen(theme.color(tone))
    painter.setFont(theme.font(12))
    painter.drawText(rect, early.MIDDLE, key)
    painter.restore()


def fill_round(painter: QPainter, rect: QRectF, radius: int, token: str) -> None:
    """Fill ``rect`` with rounded corners and no edge, whatever pen the painter holds."""
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.fillPath(shape, theme.color(token))


def draw_box(painter: QPainter, rect: QRectF, edge: str, width: int) -> None:
    """Paint the box of an editor: filled, its edge ``width`` pixels wide inside ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = rect.adjusted(width, width, -width, -width)
    fill_round(painter, rect, theme.px(6), edge)  # a pen would have all names of Qt made
    fill_round(painter, inner, theme.px(6) - width, "surface")


def draw_focus_ring(painter: QPainter, rect: QRectF, radius: int, ground: str) -> None:
    """Paint the ring inside ``rect``: 2 px of focus, then a gap of 2 px in ``ground``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for inset, token in ((1.0, "focus"), (3.0, ground)):
        painter.setPen(QPen(theme.color(token), 2))
        curve = theme.px(radius) - inset + 1
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), curve, curve)
    painter.restore()
