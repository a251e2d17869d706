"""Working days and limits, by the holiday notices of 2025 and 2026."""

import tomllib
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk import assets
from clerk.domain.deadlines import WorkCalendar, calendar_from, due_date, workdays_between
from clerk.domain.errors import BadInput
from clerk.domain.limits import Limit, LimitUnit
from tests.domain.holiday_vectors import VECTORS


def _notice(year):
    return tomllib.loads(assets.read_text("resources", f"calendar/{year}.toml"))


CALENDAR = calendar_from([_notice(2025), _notice(2026)])


def workdays(amount):
    return Limit(amount=amount, unit=LimitUnit.WORKDAYS)


def days(amount):
    return Limit(amount=amount, unit=LimitUnit.DAYS)


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_248_working_days(year):
    assert workdays_between(date(year - 1, 12, 31), date(year, 12, 31), CALENDAR) == 248


@pytest.mark.parametrize(("start", "amount", "due"), VECTORS)
def test_a_limit_in_working_days_skips_holidays_and_counts_make_up_days(start, amount, due):
    """行政许可法 art. 82."""
    found = due_date(date.fromisoformat(start), workdays(amount), CALENDAR)

    assert found.on == date.fromisoformat(due)
    assert not found.estimated


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2026-03-02", 10, "2026-03-12"),
        ("2026-03-02", 19, "2026-03-23"),  # 21 March is a Saturday
        ("2026-02-06", 8, "2026-02-14"),  # a Saturday that is worked
        ("2026-02-06", 9, "2026-02-24"),  # all of Spring Festival
    ],
)
def test_a_limit_in_calendar_days_ends_on_a_working_day(start, amount, due):
    assert due_date(date.fromisoformat(start), days(amount), CALENDAR).on == date.fromisoformat(due)


@pytest.mark.parametrize("unit", LimitUnit)
def test_on_the_spot_is_the_same_day_even_a_sunday(unit):
    sunday = date(2026, 3, 15)

    found = due_date(sunday, Limit(amount=0, unit=unit), CALENDAR)

    assert (found.on, found.estimated) == (sunday, False)


def test_a_missing_year_is_counted_by_weekends_and_marked_estimated():
    found = due_date(date(2026, 12, 30), workdays(3), CALENDAR)

    assert (found.on, found.estimated) == (date(2027, 1, 4), True)
    assert due_date(date(2027, 3, 1), days(10), CALENDAR).estimated


def test_the_last_days_of_december_wait_for_the_next_notice():
    """The notice of 2027 may make them free, or a Saturday before them worked."""
    assert due_date(date(2026, 12, 25), workdays(2), CALENDAR).estimated
    assert not due_date(date(2026, 12, 24), workdays(2), CALENDAR).estimated
    assert not due_date(date(2025, 12, 25), workdays(3), CALENDAR).estimated


def test_without_any_notice_everything_is_estimated():
    found = due_date(date(2026, 9, 30), workdays(3), WorkCalendar())

    assert (found.on, found.estimated) == (date(2026, 10, 5), True)


def test_what_is_left_counts_the_due_day_and_turns_negative_after_it():
    today = date(2026, 3, 18)

    assert workdays_between(today, date(2026, 3, 20), CALENDAR) == 2
    assert workdays_between(today, today, CALENDAR) == 0
    assert workdays_between(today, date(2026, 3, 13), CALENDAR) == -3


@given(st.dates(date(2025, 1, 1), date(2026, 10, 31)), st.integers(1, 30))
def test_a_due_date_is_a_working_day_with_that_many_working_days_before_it(start, amount):
    due = due_date(start, workdays(amount), CALENDAR).on

    assert CALENDAR.is_working(due)
    assert workdays_between(start, due, CALENDAR) == amount


@given(st.dates(date(2025, 1, 1), date(2026, 10, 31)), st.integers(1, 60))
def test_calendar_days_end_on_the_first_working_day_from_there(start, amount):
    due = due_date(start, days(amount), CALENDAR).on
    end = start + timedelta(days=amount)

    assert CALENDAR.is_working(due)
    assert not any(CALENDAR.is_working(end + timedelta(days=n)) for n in range((due - end).days))


def test_a_negative_limit_is_our_own_bug():
    with pytest.raises(ValueError, match="-1"):
        due_date(date(2026, 3, 18), workdays(-1), CALENDAR)


@pytest.mark.parametrize(
    "changed",
    [
        {"year": None},
        {"year": 2024},
        {"rest": None},
        {"rest": ["2026-01-01"]},
        {"rest": [{"from": date(2026, 1, 3), "until": date(2026, 1, 1)}]},
        {"rest": [{"from": date(2026, 1, 1)}]},
        {"rest": [{"from": datetime(2026, 1, 1), "until": date(2026, 1, 1)}]},  # noqa: DTZ001  as TOML gives it
        {"work": None},
        {"work": [date(2026, 3, 18)]},
        {"work": [date(2026, 1, 3)]},
        {"work": [date(2026, 1, 4), date(2026, 1, 4)]},
        {"rest": [{"from": date(2026, 1, 1), "until": date(2026, 1, 3)}]},
    ],
)
def test_a_faulty_notice_is_refused_in_one_sentence(changed):
    with pytest.raises(BadInput, match="日历没有更新"):
        calendar_from([_notice(2026) | changed])


def test_one_year_cannot_come_twice():
    with pytest.raises(BadInput, match="重复"):
        calendar_from([_notice(2026), _notice(2026)])
