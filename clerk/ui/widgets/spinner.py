"""Waiting, shown only when it lasts."""

from PyQt6.QtCore import QRectF, QSize, Qt, QTimer
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.ui import paint, theme
from clerk.ui.overriding import override

DELAY_MS = 400
_TURN_MS = 80
_STEP = 30


class Spinner(QWidget):
    """A quiet arc and a few words, after 400 ms; work that is faster shows nothing at all.

    It keeps its room while hidden, so nothing moves when it appears.
    """

    def __init__(self, *, delay_ms: int = DELAY_MS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._angle, self._shown = "", 0, False
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(delay_ms)
        self._delay.timeout.connect(self._on_due)
        self._turn = QTimer(self)
        self._turn.setInterval(_TURN_MS)
        self._turn.timeout.connect(self._on_turn)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def start(self, text: str = "") -> None:
        """Show ``text`` after the delay, unless ``stop`` comes first."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        if not self._shown:
            self._delay.start()

    def stop(self) -> None:
        """Show nothing."""
        self._delay.stop()
        self._turn.stop()
        self._shown = False
        self.setAccessibleName("")
        self.update()

    def is_shown(self) -> bool:
        """Whether the waiting has become visible."""
        return self._shown

    def _on_due(self) -> None:
        self._shown = True
        self._turn.start()
        self.update()

    def _on_turn(self) -> None:
        self._angle = (self._angle + _STEP) % 360
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = theme.px(16) + (
            theme.px(6) + round(paint.text_width(self._text, 12)) if self._text else 0
        )
        return QSize(width + 1, theme.px(16))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        if not self._shown:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent"), 2, cap=Qt.PenCapStyle.RoundCap))
        side = theme.px(12)
        ring = QRectF(2, (self.height() - side) / 2, side, side)
        painter.drawArc(ring, -self._angle * 16, 290 * 16)
        painter.setPen(theme.color("t3"))
        painter.setFont(theme.font(12))
        box = QRectF(theme.px(22), 0, self.width(), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._text)


class Progress(QWidget):
    """A thin bar filled to a known fraction."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fraction = 0.0
        self.setFixedHeight(theme.px(6))

    def set_fraction(self, fraction: float) -> None:
        """Fill from 0 to 1."""
        self._fraction = min(1.0, max(0.0, fraction))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for token, width in (("line2", 1.0), ("accent", self._fraction)):
            painter.setBrush(theme.color(token))
            bar = QRectF(0, 0, self.width() * width, self.height())
            painter.drawRoundedRect(bar, self.height() / 2, self.height() / 2)
