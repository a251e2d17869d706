"""What belongs to the day and not to one case: its sheet, the blanks, the list to be published."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from clerk.domain.blanks import BlankStock
from clerk.domain.day_sheet import DaySheet, SignedSheet
from clerk.domain.days import local_date
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import DayActions
from clerk.ui.acts import Act
from clerk.ui.blanks import BlanksDialog
from clerk.ui.day_end import DayEndDialog
from clerk.ui.documents_printer import (
    PRINT_WIDTH,
    Printers,
    PrintJob,
    SystemPrinters,
    send_to_first,
)
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice, open_dialog


def choose_list_path(host: QWidget, name: str) -> str:
    """Let the clerk choose where the list goes; empty where he chose nothing."""
    path, _ = QFileDialog.getSaveFileName(host, "导出双公示清单", name, "CSV (*.csv)")
    return path


class PublishDialog(Dialog):
    """双公示导出: which days; ``go_on`` gets them."""

    def __init__(self, today: date, go_on: Callable[[date, date], None]) -> None:
        super().__init__("双公示导出", width=520)
        self._go_on = go_on
        self.first, self.last = Field("从哪天，如 2026-03-18"), Field("到哪天")
        for field in (self.first, self.last):
            field.set_value(today.isoformat())
        self.notice = Notice("bad")
        self.button = Button("选存放位置", key="F9", kind="compact")
        row = QHBoxLayout()
        row.addWidget(self.first)
        row.addWidget(self.last)
        said = "只导出已决定的行政许可。自然人只写脱敏的姓名，不写证件号"
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.body.addLayout(row)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.go_on)
        self.first.next_gap.connect(self.last.focus_editor)
        self.last.next_gap.connect(self.button.setFocus)

    @override
    def acts(self) -> Sequence[Act]:
        return (Act(name="选存放位置", key="F9", trigger=self.go_on),)

    @override
    def first_focus(self) -> QWidget:
        return self.first.editor

    def go_on(self) -> None:
        """Take the days as they are written."""
        try:
            first = date.fromisoformat(self.first.value())
            last = date.fromisoformat(self.last.value())
        except ValueError:
            self.notice.show_trouble("日期要写成 2026-03-18 这样", "还没导出", "改好再按 F9")
            return
        self.close_dialog()
        self._go_on(first, last)


class DayWork(QObject):
    """Opens what belongs to the day; who may, is asked again by every use case."""

    def __init__(
        self,
        host: QWidget,
        actions: DayActions,
        jobs: Jobs,
        say: Callable[[str], None],
        *,
        printers: Printers | None = None,
        show: Callable[[QWidget, Dialog], None] = open_dialog,
        choose: Callable[[QWidget, str], str] = choose_list_path,
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs, self._say = host, actions, jobs, say
        self._printers = printers or SystemPrinters()
        self._show, self._choose = show, choose

    def open_sheet(self) -> None:
        """Read the day and show it."""
        self._jobs.run(
            Lane.STORE,
            self._actions.sheet,
            owner=self,
            then=self._on_sheet,
            failed=lambda error: self._say(str(error)),
        )

    def _on_sheet(self, sheet: DaySheet) -> None:
        self._show(self._host, DayEndDialog(sheet, self._actions, self._jobs, self._print))

    def _print(self, signed: SignedSheet) -> None:
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.document, signed),
            owner=self,
            then=partial(self._send, signed),
            failed=lambda error: self._say(str(error)),
        )

    def _send(self, signed: SignedSheet, pdf: bytes) -> None:
        job = PrintJob(
            title=signed.pdf.name,
            pdf=pdf,
            pages=partial(self._actions.pages, signed.pdf, PRINT_WIDTH),
            copies=1,
        )
        self._jobs.run(
            Lane.PAPER,
            partial(send_to_first, self._printers, job, "核对表"),
            owner=self,
            then=self._say,
            failed=lambda error: self._say(str(error)),
        )

    def open_blanks(self) -> None:
        """Read the ledger and show it."""
        self._jobs.run(
            Lane.STORE,
            self._actions.stocks,
            owner=self,
            then=self._on_stocks,
            failed=lambda error: self._say(str(error)),
        )

    def _on_stocks(self, stocks: Sequence[BlankStock]) -> None:
        self._show(self._host, BlanksDialog(stocks, self._actions, self._jobs))

    def open_publishing(self) -> None:
        """Ask which days are to be published."""
        today = local_date(self._actions.here.now())
        self._show(self._host, PublishDialog(today, self._publish))

    def _publish(self, first: date, last: date) -> None:
        path = self._choose(self._host, f"行政许可双公示{first.isoformat()}.csv")
        if path:
            self._jobs.run(
                Lane.STORE,
                partial(self._actions.publish, first, last, path),
                owner=self,
                then=lambda rows: self._say(f"双公示清单已导出 {rows} 条"),
                failed=lambda error: self._say(str(error)),
            )
