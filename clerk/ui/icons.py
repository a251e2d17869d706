"""Icons in the colours of the theme.

On the way to the first paint: see ``clerk.ui.early`` for what is not named here.

QtSvg draws ``currentColor`` as black, so the colour is written into the picture before it is
loaded. Drawn pictures are kept by name, size, colour and pixel ratio.
"""

from functools import cache

from PyQt6.QtCore import QPointF, QRectF
from PyQt6.QtGui import QIcon, QImage, QPainter, QPixmap
from PyQt6.QtSvg import QSvgRenderer
from PyQt6.QtWidgets import QApplication

from clerk import assets
from clerk.ui import theme

_STROKE = "1.75"


def pixmap(name: str, size: int = 16, tone: str = "t2", *, stroke: str = _STROKE) -> QPixmap:
    """The icon ``name`` of resources/icons, ``size`` pixels of the standard scale wide."""
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    return _drawn(name, theme.px(size), theme.spelled(tone), stroke, ratio)


def icon(name: str, size: int = 16, tone: str = "t2") -> QIcon:
    """The same as a ``QIcon``."""
    return QIcon(pixmap(name, size, tone))


def draw(
    painter: QPainter,
    name: str,
    left_top: QPointF,
    size: int,
    tone: str,
    *,
    stroke: str = _STROKE,
) -> None:
    """Paint the icon with its top left corner at ``left_top``."""
    painter.drawPixmap(left_top, pixmap(name, size, tone, stroke=stroke))


@cache
def _source(name: str) -> str:
    return assets.read_text("resources", f"icons/{name}.svg")


@cache
def _drawn(name: str, side: int, colour: str, stroke: str, ratio: float) -> QPixmap:
    text = _source(name).replace("currentColor", colour)
    text = text.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    pixels = round(side * ratio)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(text.encode()).render(painter, QRectF(image.rect()))
    painter.end()
    drawn = QPixmap.fromImage(image)
    drawn.setDevicePixelRatio(ratio)
    return drawn
