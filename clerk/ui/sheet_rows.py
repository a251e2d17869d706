"""A plain table model for lists that are whole in memory: rows of cells, replaced at once."""

from collections.abc import Callable, Sequence
from typing import Any

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from clerk.ui.overriding import override
from clerk.ui.tables_paint import Cell


class RowsModel(QAbstractTableModel):
    """Rows of cells under fixed headings; a row reads as its cells joined."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._rows: Sequence[Any] = ()
        self._made: Callable[[Any], tuple[Cell, ...]] = tuple

    def show_rows(
        self, rows: Sequence[Any], cells: Callable[[Any], tuple[Cell, ...]] = tuple
    ) -> None:
        """Show these instead of any before; ``cells`` makes those of a row that is looked at."""
        self.beginResetModel()
        self._rows, self._made = rows, cells
        self.endResetModel()

    def change_row(self, row: int, changed: object) -> None:
        """Show one row anew."""
        self._rows = [*self._rows[:row], changed, *self._rows[row + 1 :]]
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._headings) - 1))

    def cells(self, row: int) -> Sequence[Cell] | None:
        """The cells of ``row``."""
        return self._made(self._rows[row]) if 0 <= row < len(self._rows) else None

    @override
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return len(self._headings)

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[section]
        return None

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cells = self.cells(index.row()) if index.isValid() else None
        if cells is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()].text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, map(_spoken, cells)))
        return None


def _spoken(cell: Cell) -> str:
    return cell.spec.spoken if cell.spec is not None else cell.text
