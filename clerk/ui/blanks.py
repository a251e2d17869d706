"""空白证照台账: stock by kind, and what may be written into it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from PyQt6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clerk.domain.blanks import BlankStock
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import DayActions
from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Choice, Dialog, Field, Label, Notice, Spinner
from clerk.wording_day import count_words, stock_words

_ENTRIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("印制", ("空白证号", "办件编号", "证照号")),
    ("作废", ("空白证号", "作废的原因")),
    ("清点", ("实有张数", "和账上不一样的原因")),
    ("入库", ("起号", "止号")),
)
_USE, _SPOIL, _COUNT, _RECEIVE = range(len(_ENTRIES))


class BlanksDialog(Dialog):
    """The ledger of blank certificates; every entry is a line of the journal."""

    def __init__(self, stocks: Sequence[BlankStock], actions: DayActions, jobs: Jobs) -> None:
        super().__init__("空白证照台账", width=720, height=520)
        self._stocks, self._actions, self._jobs = tuple(stocks), actions, jobs
        self._busy = False
        self.standing = QVBoxLayout()
        self.entry = Choice([name for name, _ in _ENTRIES], label="登记什么")
        self.kind = Field("证照名称")
        self.boxes = [Field("") for _ in range(3)]
        self.notice = Notice("bad")
        self.spinner = Spinner()
        self.write_button = Button("登记", key="F9", kind="compact")
        self._lay_out()
        self.entry.picked.connect(self.choose)
        self.write_button.clicked.connect(self.write)
        self.show_stocks(self._stocks)
        self.choose(_USE if self._stocks else _RECEIVE)

    def _lay_out(self) -> None:
        self.body.addLayout(self.standing)
        self.body.addWidget(self.entry)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        for place, field in enumerate((self.kind, *self.boxes)):
            grid.addWidget(field, place // 2, place % 2)
        self.body.addLayout(grid)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        self.foot.addWidget(self.spinner)
        self.foot.addStretch(1)
        self.foot.addWidget(self.write_button)
        fields = (self.kind, *self.boxes)
        for field, after in pairwise(fields):
            field.next_gap.connect(partial(self._on_entered, after))
        self.boxes[-1].next_gap.connect(self.write_button.setFocus)

    def _on_entered(self, after: Field) -> None:
        if after.isVisible():
            after.focus_editor()
        else:
            self.write_button.setFocus()

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="选登记什么", key="1–4", trigger=self.entry.setFocus, local=True),
            Act(
                name="登记",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.write,
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return (self.boxes[0] if self.kind.value() else self.kind).editor

    def choose(self, place: int) -> None:
        """Show the boxes of one kind of entry."""
        self.entry.set_chosen(place)
        labels = _ENTRIES[place][1]
        for box, label in zip(self.boxes, (*labels, "", ""), strict=False):
            box.ask_for(label, "")
            box.setVisible(bool(label))
        if not self.kind.value() and len(self._stocks) == 1:
            self.kind.set_value(self._stocks[0].kind)
        self._fill_next_number(place)
        (self.boxes[0] if self.kind.value() else self.kind).focus_editor()

    def _fill_next_number(self, place: int) -> None:
        named = next((one for one in self._stocks if one.kind == self.kind.value()), None)
        if place == _USE and named is not None:
            self.boxes[0].set_value(named.next_number)

    def show_stocks(self, stocks: Sequence[BlankStock]) -> None:
        """Show how every kind stands."""
        self._stocks = tuple(stocks)
        while (item := self.standing.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for text in [_line(one, self._today()) for one in stocks] or ["还没有入过库"]:
            self.standing.addWidget(Label(text, size=14, wrap=True))

    def _today(self) -> date:
        return local_date(self._actions.here.now())

    def write(self) -> None:
        """Write the entry that is filled in."""
        if self._busy:
            return
        work = self._work()
        if work is None:
            self.notice.show_trouble("清点数要写成数字", "还没登记", "改好再按 F9")
            return
        self._busy = True
        self.notice.clear()
        self.spinner.start("正在登记")
        self._jobs.run(Lane.STORE, work, owner=self, then=self._on_written, failed=self._on_trouble)

    def _work(self) -> Callable[[], Sequence[BlankStock]] | None:
        kind = self.kind.value().strip()
        first, second, third = (box.value().strip() for box in self.boxes)
        place, actions = self.entry.chosen(), self._actions
        if place == _COUNT and not first.isdecimal():
            return None
        works: Mapping[int, Callable[[], Sequence[BlankStock]]] = {
            _USE: partial(actions.use_blank, kind, first, second, third),
            _SPOIL: partial(actions.spoil_blank, kind, first, second),
            _COUNT: lambda: actions.count_blanks(kind, int(first), second),
            _RECEIVE: partial(actions.receive_blanks, kind, first, second),
        }
        return works[place if place is not None else _USE]

    def _on_written(self, stocks: Sequence[BlankStock]) -> None:
        self._busy = False
        self.spinner.stop()
        self.show_stocks(stocks)
        self.notice.set_kind("ok")
        place = self.entry.chosen() or _USE
        self.notice.show_trouble(f"{_ENTRIES[place][0]}已登记", "", "台账已更新")
        self.choose(place)

    def _on_trouble(self, error: ClerkError) -> None:
        self._busy = False
        self.spinner.stop()
        self.notice.set_kind("bad")
        self.notice.show_error(error)


def _line(stock: BlankStock, today: date) -> str:
    return f"{stock.kind}，{stock_words(stock)}。{count_words(stock, today)}"
