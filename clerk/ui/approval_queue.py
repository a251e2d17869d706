"""The cases that wait for a decision, grouped by how urgent they are."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PyQt6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
)
from PyQt6.QtGui import QPainter, QPen
from PyQt6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from clerk.domain.case_list import CaseLine
from clerk.domain.deadlines import WorkCalendar
from clerk.ui import paint_chips, theme
from clerk.ui.care import care_chip
from clerk.ui.cases_chips import remaining, workdays_left
from clerk.ui.chips import ChipSpec
from clerk.ui.overriding import override
from clerk.ui.widgets.search_box import Hit
from clerk.wording_care import mark_words

SOON_WORKDAYS = 3
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_GROUPS = ("超时限和今天到期", f"{SOON_WORKDAYS} 天内", "以后")

Row = CaseLine | str
Index = QModelIndex | QPersistentModelIndex


def grouped(lines: Sequence[CaseLine], today: date, calendar: WorkCalendar) -> tuple[Row, ...]:
    """The lines with a heading before each group that has any; their order stays."""
    groups: tuple[list[CaseLine], ...] = ([], [], [])
    for line in lines:
        on = line.next_due_on
        left = workdays_left(on, today, calendar) if on is not None else SOON_WORKDAYS + 1
        groups[0 if left <= 0 else 1 if left <= SOON_WORKDAYS else 2].append(line)
    rows: list[Row] = []
    for name, group in zip(_GROUPS, groups, strict=True):
        if group:
            rows += [f"{name}　{len(group)}", *group]
    return tuple(rows)


def hits_in(lines: Sequence[CaseLine], asked: str) -> tuple[Hit, ...]:
    """The cases whose number, person or item holds ``asked``, as they stand in the queue."""
    return tuple(
        Hit(value=line, title=line.applicant_name, hint=f"{line.item_name}　{line.label}")
        for line in lines
        if any(asked in held for held in (line.label, line.applicant_name, line.item_name))
    )


class QueueModel(QAbstractListModel):
    """Headings and cases; only a case can be chosen."""

    def __init__(self, calendar: WorkCalendar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calendar = calendar
        self._rows: tuple[Row, ...] = ()
        self.today = date.min

    def show_lines(self, lines: Sequence[CaseLine], today: date) -> None:
        """Replace everything shown."""
        self.beginResetModel()
        self.today = today
        self._rows = grouped(lines, today, self._calendar)
        self.endResetModel()

    def row(self, number: int) -> Row | None:
        """The heading or case at ``number``."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def clock_of(self, line: CaseLine) -> str:
        """What a screen reader says of its time left."""
        return remaining(line, self.today, self._calendar).spoken

    @override
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if isinstance(self.row(index.row()), CaseLine):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == _ROW_ROLE:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if isinstance(row, str):
                return row
            served = "".join(f"，{word}" for word in mark_words(row.care))
            return f"{row.item_name}，{row.applicant_name}{served}，{self.clock_of(row)}"
        return None


class _QueueDelegate(QStyledItemDelegate):
    def __init__(self, calendar: WorkCalendar, model: QueueModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._calendar, self._model = calendar, model

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        heading = isinstance(index.data(_ROW_ROLE), str)
        return QSize(theme.px(200), theme.px(28 if heading else 82))

    @override
    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW_ROLE)
        if painter is None or row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("t3"))
            box = option.rect.adjusted(theme.px(10), theme.px(6), 0, 0)
            painter.drawText(QRectF(box), _LEFT, row)
        else:
            view = self.parent()
            current = isinstance(view, QListView) and view.currentIndex().row() == index.row()
            self._paint_case(painter, QRectF(option.rect), row, current)
        painter.restore()

    def _paint_case(self, painter: QPainter, rect: QRectF, line: CaseLine, current: bool) -> None:
        if current:
            painter.setBrush(theme.color("surface"))
            painter.setPen(QPen(theme.color("accent"), 1))
            box = rect.adjusted(0.5, 0.5, -1.5, -1.5)
            painter.drawRoundedRect(box, theme.px(8), theme.px(8))
        inner = rect.adjusted(theme.px(10), theme.px(8), -theme.px(10), -theme.px(8))
        care = care_chip(line.care)
        taken = paint_chips.chip_size(care).width() + theme.px(6) if care else 0
        for top, height, text, size, tone in (
            (0, 20, line.item_name, 14, "t1"),
            (21, 18, line.applicant_name, 12, "t3"),
        ):
            room = inner.width() - (taken if size == 12 else 0)
            painter.setFont(theme.font(size, bold=current and size == 14))
            painter.setPen(theme.color(tone))
            box = QRectF(inner.left(), inner.top() + theme.px(top), inner.width(), theme.px(height))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(room))
            painter.drawText(box, _LEFT, shown)
        spec = remaining(line, self._model.today, self._calendar)
        middle = inner.top() + theme.px(53)
        if isinstance(spec, ChipSpec):
            paint_chips.draw_chip(painter, inner.left(), middle, spec)
        else:
            paint_chips.draw_deadline(painter, inner.left(), middle, spec)
        if line.deferred:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("t3"))
            box = QRectF(inner.left(), middle - theme.px(10), inner.width(), theme.px(20))
            painter.drawText(box, _RIGHT, "容缺")
        if care is not None:
            left = inner.right() - paint_chips.chip_size(care).width()
            paint_chips.draw_chip(painter, left, inner.top() + theme.px(30), care)


class QueueView(QListView):
    """The queue; ``chosen`` carries the line that became current by hand or key."""

    chosen = pyqtSignal(object)

    def __init__(self, calendar: WorkCalendar) -> None:
        super().__init__()
        self.rows = QueueModel(calendar, self)
        self._quiet = False
        self.setModel(self.rows)
        self.setItemDelegate(_QueueDelegate(calendar, self.rows, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet("QListView{background:transparent}")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("待审的件")
        choice = self.selectionModel()
        if choice is not None:
            choice.currentChanged.connect(self._on_current)

    def show_lines(self, lines: Sequence[CaseLine], today: date) -> None:
        """Show these cases; the one that was current stays so where it is still there."""
        before = self.current()
        self._quiet = True
        self.rows.show_lines(lines, today)
        if before is not None:
            self._go_to(before)
        self._quiet = False

    def lines(self) -> tuple[CaseLine, ...]:
        """The cases in the order they are shown."""
        rows = (self.rows.row(number) for number in range(self.rows.rowCount()))
        return tuple(row for row in rows if isinstance(row, CaseLine))

    def current(self) -> CaseLine | None:
        """The current case."""
        row = self.rows.row(self.currentIndex().row())
        return row if isinstance(row, CaseLine) else None

    def open_line(self, line: CaseLine) -> None:
        """Make ``line`` current and tell so, even if it already was."""
        self._quiet = True
        self._go_to(line)
        self._quiet = False
        self.chosen.emit(line)

    def step(self, by: int) -> None:
        """Go on to the next case or back, round the end."""
        lines, line = self.lines(), self.current()
        if lines:
            ids = [shown.case_id for shown in lines]
            at = ids.index(line.case_id) if line is not None else -1
            self.open_line(lines[(at + by) % len(lines)])

    def _go_to(self, line: CaseLine) -> None:
        for number in range(self.rows.rowCount()):
            row = self.rows.row(number)
            if isinstance(row, CaseLine) and row.case_id == line.case_id:
                self.setCurrentIndex(self.rows.index(number))
                return

    def _on_current(self, now: QModelIndex, _: QModelIndex) -> None:
        row = self.rows.row(now.row())
        if not self._quiet and isinstance(row, CaseLine):
            self.chosen.emit(row)
