"""Paper on its way out of a printer: what hinders it, how far it is, what became of it.

A paper counts as handed out only where the printer said that the whole job came out, where a
person saw the sheets, where it was handed over as a file (电子件), or where a person says with a
reason that it was made by hand (手工出具). That a printer took a job says nothing.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from clerk.domain.papers import PaperKind
from clerk.values import dataclass


class PrinterTrouble(StrEnum):
    """What keeps a printer from printing; the first that applies is said first."""

    GONE = "gone"
    NOT_TAKING = "not_taking"
    JAM = "jam"
    NO_PAPER = "no_paper"
    NO_A4 = "no_a4"
    DOOR_OPEN = "door_open"
    NO_TONER = "no_toner"
    OFFLINE = "offline"
    STOPPED = "stopped"
    SLOW = "slow"
    FAULTY = "faulty"


_WITHOUT_A_PERSON = frozenset({PrinterTrouble.GONE, PrinterTrouble.NOT_TAKING})


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterCondition:
    """How a printer is just now; ``low`` says that paper or toner runs out soon."""

    troubles: tuple[PrinterTrouble, ...] = ()
    low: bool = False

    @property
    def ready(self) -> bool:
        """Whether nothing is known that would keep a job from coming out."""
        return not self.troubles

    @property
    def takes_all_the_same(self) -> bool:
        """Whether a job can be sent nevertheless: what a printer said last may be over by now."""
        return not _WITHOUT_A_PERSON.intersection(self.troubles)


class PrintState(StrEnum):
    """How far a job is, and what became of it."""

    WAITING = "waiting"
    PRINTING = "printing"
    STUCK = "stuck"
    UNKNOWN = "unknown"
    DONE = "done"
    SEEN = "seen"
    ELECTRONIC = "electronic"
    BY_HAND = "by_hand"
    """Printed elsewhere or written: a person says so, and why."""
    CANCELLED = "cancelled"
    FAILED = "failed"


HANDED_OUT = frozenset(
    {PrintState.DONE, PrintState.SEEN, PrintState.ELECTRONIC, PrintState.BY_HAND}
)
"""After one of these the applicant can have the paper in his hand."""

ENDED = HANDED_OUT | {PrintState.CANCELLED, PrintState.FAILED}
"""Nothing more comes of the job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentJob:
    """A job a printer took; ``job`` is empty where the system cannot be asked about it."""

    printer: str
    job: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintProgress:
    """What the system says of a job now, and what hinders it."""

    state: PrintState
    troubles: tuple[PrinterTrouble, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPrint:
    """One line of the print journal (打印登记): who sent which paper where, and what became of it.

    ``copies`` is 0 for a file that was handed over. ``ended_at`` is None as long as the job runs,
    ``reason`` is why it was made by hand.
    """

    print_id: UUID
    paper_id: UUID
    case_id: UUID
    kind: PaperKind
    printer: str
    copies: int
    job: str
    state: PrintState
    sent_at: datetime
    sent_by: str
    troubles: tuple[PrinterTrouble, ...] = ()
    ended_at: datetime | None = None
    reason: str = ""

    @property
    def sent(self) -> SentJob:
        """What the printer's system knows it by."""
        return SentJob(printer=self.printer, job=self.job)
