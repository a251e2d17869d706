"""Printing papers off the UI thread: asked before, sent, followed until the sheets are out.

A paper counts as printed when its job came out, not when a printer took it. What hangs is kept,
here and at the printer, until it goes on by itself or a person decides. The window never waits.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PyQt6.QtCore import QObject, pyqtSignal

from clerk.domain.errors import ClerkError
from clerk.domain.issued import IssuedPaper
from clerk.domain.printing import (
    HANDED_OUT,
    PaperPrint,
    PrinterCondition,
    PrinterTrouble,
    PrintProgress,
    PrintState,
)
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import PaperActions
from clerk.ui.documents_orders import Hang, Order, Where
from clerk.ui.documents_printer import PRINT_WIDTH, FollowedPrinters, PrintJob
from clerk.ui.timers import timer
from clerk.values import dataclass, replace

FIRST_MS: Final = 20
USUAL_MS: Final = 2000
"""A job is looked at soon, then each time after twice as long, at most this long."""
_PATIENCE: Final = 60
"""So many looks at a job that does not move are enough: some two minutes."""
_HANGS: Final = frozenset(
    {PrintState.STUCK, PrintState.UNKNOWN, PrintState.FAILED, PrintState.CANCELLED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    """A job that a printer has; ``looks`` counts those that found it where it was."""

    order: Order
    noted: PaperPrint
    looks: int = 0
    said: str = ""


class Printing(QObject):
    """Papers on their way to printers.

    ``went`` carries an order whose sheets are out, ``done`` the last one under way. ``hangs``
    carries the trouble, None when it is over. ``changed`` follows everything.
    """

    went = pyqtSignal(object)
    done = pyqtSignal(object)
    hangs = pyqtSignal(object)
    changed = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(
        self, actions: PaperActions, jobs: Jobs, printers: FollowedPrinters, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._actions, self._jobs, self._printers = actions, jobs, printers
        self._line: list[Order] = []
        self._running: list[_Running] = []
        self._kept: tuple[Order, ...] = ()
        self._settled: set[UUID] = set()
        self._hang: Hang | None = None
        self._looking = timer(self, FIRST_MS, self._look, once=True)
        self._busy_looking = False

    @property
    def busy(self) -> bool:
        """Whether a paper is being sent or awaited."""
        return bool(self._line or self._running)

    @property
    def hang(self) -> Hang | None:
        """What is in the way now."""
        return self._hang

    def now(self) -> str:
        """What is being printed, in a few words."""
        if self._line:
            return f"正在打印{self._line[0].paper.title}"
        if self._running and self._hang is None:
            return f"{self._running[0].order.paper.title}在打，等纸出来"
        return ""

    def under_way(self, paper: IssuedPaper) -> bool:
        """Whether this paper is being sent or awaited."""
        found = (*self._line, *(one.order for one in self._running), *self._kept)
        return any(order.paper.paper_id == paper.paper_id for order in found)

    def start(self, orders: Sequence[Order], *, asked_before: bool = True) -> None:
        """Print these; nothing while others are being sent. ``asked_before`` asks the printer first."""
        if self._line or not orders:
            return
        self._line = list(orders)
        self.changed.emit()
        if not asked_before:
            self._next()
            return
        self._jobs.run(
            Lane.PAPER,
            partial(self._printers.condition, orders[0].printer),
            owner=self,
            then=self._on_condition,
            failed=self._refused,
        )

    def adopt(self, found: Sequence[tuple[IssuedPaper, PaperPrint]]) -> None:
        """Follow prints that were under way when the program ended."""
        known = self._settled | {one.noted.print_id for one in self._running}
        for paper, noted in found:
            if noted.print_id not in known:
                order = Order(paper=paper, printer=noted.printer, copies=noted.copies)
                self._running.append(_Running(order=order, noted=noted))
        self._follow(FIRST_MS)

    # What a person decides ----------------------------------------------------

    def again(self, printer: str = "", *, asked_before: bool = True) -> None:
        """Print what hangs once more, on another printer where one is named."""

        def send(orders: Sequence[Order]) -> None:
            self.start(
                [replace(one, printer=printer or one.printer) for one in orders],
                asked_before=asked_before,
            )

        self._release(send)

    def give_up(self) -> None:
        """Take back what hangs; the papers are as before."""
        self._release(lambda _: None)

    def seen(self) -> None:
        """A person holds the sheets in his hand."""
        for one in [one for one in self._running if one.noted.state in _HANGS]:
            self._note(one, PrintProgress(state=PrintState.SEEN))

    def _release(self, then: Callable[[Sequence[Order]], None]) -> None:
        hung = [one for one in self._running if one.noted.state in _HANGS]
        orders, self._kept = list(self._kept), ()
        self._running = [one for one in self._running if one not in hung]
        self._say(None)
        self._drop_next(hung, orders, then)

    def _drop_next(
        self, hung: list[_Running], orders: list[Order], then: Callable[[Sequence[Order]], None]
    ) -> None:
        """Take one job back after the other; what came out meanwhile is not printed again."""
        if not hung:
            self.changed.emit()
            then(orders)
            return
        one, rest = hung[0], hung[1:]
        self._settled.add(one.noted.print_id)

        def on_dropped(became: PrintProgress) -> None:
            if became.state in HANDED_OUT:
                self._note(one, became)
            else:
                self._write(one, became.state, (), given_up=True)
                orders.append(one.order)
            self._drop_next(rest, orders, then)

        def on_kept(error: ClerkError) -> None:
            self._write(one, PrintState.UNKNOWN, (), given_up=True)
            orders.append(one.order)
            self.failed.emit(error)
            self._drop_next(rest, orders, then)

        work = partial(self._printers.drop, one.noted.sent)
        self._jobs.run(Lane.PAPER, work, owner=self, then=on_dropped, failed=on_kept)

    # Sending ------------------------------------------------------------------

    def _on_condition(self, condition: PrinterCondition) -> None:
        if condition.ready:
            self._next()
        else:
            self._stand_still(Where.NOT_SENT, condition.troubles)

    def _next(self) -> None:
        self.changed.emit()
        order = self._line[0]
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.document, order.paper),
            owner=self,
            then=partial(self._send, order),
            failed=self._refused,
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
            then=lambda sent: self._jobs.run(
                Lane.STORE,
                partial(self._actions.prints.sent, order.paper, sent, order.copies),
                owner=self,
                then=partial(self._taken, order),
                failed=self._on_not_noted,
            ),
            failed=self._refused,
        )

    def _taken(self, order: Order, noted: PaperPrint) -> None:
        self._running.append(_Running(order=order, noted=noted))
        self._go_on()

    def _on_not_noted(self, error: ClerkError) -> None:
        """The printer has it, but nobody can follow it: it is not sent a second time."""
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        self._line.pop(0)
        if self._line:
            self._next()
        else:
            self.changed.emit()
            self._follow(FIRST_MS)

    def _refused(self, error: ClerkError) -> None:
        self._stand_still(Where.NOT_SENT, (), str(error))

    def _stand_still(
        self, where: Where, troubles: Sequence[PrinterTrouble], said: str = ""
    ) -> None:
        """Keep what was not sent until a person decides."""
        self._kept, self._line = (*self._kept, *self._line), []
        self._say(Hang(orders=self._kept, where=where, troubles=tuple(troubles), said=said))
        if self._running:
            self._follow(FIRST_MS)

    # Following ----------------------------------------------------------------

    def _follow(self, milliseconds: int) -> None:
        if self._running and not self._busy_looking:
            self._looking.start(milliseconds)

    def _look(self) -> None:
        asked = tuple(self._running)
        if not asked:
            return
        self._busy_looking = True
        self._jobs.run(
            Lane.PAPER,
            lambda: [_looked(self._printers, one.noted) for one in asked],
            owner=self,
            then=lambda found: self._on_looked(list(zip(asked, found, strict=True))),
            failed=self.failed.emit,
        )

    def _on_looked(self, found: Sequence[tuple[_Running, tuple[PrintProgress, str]]]) -> None:
        self._busy_looking = False
        for one, (progress, said) in found:
            if one in self._running:  # it may have been taken back while it was looked at
                self._on_progress(one, progress, said)
        self._tell()
        self._follow(min(2 * self._looking.interval(), USUAL_MS))

    def _on_progress(self, one: _Running, progress: PrintProgress, said: str) -> None:
        if progress.state in HANDED_OUT:
            self._note(one, progress)
            return
        before = one.noted
        same = (progress.state, progress.troubles) == (before.state, before.troubles)
        looks = one.looks + 1 if same or before.troubles == (PrinterTrouble.SLOW,) else 0
        if looks > _PATIENCE and progress.state not in _HANGS:
            progress = PrintProgress(state=PrintState.STUCK, troubles=(PrinterTrouble.SLOW,))
        moved = (progress.state, progress.troubles) != (before.state, before.troubles)
        now = replace(
            one,
            noted=replace(before, state=progress.state, troubles=progress.troubles),
            looks=looks,
            said=said,
        )
        self._running[self._running.index(one)] = now
        if moved:
            self._write(one, progress.state, progress.troubles)

    def _tell(self) -> None:
        """Say what hangs now, or that nothing does any more."""
        hung = [one for one in self._running if one.noted.state in _HANGS]
        if not hung:
            if self._hang is not None and not self._kept:
                self._say(None)
            return
        first = hung[0]
        self._say(
            Hang(
                orders=(*(one.order for one in hung), *self._kept),
                where=_WHERE[first.noted.state],
                troubles=first.noted.troubles,
                said=first.said,
            )
        )

    def _say(self, hang: Hang | None) -> None:
        if hang != self._hang:
            self._hang = hang
            self.changed.emit()
            self.hangs.emit(hang)

    def _note(self, one: _Running, progress: PrintProgress) -> None:
        """Its sheets are out: from now on its copies count."""
        self._settled.add(one.noted.print_id)
        if one in self._running:
            self._running.remove(one)
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.prints.state, one.noted, progress.state, (), given_up=False),
            owner=self,
            then=lambda _: self._on_noted(one.order),
            failed=self.failed.emit,
        )

    def _on_noted(self, order: Order) -> None:
        self.went.emit(order)
        self._tell()
        self.changed.emit()
        if not self.busy:
            self.done.emit(order)

    def _write(
        self,
        one: _Running,
        state: PrintState,
        troubles: Sequence[PrinterTrouble],
        *,
        given_up: bool = False,
    ) -> None:
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.prints.state, one.noted, state, troubles, given_up=given_up),
            owner=self,
            then=lambda _: None,
            failed=self.failed.emit,
        )


_WHERE: Final = {
    PrintState.STUCK: Where.AT_PRINTER,
    PrintState.FAILED: Where.GIVEN_UP,
    PrintState.CANCELLED: Where.GIVEN_UP,
    PrintState.UNKNOWN: Where.NOT_KNOWN,
}


def _looked(printers: FollowedPrinters, noted: PaperPrint) -> tuple[PrintProgress, str]:
    """Look at one job; a system that does not answer leaves it unknown, in its own words."""
    try:
        return printers.progress(noted.sent), ""
    except ClerkError as error:
        return PrintProgress(state=PrintState.UNKNOWN), str(error)
