"""Days that are counted from another day (从某日起若干日、月、年), and days read out of a text."""

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from clerk.domain.deadlines import WorkCalendar
from clerk.domain.facts import Facts
from clerk.values import dataclass

_DAY: Final = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")
_ONE: Final = timedelta(days=1)
FARTHEST: Final = 40_000
"""So many units may a day be moved; a rule that asks for more is a slip of the pen."""


class DayUnit(StrEnum):
    """What a day is moved by."""

    DAYS = "days"
    WORKDAYS = "workdays"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDay:
    """The day a path leads to, or a fixed one, moved by so many units; before it if negative."""

    path: str = ""
    day: date | None = None
    by: int = 0
    unit: DayUnit = DayUnit.DAYS

    def on(self, facts: Facts) -> date | None:
        """Return that day, None while it is not known."""
        begin = self.day or day_in(facts.text_at(self.path))
        return None if begin is None else moved(begin, self.by, self.unit, facts.calendar)


def day_in(text: str) -> date | None:
    """Return the day a text holds (2026-03-18, 20260318, 2026年3月18日), None where it is none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def moved(begin: date, by: int, unit: DayUnit, calendar: WorkCalendar) -> date:
    """Return ``begin`` moved by so many units; the first and the last day there is are bounds.

    A month or year ends on the corresponding day, on the month's last one where it has no such
    day (民法典 art. 202). Working days do not count ``begin``.
    """
    try:
        match unit:
            case DayUnit.DAYS:
                return begin + by * _ONE
            case DayUnit.WORKDAYS:
                return _by_workdays(begin, by, calendar)
            case DayUnit.MONTHS:
                return _by_months(begin, by)
            case DayUnit.YEARS:
                return _by_months(begin, 12 * by)
    except OverflowError:
        return date.max if by > 0 else date.min


def _by_workdays(begin: date, by: int, calendar: WorkCalendar) -> date:
    step = _ONE if by > 0 else -_ONE
    day, left = begin, abs(by)
    while left > 0:
        day += step
        left -= calendar.is_working(day)
    return day


def _by_months(begin: date, by: int) -> date:
    year, month = divmod(12 * begin.year + begin.month - 1 + by, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(year)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(begin.day, last))
