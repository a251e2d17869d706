"""A table of any length, of which only the pages in view are in memory."""

import dataclasses
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, Generic, TypeVar

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal

from clerk.domain.case_list import MARK_ROWS, ListExtent
from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui.chips import CellSpec
from clerk.ui.overriding import override
from clerk.ui.tables import CELL_ROLE, TONE_ROLE
from clerk.ui.tables_paint import Cell, Side
from clerk.values import dataclass

R = TypeVar("R")
PAGE: Final = 32
_NEAR: Final = PAGE // 4
_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_DISPLAY, _SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole
_ANSWERED = frozenset(int(role) for role in (_DISPLAY, _SPOKEN, _ALIGNMENT, CELL_ROLE, TONE_ROLE))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)  # no value: its side follows
class Column(Generic[R]):
    """One column: its title, the plain text of a row in it, and a spec where it is painted."""

    title: str
    text: Callable[[R], str]
    cell: Callable[[R], CellSpec | None] | None = None
    tone: Callable[[R], str] | None = None
    align: Qt.AlignmentFlag = _ALIGN_LEFT
    side: Side = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "side", Side.of(self.align))

    def cell_of(self, row: R) -> Cell:
        """What the table shows of ``row`` in this column."""
        spec = self.cell(row) if self.cell else None
        return Cell(
            text=spec.spoken if spec else self.text(row),
            spec=spec,
            tone=self.tone(row) if self.tone else "t1",
            side=self.side,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsked(Generic[R]):
    """Which rows are wanted: ``limit`` rows from position ``first`` on.

    ``after`` is the row just before, where it is known: then the store continues by its key
    instead of counting up to ``first``. Else ``mark`` says where the row ``behind`` rows before
    ``first`` stands; it is empty where nobody knows.
    """

    first: int
    limit: int
    after: R | None
    mark: bytes = b""
    behind: int = 0


class PagedTableModel(QAbstractTableModel, Generic[R]):
    """Rows fetched page by page in a lane; a row that is under way shows nothing yet.

    The first page is shown as soon as it is there; how many rows there are is measured after it,
    apart. ``fetch`` runs in ``lane``, ``measure`` in the lane of counting. At most ``kept`` pages
    stay in memory, those looked at longest ago go first. ``loaded`` follows every page that
    arrived, ``measured`` says that the number of rows is known.

    An answer of as many rows as before is no reset, for which headers are laid out and painted
    anew: ``replaced`` says that no row is what it was.
    """

    loaded = pyqtSignal()
    replaced = pyqtSignal()
    measured = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(
        self,
        jobs: Jobs,
        *,
        measure: Callable[[], ListExtent],
        fetch: Callable[[PageAsked[R]], Sequence[R]],
        columns: Sequence[Column[R]],
        lane: Lane = Lane.STORE,
        page: int = PAGE,
        kept: int = 40,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._lane = jobs, lane
        self._measure, self._fetch = measure, fetch
        self._columns, self._page, self._kept = tuple(columns), page, kept
        self._pages: OrderedDict[int, tuple[R, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._extent: ListExtent | None = None
        self._rows = 0
        self._round = 0
        self._begun = 0
        self._under_way = False
        self._expected = 0
        self._measures = True

    def reload(self) -> None:
        """Show the rows as the store has them now; until they are measured, as many as before."""
        self._measures = True
        self._begin_round(self._rows)

    def ask(
        self,
        *,
        measure: Callable[[], ListExtent],
        fetch: Callable[[PageAsked[R]], Sequence[R]],
        rows: int = 0,
        measured: bool = True,
    ) -> None:
        """Show the answer to another question; ``rows`` are expected until it is measured.

        Where it is not to be ``measured`` yet, ``measure`` says when.
        """
        self._measure, self._fetch, self._measures = measure, fetch, measured
        self._begin_round(rows)

    def measure(self) -> None:
        """Measure the list that was asked for last."""
        if not self._measures:
            self._measures = True
            if self._begun == self._round:
                self._run_measure()

    def extent(self) -> ListExtent | None:
        """How long the list is, None while that is not known."""
        return self._extent

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

    def cells(self, row: int) -> Sequence[Cell] | None:
        """What the table shows of ``row``, None while it is under way.

        Near the end of a page the next one is asked for, so that scrolling meets no blank rows.
        """
        found = self.row(row)
        if found is None:
            return None
        page, offset = divmod(row, self._page)
        if offset >= self._page - _NEAR and (page + 1) * self._page < self._rows:
            self._ask_for(page + 1)
        elif offset < _NEAR and page:
            self._ask_for(page - 1)
        return tuple(column.cell_of(found) for column in self._columns)

    def pages_in_memory(self) -> int:
        """How many pages are kept now."""
        return len(self._pages)

    def _begin_round(self, rows: int) -> None:
        """Ask for the first page; while an older one is under way, only the newest waits for it."""
        self._round += 1
        self._expected = rows
        self._asked.clear()
        if not self._under_way:
            self._fetch_first()

    def _fetch_first(self) -> None:
        self._under_way = True
        self._jobs.run(
            self._lane,
            partial(self._fetch, PageAsked(first=0, limit=self._page, after=None)),
            owner=self,
            then=partial(self._on_begun, self._round),
            failed=partial(self._on_not_begun, self._round),
        )

    def _ask_for(self, page: int) -> None:
        if self._begun != self._round or page in self._asked or page in self._pages:
            return  # what is there awaits another answer, or is under way
        self._asked.add(page)
        self._jobs.run(
            self._lane,
            partial(self._fetch, self._asked_page(page)),
            owner=self,
            then=partial(self._on_fetched, self._round, page),
            failed=partial(self._on_failed, self._round, page),
        )

    def _asked_page(self, page: int) -> PageAsked[R]:
        first, before = page * self._page, self._pages.get(page - 1)
        if before and len(before) == self._page:
            return PageAsked(first=first, limit=self._page, after=before[-1])
        place, behind = divmod(first, MARK_ROWS)
        marks = self._extent.marks if self._extent else ()
        if place >= len(marks):
            return PageAsked(first=first, limit=self._page, after=None)
        return PageAsked(
            first=first, limit=self._page, after=None, mark=marks[place], behind=behind
        )

    def _on_begun(self, asked_in: int, rows: Sequence[R]) -> None:
        self._under_way = False
        if asked_in != self._round:
            self._fetch_first()
            return
        whole = len(rows) < self._page
        self._extent, self._begun = None, asked_in
        self._show_first(tuple(rows), len(rows) if whole else max(len(rows), self._expected))
        self.loaded.emit()
        if asked_in == self._round and self._measures:
            self._run_measure()

    def _show_first(self, rows: tuple[R, ...], count: int) -> None:
        """Let the first page of an answer take the place of all that was there."""
        as_many = 0 < count == self._rows
        if not as_many:
            self.beginResetModel()
        self._pages.clear()
        self._pages[0], self._rows = rows, count
        if not as_many:
            self.endResetModel()
            return
        self.replaced.emit()
        self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(self._columns) - 1))

    def _on_not_begun(self, asked_in: int, error: ClerkError) -> None:
        self._under_way = False
        if asked_in == self._round:
            self.failed.emit(error)
        else:
            self._fetch_first()

    def _run_measure(self) -> None:
        self._jobs.run(
            Lane.COUNT,
            self._measure,
            owner=self,
            then=partial(self._on_measured, self._round),
            failed=self.failed.emit,
        )

    def _on_measured(self, asked_in: int, extent: ListExtent) -> None:
        if asked_in != self._round:
            return
        self._extent = extent
        before, now = self._rows, extent.rows
        if now > before:
            self.beginInsertRows(QModelIndex(), before, now - 1)
            self._rows = now
            self.endInsertRows()
        elif now < before:
            self.beginRemoveRows(QModelIndex(), now, before - 1)
            self._rows = now
            for page in [page for page in self._pages if page * self._page >= now]:
                del self._pages[page]
            self.endRemoveRows()
        self.measured.emit()

    def _on_fetched(self, asked_in: int, page: int, rows: Sequence[R]) -> None:
        if asked_in != self._round:
            return
        self._asked.discard(page)
        first = page * self._page
        if first >= self._rows:
            return  # the list turned out to be shorter
        self._pages[page] = tuple(rows)
        while len(self._pages) > self._kept:
            self._pages.popitem(last=False)
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
        if role == _DISPLAY and across and section < len(self._columns):
            return self._columns[section].title
        if role == _ALIGNMENT and across and section < len(self._columns):
            return self._columns[section].align | _VCENTER
        return None

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED or not index.isValid():
            return None
        row = self.row(index.row())
        if row is None:
            return None
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return column.cell_of(row).text
            case Qt.ItemDataRole.TextAlignmentRole:
                return column.align | _VCENTER
        if role == CELL_ROLE:
            return column.cell(row) if column.cell else None
        return column.tone(row) if column.tone else None
