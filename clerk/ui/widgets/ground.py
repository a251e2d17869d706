"""Grounds with a line around them or round corners: cards, strips, dialogs.

On the way to the first paint: see ``clerk.ui.early``.
"""

from collections.abc import Mapping
from typing import NamedTuple

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QWidget

from clerk.ui import theme
from clerk.ui.overriding import override


class _Look(NamedTuple):
    """Tokens of fill and line (empty: none), and the corners' radius."""

    fill: str
    line: str
    radius: int


_LOOKS: Mapping[str, _Look] = {
    "card": _Look("surface", "line", 8),
    "box": _Look("surface", "line", 6),
    "popup": _Look("surface", "line2", 6),
    "dialog": _Look("surface", "line2", 10),
    "warn": _Look("warnS", "", 6),
    "bad": _Look("badS", "", 6),
    "info": _Look("accentS", "", 6),
    "ok": _Look("okS", "", 6),
}


class Ground(QFrame):
    """A frame that paints what lies behind its content; a line takes one pixel on every side."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_ground(kind)

    def set_ground(self, kind: str) -> None:
        """``card``, ``box``, ``popup``, ``dialog``, or the kind of a notice."""
        self.ground_kind = kind
        self._ground = _LOOKS[kind]
        line = 1 if self._ground.line else 0
        self.setContentsMargins(line, line, line, line)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        fill, line, radius = self._ground
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color(fill))
        painter.setPen(theme.color(line or fill))
        rounded = theme.px(radius) - 0.5
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, rounded, rounded)
