"""The list of materials (材料): a row each, digits act on the current one."""

from collections.abc import Callable, Sequence
from datetime import date

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.chips import LinesSpec
from clerk.ui.intake_catch import FileCatch
from clerk.ui.intake_reuse import ReuseStrip
from clerk.ui.intake_rows import MaterialRow, RowAct, material_summary
from clerk.ui.intake_strip import MaterialStrip
from clerk.ui.overriding import override
from clerk.ui.tables import CELL_ROLE, TONE_ROLE, Table
from clerk.ui.tables_paint import CellPainter
from clerk.ui.widgets import Button, Card, KeyHint, Notice

_NUMBER, _STATE, _NAME, _RIGHT = range(4)
_COLUMNS = 4
_MOST_ACTS = 4
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Delete)


class MaterialsModel(QAbstractTableModel):
    """The rows as the table asks for them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[MaterialRow, ...] = ()
        self._spread = -1

    def show_rows(self, rows: tuple[MaterialRow, ...]) -> None:
        """Show ``rows``; rows of the same codes are repainted in place."""
        if [row.code for row in rows] != [row.code for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        before, self._rows = self._rows, rows
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number, 0), self.index(number, _COLUMNS - 1))

    def rows(self) -> tuple[MaterialRow, ...]:
        """What is shown."""
        return self._rows

    @override
    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        return 0 if parent.isValid() else _COLUMNS

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == CELL_ROLE:
            return self._cell(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return {_NUMBER: str(row.number), _NAME: row.name, _RIGHT: row.right}.get(column)
        if role == TONE_ROLE:
            return "t3"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in {_NUMBER, _RIGHT}:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column == _NAME:
            return row.why or row.proof or row.detail
        return None

    def _cell(self, row: MaterialRow, column: int) -> object:
        if column == _STATE:
            return row.chip
        if column == _NAME:
            return LinesSpec(row.name, row.why or row.detail, beside=not row.why)
        return None


class _RowActs(QWidget):
    """The buttons of the current row, laid over its right end."""

    pressed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "selected")
        self._acts: tuple[RowAct, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(8), 0, theme.px(10), 0)
        self._row.setSpacing(theme.px(6))
        self._buttons: list[Button] = []
        for place in range(_MOST_ACTS):
            button = Button("", small=True, key_first=True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, at=place: self.pressed.emit(self._acts[at].key))
            self._row.addWidget(button)
            self._buttons.append(button)

    def show_acts(self, acts: Sequence[RowAct], room: int) -> None:
        """Show as many of ``acts`` as fit into ``room`` pixels, best first."""
        self._acts = tuple(acts[:_MOST_ACTS])
        used = theme.px(18)
        for button, act in zip(self._buttons, self._acts, strict=False):
            button.setText(act.words)
            button.set_key(act.key)
            used += button.sizeHint().width() + theme.px(6)
            button.setVisible(used <= room)
        for button in self._buttons[len(self._acts) :]:
            button.hide()
        self.setVisible(bool(self._acts))
        self.adjustSize()


class MaterialsCard(Card):
    """Table of materials and, under it, the page and review points of the current one.

    ``dated`` carries the day a paper bears; ``given`` the files or picture that were dropped or
    pasted onto a row; ``act`` the key pressed and the requirement's code: a digit, ``Space``,
    ``Del`` or ``Enter``.
    """

    act = pyqtSignal(str, str)
    point = pyqtSignal(str, str, object)
    moved = pyqtSignal(str)
    dated = pyqtSignal(str, object)
    given = pyqtSignal(str, object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._row_height = 42
        self._current = ""
        self._filling = False
        self.head = self.header("材料")
        self.head.add(KeyHint(("↑", "↓"), "选材料，数字键操作"))
        self.notice = Notice()
        self.model = MaterialsModel(self)
        self.table = Table(
            self.model,
            widths=(42, 124, None, 130),
            row_height=self._row_height,
            size=14,
            header=False,
            row_keys=_KEYS,
            name="材料",
        )
        for column in (_NUMBER, _RIGHT):
            self.table.paint_column_with(column, CellPainter(12))
        self.catch = FileCatch(self.table)
        self.catch.caught.connect(self._on_caught)
        self.strip = MaterialStrip(today)
        self.reuse = ReuseStrip()
        self.body.addWidget(self.notice)
        self.body.addWidget(self.reuse)
        self.line()
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.strip)
        self.body.addStretch(0)
        self._acts = _RowActs(self.table.viewport())
        self._acts.pressed.connect(self._on_act)
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(lambda _row: self._on_act("Enter"))
        self.table.digit.connect(lambda digit: self._on_act(str(digit)))
        self.table.row_key.connect(
            lambda key: self._on_act("Space" if key == Qt.Key.Key_Space else "Del")
        )
        bar = self.table.verticalScrollBar()
        if bar is not None:
            bar.valueChanged.connect(self._place_acts)
        self.reuse.wanted.connect(lambda: self.act.emit("Alt Y", self._current))
        self.strip.dated.connect(lambda day: self.dated.emit(self.current(), day))
        self.strip.point.connect(lambda code, holds: self.point.emit(self.current(), code, holds))

    def show_rows(self, rows: tuple[MaterialRow, ...]) -> None:
        """Show the list; the current row stays the current one."""
        current = self._current
        self._filling = True
        self.model.show_rows(rows)
        self._filling = False
        self.head.hint.setText(material_summary(rows))
        codes = [row.code for row in rows]
        if rows:
            at = codes.index(current) if current in codes else 0
            self.table.go_to(at)
        self._set_heights()
        self._on_moved(self.table.current_row())

    def set_row_height(self, height: int) -> None:
        """Use rows of ``height`` pixels of the standard scale."""
        if height != self._row_height:
            self._row_height = height
            self._set_heights()
            self._place_acts()

    def current(self) -> str:
        """The code of the current row, empty without one."""
        return self._current

    def row(self, code: str) -> MaterialRow | None:
        """The row of one material."""
        return next((row for row in self.model.rows() if row.code == code), None)

    def focus_row(self, code: str) -> bool:
        """Make a row current and give the list the focus."""
        codes = [row.code for row in self.model.rows()]
        if code not in codes:
            return False
        self.table.go_to(codes.index(code))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _set_heights(self) -> None:
        total = 0
        for number, row in enumerate(self.model.rows()):
            tall = row.why and number == self.table.current_row()
            height = theme.px(self._row_height + 20 if tall else self._row_height)
            if self.table.rowHeight(number) != height:
                self.table.setRowHeight(number, height)
            total += height
        self.table.setMaximumHeight(total + 2)

    def _on_moved(self, at: int) -> None:
        rows = self.model.rows()
        if self._filling:
            return
        code = rows[at].code if 0 <= at < len(rows) else ""
        changed, self._current = code != self._current, code
        self._set_heights()
        self._place_acts()
        current = self.table.currentIndex()
        self.table.setAccessibleDescription(rows[at].spoken if code else "")
        if changed:
            self.table.scrollTo(current)
            self.moved.emit(code)

    def _place_acts(self) -> None:
        row = self.row(self._current)
        view = self.table.viewport()
        if row is None or view is None:
            self._acts.hide()
            return
        rect = self.table.visualRect(self.model.index(self.table.current_row(), _RIGHT))
        self._acts.show_acts(row.acts, view.width() // 2)
        size = self._acts.sizeHint()
        height = min(rect.height() - 2, theme.px(38))
        self._acts.setGeometry(view.width() - size.width(), rect.top() + 1, size.width(), height)

    @override
    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._place_acts()

    def _on_caught(self, at: int, given: object) -> None:
        rows = self.model.rows()
        if 0 <= at < len(rows):
            self.table.go_to(at)
            self.given.emit(rows[at].code, given)

    def _on_act(self, key: str) -> None:
        if self._current:
            self.act.emit(key, self._current)
