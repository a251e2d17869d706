"""The tabs of the editor, each with how much is wrong in it; arrows move between them."""

from collections.abc import Sequence

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.ui import paint, theme
from clerk.ui.overriding import override

_VCENTER = Qt.AlignmentFlag.AlignVCenter
_GAP = 22


class TabStrip(QWidget):
    """Exactly one tab is in front; ``chosen`` carries its place."""

    chosen = pyqtSignal(int)

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._counts = (0,) * len(self._names)
        self._current = 0
        self.setFixedHeight(theme.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._speak()

    def current(self) -> int:
        """The place of the tab in front."""
        return self._current

    def choose(self, place: int) -> None:
        """Bring a tab to the front as by hand; round the ends."""
        self._current = place % len(self._names)
        self._speak()
        self.update()
        self.chosen.emit(self._current)

    def show_counts(self, counts: Sequence[int]) -> None:
        """Show behind each name how much is wrong there, nothing for 0."""
        if tuple(counts) != self._counts:
            self._counts = tuple(counts)
            self._speak()
            self.update()

    def _speak(self) -> None:
        count = self._counts[self._current]
        wrong = f"，{count} 处要改" if count else ""
        self.setAccessibleName(f"标准的各部分，{self._names[self._current]}{wrong}")

    def _boxes(self) -> list[QRectF]:
        boxes, left = [], float(theme.px(16))
        for name, count in zip(self._names, self._counts, strict=True):
            wide = paint.text_width(name, 13, bold=True)
            wide += theme.px(6) + paint.text_width(str(count), 12) if count else 0
            boxes.append(QRectF(left, 0, wide, self.height()))
            left += wide + theme.px(_GAP)
        return boxes

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.choose(self._current + (-1 if event.key() == Qt.Key.Key_Left else 1))
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            half = theme.px(_GAP) / 2
            for place, box in enumerate(self._boxes()):
                if box.adjusted(-half, 0, half, 0).contains(event.position()):
                    self.choose(place)
                    return

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("surface"))
        bottom = self.height() - 1
        painter.fillRect(0, bottom, self.width(), 1, theme.color("line"))
        for place, box in enumerate(self._boxes()):
            front, count = place == self._current, self._counts[place]
            painter.setFont(theme.font(13, front))
            painter.setPen(theme.color("accentT" if front else "t2"))
            painter.drawText(box, _VCENTER, self._names[place])
            if count:
                at = paint.text_width(self._names[place], 13, front) + theme.px(6)
                painter.setFont(theme.font(12))
                painter.setPen(theme.color("bad"))
                painter.drawText(box.adjusted(at, 0, theme.px(8), 0), _VCENTER, str(count))
            if front:
                painter.fillRect(
                    QRectF(box.left(), bottom - 1, box.width(), 2), theme.color("accent")
                )
            if front and self.hasFocus():
                ring = box.adjusted(-theme.px(8), theme.px(6), theme.px(8), -theme.px(6))
                paint.draw_focus_ring(painter, ring, 6, "surface")
