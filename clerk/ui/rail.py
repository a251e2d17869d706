"""The rail of eight places at the left of the window."""

from enum import Enum

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from clerk.ui import icons, paint, theme
from clerk.ui.overriding import override

_MOST_SHOWN = 99


class Place(Enum):
    """The eight places; the number is the digit that goes there with Alt and never moves."""

    TODAY = (1, "今日", "sunrise")
    INTAKE = (2, "受理", "inbox")
    CASES = (3, "办件", "folder-open")
    APPROVAL = (4, "审批", "stamp")
    AGENCY = (5, "帮办", "handshake")
    VAN = (6, "直通车", "bus")
    STATISTICS = (7, "统计", "chart-column")
    STANDARDS = (8, "标准", "book-open-check")

    @property
    def digit(self) -> int:
        """The digit that goes there with Alt."""
        return self.value[0]

    @property
    def word(self) -> str:
        """Its name on the rail."""
        return self.value[1]

    @property
    def icon(self) -> str:
        """Its icon."""
        return self.value[2]


class RailItem(QAbstractButton):
    """One place: icon, word, and how much waits there."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self._count, self._bad = 0, False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_count(0)

    def set_count(self, count: int, *, bad: bool = False) -> None:
        """Show how much waits; nothing for 0."""
        self._count, self._bad = count, bad
        waiting = f"，{count} 件" if count else ""
        self.setAccessibleName(f"{self.place.word}，Alt {self.place.digit}{waiting}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(56), theme.px(52))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        chosen = self.isChecked()
        if chosen or self.underMouse() or self.hasFocus():
            painter.setBrush(theme.color("surface" if chosen else "window"))
            edge = "focus" if self.hasFocus() else "line"
            painter.setPen(QPen(theme.color(edge), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(frame, theme.px(8), theme.px(8))
        tone = "accentT" if chosen else "t2"
        left = (self.width() - theme.px(20)) / 2
        icons.draw(painter, self.place.icon, QPointF(left, theme.px(7)), 20, tone)
        painter.setPen(theme.color(tone))
        painter.setFont(theme.font(12, chosen))
        box = QRectF(0, theme.px(29), self.width(), theme.px(17))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.place.word)
        if self._count:
            self._paint_count(painter)

    def _paint_count(self, painter: QPainter) -> None:
        text = str(self._count) if self._count <= _MOST_SHOWN else f"{_MOST_SHOWN}+"
        height = theme.px(15)
        width = max(height, round(paint.text_width(text, 12, bold=True)) + theme.px(6))
        box = QRectF(self.width() - width - theme.px(3), theme.px(4), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bad" if self._bad else "t2"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(theme.color("rail"))
        painter.setFont(theme.font(12, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """Shows the places that are built; the digits of the others stay free."""

    went = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "rail")
        self.setFixedWidth(theme.px(68))
        self._items = {place: RailItem(place) for place in Place}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        column.setSpacing(theme.px(2))
        for place, item in self._items.items():
            column.addWidget(item, 0, Qt.AlignmentFlag.AlignHCenter)
            item.clicked.connect(lambda _, place=place: self.went.emit(place))
            item.hide()
        column.addStretch()

    def show_place(self, place: Place) -> None:
        """Let ``place`` be seen: it is built, and this person has it."""
        self._items[place].show()

    def set_current(self, place: Place) -> None:
        """Mark ``place`` as the one on screen."""
        self._items[place].setChecked(True)

    def item(self, place: Place) -> RailItem:
        """The button of ``place``."""
        return self._items[place]

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("rail"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.color("line"))
