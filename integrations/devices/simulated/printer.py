"""Printers that play: what they are sent lies as a PDF in a folder, and no paper comes out.

Paper jams or runs out when a trainee is to deal with it: before a job is sent, or while it is
printed. A job that hangs waits until the trouble is over, as at a real printer.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from clerk.domain.errors import DeviceTrouble
from clerk.domain.printing import (
    PrinterCondition,
    PrinterTrouble,
    PrintProgress,
    PrintState,
    SentJob,
)
from clerk.values import dataclass

_UNSAFE = str.maketrans(dict.fromkeys('<>:"/\\|?*', "-"))


class Job(Protocol):
    """What is printed: its title, the whole PDF, how often."""

    @property
    def title(self) -> str:
        """The name of the paper."""

    @property
    def pdf(self) -> bytes:
        """The whole file."""

    @property
    def copies(self) -> int:
        """How many copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    printer: str
    title: str
    pdf: bytes
    copies: int


class SimulatedPrinters:
    """Printers called ``names`` that print into ``folder``, which is made for the first job.

    The first is the usual one and the one that gets into trouble. ``done`` is what the clerk is
    told of a job that came out.
    """

    def __init__(self, folder: Path, *, names: Sequence[str], done: str) -> None:
        self.folder = folder
        self._names, self._done = tuple(names), done
        self._trouble: dict[str, PrinterTrouble] = {}
        self._hidden: dict[str, PrinterTrouble] = {}
        self._waiting: dict[str, _Waiting] = {}
        self._became: dict[str, PrintState] = defaultdict(lambda: PrintState.UNKNOWN)
        self._jobs = 0

    def names(self) -> tuple[str, ...]:
        """Return the names, the usual one first."""
        return self._names

    def sent_words(self, printer: str) -> str:  # noqa: ARG002  they share a folder
        """Return what the clerk is told when one of them took a job."""
        return self._done

    def done_words(self, printer: str) -> str:  # noqa: ARG002  they share a folder
        """Return what the clerk is told when a job came out."""
        return self._done

    def jam(self, trouble: PrinterTrouble = PrinterTrouble.JAM, *, at_once: bool = True) -> None:
        """Let the paper jam, or whatever else: now, or only while the next job is printed."""
        (self._trouble if at_once else self._hidden)[self._names[0]] = trouble

    def clear(self) -> None:
        """Put everything right; what waited comes out."""
        self._trouble.clear()
        self._hidden.clear()
        for job, waiting in list(self._waiting.items()):
            self._print(job, waiting)

    def condition(self, printer: str) -> PrinterCondition:
        """Return how a printer is."""
        if printer not in self._names:
            return PrinterCondition(troubles=(PrinterTrouble.GONE,))
        trouble = self._trouble.get(printer)
        return PrinterCondition(troubles=() if trouble is None else (trouble,))

    def send(self, printer: str, job: Job) -> SentJob:
        """Write the job into the folder, numbered in the order in which jobs came, or keep it.

        Raises:
            DeviceTrouble: the folder cannot be written; nothing is there.
        """
        self._jobs += 1
        sent = SentJob(printer=printer, job=str(self._jobs))
        waiting = _Waiting(printer=printer, title=job.title, pdf=job.pdf, copies=job.copies)
        if printer in self._hidden:
            self._trouble[printer] = self._hidden.pop(printer)
        if printer in self._trouble:
            self._waiting[sent.job] = waiting
        else:
            self._print(sent.job, waiting)
        return sent

    def progress(self, sent: SentJob) -> PrintProgress:
        """Return how far a job is."""
        if sent.job in self._waiting:
            troubles = self.condition(sent.printer).troubles
            return PrintProgress(state=PrintState.STUCK, troubles=troubles)
        return PrintProgress(state=self._became[sent.job])

    def drop(self, sent: SentJob) -> PrintProgress:
        """Take a job back where it has not come out."""
        if self._waiting.pop(sent.job, None) is not None:
            self._became[sent.job] = PrintState.CANCELLED
        return PrintProgress(state=self._became[sent.job])

    def _print(self, job: str, waiting: _Waiting) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            serial = sum(1 for _ in self.folder.glob("*.pdf")) + 1
            name = f"{serial:04}-{waiting.title}-{waiting.copies}.pdf".translate(_UNSAFE)
            (self.folder / name).write_bytes(waiting.pdf)
        except OSError as error:
            raise DeviceTrouble(f"{waiting.printer}的文件夹写不进去，没有打出来") from error
        self._waiting.pop(job, None)
        self._became[job] = PrintState.DONE
