"""批量审批: clean cases of one item at once; what was drawn is opened one by one."""

from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PyQt6.QtWidgets import QPlainTextEdit, QWidget

from clerk.domain.batch import Batch, BatchDone
from clerk.domain.case_list import CaseLine
from clerk.domain.review import gives_reasons
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.chips import ChipKind, ChipSpec
from clerk.ui.overriding import override
from clerk.ui.tables import CELL_ROLE, Table
from clerk.ui.widgets import Button, Dialog, Label, Notice
from clerk.wording import short_day
from clerk.wording_approval import BATCH_BARS

_WIDTHS = (76, 132, None, 150)
_TITLES = ("批", "办件号", "申请人", "承诺时限")
_SEEN = 8
"""So many lines are seen at once; the others are a scroll away."""


class BatchLines(QAbstractTableModel):
    """The cases of a batch, each ticked or not; all of them are in the beginning."""

    def __init__(self, lines: Sequence[CaseLine], parent: QObject) -> None:
        super().__init__(parent)
        self._lines = tuple(lines)
        self._ticked = set(range(len(lines)))

    def chosen(self) -> tuple[int, ...]:
        """Places of the ticked lines."""
        return tuple(sorted(self._ticked))

    def toggle(self, row: int) -> None:
        """Tick a line, or take the tick away."""
        if 0 <= row < len(self._lines):
            self._ticked ^= {row}
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(_TITLES) - 1))

    def toggle_all(self) -> None:
        """Tick every line; where all are, none."""
        rows = range(len(self._lines))
        self._ticked = set() if len(self._ticked) == len(rows) else set(rows)
        self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(_TITLES) - 1))

    @override
    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    @override
    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_TITLES)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        across = orientation is Qt.Orientation.Horizontal
        return _TITLES[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    @override
    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, ticked = self._lines[index.row()], index.row() in self._ticked
        said = "批" if ticked else "不批"
        if role == CELL_ROLE and index.column() == 0:
            return ChipSpec(kind=ChipKind.GOOD if ticked else ChipKind.PLAIN, text=said)
        texts = (said, line.label, line.applicant_name, _due(line))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(texts) if index.column() == 0 else texts[index.column()]
        return texts[index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def _due(line: CaseLine) -> str:
    return short_day(line.due_on) if line.due_on else "—"


class BatchDialog(Dialog):
    """Which cases go into the batch, why the others do not, and the opinion for all of them.

    ``confirmed`` gets the chosen cases and the opinion.
    """

    def __init__(self, batch: Batch, confirmed: Callable[[Sequence[UUID], str], None]) -> None:
        super().__init__("批量审批", width=720)
        self._batch, self._confirmed = batch, confirmed
        self._lines = batch.lines
        self.model = BatchLines(self._lines, self)
        self.choice = Table(
            self.model, widths=_WIDTHS, row_keys=[Qt.Key.Key_Space], name="批哪几件"
        )
        self.choice.setFixedHeight(theme.px(30 + 36 * min(_SEEN, max(1, len(self._lines))) + 2))
        self.opinion = QPlainTextEdit()
        self.opinion.setAccessibleName("审查意见")
        self.opinion.setTabChangesFocus(True)
        self.opinion.setPlainText(batch.opinion)
        self.opinion.setFixedHeight(theme.px(64))
        self.notice = Notice("warn")
        self.button = Button(f"同意这 {len(self._lines)} 件", key="F9", kind="compact")
        self._lay_out()
        self.choice.row_key.connect(lambda _: self.model.toggle(self.choice.current_row()))
        self.choice.digit.connect(lambda digit: self._toggle_by_digit(digit - 1))
        self.choice.clicked.connect(self._on_clicked)
        self.model.dataChanged.connect(lambda *_: self._count())
        self.choice.go_to(0)
        self.button.clicked.connect(self.confirm)

    def _lay_out(self) -> None:
        self.body.addWidget(Label(self._batch.item_name, bold=True))
        said = "自动核对都通过、要你看的都看过的件。每一件仍各出各的决定，都记在日志里"
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.body.addWidget(self.choice)
        self.left_out = Label(_left_out(self._batch), size=12, tone="t3", wrap=True)
        self.body.addWidget(self.left_out)
        self.body.addWidget(Label("审查意见，每件相同", size=13, bold=True))
        self.body.addWidget(self.opinion)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.setEnabled(bool(self._lines))

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name="同意选中的件",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.confirm,
                enabled=lambda: bool(self._lines),
            ),
            Act(name="选件", key="Space", trigger=self.choice.setFocus, local=True),
            Act(name="选前 9 件", key="1–9", trigger=self.choice.setFocus, local=True),
            Act(name="全选或全不选", key="Ctrl+A", trigger=self.model.toggle_all),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.choice if self._lines else self.button

    def confirm(self) -> None:
        """Decide the chosen ones, if there is an opinion that gives reasons."""
        chosen = [self._lines[place].case_id for place in self.model.chosen()]
        opinion = self.opinion.toPlainText().strip()
        if not chosen:
            self.notice.show_trouble("还没选件", "", "按空格选")
            self.choice.setFocus()
        elif not gives_reasons(opinion):
            self.notice.show_trouble("审查意见只有结论没有理由", "", "写明理由")
            self.opinion.setFocus()
        else:
            self.close_dialog()
            self._confirmed(chosen, opinion)

    def _count(self) -> None:
        self.button.setText(f"同意这 {len(self.model.chosen())} 件")

    def _toggle_by_digit(self, row: int) -> None:
        self.model.toggle(row)
        self.choice.go_to(row)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.model.toggle(index.row())


def _left_out(batch: Batch) -> str:
    counted = Counter(bar for _, bar in batch.left_out)
    words = [f"{BATCH_BARS[bar]} {count} 件" for bar, count in sorted(counted.items())]
    if batch.beyond:
        words.append(f"一次最多批 {batch.most} 件，其余 {batch.beyond} 件下次")
    return f"不在这一批里：{'；'.join(words)}" if words else ""


def batch_words(done: BatchDone) -> str:
    """What came of a batch, in one line."""
    said = f"批量同意 {len(done.decided)} 件，用了 {done.seconds} 秒"
    return f"{said}，{len(done.refused)} 件没办成：{done.refused[0]}" if done.refused else said
