"""A question whose answers are too long to stand side by side: one below the other."""

from collections.abc import Sequence

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.ui import paint, theme
from clerk.ui.overriding import override
from clerk.ui.widgets import Choice

_ROW = 28
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class StackedChoice(QWidget):
    """Does what ``Choice`` does, with a row for each answer."""

    picked = pyqtSignal(int)

    def __init__(self, options: Sequence[str], *, label: str) -> None:
        super().__init__()
        self._options, self._label = tuple(options), label
        self._chosen: int | None = None
        self._settled = False
        self._speak()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def chosen(self) -> int | None:
        """Position of the answer, or None while the question is open."""
        return self._chosen

    def set_chosen(self, position: int | None) -> None:
        """Show an answer without telling anybody."""
        if position != self._chosen:
            self._chosen = position
            self._speak()
            self.update()

    def _speak(self) -> None:
        answer = "未选" if self._chosen is None else self._options[self._chosen]
        self.setAccessibleName(f"{self._label}，{answer}")

    def set_settled(self, settled: bool) -> None:
        """Show that the answer is known and need not be asked."""
        if settled is not self._settled:
            self._settled = settled
            self.update()

    def pick(self, position: int) -> None:
        """Choose as if by hand; a position that does not exist is ignored."""
        if 0 <= position < len(self._options):
            self.set_chosen(position)
            self.picked.emit(position)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        text = event.text()
        if len(text) == 1 and text in "123456789":
            self.pick(int(text) - 1)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Left}:
            self.pick(max(0, (self._chosen or 0) - 1))
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Right}:
            self.pick(0 if self._chosen is None else self._chosen + 1)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pick(int(event.position().y()) // theme.px(_ROW))

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(_ROW) * len(self._options) + 2)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "focus" if self.hasFocus() else "line2" if self._settled else "control"
        pen = painter.pen()
        pen.setColor(theme.color(edge))
        pen.setWidth(2 if self.hasFocus() else 1)
        height = theme.px(_ROW)
        for number, text in enumerate(self._options):
            row = QRectF(2, number * height + 1, self.width() - 4, height)
            chosen = number == self._chosen
            if chosen:
                painter.fillRect(row, theme.color("accentS"))
            if number:
                painter.fillRect(QRectF(1, row.top(), self.width() - 2, 1), theme.color("line"))
            self._paint_text(painter, row, number + 1, text, chosen=chosen)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, theme.px(6), theme.px(6))

    def _paint_text(
        self, painter: QPainter, row: QRectF, digit: int, text: str, *, chosen: bool
    ) -> None:
        painter.setPen(theme.color("accentT" if chosen else "t3"))
        painter.setFont(theme.font(12))
        painter.drawText(row.adjusted(theme.px(10), 0, 0, 0), _MIDDLE, str(digit))
        painter.setPen(theme.color("accentT" if chosen else "t2"))
        painter.setFont(theme.font(13, chosen))
        box = row.adjusted(theme.px(26), 0, -theme.px(6), 0)
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, round(box.width())
        )
        painter.drawText(box, _MIDDLE, shown)


def choice_of(options: Sequence[str], label: str, width: int) -> Choice | StackedChoice:
    """Return the answers side by side where they fit into ``width`` pixels, else stacked."""
    needs = sum(paint.text_width(text, 13, bold=True) + theme.px(29) for text in options)
    if needs <= width:
        return Choice(options, label=label)
    return StackedChoice(options, label=label)
