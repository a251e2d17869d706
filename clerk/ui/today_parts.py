"""What 今日 is made of: numbers that open their list, days as bars, and the cases to do first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PyQt6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clerk.domain.case_list import CaseLine
from clerk.domain.deadlines import WorkCalendar
from clerk.ui import icons, paint, theme
from clerk.ui.cases_chips import remaining
from clerk.ui.chips import CellSpec, LinesSpec
from clerk.ui.overriding import override
from clerk.ui.tables import CELL_ROLE
from clerk.ui.tables_paint import Brush, Cell, CellPainter, Side
from clerk.ui.widgets import Card, Dot, Label
from clerk.values import dataclass
from clerk.wording_cases import first_act, first_note

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ACT_COLUMN = 2


class Tile(QAbstractButton):
    """A number, what it counts, and a word on it; a press opens the list."""

    def __init__(self, icon: str, title: str) -> None:
        super().__init__()
        self._icon, self._number, self._note, self._bad = icon, "", "", False
        self.setText(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(theme.px(112))

    def show_number(self, number: int, note: str, *, bad: bool = False) -> None:
        """Show ``number``, in the colour of trouble where it is bad."""
        self._number, self._note, self._bad = str(number), note, bad
        self.setAccessibleName(f"{self.text()}，{number} 件，{note}，按 Enter 或空格打开列表")
        self.update()

    def number(self) -> str:
        """The number on show, empty while it is not known."""
        return self._number

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(150), theme.px(112))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setBrush(theme.color("hover" if self.underMouse() else "surface"))
        painter.setPen(QPen(theme.color("focus" if focused else "line"), 2 if focused else 1))
        inset = 1.0 if focused else 0.5
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, theme.px(8), theme.px(8))
        left = theme.px(16)
        icons.draw(painter, self._icon, QPointF(left, theme.px(14)), 16, "t2")
        self._write(painter, left + theme.px(22), 12, 20, self.text(), 13, "t2")
        self._write(painter, left, 36, 40, self._number, 32, "bad" if self._bad else "t1")
        if self._number:
            after = left + paint.text_width(self._number, 32, bold=True) + theme.px(6)
            self._write(painter, after, 45, 28, "件", 13, "t3")
        self._write(painter, left, 82, 18, self._note, 12, "t3")

    def _write(
        self, painter: QPainter, left: float, top: int, height: int, text: str, size: int, tone: str
    ) -> None:
        painter.setFont(theme.font(size, bold=size == 32))
        painter.setPen(theme.color(tone))
        room = max(0, round(self.width() - left - theme.px(8)))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, theme.px(top), room, theme.px(height)), _LEFT, shown)


class DueBars(QWidget):
    """How many cases end on each of the next working days, today first."""

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[tuple[str, int], ...] = ()
        self.setMinimumHeight(theme.px(84))

    def show_days(self, days: Sequence[tuple[str, int]]) -> None:
        """Show name and number of each day."""
        self._days = tuple(days)
        words = "，".join(f"{name} {count} 件" for name, count in self._days)
        self.setAccessibleName(f"往后 5 个工作日到期：{words}")
        self.update()

    def days(self) -> tuple[tuple[str, int], ...]:
        """The days on show."""
        return self._days

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        if not self._days:
            return
        painter = QPainter(self)
        gap, side = theme.px(14), theme.px(18)
        width = (self.width() - 2 * side - gap * (len(self._days) - 1)) / len(self._days)
        most = max(1, *(count for _, count in self._days))
        foot, head = theme.px(24), theme.px(20)
        for place, (name, count) in enumerate(self._days):
            left = side + place * (width + gap)
            height = (self.height() - foot - head) * count / most
            top = self.height() - foot - height
            bar = QRectF(left, top, width, height)
            today = place == 0
            painter.fillRect(bar, theme.color("warnS" if today else "accentS"))
            edge = QRectF(left, top, width, theme.px(2))
            painter.fillRect(edge, theme.color("warn" if today else "accent"))
            painter.setFont(theme.font(13, bold=True))
            painter.setPen(theme.color("t1"))
            above = QRectF(left, top - head, width, head)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(count))
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("t1" if today else "t3"))
            below = QRectF(left, self.height() - foot, width, foot)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)


class FirstModel(QAbstractTableModel):
    """The cases to do first: time left, what and where, the one act."""

    def __init__(
        self,
        calendar: WorkCalendar,
        decides: frozenset[str] = frozenset(),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._calendar, self._decides = calendar, decides
        self._lines: tuple[CaseLine, ...] = ()
        self._today = date.min

    def show_lines(self, lines: Sequence[CaseLine], today: date) -> None:
        """Replace everything shown; the same lines again move nothing."""
        if (tuple(lines), today) == (self._lines, self._today):
            return
        self.beginResetModel()
        self._lines, self._today = tuple(lines), today
        self.endResetModel()

    def line(self, row: int) -> CaseLine | None:
        """The line at ``row``."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def act(self, line: CaseLine) -> str:
        """The one act of a case; ``decides`` are the items this person decides on."""
        return first_act(line, decides=line.item_code in self._decides)

    def row_of(self, line: CaseLine | None) -> int:
        """Where the case of ``line`` stands now; the first row where it is gone."""
        ids = [shown.case_id for shown in self._lines]
        return ids.index(line.case_id) if line is not None and line.case_id in ids else 0

    @override
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else ACT_COLUMN + 1

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        spec = self._cell(line, index.column())
        if role == CELL_ROLE:
            return spec
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spec.spoken if spec is not None else self.act(line)
        return None

    def _cell(self, line: CaseLine, column: int) -> CellSpec | None:
        match column:
            case 0:
                return remaining(line, self._today, self._calendar)
            case 1:
                who = line.applicant_name or "还没有申请人"
                return LinesSpec(f"{line.item_name}，{who}", first_note(line, self._today))
            case _:
                return None


class ActPainter(CellPainter):
    """Paints the act of a row as a small button at its right end."""

    @override
    def paint(self, brush: Brush, box: QRect, cell: Cell) -> None:
        width = round(paint.text_width(cell.text, 13)) + theme.px(22)
        top = box.center().y() - theme.px(14)
        button = QRect(box.right() - width - theme.px(4), top, width, theme.px(28))
        painter = brush.painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("surface"))
        painter.setPen(QPen(theme.color("line2"), 1))
        outline = QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(outline, theme.px(6), theme.px(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        brush.forget()
        brush.write(button, cell.text, 13, "t1", side=Side.MIDDLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How something stands: ``state`` as in ``Dot``, a name, and a word at the right."""

    state: str
    name: str
    detail: str = ""


_TONES = {"warning": "warn", "broken": "bad"}


class StandingCard(Card):
    """Names with their state, one below the other."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.head = self.header(title)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(10))
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self._shown: tuple[Standing, ...] = ()

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """Show these instead of the former ones."""
        if tuple(standings) == self._shown:
            return
        self._shown = tuple(standings)
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for standing in self._shown:
            self._rows.addWidget(_standing_row(standing))

    def standings(self) -> tuple[Standing, ...]:
        """What is shown."""
        return self._shown

    def add_below(self, widget: QWidget) -> None:
        """Put ``widget`` below the rows."""
        self.body.addWidget(widget)


def _standing_row(standing: Standing) -> QWidget:
    made = QWidget()
    made.setFixedHeight(theme.px(32))
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(10))
    dot = Dot(standing.state, "")
    dot.setAccessibleName(f"{standing.name}，{standing.detail}")
    row.addWidget(dot)
    row.addWidget(Label(standing.name, size=13))
    tone = _TONES.get(standing.state, "t3")
    detail = Label(standing.detail, size=12, tone=tone, elide=True)
    detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(detail, 1)
    return made
