"""Views and filters above a list of cases: flat buttons of which the chosen ones stand out."""

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from clerk.ui import icons, paint, theme
from clerk.ui.overriding import override

_VCENTER = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Pill(QAbstractButton):
    """A view (one of several, with its count) or, with ``removable``, a filter that is on or off."""

    def __init__(self, text: str, *, removable: bool = False) -> None:
        super().__init__()
        self._count: int | None = None
        self._removable = removable
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.toggled.connect(self.updateGeometry)

    def set_count(self, count: int | None) -> None:
        """Show how many there are, or nothing while that is not known."""
        self._count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()}，{count} 件")
        self.updateGeometry()
        self.update()

    @property
    def count(self) -> int | None:
        """The number on show."""
        return self._count

    def _counted(self) -> str:
        return "" if self._count is None else str(self._count)

    @override
    def sizeHint(self) -> QSize:
        width = paint.text_width(self.text(), 13, bold=not self._removable) + theme.px(24)
        if self._counted():
            width += paint.text_width(self._counted(), 13) + theme.px(6)
        if self._removable and self.isChecked():
            width += theme.px(20)
        return QSize(round(width) + 1, theme.px(30))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, tone = self._look()
        if ground or edge:
            painter.setBrush(theme.color(ground or "surface"))
            painter.setPen(QPen(theme.color(edge), 1) if edge else Qt.PenStyle.NoPen)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        bold = self.isChecked() and not self._removable
        painter.setFont(theme.font(13, bold))
        painter.setPen(theme.color(tone))
        at = theme.px(12)
        painter.drawText(QRectF(at, 0, self.width(), self.height()), _VCENTER, self.text())
        at += round(paint.text_width(self.text(), 13, bold)) + theme.px(6)
        if self._counted():
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("t3"))
            painter.drawText(QRectF(at, 0, self.width(), self.height()), _VCENTER, self._counted())
        if self._removable and self.isChecked():
            icons.draw(painter, "x", QPointF(at, (self.height() - theme.px(14)) / 2), 14, tone)
        if self.hasFocus():
            paint.draw_focus_ring(painter, QRectF(self.rect()), 6, ground or "window")

    def _look(self) -> tuple[str, str, str]:
        """Tokens of ground, edge and text."""
        if self._removable:
            return (
                ("accentS", "accent", "accentT") if self.isChecked() else ("surface", "line2", "t2")
            )
        if self.isChecked():
            return "surface", "line2", "t1"
        return ("hover" if self.underMouse() else ""), "", "t2"


class Views(QWidget):
    """Exactly one of several views; arrows move between them. ``chosen`` carries its place."""

    chosen = pyqtSignal(int)

    def __init__(self, names: Sequence[str], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        self.pills = [Pill(text) for text in names]
        for place, pill in enumerate(self.pills):
            pill.setAutoExclusive(True)
            pill.clicked.connect(lambda _, place=place: self.choose(place))
            row.addWidget(pill)
        row.addStretch(1)
        self._current = -1

    def choose(self, place: int) -> None:
        """Choose a view as by hand."""
        if 0 <= place < len(self.pills) and place != self._current:
            self.show_chosen(place)
            self.chosen.emit(place)

    def current(self) -> int:
        """The place of the chosen view."""
        return self._current

    def show_chosen(self, place: int) -> None:
        """Show ``place`` as chosen without telling anybody."""
        self._current = place
        self.pills[place].setChecked(True)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event is not None and event.key() in step:
            place = min(len(self.pills) - 1, max(0, self._current + step[Qt.Key(event.key())]))
            self.choose(place)
            self.pills[place].setFocus()
            return
        super().keyPressEvent(event)
