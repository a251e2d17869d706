"""What a paper quotes (引用的内容): each value with where it comes from, and where it is changed."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain import party
from clerk.domain.case import Case, CaseState
from clerk.domain.intake import EDITABLE
from clerk.domain.material import Origin
from clerk.domain.quoted import QuotedValue, QuotePlace, QuoteSource
from clerk.ui import theme
from clerk.ui.chips import Source, SourceSpec
from clerk.ui.intake_fields import MARKS
from clerk.ui.overriding import override
from clerk.ui.tables import CELL_ROLE, TONE_ROLE, Table
from clerk.ui.widgets import CardHeader, Label
from clerk.wording import ORIGINS, SOURCES, STATES

_ROW: Final = 28
_WORDS: Final[Mapping[QuoteSource, tuple[Source, str]]] = MappingProxyType(
    {
        QuoteSource.BY_STANDARD: (Source.SHARED, "事项标准"),
        QuoteSource.BY_AUTHORITY: (Source.SHARED, "实施主体"),
        QuoteSource.BY_CALENDAR: (Source.DERIVED, "工作日历"),
        QuoteSource.BY_PLATFORM: (Source.DERIVED, "受理平台"),
        QuoteSource.BY_LEDGER: (Source.DERIVED, "文号登记"),
        QuoteSource.BY_COUNTER: (Source.SHARED, "窗口资料"),
        QuoteSource.AT_INTAKE: (Source.DERIVED, "收件时"),
        QuoteSource.AT_MAKING: (Source.DERIVED, "出文书时"),
        QuoteSource.BY_MATERIALS: (Source.DERIVED, "材料清单"),
        QuoteSource.BY_DECISION: (Source.TYPED, "决定"),
        QuoteSource.BY_ACT: (Source.TYPED, "办理时"),
        QuoteSource.NOT_KEPT: (Source.HISTORY, "没有记"),
    }
)
_ORIGINS: Final[Mapping[Origin, Source]] = MappingProxyType(
    {
        Origin.LIBRARY: Source.CERTIFICATE,
        Origin.SHARED_DATA: Source.SHARED,
        Origin.READ_FROM_CARD: Source.CARD,
        Origin.EARLIER: Source.HISTORY,
        Origin.MADE_BY_SYSTEM: Source.DERIVED,
        Origin.BY_RULE: Source.DERIVED,
    }
)
_NOWHERE: Final[Mapping[QuoteSource, str]] = MappingProxyType(
    {
        QuoteSource.BY_STANDARD: "要改先改事项标准",
        QuoteSource.BY_AUTHORITY: "要改先改事项标准",
        QuoteSource.BY_CALENDAR: "按日历算的，不能填",
        QuoteSource.BY_PLATFORM: "平台给的，不能改",
        QuoteSource.BY_LEDGER: "文号不能改，错了在文号登记里作废",
        QuoteSource.BY_COUNTER: "窗口的资料由系统管理员改",
        QuoteSource.AT_INTAKE: "收件的时间不能改",
        QuoteSource.AT_MAKING: "出文书的日子不能改",
        QuoteSource.BY_MATERIALS: "跟着材料走",
        QuoteSource.BY_DECISION: "决定错了走更正决定",
        QuoteSource.BY_ACT: "办那一步时登记的，不在申请表里",
        QuoteSource.NOT_KEPT: "早先出的文书，来源没有记",
    }
)
_PLACES: Final[Mapping[QuotePlace, str]] = MappingProxyType(
    {
        QuotePlace.AT_APPLICANT: "申请人",
        QuotePlace.AT_FIELD: "申请表",
        QuotePlace.AT_MATERIAL: "材料",
    }
)
_DECIDED: Final = frozenset(
    {CaseState.GRANTED, CaseState.REFUSED, CaseState.RESULT_WAITING, CaseState.HANDED_OUT}
)


def source_of(value: QuotedValue) -> SourceSpec:
    """The mark and the word of where a value comes from."""
    match value.source:
        case party.Source() as source:
            return SourceSpec(MARKS[source], SOURCES[source])
        case Origin() as origin:
            return SourceSpec(_ORIGINS.get(origin, Source.TYPED), ORIGINS[origin])
        case QuoteSource() as source:
            return SourceSpec(*_WORDS[source])


def why_fixed(value: QuotedValue, case: Case, *, may_edit: bool) -> str:
    """Why nobody can change it at intake now; empty where that can be done."""
    if value.place is None:
        source = value.source
        return _NOWHERE[source] if isinstance(source, QuoteSource) else "由别的内容拼成，不单独填"
    if case.state in EDITABLE:
        return "" if may_edit else "由收件的人改"
    where, state = _PLACES[value.place], STATES[case.state]
    way = "决定错了走更正决定" if case.state in _DECIDED else "要改由申请人撤回后重新申请"
    return f"{state}，{where}不能再改，{way}"


def told_of(value: QuotedValue, case: Case, *, may_edit: bool) -> str:
    """Everything about a quoted value in one line: what, from where, and how to change it."""
    record = f"（{value.record}）" if value.record else ""
    change = why_fixed(value, case, may_edit=may_edit)
    if value.place is not None and not change:
        change = f"Enter 到受理改{_PLACES[value.place]}"
    if value.source is QuoteSource.NOT_KEPT:
        return f"{value.quote.label}：{change}"
    return f"{value.quote.label}：来自{source_of(value).words}{record}。{change}"


def _spoken_source(value: QuotedValue) -> str:
    if value.source is QuoteSource.NOT_KEPT:
        return _NOWHERE[QuoteSource.NOT_KEPT]
    return source_of(value).spoken


class _Values(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.values: tuple[QuotedValue, ...] = ()

    def show_values(self, values: Sequence[QuotedValue]) -> None:
        self.beginResetModel()
        self.values = tuple(values)
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.values)

    @override
    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 3

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = self.values[index.row()]
        shown = (value.quote.label, value.quote.text, "")
        if role == Qt.ItemDataRole.DisplayRole:
            return shown[index.column()]
        if role == CELL_ROLE and index.column() == 2:
            return source_of(value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{value.quote.label}，{value.quote.text}，{_spoken_source(value)}"
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 1 and "<" not in shown[1]:
            return shown[1]
        if role == TONE_ROLE:
            return "t1" if index.column() == 1 else "t3"
        return None


class QuotedPart(QWidget):
    """The list of quoted values and, below it, all about the one in hand.

    ``located`` carries the field of a value that was moved to; ``wanted`` the value that somebody
    wants to change (Enter, double click). ``fields`` tells what is quoted, for those who ask.
    """

    located = pyqtSignal(str)
    wanted = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._case: Case | None = None
        self._may_edit = False
        self._model = _Values()
        self.head = CardHeader("引用的内容")
        self.table = Table(
            self._model, widths=[92, None, 94], row_height=_ROW, header=False, name="引用的内容"
        )
        self.told = Label(size=12, tone="t2", wrap=True)
        margin = theme.px(14)
        self.told.setContentsMargins(margin, theme.px(6), margin, theme.px(8))
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        self.table.moved.connect(self._on_moved)
        self.table.opened.connect(self._on_opened)

    def show_values(
        self, case: Case | None, values: Sequence[QuotedValue], *, may_edit: bool
    ) -> None:
        """Show what another paper quotes."""
        self._case, self._may_edit = case, may_edit
        self._model.show_values(values)
        self.told.setText("")
        self.told.hide()

    def words(self) -> Mapping[str, str]:
        """Everything about each value of which the place is known, by its field."""
        case = self._case
        if case is None:
            return {}
        return {
            value.quote.field: told_of(value, case, may_edit=self._may_edit)
            for value in self._model.values
            if value.quote.field
        }

    def go_to(self, field: str) -> None:
        """Go to a value that was pointed at on the page."""
        fields = [value.quote.field for value in self._model.values]
        if field and field in fields:
            self.table.go_to(fields.index(field))

    def open(self, field: str) -> None:
        """Do as if Enter were pressed on a value."""
        self.go_to(field)
        value = next((one for one in self._model.values if one.quote.field == field), None)
        if field and value is not None:
            self.wanted.emit(value)

    def _on_moved(self, row: int) -> None:
        if not (0 <= row < len(self._model.values)) or self._case is None:
            return
        value = self._model.values[row]
        self.told.setText(told_of(value, self._case, may_edit=self._may_edit))
        self.told.show()
        if value.quote.field:
            self.located.emit(value.quote.field)

    def _on_opened(self, row: int) -> None:
        if 0 <= row < len(self._model.values):
            self.wanted.emit(self._model.values[row])
