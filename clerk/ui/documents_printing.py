"""Printing papers one after the other, off the UI thread; a paper that fails stays in line."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from clerk.domain.errors import ClerkError
from clerk.domain.issued import IssuedPaper
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import PaperActions
from clerk.ui.documents_printer import PRINT_WIDTH, Printers, PrintJob


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A paper, how often and on which printer."""

    paper: IssuedPaper
    printer: str
    copies: int


class Printing(QObject):
    """The line of papers waiting for a printer.

    ``went`` carries an order the printer took, ``done`` the last one, ``failed`` carries the
    trouble; what was not printed then is dropped from the line, and its paper is as before.
    """

    went = pyqtSignal(object)
    done = pyqtSignal(object)
    failed = pyqtSignal(object)
    changed = pyqtSignal()

    def __init__(
        self, actions: PaperActions, jobs: Jobs, printers: Printers, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions, self._jobs, self._printers = actions, jobs, printers
        self._line: list[Order] = []

    @property
    def busy(self) -> bool:
        """Whether a paper is on its way."""
        return bool(self._line)

    def now(self) -> str:
        """What is being printed, in a few words."""
        return f"正在打印{self._line[0].paper.title}" if self._line else ""

    def start(self, orders: Sequence[Order]) -> None:
        """Print these; nothing while others are under way."""
        if not self._line and orders:
            self._line = list(orders)
            self._next()

    def _next(self) -> None:
        self.changed.emit()
        order = self._line[0]
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.document, order.paper),
            owner=self,
            then=partial(self._send, order),
            failed=self._give_up,
        )

    def _send(self, order: Order, pdf: bytes) -> None:
        job = PrintJob(
            title=order.paper.title,
            pdf=pdf,
            pages=partial(self._actions.pages, order.paper, PRINT_WIDTH),
            copies=order.copies,
        )
        self._jobs.run(
            Lane.PAPER,
            partial(self._printers.send, order.printer, job),
            owner=self,
            then=lambda _: self._note(order),
            failed=self._give_up,
        )

    def _note(self, order: Order) -> None:
        self.went.emit(order)
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.printed, order.paper, order.printer, order.copies),
            owner=self,
            then=lambda _: self._taken(),
            failed=self._give_up,
        )

    def _taken(self) -> None:
        order = self._line.pop(0)
        if self._line:
            self._next()
            return
        self.changed.emit()
        self.done.emit(order)

    def _give_up(self, error: ClerkError) -> None:
        self._line = []
        self.changed.emit()
        self.failed.emit(error)
