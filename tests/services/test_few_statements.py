"""What is read across all cases is asked for together, however many cases there are."""

from datetime import timedelta

import pytest

from clerk.domain.day_sheet import DaySection
from clerk.domain.identity import Role
from clerk.services import day_end
from clerk.services.time_passing import let_the_day_pass
from tests.services.noodle_shop import accepted
from tests.services.statements import statements_of
from tests.services.test_delivery import waiting


@pytest.fixture
def result_clerk(window):
    return window.session(Role.RESULT_CLERK)


def asked_for_the_sheet(window):
    with statements_of(window) as asked:
        sheet = day_end.day_sheet(window.desk, window.clerk)
    return sheet, len(asked)


def test_the_sheet_of_the_day_costs_the_same_for_one_case_and_for_three(window):
    waiting(window, originals=None)
    one, asked_for_one = asked_for_the_sheet(window)
    waiting(window, originals=None)
    accepted(window)

    three, asked_for_three = asked_for_the_sheet(window)

    assert len(one.part(DaySection.RESULTS).lines) == 1
    assert len(three.part(DaySection.RESULTS).lines) == 2
    assert len(three.part(DaySection.ORIGINALS).lines) > len(one.part(DaySection.ORIGINALS).lines)
    assert asked_for_three == asked_for_one


def test_of_what_is_published_only_these_days_are_read_and_all_at_once(window, result_clerk):
    today = window.desk.today()
    waiting(window)
    waiting(window)

    with statements_of(window) as asked:
        rows = day_end.decisions_to_publish(window.desk, result_clerk, today, today)
    with statements_of(window) as asked_before:
        before = today - timedelta(days=1)
        none = day_end.decisions_to_publish(window.desk, result_clerk, before, before)

    assert (len(rows), len(asked)) == (2, 2)
    assert (len(none), len(asked_before)) == (0, 1)


def test_a_second_round_of_the_day_does_not_read_the_alarms_again(window):
    accepted(window)
    window.clock.goes_on(days=6)
    assert let_the_day_pass(window.desk).raised > 0

    with statements_of(window) as asked:
        again = let_the_day_pass(window.desk)

    assert again.raised == 0
    assert not any("alarms" in statement for statement in asked)
