"""Cards: white ground, one line, no shadow."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPainter, QPainterPath, QPaintEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.widgets.ground import Ground
from clerk.ui.widgets.label import Label


class CardHeader(QWidget):
    """The first row of a card: title, a quiet hint, and what stands at the right."""

    def __init__(self, title: str, hint: str = "", *, height: int = 40) -> None:
        super().__init__()
        self.setFixedHeight(theme.px(height))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self._row.setSpacing(theme.px(8))
        self.title = Label(title, bold=True)
        self.hint = Label(hint, size=12, tone="t3", elide=True)
        self._row.addWidget(self.title)
        self._row.addWidget(self.hint, 1)

    def add(self, widget: QWidget) -> None:
        """Put ``widget`` at the right end."""
        self._row.addWidget(widget)


class Card(Ground):
    """A region with a ground of its own; ``body`` is its column, without margins or gaps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)

    def header(self, title: str, hint: str = "") -> CardHeader:
        """Add a header row and return it."""
        made = CardHeader(title, hint)
        self.body.addWidget(made)
        return made

    def line(self) -> None:
        """Add a hair line across the card."""
        self.body.addWidget(Line())


class Line(QFrame):
    """A line of one pixel, across or with ``upright`` down."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.palette().ColorRole.Light)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Quiet(QFrame):
    """The subtle block at the foot of a card, for what is known already."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 1, 0, 0)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        round_foot = QPainterPath()
        radius = theme.px(7)
        whole = QRectF(self.rect())
        round_foot.addRoundedRect(whole.adjusted(0, -radius, 0, 0), radius, radius)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("subtle"))
        painter.drawPath(round_foot)
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
