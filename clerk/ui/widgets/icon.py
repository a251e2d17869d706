"""Icons beside text."""

from PyQt6.QtCore import QPointF, QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.ui import icons, theme
from clerk.ui.overriding import override


class Icon(QWidget):
    """A decorative icon beside text that says the same."""

    def __init__(
        self,
        name: str,
        size: int = 16,
        tone: str = "t2",
        *,
        stroke: str = "1.75",
        disc: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name, self._size, self._tone = name, size, tone
        self._stroke, self._disc = stroke, disc

    def show_icon(self, name: str, tone: str = "") -> None:
        """Show another icon, in another tone if one is given."""
        shown = name, tone or self._tone
        if shown != (self._name, self._tone):
            self._name, self._tone = shown
            self.update()

    @override
    def sizeHint(self) -> QSize:
        side = theme.px(max(self._size, self._disc))
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        if self._disc:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("window"))
            painter.drawEllipse(self.rect())
        offset = (theme.px(max(self._size, self._disc)) - theme.px(self._size)) / 2
        at = QPointF(offset, offset)
        icons.draw(painter, self._name, at, self._size, self._tone, stroke=self._stroke)
