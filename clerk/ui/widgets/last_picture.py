"""What a window shows, kept as a picture: to lie over it while what is below changes.

To paint a page takes longer than anything else the window does. Where it would be painted anew
only because something was laid over it or taken away, its last picture is painted instead.
"""

from typing import Any

from PyQt6 import sip
from PyQt6.QtCore import QPoint, QRect, Qt
from PyQt6.QtGui import QImage, QPaintEngine, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from clerk.ui.overriding import override

_as: Any = sip.cast  # its stubs know neither devices nor pictures


class _Lens(QWidget):
    """One pixel of the window; painting it brings us to the picture the window is painted on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(1, 1)
        self.hide()
        self.picture: QImage | None = None
        self._open = False

    def take(self) -> QImage | None:
        """Return what the window shows now; None where it is not on a screen."""
        self._open = True
        self.raise_()  # painted last, when all else is there
        self.show()
        self.repaint()
        self.hide()
        taken = not self._open
        self._open = False
        return self.picture if taken else None

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        if not self._open:
            return
        painter = QPainter(self)
        engine = painter.paintEngine()
        if engine is None or engine.type() is not QPaintEngine.Type.Raster:
            return
        # Qt paints widgets on a picture as large as their window; PyQt knows it as a device only.
        shown: QImage = _as(engine.paintDevice(), QImage)
        if self.picture is None or self.picture.size() != shown.size():
            self.picture = QImage(shown.size(), shown.format())
        self.picture.setDevicePixelRatio(shown.devicePixelRatio())
        copying = QPainter(self.picture)
        copying.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        copying.drawImage(QPoint(0, 0), shown)
        copying.end()
        self._open = False


def last_picture(window: QWidget) -> QImage | None:
    """Return what ``window`` shows, painted up to now; None where it is not on a screen.

    The next picture of the same window is taken into the same memory.
    """
    return (_lens_of(window) or _Lens(window)).take()


def _lens_of(window: QWidget) -> _Lens | None:
    return window.findChild(_Lens, options=Qt.FindChildOption.FindDirectChildrenOnly)


def draw_part(painter: QPainter, picture: QImage, part: QRect) -> None:
    """Draw ``part`` of a window's picture, in the window's coordinates, where it was."""
    ratio = picture.devicePixelRatio()
    source = QRect(
        round(part.x() * ratio),
        round(part.y() * ratio),
        round(part.width() * ratio),
        round(part.height() * ratio),
    )
    painter.drawImage(part, picture, source)
