"""Tables of painted rows: one delegate, fixed heights, no widget in any row."""

from collections.abc import Sequence
from typing import Final

from PyQt6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
)
from PyQt6.QtGui import QKeyEvent, QPainter
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from clerk.ui import paint_chips, theme
from clerk.ui.chips import CellSpec, ChipSpec, DeadlineSpec, LinesSpec, SourceSpec
from clerk.ui.overriding import override

CELL_ROLE: Final = Qt.ItemDataRole.UserRole + 1
TONE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex
_VCENTER = Qt.AlignmentFlag.AlignVCenter


class CellDelegate(QStyledItemDelegate):
    """Paints chips, deadlines, source marks and two-line cells, and plain text like the rest.

    A cell answers ``CELL_ROLE`` with a spec, or with None to show its display text. The current
    row carries a bar of the accent colour at its left edge. A model must answer
    ``AccessibleTextRole`` for every spec; ``spoken`` of the spec is made for it.
    """

    def __init__(self, parent: QWidget | None = None, *, size: int = 13) -> None:
        super().__init__(parent)
        self._size = size

    @override
    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if painter is None:
            return
        painter.save()
        self._paint_ground(painter, option, index)
        left = theme.px(14 if index.column() == 0 else 10)
        inner = option.rect.adjusted(left, 0, -theme.px(10), 0)
        painter.setClipRect(option.rect)
        spec = index.data(CELL_ROLE)
        if spec is None:
            self._paint_text(painter, inner, index)
        else:
            _paint_spec(painter, inner, spec, self._size)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(theme.px(80), theme.px(36))

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.color("selected"))
            if index.column() == 0:
                bar = QRect(option.rect.topLeft(), QSize(theme.px(3), option.rect.height()))
                painter.fillRect(bar, theme.color("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, theme.color("hover"))
        line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
        painter.fillRect(line, theme.color("line"))

    def _paint_text(self, painter: QPainter, inner: QRect, index: QModelIndex) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        painter.setFont(theme.font(self._size))
        painter.setPen(theme.color(index.data(TONE_ROLE) or "t1"))
        align = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRectF(inner), Qt.AlignmentFlag(align) | _VCENTER, shown)


def _paint_spec(painter: QPainter, inner: QRect, spec: CellSpec, size: int) -> None:
    left, middle = float(inner.left()), inner.center().y() + 0.5
    match spec:
        case ChipSpec():
            paint_chips.draw_chip(painter, left, middle, spec)
        case DeadlineSpec():
            paint_chips.draw_deadline(painter, left, middle, spec)
        case SourceSpec():
            paint_chips.draw_source(painter, left, middle, spec)
        case LinesSpec():
            _paint_lines(painter, inner, spec, size)


def _paint_lines(painter: QPainter, inner: QRect, spec: LinesSpec, size: int) -> None:
    title_font = theme.font(14 if not spec.beside or size > 13 else size, spec.bold)
    painter.setFont(title_font)
    painter.setPen(theme.color("t1"))
    metrics = painter.fontMetrics()
    title = metrics.elidedText(spec.title, Qt.TextElideMode.ElideRight, inner.width())
    box = QRectF(inner)
    if not spec.sub:
        painter.drawText(box, _VCENTER, title)
        return
    if spec.beside:
        painter.drawText(box, _VCENTER, title)
        box.setLeft(box.left() + metrics.horizontalAdvance(title) + theme.px(10))
    else:
        middle = box.center().y()
        box.setBottom(middle + theme.px(2))
        painter.drawText(box, Qt.AlignmentFlag.AlignBottom, title)
        box = QRectF(inner)
        box.setTop(middle + theme.px(2))
    painter.setFont(theme.font(12))
    painter.setPen(theme.color("t3"))
    sub = painter.fontMetrics().elidedText(
        spec.sub, Qt.TextElideMode.ElideRight, max(0, round(box.width()))
    )
    painter.drawText(box, _VCENTER if spec.beside else Qt.AlignmentFlag.AlignTop, sub)


class Table(QTableView):
    """A table of rows with fixed heights, moved through by arrows.

    ``opened`` carries the row on Enter or double click, ``digit`` a digit pressed on a row,
    ``key`` any other key of ``row_keys`` (Space, Delete); so digits never search. ``widths`` are
    pixels of the standard scale; None takes what is left.
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
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self, size=size))
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
        self._set_up_headers(widths, row_height, header)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        chosen = self.selectionModel()
        if chosen is not None:
            chosen.currentRowChanged.connect(lambda now, _: self.moved.emit(now.row()))

    def _set_up_headers(self, widths: Sequence[int | None], row_height: int, shown: bool) -> None:
        down = QHeaderView(Qt.Orientation.Vertical, self)
        across = QHeaderView(Qt.Orientation.Horizontal, self)
        self.setVerticalHeader(down)
        self.setHorizontalHeader(across)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(theme.px(20))
        down.setDefaultSectionSize(theme.px(row_height))
        across.setVisible(shown)
        across.setFixedHeight(theme.px(30))
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | _VCENTER)
        across.setHighlightSections(False)
        across.setSectionsClickable(False)
        across.setMinimumSectionSize(theme.px(20))
        for column, width in enumerate(widths):
            if width is None:
                across.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                across.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, theme.px(width))

    def current_row(self) -> int:
        """The current row, -1 without one."""
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Make ``row`` current and bring it into view."""
        model = self.model()
        if model is not None and 0 <= row < model.rowCount():
            self.setCurrentIndex(model.index(row, 0))

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
