"""What a window shows, kept as a picture: to lie over it while what is below changes.

To paint a page takes longer than anything else the window does. Where it would be painted anew
only because something was laid over it or taken away, its last picture is painted instead.
"""

from PyQt6.QtCore import QEvent, QRect
from PyQt6.QtGui import QImage, QPainter
from PyQt6.QtWidgets import QApplication, QWidget


def last_picture(window: QWidget) -> QImage | None:
    """Return what ``window`` shows, painted up to now; None where it is not on a screen.

    It is read from the screen, which is ten times faster than painting the page. Where the system
    lets no program read its own window (Wayland), the page is painted.
    """
    handle, screen = window.windowHandle(), window.screen()
    if handle is None or screen is None or not handle.isExposed():
        return None
    QApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))  # paint what is due
    shown = screen.grabWindow(window.winId(), 0, 0, window.width(), window.height())
    whole = window.size() * window.devicePixelRatio()
    return (shown if shown.size() == whole else window.grab()).toImage()


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
