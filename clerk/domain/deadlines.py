"""Working days and limits (工作日, 期限): when something is due, and how sure that is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from clerk.domain.errors import BadInput
from clerk.domain.limits import Limit, LimitUnit
from clerk.values import dataclass

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The State Council's holidays and make-up days of the years it knows.

    A day of a year it does not know is counted by weekends alone and is not certain; nor are
    29 to 31 December while the next year's notice, which may move them, is missing.
    """

    years: frozenset[int] = frozenset()
    rest_on: frozenset[date] = frozenset()
    work_on: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``: weekdays less holidays, and make-up days."""
        if day in self.work_on:
            return True
        return day.weekday() < _SATURDAY and day not in self.rest_on

    def is_certain(self, day: date) -> bool:
        """Whether the notice that decides over ``day`` is at hand."""
        if (day.month, day.day) >= (12, 29) and day.year + 1 not in self.years:
            return False
        return day.year in self.years


WEEKENDS: Final = WorkCalendar()
"""The calendar of whoever knows no notice: nothing counted by it is certain."""


class Term(StrEnum):
    """A term that runs (时限)."""

    NOTICE = "notice"
    CORRECTION = "correction"
    DEFERRAL = "deferral"
    PROMISED = "promised"
    STATUTORY = "statutory"
    PROCEDURE = "procedure"
    DELIVERY = "delivery"
    STEP = "step"
    RECEPTION = "reception"
    """That the department signs for originals that went on; see ``alarms.bag_alarms``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """The last day of a limit, included; ``estimated`` where a calendar it needs is missing."""

    on: date
    estimated: bool


def calendar_from(notices: Iterable[Mapping[str, object]]) -> WorkCalendar:
    """Build the calendar from parsed ``resources/calendar/<year>.toml`` files.

    Raises:
        BadInput: a file is not a holiday notice, contradicts itself, lacks a holiday of the law,
            names a day twice, or its year comes twice.
    """
    years: set[int] = set()
    rest_on: set[date] = set()
    work_on: set[date] = set()
    for notice in notices:
        year = notice.get("year")
        if not isinstance(year, int) or year in years:
            raise BadInput(
                f"节假日文件的年份“{year}”缺失或重复，日历没有更新，请核对 calendar 目录"
            )
        years.add(year)
        rest_on.update(_complete(year, list(_rest_days(notice, year))))
        work_on.update(_once(year, list(_make_up_days(notice, year))))
    both = sorted(rest_on & work_on)
    if both:
        raise BadInput(f"节假日文件里 {both[0]} 既放假又上班，日历没有更新，请按国务院通知改正")
    return WorkCalendar(
        years=frozenset(years), rest_on=frozenset(rest_on), work_on=frozenset(work_on)
    )


@lru_cache(maxsize=4096)  # of one day's cases the limits begin alike, and all are counted often
def due_date(start_on: date, limit: Limit, calendar: WorkCalendar) -> DueDate:
    """Return the last day of a limit that starts on ``start_on`` (期限届满日).

    Args:
        start_on: local date of the act that starts the limit; that day itself is not counted.
        limit: working days, or calendar days, whose end moves on to the next working day
            if it falls on a free one. A limit of 0 ends on ``start_on``.
        calendar: holidays and make-up days.

    Source: 行政许可法 art. 82 (limits run in working days, public holidays excluded).
    """
    if limit.amount < 0:
        raise ValueError(limit)
    if limit.amount == 0:
        return DueDate(on=start_on, estimated=False)
    if limit.unit is LimitUnit.WORKDAYS:
        return _after_workdays(start_on, limit.amount, calendar)
    on = start_on + limit.amount * _DAY
    certain = calendar.is_certain(on)
    while not calendar.is_working(on):
        on += _DAY
        certain = certain and calendar.is_certain(on)
    return DueDate(on=on, estimated=not certain)


def workdays_between(from_on: date, until_on: date, calendar: WorkCalendar) -> int:
    """Count the working days after ``from_on`` up to and with ``until_on``.

    From today to a due date this is what is left; past it the count is negative.
    """
    if until_on < from_on:
        return -workdays_between(until_on, from_on, calendar)
    return sum(map(calendar.is_working, _days(from_on + _DAY, until_on)))


def _after_workdays(start_on: date, workdays: int, calendar: WorkCalendar) -> DueDate:
    day, left, certain = start_on, workdays, True
    while left > 0:
        day += _DAY
        certain = certain and calendar.is_certain(day)
        left -= calendar.is_working(day)
    return DueDate(on=day, estimated=not certain)


def _rest_days(notice: Mapping[str, object], year: int) -> Iterator[date]:
    holidays = notice.get("rest")
    if not isinstance(holidays, list):
        raise _unreadable(year)
    for holiday in holidays:
        if not isinstance(holiday, Mapping):
            raise _unreadable(year)
        first, last = _date_in(holiday.get("from"), year), _date_in(holiday.get("until"), year)
        if not first <= last < first + 31 * _DAY:
            raise _unreadable(year)
        yield from _days(first, last)


_ALWAYS_FREE = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Month and day of what is free every year (全国年节及纪念日放假办法 art. 2, 2025 on)."""


def _complete(year: int, rest: list[date]) -> list[date]:
    """Return the days, if no day is there twice and no holiday with a fixed day is missing."""
    lacking = [date(year, *day) for day in _ALWAYS_FREE if date(year, *day) not in rest]
    if lacking:
        raise BadInput(
            f"{year} 年节假日文件里少了 {lacking[0]} 放假，日历没有更新，请按国务院通知补全"
        )
    return _once(year, rest)


def _once(year: int, days: list[date]) -> list[date]:
    twice = sorted(day for day, count in Counter(days).items() if count > 1)
    if twice:
        raise BadInput(
            f"{year} 年节假日文件里 {twice[0]} 写了两遍，日历没有更新，请按国务院通知改正"
        )
    return days


def _make_up_days(notice: Mapping[str, object], year: int) -> Iterator[date]:
    days = notice.get("work")
    if not isinstance(days, list):
        raise _unreadable(year)
    for given in days:
        day = _date_in(given, year)
        if day.weekday() < _SATURDAY:
            raise BadInput(
                f"{year} 年节假日文件里 {day} 不是周末，日历没有更新，请按国务院通知改正"
            )
        yield day


def _date_in(value: object, year: int) -> date:
    """A notice speaks of its own year, and at times of the days just before or after it."""
    if type(value) is not date or abs(value.year - year) > 1:  # a datetime is a date as well
        raise _unreadable(year)
    return value


def _days(first: date, last: date) -> Iterator[date]:
    return (first + count * _DAY for count in range((last - first).days + 1))


def _unreadable(year: int) -> BadInput:
    return BadInput(f"{year} 年节假日文件的内容读不懂，日历没有更新，请按国务院通知改正")
