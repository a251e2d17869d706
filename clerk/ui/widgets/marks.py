"""Chips, deadlines, source marks and status dots as widgets of their own."""

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.ui import paint, paint_chips, theme
from clerk.ui.chips import ChipSpec, DeadlineSpec, Source, SourceSpec
from clerk.ui.overriding import override


class _Mark(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _changed(self, spoken: str) -> None:
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()


class Chip(_Mark):
    """A state in an icon and a word; also shows a deadline with bars."""

    def __init__(self, spec: ChipSpec | DeadlineSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: ChipSpec | DeadlineSpec | None = None
        self.show_spec(spec)

    def show_spec(self, spec: ChipSpec | DeadlineSpec) -> None:
        """Show another state."""
        if spec != self._spec:
            self._spec = spec
            self._changed(spec.spoken)

    @override
    def sizeHint(self) -> QSize:
        match self._spec:
            case ChipSpec():
                return paint_chips.chip_size(self._spec)
            case DeadlineSpec():
                return paint_chips.deadline_size(self._spec)
            case None:
                return QSize()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter, middle = QPainter(self), self.height() / 2
        match self._spec:
            case ChipSpec():
                paint_chips.draw_chip(painter, 0, middle, self._spec)
            case DeadlineSpec():
                paint_chips.draw_deadline(painter, 0, middle, self._spec)


class SourceMark(_Mark):
    """Where a value comes from; the tooltip tells when, under which number, and what it was."""

    def __init__(
        self, source: Source, text: str = "", tip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._spec = SourceSpec(source, text)
        self._changed(self._spec.spoken)
        self.setToolTip(tip)

    def show_source(self, source: Source, text: str = "", tip: str = "") -> None:
        """Show another source."""
        spec = SourceSpec(source, text)
        if spec != self._spec:
            self._spec = spec
            self._changed(spec.spoken)
        if tip != self.toolTip():
            self.setToolTip(tip)

    @override
    def sizeHint(self) -> QSize:
        return paint_chips.source_size(self._spec)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        paint_chips.draw_source(QPainter(self), 0, self.height() / 2, self._spec)


class Dot(_Mark):
    """State of a device or connection: shape and colour, and a word when it is not ready.

    ``state`` is ``ready`` (disc), ``warning`` (ring), ``broken`` (square), ``absent`` (grey ring).
    """

    def __init__(
        self, state: str, text: str, detail: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.show_state(state, text, detail)

    def show_state(self, state: str, text: str, detail: str = "") -> None:
        """Show another state; ``detail`` is the word that goes with it, such as 纸少."""
        self._state, self._text = state, f"{text} {detail}".strip()
        self._changed(f"{text}，{detail}" if detail else text)

    @override
    def sizeHint(self) -> QSize:
        width = theme.px(14) + round(paint.text_width(self._text, 12)) + 1
        return QSize(width if self._text else theme.px(9), theme.px(16))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        draw_dot(painter, QPointF(theme.px(9) / 2, self.height() / 2), self._state)
        painter.setPen(theme.color("t2"))
        painter.setFont(theme.font(12))
        box = QRectF(theme.px(14), 0, self.width(), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._text)


def draw_dot(painter: QPainter, centre: QPointF, state: str) -> None:
    """Paint the dot of ``state`` around ``centre``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = theme.px(7) / 2
    if state in {"warning", "absent"}:
        width = 2.0 if state == "warning" else 1.5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("warn" if state == "warning" else "t3"), width))
        painter.drawEllipse(centre, radius, radius)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("ok" if state == "ready" else "bad"))
        if state == "ready":
            painter.drawEllipse(centre, radius, radius)
        else:
            box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
            painter.drawRoundedRect(box, 1, 1)
    painter.restore()
