"""The printers of CUPS: asked before a job is sent, and followed until the paper is out.

A PDF goes to the queue as it is, so letters stay sharp. What a printer says of itself
(``printer-state-reasons``, RFC 8011 § 5.4.12 and the registry of PWG 5100.9) is read into our own
few troubles. Everything here blocks.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol
from urllib.parse import quote

from clerk.domain.printing import (
    PrinterCondition,
    PrinterTrouble,
    PrintProgress,
    PrintState,
    SentJob,
)
from integrations.devices import ipp
from integrations.devices.ipp import Group, IppServer, Operation, PrintRefused

SOCKETS: Final = (
    Path("/run/cups/cups.sock"),
    Path("/var/run/cups/cups.sock"),
    Path("/private/var/run/cupsd"),
)
CONFIG: Final = Path("/etc/cups/client.conf")
_A4: Final = "iso_a4_210x297mm"
_STOPPED: Final = 5

_REASONS: Final[Mapping[str, PrinterTrouble]] = MappingProxyType(
    {
        "media-empty": PrinterTrouble.NO_PAPER,
        "media-needed": PrinterTrouble.NO_PAPER,
        "input-tray-missing": PrinterTrouble.NO_PAPER,
        "media-jam": PrinterTrouble.JAM,
        "door-open": PrinterTrouble.DOOR_OPEN,
        "cover-open": PrinterTrouble.DOOR_OPEN,
        "interlock-open": PrinterTrouble.DOOR_OPEN,
        "toner-empty": PrinterTrouble.NO_TONER,
        "marker-supply-empty": PrinterTrouble.NO_TONER,
        "marker-supply-missing": PrinterTrouble.NO_TONER,
        "offline": PrinterTrouble.OFFLINE,
        "shutdown": PrinterTrouble.OFFLINE,
        "timed-out": PrinterTrouble.OFFLINE,
        "paused": PrinterTrouble.STOPPED,
        "stopped-partly": PrinterTrouble.STOPPED,
    }
)
_LOW: Final = frozenset({"media-low", "toner-low", "marker-supply-low"})
_OF_JOB: Final[Mapping[int, PrintState]] = MappingProxyType(
    {
        3: PrintState.WAITING,
        4: PrintState.WAITING,
        5: PrintState.PRINTING,
        6: PrintState.STUCK,
        7: PrintState.CANCELLED,
        8: PrintState.FAILED,
        9: PrintState.DONE,
    }
)
_RUNS: Final = frozenset({PrintState.WAITING, PrintState.PRINTING, PrintState.STUCK})
_ORDER: Final = tuple(PrinterTrouble)


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


class CupsPrinters:
    """Every queue of one print system."""

    def __init__(self, server: IppServer) -> None:
        self._server = server

    def names(self) -> tuple[str, ...]:
        """Return the names, the usual printer first; none where the system does not answer.

        Raises:
            DeviceTrouble: the print system does not answer.
        """
        wanted = [ipp.keyword("requested-attributes", "printer-name")]
        found = self._several(Operation.CUPS_PRINTERS, wanted)
        usual = self._several(Operation.CUPS_DEFAULT, wanted)
        first = {_text(one, "printer-name") for one in usual}
        names = sorted(name for name in (_text(one, "printer-name") for one in found) if name)
        return tuple(sorted(names, key=lambda name: name not in first))

    def sent_words(self, printer: str) -> str:
        """Return what the clerk is told when a printer took a job that nobody follows."""
        return f"已送到{printer}"

    def done_words(self, printer: str) -> str:
        """Return what the clerk is told when the whole job came out."""
        return f"{printer}打好了"

    def condition(self, printer: str) -> PrinterCondition:
        """Return how the printer is now.

        Raises:
            DeviceTrouble: the print system does not answer.
        """
        try:
            found = ipp.ask(
                self._server, Operation.GET_PRINTER, ("printer-uri", _printer_uri(printer))
            )
        except PrintRefused:
            found = ()
        if not found:
            return PrinterCondition(troubles=(PrinterTrouble.GONE,))
        return condition_of(found[0])

    def send(self, printer: str, job: Job) -> SentJob:
        """Hand the PDF to the queue and return its number there.

        Raises:
            DeviceTrouble: it did not take the job; nothing was printed.
        """
        (made,) = ipp.ask(
            self._server,
            Operation.PRINT_JOB,
            ("printer-uri", _printer_uri(printer)),
            [
                ipp.name("job-name", job.title),
                ipp.media_type("document-format", "application/pdf"),
            ],
            [ipp.number("copies", job.copies), ipp.keyword("media", _A4)],
            job.pdf,
        )
        return SentJob(printer=printer, job=str(_number(made, "job-id")))

    def progress(self, sent: SentJob) -> PrintProgress:
        """Return how far a job is; where CUPS forgot it, that is not known.

        Raises:
            DeviceTrouble: the print system does not answer.
        """
        try:
            (found,) = ipp.ask(self._server, Operation.GET_JOB, ("job-uri", _job_uri(sent.job)))
        except PrintRefused:
            hindered = self.condition(sent.printer).troubles
            return PrintProgress(state=PrintState.UNKNOWN, troubles=hindered)
        state = _OF_JOB.get(_number(found, "job-state"), PrintState.UNKNOWN)
        if state not in _RUNS:
            return PrintProgress(state=state)
        troubles = self.condition(sent.printer).troubles
        if troubles or state is PrintState.STUCK:
            return PrintProgress(
                state=PrintState.STUCK, troubles=troubles or (PrinterTrouble.FAULTY,)
            )
        return PrintProgress(state=state)

    def drop(self, sent: SentJob) -> PrintProgress:
        """Take a job back; return what became of it, for it may have come out meanwhile.

        Raises:
            DeviceTrouble: it could not be taken back; it may still come out.
        """
        try:
            ipp.ask(self._server, Operation.CANCEL_JOB, ("job-uri", _job_uri(sent.job)))
        except PrintRefused as refused:
            if not (refused.not_there or refused.too_late):
                raise
            return self.progress(sent)
        return PrintProgress(state=PrintState.CANCELLED)

    def _several(
        self, operation: Operation, given: Sequence[tuple[int, str, ipp.Value]]
    ) -> tuple[Group, ...]:
        try:
            return ipp.ask(self._server, operation, None, given)
        except PrintRefused:
            return ()  # a system without any printer says "not found"


def condition_of(printer: Group) -> PrinterCondition:
    """Read what a printer says of itself; what it does not say is taken to be in order."""
    reasons = [str(reason) for reason in printer.get("printer-state-reasons", ())]
    troubles = {trouble for reason in reasons if (trouble := _trouble(reason)) is not None}
    if _number(printer, "printer-state") == _STOPPED and not troubles:
        troubles.add(PrinterTrouble.STOPPED)
    if printer.get("printer-is-accepting-jobs", (True,))[0] is False:
        troubles.add(PrinterTrouble.NOT_TAKING)
    sizes = printer.get("media-ready") or printer.get("media-supported", ())
    if sizes and not any(str(size).startswith(_A4) for size in sizes):
        troubles.add(PrinterTrouble.NO_A4)
    return PrinterCondition(
        troubles=tuple(sorted(troubles, key=_ORDER.index)),
        low=any(_bare(reason)[0] in _LOW or _only_warns(reason) for reason in reasons),
    )


def _bare(reason: str) -> tuple[str, str]:
    """Split a reason into what it says and how bad it is; without a word of that it is an error."""
    for weight in ("report", "warning", "error"):
        if reason.endswith(f"-{weight}"):
            return reason.removesuffix(f"-{weight}"), weight
    return reason, ""


def _trouble(reason: str) -> PrinterTrouble | None:
    said, weight = _bare(reason)
    if weight in {"report", "warning"}:
        return None
    known = _REASONS.get(said)
    return PrinterTrouble.FAULTY if known is None and weight == "error" else known


def _only_warns(reason: str) -> bool:
    said, weight = _bare(reason)
    return weight == "warning" and said in {"media-empty", "media-needed", "toner-empty"}


def _text(group: Group, label: str) -> str:
    return str(group.get(label, ("",))[0])


def _number(group: Group, label: str) -> int:
    held = group.get(label, (0,))[0]
    return held if isinstance(held, int) else 0


def _printer_uri(printer: str) -> str:
    return f"ipp://localhost/printers/{quote(printer)}"


def _job_uri(job: str) -> str:
    return f"ipp://localhost/jobs/{quote(job)}"
