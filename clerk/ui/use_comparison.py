"""用证对账: our certificate calls beside the library's list, day by day, what differs printed."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.days import local_date
from clerk.domain.use_list import UseComparison
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import KEYS, TickList
from clerk.ui.asking import AskingDialog
from clerk.ui.ledger_actions import LedgerActions
from clerk.ui.ledger_work import LedgerWork
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Field, Label
from clerk.wording_ledger import NO_DIFFERENCES, compared_line, difference_line

T = TypeVar("T")
DAYS = len(KEYS)
LINES = 200


class ComparisonDialog(AskingDialog):
    """The days compared last; of the chosen one every difference, printed and taken note of."""

    def __init__(
        self,
        found: Sequence[UseComparison],
        actions: LedgerActions,
        jobs: Jobs,
        print_day: Callable[[UseComparison], None],
    ) -> None:
        super().__init__("用证对账", jobs, width=860, height=620)
        self._actions, self._print = actions, print_day
        self._found: tuple[UseComparison, ...] = ()
        self.days = TickList([], many=False, name="哪一天")
        self.lines = QVBoxLayout()
        self.day = Field("再对哪天，如 2026-03-17")
        self.compare_button = Button("对这一天", key="F5")
        self.print_button = Button("打印差异单", key="Ctrl P")
        self.seen_button = Button("看过了", key="F9", kind="compact")
        self._lay_out()
        self.days.changed.connect(self._show_day)
        self.compare_button.clicked.connect(self.compare)
        self.print_button.clicked.connect(self.print_chosen)
        self.seen_button.clicked.connect(self.look_at)
        self.day.next_gap.connect(self.compare_button.setFocus)
        self.show_days(found)

    def _lay_out(self) -> None:
        said = "每天自动核对前一天。省库有而本大厅没有的，先停用接入凭证再查"
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.body.addWidget(self.days)
        inner = QWidget()
        inner.setProperty("scrolled", True)
        inner.setLayout(self.lines)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(theme.px(4))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setWidget(inner)
        self.body.addWidget(area, 1)
        row = QHBoxLayout()
        row.addWidget(self.day)
        row.addWidget(self.compare_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.spinner)
        self.foot.addStretch(1)
        self.foot.addWidget(self.print_button)
        self.foot.addWidget(self.seen_button)
        yesterday = local_date(self._actions.here.now()) - timedelta(days=1)
        self.day.set_value(yesterday.isoformat())

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="选一天", key="1–9、A–Q", trigger=self.days.setFocus, local=True),
            Act(name="对这一天", key="F5", trigger=self.compare),
            Act(name="打印差异单", key="Ctrl+P", trigger=self.print_chosen),
            Act(name="看过了", key="F9", trigger=self.look_at),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.days if self._found else self.day.editor

    def show_days(self, found: Sequence[UseComparison]) -> None:
        """Show these days, the first that nobody has looked at chosen."""
        self._found = tuple(found[:DAYS])
        self.days.show_texts([compared_line(one) for one in self._found])
        if self._found:
            wanted = (one.differences and one.looked_at is None for one in self._found)
            self.days.toggle(next((place for place, is_it in enumerate(wanted) if is_it), 0))
        self._show_day()

    def chosen(self) -> UseComparison | None:
        """The day that is chosen."""
        places = self.days.chosen()
        return self._found[places[0]] if places else None

    def _show_day(self) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        found = self.chosen()
        texts = ["还没有对过账"]
        if found is not None:
            texts = [difference_line(one) for one in found.differences[:LINES]] or [NO_DIFFERENCES]
        for text in texts:
            self.lines.addWidget(Label(text, size=13, wrap=True))
        self.lines.addStretch(1)
        differs = found is not None and bool(found.differences)
        self.print_button.setVisible(differs)
        self.seen_button.setVisible(differs and found is not None and found.looked_at is None)

    def compare(self) -> None:
        """Ask the platform for the list of the day that is filled in, and compare."""
        try:
            on = date.fromisoformat(self.day.value().strip())
        except ValueError:
            self.notice.show_trouble("日期要写成 2026-03-17 这样", "还没对账", "改好再按 F5")
            return
        self.ask(Lane.BACK_OFFICE, partial(self._actions.compare, on), self._read, "正在对账")

    def look_at(self) -> None:
        """Note that the differences of the chosen day were seen."""
        found = self.chosen()
        if found is not None and self.seen_button.isVisible():
            self.ask(Lane.STORE, partial(self._actions.look_at, found.on), self._read, "正在登记")

    def print_chosen(self) -> None:
        """Print what differs on the chosen day."""
        found = self.chosen()
        if found is not None and found.differences:
            self._print(found)

    def _read(self, _: object) -> None:
        self.ask(Lane.STORE, self._actions.comparisons, self._on_read, "正在读")

    def _on_read(self, found: Sequence[UseComparison]) -> None:
        self.show_days(found)
        self.days.setFocus()


class ComparisonWork(LedgerWork[LedgerActions]):
    """Opens 用证对账; who may, is asked again by every use case."""

    def open(self) -> None:
        """Read the days compared last and show them."""
        self.run(Lane.STORE, self._actions.comparisons, self._on_read)

    def _on_read(self, found: Sequence[UseComparison]) -> None:
        dialog = ComparisonDialog(found, self._actions, self._jobs, self._print)
        self._show(self._host, dialog)

    def _print(self, found: UseComparison) -> None:
        work = partial(self._actions.comparison_document, found)
        self.run(Lane.PAPER, work, partial(self._send, found.on))

    def _send(self, on: date, pdf: bytes) -> None:
        title = f"用证对账差异单{on.isoformat()}"
        self.send(pdf, self._actions.comparison_pages, title, "差异单")
