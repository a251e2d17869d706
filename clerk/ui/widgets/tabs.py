"""Open cases as tabs in the top bar."""

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.ui import icons, paint, theme
from clerk.ui.overriding import override
from clerk.values import dataclass

_WIDEST = 280
_PAD = 12
_GAP = 8
_VCENTER = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTab:
    """One open case; ``key`` is what ``chosen`` carries, ``parked`` shows the pause mark (挂起)."""

    key: str
    title: str
    hint: str = ""
    parked: bool = False


class CaseTabs(QWidget):
    """The tabs and, last, the place to start a new case."""

    chosen = pyqtSignal(str)
    new_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: tuple[CaseTab, ...] = ()
        self._current = ""
        self.setFixedHeight(theme.px(38))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("打开的办件")

    def set_tabs(self, tabs: Sequence[CaseTab], current: str) -> None:
        """Show ``tabs`` with the one of key ``current`` in front."""
        self._tabs, self._current = tuple(tabs), current
        names = "，".join(f"{tab.title} {tab.hint}".strip() for tab in self._tabs)
        self.setAccessibleName(f"打开的办件：{names}" if names else "打开的办件")
        self.update()

    def tabs(self) -> tuple[CaseTab, ...]:
        """The tabs on show."""
        return self._tabs

    def next_key(self, step: int = 1) -> str:
        """Key of the tab after the current one, round the end; empty when there is none."""
        keys = [tab.key for tab in self._tabs]
        if not keys:
            return ""
        at = keys.index(self._current) if self._current in keys else -1
        return keys[(at + step) % len(keys)]

    def _need(self, tab: CaseTab) -> float:
        words = paint.text_width(tab.title, 13, bold=True) + paint.text_width(tab.hint, 12)
        return min(theme.px(_WIDEST), words + theme.px(2 * _PAD + 3 * _GAP + 16))

    def _boxes(self) -> list[QRectF]:
        room = self.width() - self._plus_width()
        needs = [self._need(tab) for tab in self._tabs]
        shrink = min(1.0, room / sum(needs)) if needs else 1.0
        boxes, left = [], 0.0
        for need in needs:
            boxes.append(QRectF(left, 0, need * shrink - theme.px(4), self.height()))
            left += need * shrink
        return boxes

    def _plus_width(self) -> int:
        return theme.px(_PAD * 2 + 16 + _GAP) + paint.keycap_size("Ctrl N").width()

    def _plus(self) -> QRectF:
        boxes = self._boxes()
        left = boxes[-1].right() + theme.px(4) if boxes else 0
        return QRectF(left, 0, self._plus_width(), self.height())

    @override
    def sizeHint(self) -> QSize:
        width = sum(self._need(tab) for tab in self._tabs) + self._plus_width()
        return QSize(round(width), theme.px(38))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(38))

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        for tab, box in zip(self._tabs, self._boxes(), strict=True):
            if box.contains(event.position()):
                self.chosen.emit(tab.key)
                return
        if self._plus().contains(event.position()):
            self.new_wanted.emit()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for tab, box in zip(self._tabs, self._boxes(), strict=True):
            self._paint_tab(painter, tab, box)
        plus, middle = self._plus(), self.height() / 2
        at = plus.left() + theme.px(_PAD)
        icons.draw(painter, "plus", QPointF(at, middle - theme.px(8)), 16, "t2")
        size = paint.keycap_size("Ctrl N")
        left = at + theme.px(16 + _GAP)
        cap = QRectF(left, middle - size.height() / 2, size.width(), size.height())
        paint.draw_keycap(painter, cap, "Ctrl N")

    def _paint_tab(self, painter: QPainter, tab: CaseTab, box: QRectF) -> None:
        front = tab.key == self._current
        if front:
            painter.setBrush(theme.color("surface"))
            painter.setPen(QPen(theme.color("line"), 1))
            radius = theme.px(8)
            tall = box.adjusted(0.5, 0.5, -0.5, radius)
            painter.drawRoundedRect(tall, radius, radius)
        inner = box.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), 0)
        middle = box.center().y()
        name = "pause" if tab.parked else "file-text"
        icons.draw(painter, name, QPointF(inner.left(), middle - theme.px(8)), 16, "t2")
        inner.setLeft(inner.left() + theme.px(16 + _GAP))
        hint = paint.text_width(tab.hint, 12)
        room = max(0.0, inner.width() - hint - theme.px(_GAP))
        painter.setFont(theme.font(13, front))
        painter.setPen(theme.color("t1" if front else "t2"))
        title = painter.fontMetrics().elidedText(
            tab.title, Qt.TextElideMode.ElideRight, round(room) + 1
        )
        painter.drawText(inner, _VCENTER, title)
        inner.setLeft(inner.left() + paint.text_width(title, 13, front) + theme.px(_GAP))
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("t3"))
        painter.drawText(inner, _VCENTER, tab.hint)
