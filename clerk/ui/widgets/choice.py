"""One question with a few answers side by side, chosen by digit."""

from collections.abc import Sequence

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.ui import paint, theme
from clerk.ui.overriding import override


class Choice(QWidget):
    """Answers to one 情形 question; ``picked`` carries the position chosen by hand.

    Digits 1 to 9 choose while it has focus, so do the arrow keys. ``set_settled`` pales the edge
    of a question that a certificate has answered already.
    """

    picked = pyqtSignal(int)

    def __init__(
        self,
        options: Sequence[str],
        *,
        label: str = "",
        digits: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._options, self._label, self._digits = tuple(options), label, digits
        self._chosen: int | None = None
        self._settled = False
        self._hovered: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._speak()

    def options(self) -> tuple[str, ...]:
        """The answers on offer."""
        return self._options

    def set_options(self, options: Sequence[str]) -> None:
        """Ask with other words; the answer is open again."""
        self._options, self._chosen = tuple(options), None
        self._speak()
        self.updateGeometry()
        self.update()

    def chosen(self) -> int | None:
        """Position of the answer, or None while the question is open."""
        return self._chosen

    def set_chosen(self, position: int | None) -> None:
        """Show an answer without telling anybody."""
        if position != self._chosen:
            self._chosen = position
            self._speak()
            self.update()

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

    def _speak(self) -> None:
        answer = "未选" if self._chosen is None else self._options[self._chosen]
        self.setAccessibleName("，".join(part for part in (self._label, answer) if part))

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        text, plain = (
            event.text(),
            event.modifiers()
            in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            ),
        )
        if self._digits and plain and len(text) == 1 and text in "123456789":
            self.pick(int(text) - 1)
        elif plain and event.key() == Qt.Key.Key_Left:
            self.pick(max(0, (self._chosen or 0) - 1))
        elif plain and event.key() == Qt.Key.Key_Right:
            last = len(self._options) - 1
            self.pick(0 if self._chosen is None else min(last, self._chosen + 1))
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            at = self._at(event.position().x())
            if at is not None:
                self.pick(at)

    @override
    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self._hovered = self._at(event.position().x())
            self.update()

    def _at(self, x: float) -> int | None:
        for number, cell in enumerate(self._cells()):
            if cell.left() <= x < cell.right():
                return number
        return None

    def _cells(self) -> list[QRectF]:
        """One cell an answer, each as wide as its words need plus an equal share of the rest."""
        needs = [self._need(text) for text in self._options]
        spare = max(0.0, self.width() - sum(needs)) / max(1, len(needs))
        cells, left = [], 0.0
        for need in needs:
            width = round(need + spare)
            cells.append(QRectF(left, 0, width, self.height()))
            left += width
        if cells:
            cells[-1].setRight(self.width())
        return cells

    def _need(self, text: str) -> float:
        digit = theme.px(13) if self._digits else 0
        return paint.text_width(text, 13, bold=True) + digit + theme.px(16)

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._need(text) for text in self._options)), theme.px(32))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = theme.px(6)
        shape = QPainterPath()
        shape.addRoundedRect(frame, radius, radius)
        painter.fillPath(shape, theme.color("surface"))
        painter.save()
        painter.setClipPath(shape)
        for number, cell in enumerate(self._cells()):
            self._paint_cell(painter, number, cell)
        painter.restore()
        edge = "focus" if self.hasFocus() else "line2" if self._settled else "control"
        painter.setPen(QPen(theme.color(edge), 2 if self.hasFocus() else 1))
        inset = 0.5 if self.hasFocus() else 0
        painter.drawRoundedRect(frame.adjusted(inset, inset, -inset, -inset), radius, radius)

    def _paint_cell(self, painter: QPainter, number: int, cell: QRectF) -> None:
        chosen = number == self._chosen
        if chosen or number == self._hovered:
            painter.fillRect(cell, theme.color("accentS" if chosen else "hover"))
        if number:
            painter.fillRect(QRectF(cell.left(), 0, 1, cell.height()), theme.color("line"))
        text = self._options[number]
        width = paint.text_width(text, 13, chosen)
        digit = theme.px(13) if self._digits else 0
        at = cell.center().x() - (width + digit) / 2
        middle = Qt.AlignmentFlag.AlignVCenter
        if self._digits:
            painter.setPen(theme.color("accentT" if chosen else "t3"))
            painter.setFont(theme.font(12))
            painter.drawText(QRectF(at, 0, digit, cell.height()), middle, str(number + 1))
        painter.setPen(theme.color("accentT" if chosen else "t2"))
        painter.setFont(theme.font(13, chosen))
        painter.drawText(QRectF(at + digit, 0, width + 2, cell.height()), middle, text)
