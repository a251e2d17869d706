"""When people are told that a term is about to end: each step once, the latest one only."""

from datetime import date

import pytest

from clerk.domain.alarms import OVERDUE, Alarm, alarms_of
from clerk.domain.deadlines import DueDate, Term
from clerk.domain.life import let_time_pass, receive
from tests.domain.at_the_window import CALENDAR, CLERK, NOW, NUMBER, noodle_shop_complete, rules


def raised(term, due, on):
    terms = {term: DueDate(on=due, estimated=False)}
    return [alarm.step for alarm in alarms_of(terms, CALENDAR, on)]


@pytest.mark.parametrize(
    ("on", "steps"),
    [
        (date(2026, 3, 19), []),
        (date(2026, 3, 20), []),
        (date(2026, 3, 23), [2]),
        (date(2026, 3, 24), [1]),
        (date(2026, 3, 25), [0]),
        (date(2026, 3, 26), [OVERDUE]),
        (date(2026, 3, 28), [OVERDUE]),
    ],
)
def test_of_the_five_days_to_tell_what_is_missing_days_three_four_and_five_ring(on, steps):
    """Received on Wednesday 18 March 2026; day 3 is Monday the 23rd."""
    case = receive(rules(), noodle_shop_complete(), NUMBER, CLERK, NOW)

    found = [alarm.step for alarm in alarms_of(case.terms, CALENDAR, on)]

    assert found == steps


def test_over_a_holiday_the_days_left_are_working_days():
    """30 September has three working days to 10 October 2026, a Saturday that is worked."""
    assert raised(Term.STATUTORY, date(2026, 10, 10), date(2026, 9, 30)) == [3]
    assert raised(Term.STATUTORY, date(2026, 10, 10), date(2026, 10, 5)) == [3]


def test_a_day_that_moved_is_another_alarm():
    first = Alarm(term=Term.PROMISED, due_on=date(2026, 3, 25), step=0)

    assert first != Alarm(term=Term.PROMISED, due_on=date(2026, 3, 26), step=0)


def test_silence_on_the_fifth_day_accepts_nothing_yet_and_the_day_after_it_does():
    case = receive(rules(), noodle_shop_complete(), NUMBER, CLERK, NOW)

    on_the_day = let_time_pass(rules(), case, date(2026, 3, 25), NOW)
    after = let_time_pass(rules(), case, date(2026, 3, 26), NOW)

    assert on_the_day is case
    assert after.accepted_on == date(2026, 3, 18)
    assert let_time_pass(rules(), after, date(2026, 3, 27), NOW) is after
