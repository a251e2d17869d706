"""A table of any length, of which only the pages in view are in memory."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal

from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui.chips import CellSpec
from clerk.ui.overriding import override
from clerk.ui.tables import CELL_ROLE, TONE_ROLE

R = TypeVar("R")
PAGE = 200
_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """One column: its title, the plain text of a row in it, and a spec where it is painted."""

    title: str
    text: Callable[[R], str]
    cell: Callable[[R], CellSpec | None] | None = None
    tone: Callable[[R], str] | None = None
    align: Qt.AlignmentFlag = _ALIGN_LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsked(Generic[R]):
    """Which rows are wanted: ``limit`` rows from position ``first`` on.

    ``after`` is the row just before, where it is known: then the store continues by its key
    instead of counting up to ``first``.
    """

    first: int
    limit: int
    after: R | None


class PagedTableModel(QAbstractTableModel, Generic[R]):
    """Rows fetched page by page in a lane; a row that is under way shows nothing yet.

    ``count`` and ``fetch`` run in ``lane``. At most ``kept`` pages stay in memory, those looked at
    longest ago go first. ``loaded`` follows every page that arrived.
    """

    loaded = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(
        self,
        jobs: Jobs,
        *,
        count: Callable[[], int],
        fetch: Callable[[PageAsked[R]], Sequence[R]],
        columns: Sequence[Column[R]],
        lane: Lane = Lane.STORE,
        page: int = PAGE,
        kept: int = 20,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._lane = jobs, lane
        self._count, self._fetch = count, fetch
        self._columns, self._page, self._kept = tuple(columns), page, kept
        self._pages: OrderedDict[int, tuple[R, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._rows = 0
        self._round = 0

    def reload(self) -> None:
        """Forget everything, count again and show the rows as the store has them now."""
        self._round += 1
        self._asked.clear()
        self._jobs.run(
            self._lane,
            self._count,
            owner=self,
            then=partial(self._on_counted, self._round),
            failed=self.failed.emit,
        )

    def ask(
        self, *, count: Callable[[], int], fetch: Callable[[PageAsked[R]], Sequence[R]]
    ) -> None:
        """Show the answer to another question: another filter or another order."""
        self._count, self._fetch = count, fetch
        self.reload()

    def row(self, number: int) -> R | None:
        """The row at ``number``, or None while it is under way; asks for it if need be."""
        if not 0 <= number < self._rows:
            return None
        page, offset = divmod(number, self._page)
        rows = self._pages.get(page)
        if rows is None:
            self._ask_for(page)
            return None
        self._pages.move_to_end(page)
        return rows[offset] if offset < len(rows) else None

    def pages_in_memory(self) -> int:
        """How many pages are kept now."""
        return len(self._pages)

    def _ask_for(self, page: int) -> None:
        if page in self._asked:
            return
        self._asked.add(page)
        before = self._pages.get(page - 1)
        asked = PageAsked(
            first=page * self._page,
            limit=self._page,
            after=before[-1] if before and len(before) == self._page else None,
        )
        self._jobs.run(
            self._lane,
            partial(self._fetch, asked),
            owner=self,
            then=partial(self._on_fetched, self._round, page),
            failed=partial(self._on_failed, self._round, page),
        )

    def _on_counted(self, asked_in: int, rows: int) -> None:
        if asked_in != self._round:
            return
        self.beginResetModel()
        self._pages.clear()
        self._rows = rows
        self.endResetModel()
        if rows:
            self._ask_for(0)
        else:
            self.loaded.emit()

    def _on_fetched(self, asked_in: int, page: int, rows: Sequence[R]) -> None:
        if asked_in != self._round:
            return
        self._asked.discard(page)
        self._pages[page] = tuple(rows)
        while len(self._pages) > self._kept:
            self._pages.popitem(last=False)
        first = page * self._page
        last = min(first + self._page, self._rows) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))
        self.loaded.emit()

    def _on_failed(self, asked_in: int, page: int, error: ClerkError) -> None:
        if asked_in == self._round:
            self._asked.discard(page)
            self.failed.emit(error)

    @override
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._rows

    @override
    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole and across and section < len(self._columns):
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole and across and section < len(self._columns):
            return self._columns[section].align | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                spec = column.cell(row) if column.cell else None
                return spec.spoken if spec else column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return column.align | Qt.AlignmentFlag.AlignVCenter
        if role == CELL_ROLE:
            return column.cell(row) if column.cell else None
        if role == TONE_ROLE:
            return column.tone(row) if column.tone else None
        return None
