"""Printers in memory that may jam, and the journal of what went to them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol
from uuid import UUID

from clerk.domain.issued import IssuedPaper
from clerk.domain.papers import PaperKind
from clerk.domain.printing import (
    ENDED,
    HANDED_OUT,
    PaperPrint,
    PrinterCondition,
    PrinterTrouble,
    PrintProgress,
    PrintState,
    SentJob,
)
from clerk.ui.documents_printer import PrintJob
from clerk.ui.print_actions import PrintActions
from tests.ui.example_values import NOW

LASER, HALL = "3 号窗激光打印机", "大厅公用打印机"


class PaperPrinters:
    """Two printers; ``jam`` is met before a job is sent, ``jam_at`` while it is printed."""

    def __init__(self) -> None:
        self.offered = [LASER, HALL]
        self.jam: dict[str, PrinterTrouble] = {}
        self.jam_at: dict[str, PrintProgress] = {}
        self.jobs: dict[str, tuple[str, str, bytes, int]] = {}
        self.dropped: list[str] = []
        self.low = False

    @property
    def came(self) -> list[tuple[str, str, bytes, int]]:
        """What came out, by the order of the jobs."""
        return [
            job
            for number, job in self.jobs.items()
            if number not in self.dropped and job[0] not in self.jam_at
        ]

    def names(self) -> Sequence[str]:
        return self.offered

    def sent_words(self, printer: str) -> str:
        return f"已送到{printer}"

    def done_words(self, printer: str) -> str:
        return f"{printer}打好了"

    def condition(self, printer: str) -> PrinterCondition:
        found = self.jam.get(printer)
        return PrinterCondition(troubles=(found,) if found else (), low=self.low)

    def send(self, printer: str, job: PrintJob) -> SentJob:
        number = str(len(self.jobs) + 1)
        self.jobs[number] = (printer, job.title, job.pdf, job.copies)
        return SentJob(printer=printer, job=number)

    def progress(self, sent: SentJob) -> PrintProgress:
        return self.jam_at.get(sent.printer, PrintProgress(state=PrintState.DONE))

    def drop(self, sent: SentJob) -> PrintProgress:
        self.dropped.append(sent.job)
        return PrintProgress(state=PrintState.CANCELLED)


class HasStored(Protocol):
    """Whoever keeps the papers."""

    stored: list[IssuedPaper]


class PrintJournal:
    """The print journal in memory; ``noted`` are the papers that came out."""

    def __init__(self, office: HasStored) -> None:
        self._office = office
        self.noted: list[tuple[str, str, int]] = []
        self.prints: dict[UUID, PaperPrint] = {}
        self.handed: list[tuple[str, str]] = []
        self.by_hand: list[tuple[str, str]] = []
        self.usual: dict[tuple[PaperKind, str], int] = defaultdict(int)

    def actions(self) -> PrintActions:
        return PrintActions(
            sent=self._sent,
            state=self._state,
            hand_over=self._hand_over,
            by_hand=self._by_hand,
            under_way=lambda case_id: [
                one
                for one in self.prints.values()
                if one.case_id == case_id and one.ended_at is None
            ],
            usual_copies=lambda: {key: copies for key, copies in self.usual.items() if copies},
        )

    def _sent(self, paper: IssuedPaper, sent: SentJob, copies: int) -> PaperPrint:
        made = PaperPrint(
            print_id=UUID(int=len(self.prints) + 1),
            paper_id=paper.paper_id,
            case_id=paper.case_id,
            kind=paper.kind,
            printer=sent.printer,
            copies=copies,
            job=sent.job,
            state=PrintState.WAITING,
            sent_at=NOW,
            sent_by="zhou",
        )
        self.prints[made.print_id] = made
        return made

    def _state(
        self,
        sent: PaperPrint,
        state: PrintState,
        troubles: Sequence[PrinterTrouble] = (),
        *,
        given_up: bool = False,
    ) -> PaperPrint:
        ended = given_up or state in ENDED
        now = replace(sent, state=state, troubles=tuple(troubles), ended_at=NOW if ended else None)
        self.prints[now.print_id] = now
        if state in HANDED_OUT:
            titles = {one.paper_id: one.title for one in self._office.stored}
            self.noted.append((titles[now.paper_id], now.printer, now.copies))
        return now

    def _by_hand(self, paper: IssuedPaper, reason: str) -> PaperPrint:
        self.by_hand.append((paper.title, reason))
        made = self._sent(paper, SentJob(printer="", job=""), 1)
        return replace(made, state=PrintState.BY_HAND, ended_at=NOW, reason=reason)

    def _hand_over(self, paper: IssuedPaper, path: str) -> None:
        self.handed.append((paper.title, path))
