"""Lines with their reasons, painted: what is asked and why, what is wrong and where."""

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.ui import icons, theme
from clerk.ui.approval_findings import wrapped
from clerk.ui.overriding import override
from clerk.values import dataclass

_WRAP = int(Qt.TextFlag.TextWordWrap)
_PAD, _INDENT = 5, 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One line: what, and below it why."""

    text: str
    why: str = ""
    icon: str = "check"
    icon_tone: str = "ok"
    tone: str = "t1"

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{self.text}，{self.why}" if self.why else self.text


class ReasonList(QWidget):
    """The lines; with ``chooses`` one is current, and ``chosen`` carries its place on Enter."""

    chosen = pyqtSignal(int)

    def __init__(self, name: str, *, chooses: bool = False) -> None:
        super().__init__()
        self._name, self._chooses = name, chooses
        self._lines: tuple[Reason, ...] = ()
        self._current = 0
        if chooses:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[Reason]) -> None:
        """Show other lines."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._current = min(self._current, max(0, len(self._lines) - 1))
            self._fit()
            self._speak()
            self.update()

    def lines(self) -> tuple[Reason, ...]:
        """The lines on show."""
        return self._lines

    def _speak(self) -> None:
        if self._chooses and self._lines:
            here = self._lines[self._current].spoken
            where = f"第 {self._current + 1} 处，共 {len(self._lines)} 处"
            self.setAccessibleName(f"{self._name}，{where}，{here}")
        else:
            said = "。".join(line.spoken for line in self._lines)
            self.setAccessibleName(f"{self._name}：{said}")

    def _room(self) -> int:
        return max(1, self.width() - theme.px(_INDENT + 14 + 6))

    def _heights(self, line: Reason) -> tuple[int, int]:
        upper = wrapped(line.text, 13, self._room())
        return upper, wrapped(line.why, 12, self._room()) if line.why else 0

    def _fit(self) -> None:
        total = sum(sum(self._heights(line)) + 2 * theme.px(_PAD) for line in self._lines)
        self.setFixedHeight(total)

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None and event.oldSize().width() != event.size().width():
            self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None or not self._chooses:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            self._current = min(max(self._current + step, 0), max(0, len(self._lines) - 1))
            self._speak()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._lines:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is None or not self._chooses:
            return
        top = 0
        for place, line in enumerate(self._lines):
            top += sum(self._heights(line)) + 2 * theme.px(_PAD)
            if event.position().y() < top:
                self._current = place
                self._speak()
                self.chosen.emit(place)
                return

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        pad, left, top = theme.px(_PAD), theme.px(14), 0
        for place, line in enumerate(self._lines):
            upper, lower = self._heights(line)
            whole = QRectF(0, top, self.width(), upper + lower + 2 * pad)
            if self._chooses and self.hasFocus() and place == self._current:
                painter.fillRect(whole, theme.color("selected"))
                painter.fillRect(QRectF(0, top, theme.px(3), whole.height()), theme.color("accent"))
            icons.draw(
                painter, line.icon, QPointF(left, top + pad + theme.px(2)), 14, line.icon_tone
            )
            at = left + theme.px(_INDENT - 6)
            painter.setFont(theme.font(13))
            painter.setPen(theme.color(line.tone))
            painter.drawText(QRectF(at, top + pad, self._room(), upper + pad), _WRAP, line.text)
            if lower:
                painter.setFont(theme.font(12))
                painter.setPen(theme.color("t3"))
                box = QRectF(at, top + pad + upper, self._room(), lower + pad)
                painter.drawText(box, _WRAP, line.why)
            top += round(whole.height())
