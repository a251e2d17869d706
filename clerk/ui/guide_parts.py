"""The parts that only the guided face has: the list of steps, and what is to be done now."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from clerk.domain.step_times import Step
from clerk.ui import icons, paint, theme
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Card, KeyHint, Label
from clerk.values import dataclass

_ROW, _PAD, _WIDTH = 44, 12, 176
_ARROWS: Mapping[int, int] = MappingProxyType({Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step in the list: its name, what it still lacks in a word, and whether it is ticked off."""

    step: Step
    name: str
    state: str = ""
    done: bool = False


class StepList(Card):
    """Every step with what it lacks; ↑ ↓ go there at once, Enter or a click into its cards."""

    chosen = pyqtSignal(object)
    entered = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[StepLine, ...] = ()
        self._at = 0
        self.setFixedWidth(theme.px(_WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_lines(self, lines: Sequence[StepLine], current: Step) -> None:
        """Show the steps with ``current`` marked."""
        shown = tuple(lines)
        at = next((place for place, line in enumerate(shown) if line.step is current), 0)
        if (shown, at) != (self._lines, self._at):
            self._lines, self._at = shown, at
            here = shown[at]
            state = here.state or ("办好了" if here.done else "")
            place = f"第 {at + 1} 步，共 {len(shown)} 步，{here.name}"
            self.setAccessibleName(f"{place}，{state}" if state else place)
            self.update()

    def lines(self) -> tuple[StepLine, ...]:
        """The steps on show."""
        return self._lines

    def _box(self, place: int) -> QRectF:
        top = theme.px(6) + place * theme.px(_ROW)
        return QRectF(theme.px(6), top, self.width() - theme.px(12), theme.px(_ROW) - theme.px(4))

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        step = _ARROWS.get(event.key()) if event is not None else None
        if event is not None and event.key() in _ENTER:
            self.entered.emit()
        elif step is None:
            super().keyPressEvent(event)
        elif 0 <= self._at + step < len(self._lines):
            self.chosen.emit(self._lines[self._at + step].step)

    @override
    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        for place, line in enumerate(self._lines):
            if event is not None and self._box(place).contains(event.position()):
                self.chosen.emit(line.step)
                self.entered.emit()
                return

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(_WIDTH), theme.px(12 + _ROW * len(Step)))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, line in enumerate(self._lines):
            self._paint_line(painter, place, line)

    def _paint_line(self, painter: QPainter, place: int, line: StepLine) -> None:
        box, here = self._box(place), place == self._at
        if here:
            paint.fill_round(painter, box, theme.px(6), "selected")
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        inner = box.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), 0)
        tone = "accentT" if here else "t1"
        painter.setPen(theme.color("t3"))
        painter.setFont(theme.font(13))
        painter.drawText(inner, _VCENTER, str(place + 1))
        inner.setLeft(inner.left() + theme.px(20))
        painter.setPen(theme.color(tone))
        painter.setFont(theme.font(14, here))
        painter.drawText(inner, _VCENTER, line.name)
        if line.state:
            painter.setPen(theme.color("accentT" if here else "warn"))
            painter.setFont(theme.font(12))
            painter.drawText(inner, _RIGHT, line.state)
        elif line.done:
            side = theme.px(16)
            at = QPointF(inner.right() - side, inner.center().y() - side / 2)
            icons.draw(painter, "check", at, 16, "ok")


class _Way(Button):
    """A way on or back; Enter takes it too, since Enter led to it from the last gap."""

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


class GuideHead(Card):
    """Which step this is, what to do in it, what it still lacks, and the ways on and back."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label(size=16, bold=True)
        self.to_do = Label(size=14, tone="t1", elide=True)
        self.missing = Label(size=13, tone="t2", elide=True)
        self.back = _Way("上一步", key="Alt ←")
        self.next = _Way("下一步", key="Alt →", kind="compact")
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(16), theme.px(10), theme.px(14), theme.px(10))
        row.setSpacing(theme.px(8))
        words = QVBoxLayout()
        words.setSpacing(theme.px(3))
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(self.title)
        top.addWidget(KeyHint(("Alt G",), "换成一页办", keys_last=True))
        top.addStretch(1)
        words.addLayout(top)
        words.addWidget(self.to_do)
        words.addWidget(self.missing)
        row.addLayout(words, 1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_step(self, title: str, to_do: str, missing: str, *, done: bool) -> None:
        """Show the words of a step."""
        self.title.setText(title)
        self.to_do.setText(to_do)
        self.missing.setText(missing)
        self.missing.set_tone("ok" if done else "warn")
