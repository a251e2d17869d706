"""A table whose rows stand in groups, each below its heading; keys pass the headings by."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QAbstractItemModel, QRect, Qt
from PyQt6.QtGui import QPainter

from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.tables import Table
from clerk.ui.tables_paint import Brush, Cell, Look

_HEADING_HEIGHT = 28


class GroupedTable(Table):
    """A heading is no row: it is painted in the room above the first row of its group."""

    def __init__(
        self,
        model: QAbstractItemModel,
        *,
        heading_of: Callable[[int], str],
        widths: Sequence[int | None],
        row_height: int,
        row_keys: Sequence[Qt.Key] = (),
        name: str = "",
    ) -> None:
        """``heading_of`` is empty for every row that does not begin a group."""
        super().__init__(
            model,
            widths=widths,
            row_height=row_height,
            header=False,
            row_keys=row_keys,
            name=name,
        )
        self._heading_of, self._row_height = heading_of, row_height
        model.modelReset.connect(self._make_room)

    def _make_room(self) -> None:
        model = self.model()
        for row in range(model.rowCount() if model is not None else 0):
            above = _HEADING_HEIGHT if self._heading_of(row) else 0
            self.setRowHeight(row, theme.px(self._row_height + above))

    @override
    def _paint_grounds(
        self, painter: QPainter, first: int, last: int
    ) -> Sequence[tuple[int, int, Sequence[Cell]]]:
        viewport, across = self.viewport(), self.horizontalHeader()
        width = across.length() if across is not None else 0
        chosen = self._chosen_rows()
        under = self._row_under_mouse(viewport) if viewport is not None else -1
        look = Look(scale=theme.active()[1], dark=theme.is_dark(), ratio=self.devicePixelRatio())
        brush = Brush(painter, look)
        found = []
        for row in range(first, last + 1):
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            if heading := self._heading_of(row):
                above = theme.px(_HEADING_HEIGHT)
                box = QRect(theme.px(14), top, width - theme.px(24), above)
                painter.fillRect(0, top, width, above, theme.color("surface"))
                brush.write(box, heading, 12, "t3")
                top, height = top + above, height - above
            self._paint_ground(painter, QRect(0, top, width, height), row in chosen, row == under)
            cells = self._cells(row)
            if cells is not None:
                found.append((top, height, cells))
        return found
