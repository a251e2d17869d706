"""Tables of painted rows: whole rows at a time, fixed heights, no widget in any row."""

from collections.abc import Iterator, Sequence
from typing import Final, Protocol, runtime_checkable

from PyQt6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QRect, Qt, pyqtSignal
from PyQt6.QtGui import QCursor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.tables_header import Header
from clerk.ui.tables_paint import Brush, Cell, CellPainter, Look, Side

CELL_ROLE: Final = Qt.ItemDataRole.UserRole + 1
TONE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_KEPT_ROWS = 512


@runtime_checkable
class PaintedRows(Protocol):
    """A model that gives a row's cells in one go instead of role by role."""

    def cells(self, row: int) -> Sequence[Cell] | None:
        """The cells of ``row``, one a column; None while they are under way."""
        ...


class Table(QTableView):
    """A table of rows with fixed heights, moved through by arrows.

    ``opened`` carries the row on Enter or double click, ``digit`` a digit pressed on a row,
    ``key`` any other key of ``row_keys`` (Space, Delete); so digits never search. ``widths`` are
    pixels of the standard scale; None takes what is left.

    A cell answers ``CELL_ROLE`` with a spec, or with None to show its display text in the tone of
    ``TONE_ROLE``. What a row shows is kept until the model says that it has changed. A model must
    answer ``AccessibleTextRole`` for every spec; ``spoken`` of the spec is made for it.
    """

    opened = pyqtSignal(int)
    moved = pyqtSignal(int)
    digit = pyqtSignal(int)
    row_key = pyqtSignal(int)

    def __init__(
        self,
        model: QAbstractItemModel,
        *,
        widths: Sequence[int | None],
        row_height: int = 36,
        size: int = 13,
        header: bool = True,
        row_keys: Sequence[Qt.Key] = (),
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row_keys = frozenset(row_keys)
        self._painter = CellPainter(size)
        self._painters: dict[int, CellPainter] = {}
        self._kept: dict[int, Sequence[Cell]] = {}
        self._left = False
        self._rows = model if isinstance(model, PaintedRows) else _RoleByRole(model)
        self.setAccessibleName(name)
        self.setModel(model)
        self._forget_with(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        viewport = self.viewport()
        if viewport is not None:
            # painted whole by us, so that nothing behind it is painted first
            viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._set_up_headers(widths, row_height, header)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        chosen = self.selectionModel()
        if chosen is not None:
            chosen.currentRowChanged.connect(lambda now, _: self.moved.emit(now.row()))

    def _forget_with(self, model: QAbstractItemModel) -> None:
        """Keep no row that the model has moved or changed."""
        model.dataChanged.connect(lambda first, last: self._forget(first.row(), last.row()))
        for moved in (
            model.modelReset,
            model.layoutChanged,
            model.rowsInserted,
            model.rowsRemoved,
            model.rowsMoved,
        ):
            moved.connect(lambda *_: self._kept.clear())

    def _forget(self, first: int, last: int) -> None:
        for row in [row for row in self._kept if first <= row <= last]:
            del self._kept[row]

    def paint_column_with(self, column: int, painter: CellPainter) -> None:
        """Let ``painter`` paint the cells of one column."""
        self._painters[column] = painter

    def _set_up_headers(self, widths: Sequence[int | None], row_height: int, shown: bool) -> None:
        down = QHeaderView(Qt.Orientation.Vertical, self)
        across = Header(self)
        self.setVerticalHeader(down)
        self.setHorizontalHeader(across)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(theme.px(20))
        down.setDefaultSectionSize(theme.px(row_height))
        across.setVisible(shown)
        across.setFixedHeight(theme.px(30))
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setMinimumSectionSize(theme.px(20))
        for column, width in enumerate(widths):
            if width is None:
                across.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                across.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, theme.px(width))

    def set_row_height(self, height: int) -> None:
        """Make every row so high, in pixels of the standard scale."""
        down = self.verticalHeader()
        if down is not None:
            down.setDefaultSectionSize(theme.px(height))

    def current_row(self) -> int:
        """The current row, -1 without one."""
        return -1 if self._left else self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Make ``row`` current and bring it into view."""
        model = self.model()
        if model is None or not 0 <= row < model.rowCount():
            return
        left, self._left = self._left, False
        index = model.index(row, 0)
        if left and index == self.currentIndex().siblingAtColumn(0):
            self.scrollTo(index)
            self.moved.emit(row)
        else:
            self.setCurrentIndex(index)

    def leave_rows(self) -> None:
        """Other rows stand there now: none is current before ``go_to``, which always tells of it."""
        self._left = True

    # ---- painting --------------------------------------------------------------------------

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the current row in view where it was."""
        before, current = QRect(), self.currentIndex()
        if event is not None:
            before = QRect(QPoint(), event.oldSize())
        seen = before.intersects(self.visualRect(current))
        super().resizeEvent(event)
        if seen:
            self.scrollTo(current)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        viewport, model = self.viewport(), self.model()
        if event is None or viewport is None or model is None:
            return
        area = event.rect()
        painter = QPainter(viewport)
        painter.fillRect(area, theme.color("surface"))
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return
        last = last if last >= 0 else model.rowCount() - 1
        scheme = Look(scale=theme.active()[1], dark=theme.is_dark(), ratio=self.devicePixelRatio())
        brush = Brush(painter, scheme)
        rows = self._paint_grounds(painter, first, last)
        for column, left, width, cell_painter in self._boxes(area):
            for top, height, cells in rows:
                cell_painter.paint(brush, QRect(left, top, width, height), cells[column])

    def _paint_grounds(
        self, painter: QPainter, first: int, last: int
    ) -> Sequence[tuple[int, int, Sequence[Cell]]]:
        """Paint what is behind the cells; return top, height and cells of the rows that are there.

        The cells themselves are painted column by column: those of a column look alike.
        """
        viewport, across = self.viewport(), self.horizontalHeader()
        width = across.length() if across is not None else 0
        chosen = self._chosen_rows()
        under = self._row_under_mouse(viewport) if viewport is not None else -1
        height, top = self.rowHeight(first), self.rowViewportPosition(first)
        found = []
        for row in range(first, last + 1):
            self._paint_ground(painter, QRect(0, top, width, height), row in chosen, row == under)
            cells = self._cells(row)
            if cells is not None:
                found.append((top, height, cells))
            top += height
        return found

    def _boxes(self, area: QRect) -> Iterator[tuple[int, int, int, CellPainter]]:
        """Column, left edge and width of what may be written in, of the columns in ``area``."""
        model = self.model()
        for column in range(model.columnCount() if model is not None else 0):
            left, width = self.columnViewportPosition(column), self.columnWidth(column)
            if left <= area.right() and left + width > area.left():
                margin = theme.px(14 if column == 0 else 10)
                painter = self._painters.get(column, self._painter)
                yield column, left + margin, max(0, width - margin - theme.px(10)), painter

    def _chosen_rows(self) -> frozenset[int]:
        chosen = self.selectionModel()
        rows = chosen.selectedRows() if chosen is not None else []
        return frozenset(index.row() for index in rows)

    def _row_under_mouse(self, viewport: QWidget) -> int:
        if not viewport.underMouse():
            return -1
        return self.rowAt(viewport.mapFromGlobal(QCursor.pos()).y())

    @staticmethod
    def _paint_ground(painter: QPainter, box: QRect, chosen: bool, under_mouse: bool) -> None:
        """The current row carries a bar of the accent colour at its left edge."""
        if chosen:
            painter.fillRect(box, theme.color("selected"))
            painter.fillRect(0, box.top(), theme.px(3), box.height(), theme.color("accent"))
        elif under_mouse:
            painter.fillRect(box, theme.color("hover"))
        painter.fillRect(0, box.bottom(), box.width(), 1, theme.color("line"))

    def _cells(self, row: int) -> Sequence[Cell] | None:
        kept = self._kept.get(row)
        if kept is None:
            kept = self._rows.cells(row)
            if kept is not None:
                if len(self._kept) >= _KEPT_ROWS:
                    self._kept.clear()
                self._kept[row] = kept
        return kept

    # ---- keys ------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        text, row = event.text(), self.current_row()
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if row >= 0:
                self.opened.emit(row)
        elif plain and len(text) == 1 and text in "0123456789":
            self.digit.emit(int(text))
        elif plain and event.key() in self._row_keys:
            self.row_key.emit(event.key())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str | None) -> None:
        """Typing never searches: letters belong to the input method, digits to the row."""


class _RoleByRole:
    """The cells of any other model."""

    def __init__(self, model: QAbstractItemModel) -> None:
        self._model = model

    def cells(self, row: int) -> Sequence[Cell]:
        """The cells of ``row``."""
        columns = range(self._model.columnCount())
        return tuple(_cell(self._model.index(row, column)) for column in columns)


def _cell(index: QModelIndex) -> Cell:
    align = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
    return Cell(
        text=str(index.data(Qt.ItemDataRole.DisplayRole) or ""),
        spec=index.data(CELL_ROLE),
        tone=index.data(TONE_ROLE) or "t1",
        side=Side.of(Qt.AlignmentFlag(align)),
    )
