"""Cases as a list shows them (办件): one line each, never the whole case."""

from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from clerk.domain.case import CaseState
from clerk.domain.deadlines import Term
from clerk.domain.tasks import TaskKind
from clerk.values import dataclass

MARK_ROWS: Final = 1024
"""So many lines lie between two marks of a long list."""


class CaseView(StrEnum):
    """The standing selections above the list."""

    ALL = "all"
    DUE_TODAY = "due_today"
    WITH_APPLICANT = "with_applicant"
    RESULT_WAITING = "result_waiting"
    DRAFTS = "drafts"
    TO_DECIDE = "to_decide"
    RETURNED = "returned"
    TASKS = "tasks"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """What is searched for; ``text`` is a number, name, pinyin initials or identity number.

    ``on`` is the hall's day, against which "due" is meant. ``items`` empty means every item.
    ``tasks`` are the kinds of task that the view of them is about.
    """

    view: CaseView
    on: date
    text: str = ""
    items: tuple[str, ...] = ()
    clerk: str = ""
    tasks: frozenset[TaskKind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One line of the list; ``next_due_on`` is the day the running clock ends.

    ``undelivered`` counts messages of the case that the other side has not signed for, ``tasks``
    is what is still to be done by which day, named as in ``Case.tasks``, what is due first first.
    ``held_at`` is when it came to ``with_whom``, ``term`` the clock that runs and ends first.
    """

    case_id: UUID
    state: CaseState
    label: str
    provisional: bool
    applicant_name: str
    item_code: str
    item_name: str
    with_whom: str
    clerk: str
    opened_at: datetime
    received_at: datetime | None
    accepted_at: datetime | None
    next_due_on: date | None
    due_on: date | None
    statutory_due_on: date | None
    dates_estimated: bool
    returned: bool
    deferred: bool
    undelivered: int
    tasks: tuple[tuple[str, date], ...] = ()
    held_at: datetime | None = None
    term: Term | None = None
    care: tuple[str, ...] = ()
    """How the person is to be served, as ``Care.marks``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListExtent:
    """How long a list is: ``marks`` say where every ``MARK_ROWS``-th line stands, the first too.

    A search that finds too much is not ``complete``: it holds the newest of what it finds.
    """

    rows: int
    complete: bool = True
    marks: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """How the hand-off stands: told, still to tell, and given up for a person to look at."""

    delivered: int
    waiting: int
    stuck: int
    oldest_waiting_at: datetime | None
    last_trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What the first page counts, and the lines to do first."""

    due_today: int
    over_promised: int
    over_statutory: int
    drafts: int
    with_applicant: int
    result_waiting: int
    to_decide: int
    accepted_today: int
    first: tuple[CaseLine, ...]
    due_by_day: tuple[tuple[date, int], ...]
    deliveries: Deliveries


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierValue:
    """A value the same person typed in an earlier case, offered and never put in unseen."""

    field: str
    value: str
    at: datetime
    case_label: str
