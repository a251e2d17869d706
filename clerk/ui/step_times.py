"""分步用时: of each item where the seconds of an intake go, for whoever answers for the item."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtGui import QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.step_times import FEWEST_CASES, LONGEST_PAUSE_S, ItemTimes, StepTime
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.guide_words import STEP_NAMES
from clerk.ui.overriding import override
from clerk.ui.tables import Table
from clerk.ui.widgets import Choice, Dialog, Empty, Label, Notice, open_dialog

_SAID = (
    "只按事项统计，不记是谁办的、办的哪一件，也不排个人名次。"
    f"停手超过 {round(LONGEST_PAUSE_S / 60)} 分钟、锁屏、换了别人的件，那段时间不算；"
    "重启后接着办的件不计入。"
)
_PERIODS = (("本月", 1), ("近三个月", 3), ("近十二个月", 12))
_ITEM_HEADS = ("事项", "件数", "一半的件在", "九成的件在", "最费时的一步")
_STEP_HEADS = ("步骤", "件数", "一半的件在", "九成的件在", "占全部用时")
_ITEM_WIDTHS = (None, 72, 110, 110, 120)
_STEP_WIDTHS = (None, 72, 110, 110, 120)
_TOO_FEW = f"不足 {FEWEST_CASES} 件，先不列"


def spent(seconds: float) -> str:
    """A length of time as it is said: ``42 秒``, ``3 分 05 秒``."""
    whole = round(seconds)
    return f"{whole // 60} 分 {whole % 60:02} 秒" if whole >= 60 else f"{whole} 秒"


def item_cells(item: ItemTimes) -> tuple[str, ...]:
    """One item's line below its heads."""
    if not item.steps:
        return (item.item_name, str(item.cases), _TOO_FEW, "", "")
    longest = max(item.steps, key=lambda time: time.share)
    return (
        item.item_name,
        str(item.cases),
        f"{spent(item.whole_median)}以内",
        f"{spent(item.whole_p90)}以内",
        STEP_NAMES[longest.step],
    )


def step_cells(time: StepTime) -> tuple[str, ...]:
    """One step's line below its heads."""
    return (
        STEP_NAMES[time.step],
        str(time.cases),
        f"{spent(time.median)}以内",
        f"{spent(time.p90)}以内",
        f"{round(time.share * 100)}%",
    )


class StepTimesDialog(Dialog):
    """The items, and of the one at hand its steps; it changes nothing and knows no person."""

    def __init__(
        self, count: Callable[[int], Sequence[ItemTimes]], found: Sequence[ItemTimes], jobs: Jobs
    ) -> None:
        super().__init__("分步用时", width=800, height=580)
        self._count, self._jobs, self._items = count, jobs, found
        self.body.addWidget(Label(_SAID, size=13, tone="t2", wrap=True))
        self.period = Choice([words for words, _ in _PERIODS], label="哪段时间")
        self.period.set_chosen(0)
        self.period.picked.connect(self._on_period)
        row = QHBoxLayout()
        row.addWidget(self.period)
        row.addStretch(1)
        self.body.addLayout(row)
        self.notice = Notice("bad")
        self.body.addWidget(self.notice)
        self.items, self.item_table = _table(_ITEM_HEADS, _ITEM_WIDTHS, "按事项的用时", self)
        self.steps, self.step_table = _table(_STEP_HEADS, _STEP_WIDTHS, "各步用时", self)
        self.step_head = Label(size=14, bold=True)
        self.tables = QWidget()
        column = QVBoxLayout(self.tables)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.item_table, 2)
        column.addWidget(self.step_head)
        column.addWidget(self.step_table, 3)
        self.empty = Empty(
            "calendar-clock", "这段时间还没有记下用时", "受理、收件生效时自动记，换长一点的时间看看"
        )
        self.body.addWidget(self.tables, 1)
        self.body.addWidget(self.empty, 1)
        self.item_table.moved.connect(self._show_steps)
        self._show(found)

    @override
    def first_focus(self) -> QWidget:
        return self.item_table if self._items else self.period

    def _on_period(self, position: int) -> None:
        self.notice.clear()
        self._jobs.run(
            Lane.COUNT,
            partial(self._count, _PERIODS[position][1]),
            owner=self,
            then=self._show,
            failed=self._on_trouble,
        )

    def _on_trouble(self, error: ClerkError) -> None:
        self.notice.show_error(error)

    def _show(self, found: Sequence[ItemTimes]) -> None:
        self._items = found
        _fill(self.items, [item_cells(item) for item in found])
        self.tables.setVisible(bool(found))
        self.empty.setVisible(not found)
        if found:
            self.item_table.go_to(0)
            self._show_steps(0)

    def _show_steps(self, row: int) -> None:
        if not 0 <= row < len(self._items):
            return
        item = self._items[row]
        self.step_head.setText(item.item_name if item.steps else f"{item.item_name}：{_TOO_FEW}")
        _fill(self.steps, [step_cells(time) for time in item.steps])


def _table(
    heads: Sequence[str], widths: Sequence[int | None], name: str, parent: QWidget
) -> tuple[QStandardItemModel, Table]:
    model = QStandardItemModel(0, len(heads), parent)
    model.setHorizontalHeaderLabels(heads)
    return model, Table(model, widths=widths, name=name)


def _fill(model: QStandardItemModel, lines: Sequence[Sequence[str]]) -> None:
    model.setRowCount(0)
    for line in lines:
        model.appendRow([_cell(text) for text in line])


def _cell(text: str) -> QStandardItem:
    made = QStandardItem(text)
    made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return made


class StepTimesWork(QObject):
    """Opens the times for whoever answers for the items; the use case asks again who may."""

    def __init__(
        self,
        host: QWidget,
        count: Callable[[int], Sequence[ItemTimes]],
        jobs: Jobs,
        say: Callable[[str], None],
        *,
        show: Callable[[QWidget, Dialog], None] = open_dialog,
    ) -> None:
        super().__init__(host)
        self._host, self._count = host, count
        self._jobs, self._say, self._show = jobs, say, show

    def open(self) -> None:
        """Count this month and show it."""
        self._jobs.run(
            Lane.COUNT,
            partial(self._count, _PERIODS[0][1]),
            owner=self,
            then=lambda found: self._show(
                self._host, StepTimesDialog(self._count, found, self._jobs)
            ),
            failed=lambda error: self._say(str(error)),
        )
