"""Goals 15 and 6: 办件 over very many cases beside 1,000, its repaint, a search among them."""

import random
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import QApplication, QTableView, QWidget

from benchmarks import case_keys, case_search
from benchmarks.absent_peers import AbsentPeers
from benchmarks.counter import START_AT, Counter, new_key, open_store, scratch
from benchmarks.figures import Figure, Goal, in_turn, milliseconds
from benchmarks.large_store import make_large
from benchmarks.turning import Painted, turn_until
from clerk.app.catalogue_at_hand import CatalogueAtHand
from clerk.app.edges import uuid7
from clerk.app.opening import OpenCounter, read_sounds
from clerk.app.wiring import actions_for
from clerk.domain.case_list import CaseQuery, CaseView
from clerk.domain.days import local_date
from clerk.jobs import Jobs
from clerk.services.pin_lease import set_pin
from clerk.services.sign_in import sign_in
from clerk.settings import PRACTICE_COUNTER
from clerk.ui import theme
from clerk.ui.cases_list import CaseList
from clerk.ui.tables import CELL_ROLE, TONE_ROLE, Table

FEW, MANY, LARGE = 1_000, 100_000, 1_000_000
OPENINGS, MOVES = 15, 40
WHEEL_ROWS = 3
WIDTH, HEIGHT = 1280, 800

LENGTH = Goal(number=15, floor=1.25, reach=1.1)
REPAINT = Goal(number=15, floor=1.6, reach=1.1)


class Place:
    """One store and the list over it."""

    def __init__(self, path: Path, key: bytes, counter: Counter, jobs: Jobs) -> None:
        """Open the store."""
        self._jobs = jobs
        self.store = open_store(path, key, lambda: START_AT, counter.initials)
        peers = AbsentPeers()
        desk = counter.desk(
            self.store,
            now=lambda: START_AT,
            new_id=uuid7,
            certificates=peers,
            back_office=peers,
            platform=peers,
        )
        opened = OpenCounter(
            desk=desk,
            items=CatalogueAtHand(self.store, read_sounds(), PRACTICE_COUNTER.code),
            people=(),
            idle_minutes=10,
            sign_in=partial(sign_in, desk, tick_seconds=lambda: 0),
            practice=None,
            close=self.store.close,
            set_pin=partial(set_pin, desk, tick_seconds=lambda: 0),
        )
        self.actions = actions_for(opened, counter.session).cases
        self._query = CaseQuery(view=CaseView.ALL, on=local_date(START_AT))
        self._drawn = random.Random(15)  # noqa: S311
        self.list: CaseList | None = None

    def open(self) -> float:
        """Open the list; return the milliseconds until its rows are painted."""
        self.close_list()
        return milliseconds(self._open)

    def _open(self) -> None:
        found = CaseList(self._jobs, self.actions, self._query, own_items=())
        painted = Painted(_viewport(found.table))
        found.model.loaded.connect(lambda: found.show_loaded("09:00"))
        found.resize(WIDTH, HEIGHT)
        found.show()
        found.reload(self._query)
        turn_until(lambda: found.is_loaded() and found.current() is not None)
        self.list, self.painted = found, painted
        self._until_painted()

    def jump(self) -> float:
        """Go to a row far away; return the milliseconds until it is painted with its text.

        What is in memory is forgotten first: a short list would otherwise never be fetched.
        """
        shown = self._shown()
        shown.reload(self._query)
        self._until_measured()
        row = self._drawn.randrange(shown.model.rowCount())

        def work() -> None:
            shown.table.go_to(row)
            turn_until(lambda: shown.model.row(row) is not None)
            self._until_painted()

        return milliseconds(work)

    def scroll(self) -> float:
        """Turn the wheel by one step; return the milliseconds until it is painted."""
        self._until_measured()
        bar = self._shown().table.verticalScrollBar()
        if bar is None:
            raise AssertionError("no scroll bar")
        step = WHEEL_ROWS * theme.px(36)
        to = bar.value() + step
        if to > bar.maximum():
            to = bar.minimum()

        def work() -> None:
            bar.setValue(to)
            self._until_painted()

        return milliseconds(work)

    def repaint(self) -> float:
        """Paint the whole table again."""
        return milliseconds(self._until_painted)

    def close_list(self) -> None:
        """Drop the list."""
        if self.list is not None:
            self.list.close()
            self.list.deleteLater()
            self.list = None

    def _until_measured(self) -> None:
        shown = self._shown()
        turn_until(lambda: shown.is_measured() and shown.current() is not None)

    def _shown(self) -> CaseList:
        if self.list is None:
            raise AssertionError("the list is not open")
        return self.list

    def _until_painted(self) -> None:
        before = self.painted.times
        _viewport(self._shown().table).update()
        turn_until(lambda: self.painted.times > before)


class _Other:
    """Another table of the same rows, to be painted beside ours."""

    def __init__(self, view: QTableView, ours: Table) -> None:
        self._view, self._painted = view, Painted(_viewport(view))
        view.resize(ours.size())
        view.show()
        self.repaint()

    def repaint(self) -> float:
        """Paint the whole table again."""
        return milliseconds(self._until_painted)

    def close(self) -> None:
        """Drop it."""
        self._view.close()

    def _until_painted(self) -> None:
        before = self._painted.times
        _viewport(self._view).update()
        turn_until(lambda: self._painted.times > before)


def _viewport(view: QTableView) -> QWidget:
    found = view.viewport()
    if found is None:
        raise AssertionError("a view has a viewport")
    return found


def measure(large: bool) -> Sequence[Figure]:
    """Make the stores, then measure each pair in turn."""
    app = QApplication.instance() or theme.program("benchmarks")
    if isinstance(app, QApplication):
        theme.apply(app)
    folder, key, counter, jobs = scratch("bench"), new_key(), Counter(), Jobs()
    found: list[Figure] = []
    try:
        few = _place(folder, key, counter, jobs, FEW)
        for length in (MANY, LARGE) if large else (MANY,):
            many = _place(folder, key, counter, jobs, length)
            found += _by_length(few, many, length)
            if length == MANY:
                found += _by_model(many)
            else:
                found.append(case_search.among(many.store, counter, length))
            many.close_list()
            found += case_keys.pressed(many.actions, jobs, counter, many.store, _bare_like)
            many.store.close()
        few.close_list()
        few.store.close()
    finally:
        jobs.close()
        shutil.rmtree(folder)
    return found


def _place(folder: Path, key: bytes, counter: Counter, jobs: Jobs, length: int) -> Place:
    path = folder / f"{length}.db"
    make_large(path, key, counter, length)
    return Place(path, key, counter, jobs)


def _by_length(few: Place, many: Place, length: int) -> Sequence[Figure]:
    said = f"{length:,} cases, beside {FEW:,}"
    opened = in_turn(OPENINGS, many.open, few.open)
    jumped = in_turn(MOVES, many.jump, few.jump)
    scrolled = in_turn(MOVES, many.scroll, few.scroll)
    return [
        LENGTH.figure(f"open, {said}", *opened, "ms"),
        LENGTH.figure(f"jump, {said}", *jumped, "ms"),
        LENGTH.figure(f"scroll, {said}", *scrolled, "ms"),
    ]


def _by_model(ours: Place) -> Sequence[Figure]:
    """Paint our rows from our model and from a C++ one, then beside a bare C++ table.

    The bare table has the same texts, widths and heights of rows, and Qt's own delegate.
    """
    if ours.list is None:
        raise AssertionError("the list is not open")
    copied = _copied(ours.list, rows=60)
    table = ours.list.table
    widths = tuple(table.columnWidth(column) for column in range(copied.columnCount()))
    same_look = _Other(Table(copied, widths=widths), table)
    bare = _Other(_bare(copied, widths, table.rowHeight(0)), table)
    figures = [
        REPAINT.figure(
            "repaint, our model beside a C++ one",
            *in_turn(MOVES, ours.repaint, same_look.repaint),
            "ms",
        ),
        REPAINT.figure(
            "repaint, painted rows beside a bare table",
            *in_turn(MOVES, ours.repaint, bare.repaint),
            "ms",
        ),
    ]
    same_look.close()
    bare.close()
    return figures


def _bare_like(shown: CaseList) -> QTableView:
    """Return a bare C++ table of the first rows of the list."""
    copied, table = _copied(shown, rows=60), shown.table
    widths = [table.columnWidth(column) for column in range(copied.columnCount())]
    return _bare(copied, widths, table.rowHeight(0))


def _bare(model: QStandardItemModel, widths: Sequence[int], row_height: int) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setShowGrid(False)
    view.setWordWrap(False)
    for column, width in enumerate(widths):
        view.setColumnWidth(column, width)
    down = view.verticalHeader()
    if down is None:
        raise AssertionError("a table has headers")
    down.hide()
    down.setDefaultSectionSize(row_height)
    return view


def _copied(shown: CaseList, rows: int) -> QStandardItemModel:
    """Return the first rows of the list in a C++ model."""
    model = shown.model
    shown.table.go_to(0)
    turn_until(lambda: model.row(rows - 1) is not None)
    copied = QStandardItemModel(rows, model.columnCount())
    for row in range(rows):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            item = QStandardItem(str(model.data(index)))
            for role in (CELL_ROLE, TONE_ROLE, Qt.ItemDataRole.TextAlignmentRole):
                item.setData(model.data(index, role), role)
            copied.setItem(row, column, item)
    return copied
