"""What opens a ledger (台账) from Ctrl K and prints its sheets."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from clerk.domain.issued import PageImage
from clerk.jobs import Jobs, Lane
from clerk.ui.documents_printer import (
    PRINT_WIDTH,
    Printers,
    PrintJob,
    SystemPrinters,
    send_to_first,
)
from clerk.ui.widgets import Dialog, open_dialog

A = TypeVar("A")
T = TypeVar("T")


class LedgerWork(QObject, Generic[A]):
    """Sub-classes open a dialog over ``host``; who may, is asked again by every use case."""

    def __init__(
        self,
        host: QWidget,
        actions: A,
        jobs: Jobs,
        say: Callable[[str], None],
        *,
        printers: Printers | None = None,
        show: Callable[[QWidget, Dialog], None] = open_dialog,
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs, self._say = host, actions, jobs, say
        self._printers, self._show = printers or SystemPrinters(), show

    def send(
        self,
        pdf: bytes,
        pages: Callable[[bytes, int], Sequence[PageImage]],
        title: str,
        sheet: str,
    ) -> None:
        """Print a sheet on the usual printer; ``sheet`` is what it is called where it fails."""
        job = PrintJob(title=title, pdf=pdf, pages=partial(pages, pdf, PRINT_WIDTH), copies=1)
        self.run(Lane.PAPER, partial(send_to_first, self._printers, job, sheet), self._say)

    def run(self, lane: Lane, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Run ``work``; known trouble is said in the status bar."""
        self._jobs.run(
            lane, work, owner=self, then=then, failed=lambda error: self._say(str(error))
        )
