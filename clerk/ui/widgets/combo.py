"""A list of answers of which one shows; the list itself is dressed when it is opened."""

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PyQt6.QtWidgets import QComboBox, QFrame

from clerk.ui import paint, theme
from clerk.ui.look import dress
from clerk.ui.overriding import override

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_HEIGHT, _KNOWN_HEIGHT, _PADDING, _ARROW = 32, 22, 10, 24
_FUSION = 28
"""Pixels that Fusion adds to the longest answer for a frame and an arrow of its own."""


class Combo(QComboBox):
    """A combo box that paints itself.

    A style sheet of its own would also dress its list, with two scroll bars, which hardly anybody
    opens: digits choose. What is known has no box until it has the focus. The wheel never changes
    the answer by accident.
    """

    _known = False

    def set_known(self, known: bool) -> None:
        """Show the answer without a box, or in one."""
        self._known = known
        self.updateGeometry()
        self.update()

    @override
    def showPopup(self) -> None:
        """Open the list, with an edge of its own instead of the frame around it."""
        view = self.view()
        around = view.parentWidget() if view is not None else None
        if view is not None and isinstance(around, QFrame):
            view.setProperty("opened", True)
            dress(view)
            view.ensurePolished()
            around.setFrameShape(QFrame.Shape.NoFrame)
        super().showPopup()

    @override
    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()

    @override
    def sizeHint(self) -> QSize:
        return self._with_box(super().sizeHint())

    @override
    def minimumSizeHint(self) -> QSize:
        return self._with_box(super().minimumSizeHint())

    def _with_box(self, hint: QSize) -> QSize:
        text = hint.width() - _FUSION
        if self._known:
            return QSize(text + 2, theme.px(_KNOWN_HEIGHT))
        beside = 2 * theme.px(_PADDING) + theme.px(_ARROW)
        return QSize(text + beside + 2, theme.px(_HEIGHT) + 2)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        focused, enabled = self.hasFocus(), self.isEnabled()
        boxed = focused or not self._known
        if boxed:
            tone = "focus" if focused else "control" if enabled else "line"
            paint.draw_box(painter, QRectF(self.rect()), tone, 2 if focused else 1)
        side = 1 + (theme.px(_PADDING) if boxed else 0)
        arrow = 0 if self._known else theme.px(_ARROW)
        room = self.rect().adjusted(side, 0, -side - arrow, 0)
        painter.setClipRect(room)
        painter.setPen(theme.color("t1" if enabled else "tdis"))
        painter.drawText(room, _LEFT, self.currentText())
