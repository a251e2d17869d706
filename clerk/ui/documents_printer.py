"""The printers of this machine, asked and fed away from the window.

Where CUPS is there, its own adapter arrives from outside. Elsewhere the pages are painted onto the
printer as pictures, and nobody can ask what became of a job: a person has to look. Everything here
blocks and belongs in the PAPER lane; painting onto a printer is one of the things Qt allows there.
"""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPageLayout, QPageSize, QPainter

from clerk.domain.errors import DeviceTrouble
from clerk.domain.issued import PageImage
from clerk.domain.printing import (
    PrinterCondition,
    PrinterTrouble,
    PrintProgress,
    PrintState,
    SentJob,
)
from clerk.ui.unpacking import unpacked
from clerk.values import dataclass

PRINT_WIDTH: Final = 2480
"""Pixels across an A4 page at 300 dots per inch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """A paper on its way to a printer; ``pages`` draws it for printers that take only pictures."""

    title: str
    pdf: bytes
    pages: Callable[[], Sequence[PageImage]]
    copies: int


class Printers(Protocol):
    """What lists and rosters need of the machine's printers; every call may block."""

    def names(self) -> Sequence[str]:
        """Names as the system knows them, the usual one first; empty where there is none."""

    def sent_words(self, printer: str) -> str:
        """What the clerk is told of a job that this printer took and that nobody follows."""

    def send(self, printer: str, job: PrintJob) -> SentJob:
        """Hand a job over; ``DeviceTrouble`` where the printer does not take it."""


class FollowedPrinters(Printers, Protocol):
    """What 文书 needs: a printer is asked before, and its job is followed until the paper is out."""

    def done_words(self, printer: str) -> str:
        """What the clerk is told of a job whose sheets are out."""

    def condition(self, printer: str) -> PrinterCondition:
        """How the printer is now; ``DeviceTrouble`` where nobody can say."""

    def progress(self, sent: SentJob) -> PrintProgress:
        """How far a job is; ``DeviceTrouble`` where nobody can say."""

    def drop(self, sent: SentJob) -> PrintProgress:
        """Take a job back and say what became of it; ``DeviceTrouble`` where it may still come."""


class SystemPrinters:
    """The printers the operating system offers."""

    def names(self) -> Sequence[str]:
        """Names, the default printer first."""
        from PyQt6.QtPrintSupport import QPrinterInfo

        usual = QPrinterInfo.defaultPrinterName()
        names = QPrinterInfo.availablePrinterNames()
        return sorted(names, key=lambda name: name != usual)

    def sent_words(self, printer: str) -> str:
        """It is with the printer; whether paper came out is seen there."""
        return f"已送到{printer}"

    def done_words(self, printer: str) -> str:
        """A person has seen them."""
        return f"{printer}打好了"

    def condition(self, printer: str) -> PrinterCondition:
        """Whether it is there and not in error; paper and toner are not told here."""
        from PyQt6.QtPrintSupport import QPrinter, QPrinterInfo

        found = QPrinterInfo.printerInfo(printer)
        if found.isNull():
            return PrinterCondition(troubles=(PrinterTrouble.GONE,))
        if found.state() in {QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error}:
            return PrinterCondition(troubles=(PrinterTrouble.FAULTY,))
        return PrinterCondition()

    def send(self, printer: str, job: PrintJob) -> SentJob:
        """Paint the pages.

        Raises:
            DeviceTrouble: the printer did not take the job; nothing was printed.
        """
        _paint(printer, job)
        return SentJob(printer=printer, job="")

    def progress(self, sent: SentJob) -> PrintProgress:  # noqa: ARG002  nobody can be asked
        """Say that only a person can see it."""
        return PrintProgress(state=PrintState.UNKNOWN)

    def drop(self, sent: SentJob) -> PrintProgress:
        """Nothing can be taken back."""
        return self.progress(sent)


def send_to_first(printers: Printers, job: PrintJob, sheet: str) -> str:
    """Print on the first printer there is; say where it went.

    Raises:
        DeviceTrouble: there is none, or it did not take the job; the sheet is kept.
    """
    names = printers.names()
    if not names:
        raise DeviceTrouble(f"没有找到打印机，{sheet}存好了。接好打印机再打")
    printers.send(names[0], job)
    return printers.sent_words(names[0])


def _paint(printer: str, job: PrintJob) -> None:
    from PyQt6.QtPrintSupport import QPrinter, QPrinterInfo

    found = QPrinterInfo.printerInfo(printer)
    if found.isNull():
        raise DeviceTrouble(f"没有叫{printer}的打印机，没有打出来")
    device = QPrinter(found, mode=QPrinter.PrinterMode.HighResolution)
    device.setDocName(job.title)
    device.setCopyCount(job.copies)
    device.setFullPage(True)
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    pictures = [unpacked(page.png) for page in job.pages()]
    painter = QPainter()
    for number, picture in enumerate(pictures):
        wide = picture.width() > picture.height()
        device.setPageOrientation(
            QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        )
        ready = painter.begin(device) if number == 0 else device.newPage()
        if not ready:
            raise DeviceTrouble(f"{printer}没有收下打印任务，没有打出来")
        painter.drawImage(QRectF(painter.viewport()), picture)
    painter.end()
