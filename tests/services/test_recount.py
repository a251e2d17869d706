"""A new calendar: what was estimated becomes certain, and the window says which days moved."""

from dataclasses import replace
from datetime import UTC, date, datetime

from clerk.domain import intake
from clerk.domain.deadlines import Term, calendar_from
from clerk.services.recount import Recounted, recount_some
from tests.services.noodle_shop import accepted, complete_on_paper

LATE_DECEMBER = datetime(2026, 12, 28, 1, 0, tzinfo=UTC)
NEXT_YEAR = calendar_from(
    [
        {
            "year": 2027,
            "work": [],
            "rest": [
                {"from": date(2026, 12, 31), "until": date(2027, 1, 3)},
                {"from": date(2027, 5, 1), "until": date(2027, 5, 5)},
                {"from": date(2027, 10, 1), "until": date(2027, 10, 7)},
            ],
        }
    ]
)


def with_next_year(desk):
    old = desk.calendar
    newer = replace(
        old,
        years=old.years | NEXT_YEAR.years,
        rest_on=old.rest_on | NEXT_YEAR.rest_on,
        work_on=old.work_on | NEXT_YEAR.work_on,
    )
    return replace(desk, calendar=newer)


def test_the_next_years_notice_moves_a_day_over_the_turn_of_the_year(window):
    window.clock.at = LATE_DECEMBER
    complete = complete_on_paper(window)
    case = accepted(window, intake.with_value(complete, "opening_on", "2027-02-01", window.clock()))
    recount_some(window.desk)

    moved = recount_some(with_next_year(window.desk)).moved

    after = window.stored(case)
    assert (case.due_on, case.dates_estimated) == (date(2027, 1, 4), True)
    assert (after.due_on, after.dates_estimated) == (date(2027, 1, 6), False)
    assert [(one.term, one.after_on) for one in moved if one.term is Term.PROMISED] == [
        (Term.PROMISED, date(2027, 1, 6))
    ]
    assert "case.recounted" in [line.act for line in window.lines()]


def test_the_same_calendar_is_counted_by_once(window):
    accepted(window)
    recount_some(window.desk)
    lines = len(window.lines())

    assert recount_some(window.desk) == Recounted(moved=(), finished=True)
    assert len(window.lines()) == lines
