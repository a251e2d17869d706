"""Where the applicant writes his name: strokes by pen, finger or mouse, with time and pressure.

Lengths are kept as hundredths of a millimetre of the pad itself, whatever screen it stands on. What
was written is in memory only, until it is asked for, and is gone after ``wipe``.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PyQt6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import (
    QImage,
    QInputEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.domain.handwriting import FULL_PRESSURE, LEAST_SIDE, MOST_POINTS, MOST_SIDE, Point
from clerk.ui import theme
from clerk.ui.overriding import override

_HUNDREDTHS_PER_INCH: Final = 2540
_USUAL_DPI: Final = 96.0
_LIKELY_DPI: Final = (40.0, 600.0)
"""A screen that says anything else does not know its own size."""
_USUAL_PRESSURE: Final = FULL_PRESSURE // 2
"""Of a mouse and a finger, which have none."""
_THIN_MM, _THICK_MM = 0.3, 1.1
_DRAWN: Final = QImage.Format.Format_ARGB32_Premultiplied


class SigningPad(QWidget):
    """White in both themes, with a line to write on. ``changed`` follows every stroke.

    Once a pen was seen, fingers write no more: the hand rests on the screen.
    """

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[list[Point]] = []
        self._writing = False
        self._pen_seen = False
        self._points = 0
        self._began_at: int | None = None
        self._ink = QImage()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(120))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("签名框，用笔、手指或鼠标写")

    def strokes(self) -> Sequence[tuple[Point, ...]]:
        """What was written so far."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not self._strokes

    def frame(self) -> tuple[int, int]:
        """Width and height in hundredths of a millimetre; all that was written lies within.

        The pad may have been larger when it was written on.
        """
        width, height = self._sides()
        for stroke in self._strokes:
            width = max(width, *(point.x for point in stroke))
            height = max(height, *(point.y for point in stroke))
        return width, height

    def undo(self) -> None:
        """Take the last stroke away."""
        if self._strokes:
            self._points -= len(self._strokes.pop())
            self._writing = False
            self._draw_again()

    def wipe(self) -> None:
        """Take everything away; the clock begins with the next touch."""
        self._strokes, self._points = [], 0
        self._writing, self._pen_seen, self._began_at = False, False, None
        self._draw_again()

    # Writing ---------------------------------------------------------------

    def _begin(self, event: QInputEvent, at: QPointF, pressure: int) -> None:
        if self._points >= MOST_POINTS:
            return
        self._writing = True
        self._strokes.append([])
        self._add(event, at, pressure)

    def _add(self, event: QInputEvent, at: QPointF, pressure: int) -> None:
        """Take one more point; beyond what a signature may have, nothing is taken."""
        if not self._writing or self._points >= MOST_POINTS:
            return
        if self._began_at is None:
            self._began_at = event.timestamp()
        width, height = self._sides()
        before = self._last_ms()
        self._strokes[-1].append(
            Point(
                x=_within(0, self._length(at.x()), width),
                y=_within(0, self._length(at.y()), height),
                ms=max(before, event.timestamp() - self._began_at),
                pressure=_within(0, pressure, FULL_PRESSURE),
            )
        )
        self._points += 1
        self._draw_last()

    def _end(self) -> None:
        if self._writing:
            self._writing = False
            self.changed.emit()

    def _drop(self) -> None:
        """Forget a stroke that the system took back."""
        if self._writing:
            self.undo()

    def _last_ms(self) -> int:
        return next((stroke[-1].ms for stroke in reversed(self._strokes) if stroke), 0)

    @override
    def tabletEvent(self, event: QTabletEvent | None) -> None:
        if event is None:
            return
        event.accept()
        if event.pointerType() is QPointingDevice.PointerType.Eraser:
            return
        self._pen_seen = True
        pressure = round(event.pressure() * FULL_PRESSURE)
        match event.type():
            case QEvent.Type.TabletPress:
                self._begin(event, event.position(), pressure)
            case QEvent.Type.TabletMove:
                self._add(event, event.position(), pressure)
            case QEvent.Type.TabletRelease:
                self._end()

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() is Qt.MouseButton.LeftButton:
            self._begin(event, event.position(), _USUAL_PRESSURE)

    @override
    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self._add(event, event.position(), _USUAL_PRESSURE)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        self._end()

    @override
    def event(self, event: QEvent | None) -> bool:
        """Touches come here only; the first finger writes."""
        if isinstance(event, QTouchEvent):
            event.accept()
            if not self._pen_seen:
                self._touched(event)
            return True
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> None:
        if event.type() is QEvent.Type.TouchCancel or not event.points():
            self._drop()
            return
        first = event.points()[0]
        pressure = round(first.pressure() * FULL_PRESSURE) or _USUAL_PRESSURE
        if event.type() is QEvent.Type.TouchBegin:
            self._begin(event, first.position(), pressure)
        elif event.type() is QEvent.Type.TouchUpdate:
            self._add(event, first.position(), pressure)
        else:
            self._end()

    # Lengths ---------------------------------------------------------------

    def _sides(self) -> tuple[int, int]:
        """The pad's own, within what a signature may have."""
        width, height = self._length(self.width()), self._length(self.height())
        return _within(LEAST_SIDE, width, MOST_SIDE), _within(LEAST_SIDE, height, MOST_SIDE)

    def _dpi(self) -> float:
        screen = self.screen()
        told = screen.physicalDotsPerInch() if screen is not None else _USUAL_DPI
        least, most = _LIKELY_DPI
        return told if least <= told <= most else _USUAL_DPI

    def _length(self, pixels: float) -> int:
        return round(pixels * _HUNDREDTHS_PER_INCH / self._dpi())

    def _place(self, point: Point) -> QPointF:
        scale = self._dpi() / _HUNDREDTHS_PER_INCH
        return QPointF(point.x * scale, point.y * scale)

    # Painting --------------------------------------------------------------

    def _draw_last(self) -> None:
        """Draw the newest line only, and show that part."""
        stroke = self._strokes[-1]
        pair = (stroke[-2] if len(stroke) > 1 else stroke[-1], stroke[-1])
        self._fit_ink()
        painter = QPainter(self._ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._line(painter, *pair)
        painter.end()
        margin = self._dpi() / 10
        part = QRectF(self._place(pair[0]), self._place(pair[1])).normalized()
        self.update(part.adjusted(-margin, -margin, margin, margin).toAlignedRect())

    def _draw_again(self) -> None:
        self._ink = QImage()
        self._fit_ink()
        painter = QPainter(self._ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for stroke in self._strokes:
            for here, there in pairwise([stroke[0], *stroke]):
                self._line(painter, here, there)
        painter.end()
        self.update()
        self.changed.emit()

    def _fit_ink(self) -> None:
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._ink.size() != size:
            self._ink = QImage(size, _DRAWN)
            self._ink.setDevicePixelRatio(ratio)
            self._ink.fill(Qt.GlobalColor.transparent)

    def _line(self, painter: QPainter, here: Point, there: Point) -> None:
        firm = (here.pressure + there.pressure) / 2 / FULL_PRESSURE
        thick = (_THIN_MM + (_THICK_MM - _THIN_MM) * firm) * self._dpi() / 25.4
        pen = QPen(Qt.GlobalColor.black, thick)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        start, end = self._place(here), self._place(there)
        if start == end:
            painter.drawPoint(start)
        else:
            painter.drawLine(QLineF(start, end))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        line = round(self.height() * 0.78)
        painter.setPen(QPen(Qt.GlobalColor.lightGray, 1, Qt.PenStyle.DashLine))
        painter.drawLine(theme.px(24), line, self.width() - theme.px(24), line)
        if not self._ink.isNull():
            painter.drawImage(0, 0, self._ink)
        painter.setPen(theme.color("control"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Show what was written at its place again."""
        super().resizeEvent(event)
        if self._strokes:
            self._draw_again()


def _within(least: int, value: int, most: int) -> int:
    return max(least, min(value, most))
