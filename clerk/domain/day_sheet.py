"""The sheet at the end of a day (日终核对): everything that is still open, nothing left out."""

from datetime import date, datetime
from enum import StrEnum

from clerk.domain.blanks import BlankStock
from clerk.domain.custody import OriginalLine
from clerk.domain.errors import NotAcceptable
from clerk.domain.hand_off import MessageKind
from clerk.domain.material import StoredFile
from clerk.domain.paper_numbers import GivenNumber, NumberProof
from clerk.domain.parcel import ParcelState
from clerk.domain.tasks import TaskKind
from clerk.values import dataclass


class DaySection(StrEnum):
    """What is looked through before the window closes, in this order."""

    DRAFTS = "drafts"
    ORIGINALS = "originals"
    RESULTS = "results"
    FEES = "fees"
    BLANKS = "blanks"
    MESSAGES = "messages"
    PAPERS = "papers"
    NUMBERS = "numbers"
    OVERDUE_TASKS = "overdue_tasks"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One thing that is open; which of the fields are filled depends on its section.

    ``label`` is the case's number, ``note`` a name or another system's own words. ``voided`` is a
    number (文号) made void today, ``proof`` the one thing that does not hold in a series;
    ``item_name`` is the title of their paper.
    """

    label: str = ""
    item_name: str = ""
    applicant_name: str = ""
    note: str = ""
    original: OriginalLine | None = None
    task: TaskKind | None = None
    due_on: date | None = None
    message: MessageKind | None = None
    parcel: ParcelState | None = None
    reminders: int = 0
    stock: BlankStock | None = None
    voided: GivenNumber | None = None
    proof: NumberProof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPart:
    """One section with all of its lines."""

    section: DaySection
    lines: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """The day of one person at one window, every section there, empty or not."""

    on: date
    made_at: datetime
    counter_name: str
    clerk_name: str
    parts: tuple[DayPart, ...]

    @property
    def open_count(self) -> int:
        """How many lines there are."""
        return sum(len(part.lines) for part in self.parts)

    def part(self, section: DaySection) -> DayPart:
        """Return one section."""
        return next(part for part in self.parts if part.section is section)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedSheet:
    """A sheet that somebody went through and signed, with its printed form."""

    on: date
    signed_at: datetime
    pdf: StoredFile
    open_count: int


def require_all_looked_at(looked_at: frozenset[DaySection]) -> None:
    """Raise ``NotAcceptable`` unless every section was clicked through."""
    left = [section for section in DaySection if section not in looked_at]
    if left:
        raise NotAcceptable(f"还有 {len(left)} 栏没看过，没有签。逐栏看过再签")
