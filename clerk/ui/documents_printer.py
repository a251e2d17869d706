"""The printers of this machine, asked and fed away from the window.

Where CUPS is there the PDF goes to it as it is, so letters stay sharp and the spool small;
elsewhere the pages are painted onto the printer as pictures. Everything here blocks and belongs
in the PAPER lane; painting onto a printer is one of the things Qt allows there.
"""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPageLayout, QPageSize, QPainter

from clerk.domain.errors import DeviceTrouble
from clerk.domain.issued import PageImage
from clerk.ui.unpacking import unpacked

PRINT_WIDTH: Final = 2480
"""Pixels across an A4 page at 300 dots per inch."""
_SECONDS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """A paper on its way to a printer; ``pages`` draws it for printers that take only pictures."""

    title: str
    pdf: bytes
    pages: Callable[[], Sequence[PageImage]]
    copies: int


class Printers(Protocol):
    """What the page needs of the machine's printers; both calls may block."""

    def names(self) -> Sequence[str]:
        """Names as the system knows them, the usual one first; empty where there is none."""

    def sent_words(self, printer: str) -> str:
        """What the clerk is told of a job that this printer took."""

    def send(self, printer: str, job: PrintJob) -> None:
        """Hand a job over; ``DeviceTrouble`` where the printer does not take it."""


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

    def send(self, printer: str, job: PrintJob) -> None:
        """Print by ``lp`` where CUPS is there, else as pictures.

        Raises:
            DeviceTrouble: the printer did not take the job; nothing was printed.
        """
        command = shutil.which("lp")
        if command is None:
            _paint(printer, job)
        else:
            _spool(command, printer, job)


def _spool(command: str, printer: str, job: PrintJob) -> None:
    arguments = [command, "-d", printer, "-n", str(job.copies), "-t", job.title]
    try:
        subprocess.run(arguments, input=job.pdf, check=True, capture_output=True, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise DeviceTrouble(f"{printer}没有收下打印任务，没有打出来") from error


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
