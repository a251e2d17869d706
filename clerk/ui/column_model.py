"""A table model of one column, for lists that are whole in memory."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from clerk.ui.chips import LinesSpec
from clerk.ui.overriding import override
from clerk.ui.tables import CELL_ROLE

R = TypeVar("R")

_READ = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})


class ColumnModel(QAbstractTableModel, Generic[R]):
    """The rows, replaced as a whole; ``spec_of`` says what each shows, ``spoken_of`` how it reads."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[R, ...] = ()

    def spec_of(self, row: R) -> LinesSpec:
        """What is drawn of a row."""
        raise NotImplementedError

    def spoken_of(self, row: R) -> str:
        """What a screen reader says of it."""
        return self.spec_of(row).spoken

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these instead of any before."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row(self, number: int) -> R | None:
        """The row of that number."""
        return self.rows[number] if 0 <= number < len(self.rows) else None

    def look_again(self) -> None:
        """Show anew what the same rows say now."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    @override
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == CELL_ROLE:
            return self.spec_of(row)
        return self.spoken_of(row) if role in _READ else None
