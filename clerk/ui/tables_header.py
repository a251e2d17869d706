"""The heading of a table, painted: the names of the columns over a thin line."""

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QPainter
from PyQt6.QtWidgets import QHeaderView, QWidget

from clerk.ui import theme
from clerk.ui.overriding import override

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_FIRST, _OTHERS = 14, 10
"""Free before a name, as before the cells below it."""


class Header(QHeaderView):
    """What stands over the columns; no style sheet is spent on a row of words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setProperty("ground", "subtle")

    @override
    def paintSection(self, painter: QPainter | None, rect: QRect, logicalIndex: int) -> None:
        model = self.model()
        if painter is None or model is None:
            return
        painter.fillRect(rect, theme.color("subtle"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        first = self.visualIndex(logicalIndex) == 0
        before = theme.px(_FIRST if first else _OTHERS)
        room = rect.adjusted(before, 0, -theme.px(_OTHERS), -1)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("t3"))
        across, aligned = self.orientation(), Qt.ItemDataRole.TextAlignmentRole
        side = model.headerData(logicalIndex, across, aligned)
        name = model.headerData(logicalIndex, across)  # its number, where it has no name
        painter.drawText(room, side or _LEFT, str(name))
