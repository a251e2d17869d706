"""A line to type into, in the box that every editor stands in.

On the way to the first paint: see ``clerk.ui.early``.
"""

from PyQt6.QtCore import QEvent, QRectF
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from clerk.ui import paint, theme
from clerk.ui.overriding import override

_HEIGHT, _PADDING = 32, 10


class LineEdit(QLineEdit):
    """A line edit that paints its box itself; a ``bare`` one stands in the box of another.

    A style sheet would cost each of them twenty times what the painting costs.
    """

    def __init__(self, parent: QWidget | None = None, *, bare: bool = False) -> None:
        super().__init__(parent)
        self._bare = bare
        self.setFrame(False)
        self.setPalette(theme.without_base())
        self.fit()

    def fit(self) -> None:
        """Take the room that the box and the text need as they are now."""
        if not self._bare:
            side = theme.px(_PADDING) + 1
            self.take_room(_HEIGHT, side, side)

    def take_room(self, high: int, left: int, right: int) -> None:
        """Be ``high`` pixels of the standard scale inside the box; so much is free at the sides."""
        self.setFixedHeight(theme.px(high) + 2)
        edge = 2 if self.hasFocus() else 1
        self.setTextMargins(left, edge, right, edge)

    def edge(self) -> tuple[str, int]:
        """Colour and width of the edge as it is now; without a colour there is no box."""
        if self._bare:
            return "", 0
        if self.hasFocus():
            return "focus", 2
        return ("control" if self.isEnabled() else "line"), 1

    @override
    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange:
            self.fit()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        tone, width = self.edge()
        if tone:
            painter = QPainter(self)
            paint.draw_box(painter, QRectF(self.rect()), tone, width)
            painter.end()
        super().paintEvent(event)
