"""承诺核查情况: of each item how many promises were made, looked at, and found false."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtGui import QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import QWidget

from clerk.domain.promise_rate import PromiseRate
from clerk.jobs import Jobs, Lane
from clerk.ui.overriding import override
from clerk.ui.tables import Table
from clerk.ui.widgets import Dialog, Empty, Label, open_dialog
from clerk.wording_checks import RATE_HEADS, rate_cells

_WIDTHS = (None, 72, 72, 72, 72, 72, 84)


class PromiseRatesDialog(Dialog):
    """The rate of false promises by item (不实承诺率); it changes nothing and lists no person."""

    def __init__(self, rates: Sequence[PromiseRate]) -> None:
        super().__init__("承诺核查情况", width=780, height=460)
        said = "不实率只按查清的算，查不清楚和还没查的不算。撤销、报送失信都由人逐件决定"
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.model = QStandardItemModel(0, len(RATE_HEADS), self)
        self.model.setHorizontalHeaderLabels(RATE_HEADS)
        for rate in rates:
            self.model.appendRow([_item(text) for text in rate_cells(rate)])
        self.table = Table(self.model, widths=_WIDTHS, name="按事项的承诺核查情况")
        self.empty = Empty("file-check", "还没有人作过告知承诺", "有了会按事项列在这里")
        self.shown: QWidget = self.table if rates else self.empty
        self.body.addWidget(self.shown, 1)
        if rates:
            self.table.go_to(0)

    @override
    def first_focus(self) -> QWidget:
        return self.shown


def _item(text: str) -> QStandardItem:
    made = QStandardItem(text)
    made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return made


class PromiseRateWork(QObject):
    """Opens the rates for whoever checks promises; the use case asks again who may."""

    def __init__(
        self,
        host: QWidget,
        rates: Callable[[], Sequence[PromiseRate]],
        jobs: Jobs,
        say: Callable[[str], None],
        *,
        show: Callable[[QWidget, Dialog], None] = open_dialog,
    ) -> None:
        super().__init__(host)
        self._host, self._rates = host, rates
        self._jobs, self._say, self._show = jobs, say, show

    def open(self) -> None:
        """Count the promises and show them."""
        self._jobs.run(
            Lane.COUNT,
            self._rates,
            owner=self,
            then=lambda rates: self._show(self._host, PromiseRatesDialog(rates)),
            failed=lambda error: self._say(str(error)),
        )
