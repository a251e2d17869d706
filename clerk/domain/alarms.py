"""When somebody must be told that a term is about to end (时限提醒): before, on the day, and after.

An alarm is known by its term, that term's last day and its step, so the same one is never raised
twice, and one whose day moved is another one. It tells people and does nothing else. A bag of
originals that nobody signs for is told of every hour: its step is the minute at which.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.days import HALL_ZONE, local_time
from clerk.domain.deadlines import DueDate, Term, WorkCalendar, workdays_between
from clerk.domain.transfer import unsigned
from clerk.values import dataclass

_HOUR = timedelta(hours=1)
OVERDUE = -1
"""The step of a term that has passed."""

STEPS: Mapping[Term, tuple[int, ...]] = MappingProxyType(
    {
        Term.NOTICE: (2, 1, 0, OVERDUE),
        Term.CORRECTION: (3, 1, 0, OVERDUE),
        Term.DEFERRAL: (3, 1, 0, OVERDUE),
        Term.PROMISED: (2, 1, 0, OVERDUE),
        Term.STATUTORY: (3, 1, 0, OVERDUE),
        Term.PROCEDURE: (1, 0, OVERDUE),
        Term.DELIVERY: (3, 1, 0, OVERDUE),
        Term.STEP: (1, 0, OVERDUE),
    }
)
"""Working days left at which each term raises an alarm; of the five days to tell what is missing
(行政许可法 art. 32) these are day 3, day 4 and day 5."""

HORIZON_WORKDAYS = max(step for steps in STEPS.values() for step in steps)
"""No term that ends later than so many working days from now raises anything yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One step that a term has reached; ``step`` counts working days left, -1 once it passed.

    Of a bag under way, ``due_on`` is the day it went and ``step`` the minute, from the midnight
    that day began with, at which another hour was full.
    """

    term: Term
    due_on: date
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmLine:
    """An alarm that nobody has seen yet, with what a person must know of its case."""

    case_id: UUID
    label: str
    item_name: str
    applicant_name: str
    with_whom: str
    alarm: Alarm
    raised_at: datetime


def alarms_of(terms: Mapping[Term, DueDate], calendar: WorkCalendar, on: date) -> Iterator[Alarm]:
    """Yield the step that each running term has reached by ``on``, the latest one only.

    Who was away on day 3 and 4 is told on day 5 once, not three times.
    """
    for term, due in terms.items():
        left = workdays_between(on, due.on, calendar) if on <= due.on else OVERDUE
        reached = [step for step in STEPS[term] if left <= step]
        if reached:
            yield Alarm(term=term, due_on=due.on, step=min(reached))


def bag_alarms(case: Case, at: datetime) -> Iterator[Alarm]:
    """Yield the last full hour of each bag that went to the department and nobody signed for.

    Two bags that left at the same minute are told of together.
    """
    for handed_at in dict.fromkeys(held.at for _, held in unsigned(case)):
        hours = (at - handed_at) // _HOUR
        if hours >= 1:
            began = local_time(handed_at)
            minute = began.hour * 60 + began.minute + hours * 60
            yield Alarm(term=Term.RECEPTION, due_on=began.date(), step=minute)


def told_at(alarm: Alarm) -> datetime:
    """Return when the hour was full that an alarm of a bag tells of."""
    midnight = datetime.combine(alarm.due_on, time.min, tzinfo=HALL_ZONE)
    return midnight + timedelta(minutes=alarm.step)
