"""Who is looking, slanted across a certificate: a photograph of the screen can be traced."""

from PyQt6.QtCore import QPointF, QRect, Qt
from PyQt6.QtGui import QColor, QFontMetrics, QPainter, QPixmap

from clerk.ui import theme

_SLANT = -20


def draw_mark(painter: QPainter, place: QPointF, reach: int, mark: str, colour: QColor) -> None:
    """Tile ``mark`` over ``reach`` pixels around ``place``.

    The words are drawn upright once and the picture of them is turned: letters that are turned
    themselves are cut anew by the font, one by one.
    """
    if not mark:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(place)
    painter.rotate(_SLANT)
    tile = _tile(mark, colour)
    painter.drawTiledPixmap(QRect(-reach, -reach, 2 * reach, 2 * reach), tile)
    painter.restore()


def _tile(mark: str, colour: QColor) -> QPixmap:
    font = theme.font(14)
    wide = QFontMetrics(font).horizontalAdvance(mark) + theme.px(56)
    tile = QPixmap(wide, theme.px(90))
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(tile.rect(), Qt.AlignmentFlag.AlignCenter, mark)
    painter.end()
    return tile
