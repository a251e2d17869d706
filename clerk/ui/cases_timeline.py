"""The course of a case (经过), painted: newest first, what, more about it, when and who."""

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.values import dataclass

_WRAP = int(Qt.TextFlag.TextWordWrap)
_FAR = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened, in words."""

    title: str
    by: str
    note: str = ""


class Timeline(QWidget):
    """Steps one below the other; its height follows its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show ``steps``, the newest first."""
        self._steps = tuple(steps)
        self.setAccessibleName("经过：" + "。".join(_spoken(step) for step in self._steps))
        self._fit()
        self.update()

    def steps(self) -> tuple[Step, ...]:
        """The steps on show."""
        return self._steps

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), self._height(max(1, self.width())))

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None and event.oldSize().width() != event.size().width():
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._height(max(1, self.width())))

    def _height(self, width: int) -> int:
        return sum(self._step_height(step, width) for step in self._steps)

    def _step_height(self, step: Step, width: int) -> int:
        lines = (_text_height(text, font, self._room(width)) for text, font, _ in _lines(step))
        return sum(lines) + theme.px(14)

    @staticmethod
    def _room(width: int) -> int:
        return max(1, width - theme.px(22))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        for number, step in enumerate(self._steps):
            height = self._step_height(step, self.width())
            self._paint_rail(painter, number, top, height)
            at = top
            for text, font, tone in _lines(step):
                tall = _text_height(text, font, self._room(self.width()))
                painter.setFont(font)
                painter.setPen(theme.color(tone))
                box = QRect(theme.px(22), at, self._room(self.width()), tall)
                painter.drawText(box, _WRAP, text)
                at += tall
            top += height

    def _paint_rail(self, painter: QPainter, number: int, top: int, height: int) -> None:
        radius = theme.px(9) / 2
        centre = QPointF(theme.px(4) + radius, top + theme.px(6) + radius)
        if number + 1 < len(self._steps):
            line = QRectF(centre.x() - 0.5, centre.y() + radius + 2, 1, height - 2 * radius - 4)
            painter.fillRect(line, theme.color("line2"))
        newest = number == 0
        painter.setPen(QPen(theme.color("accent" if newest else "control"), 2))
        painter.setBrush(theme.color("accent" if newest else "surface"))
        painter.drawEllipse(centre, radius - 1, radius - 1)


def _lines(step: Step) -> list[tuple[str, QFont, str]]:
    lines = [
        (step.title, theme.font(13), "t1"),
        (step.note, theme.font(12), "t2"),
        (step.by, theme.font(12), "t3"),
    ]
    return [line for line in lines if line[0]]


def _text_height(text: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, _FAR), _WRAP, text).height() + 1


def _spoken(step: Step) -> str:
    return "，".join(part for part in (step.title, step.note, step.by) if part)


class StageBar(QWidget):
    """The five stages of a case; the one it is in is named bold (收件、受理、审批、办结、送达)."""

    def __init__(self, stages: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages, self._at = tuple(stages), 0
        self.setFixedHeight(theme.px(26))

    def show_stage(self, at: int | None) -> None:
        """Show stage ``at`` as the current one; None: the case left the way, nothing is."""
        self._at = -1 if at is None else at
        here = self._stages[self._at] if 0 <= self._at < len(self._stages) else ""
        self.setAccessibleName(f"阶段：{here}" if here else "阶段：已结束")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(self._stages)
        for number, stage in enumerate(self._stages):
            done, now = number < self._at, number == self._at
            bar = QRectF(number * width, 0, width - theme.px(2), theme.px(4))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("ok" if done else "accent" if now else "line2"))
            painter.drawRoundedRect(bar, 2, 2)
            painter.setFont(theme.font(12, bold=now))
            painter.setPen(theme.color("accentT" if now else "t2" if done else "t3"))
            box = QRectF(bar.left(), theme.px(10), width, theme.px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, stage)
