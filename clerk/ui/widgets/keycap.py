"""Drawn keys, shown only where they work now."""

from collections.abc import Sequence

from PyQt6.QtCore import QRectF, QSize
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from clerk.ui import paint, theme
from clerk.ui.overriding import override
from clerk.ui.widgets.label import Label


class Keycap(QWidget):
    """One key as it stands on the keyboard; decorative, the act's name speaks it."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return paint.keycap_size(self._key)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        paint.draw_keycap(QPainter(self), QRectF(self.rect()), self._key)


class KeyHint(QWidget):
    """Keys and the few words that say what they do, quiet, for a card's header."""

    def __init__(
        self, keys: Sequence[str], text: str, *, keys_last: bool = False, tone: str = "t3"
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(5))
        label = Label(text, size=12, tone=tone)
        if keys_last:
            row.addWidget(label)
        for key in keys:
            row.addWidget(Keycap(key))
        if not keys_last:
            row.addWidget(label)
