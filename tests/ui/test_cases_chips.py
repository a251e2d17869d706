"""办件: clocks, states and changes of a line in words."""

from datetime import date, timedelta

from clerk.domain.case import CaseState
from clerk.ui.cases_chips import remaining, state_chip, workdays_left
from clerk.ui.cases_drawer import changed_lines
from tests.ui.case_values import TODAY, calendar, line


def _chips(**changes):
    return remaining(line(0, **changes), TODAY, calendar()).text


def test_every_clock_has_its_own_words():
    """Promised and statutory limit are never called by one name; working days are the hall's."""
    assert _chips() == "剩 3 天"
    assert _chips(due_on=TODAY, next_due_on=TODAY) == "今天到期"
    past = TODAY - timedelta(days=1)
    assert _chips(due_on=past, next_due_on=past) == "超承诺时限 1 天"
    assert _chips(due_on=past, next_due_on=past, statutory_due_on=past) == "超法定时限 1 天"
    assert _chips(dates_estimated=True) == "约剩 3 天"
    received = {"state": CaseState.RECEIVED, "accepted_at": None}
    assert _chips(**received, next_due_on=date(2026, 3, 23)) == "3 天内定"
    assert _chips(state=CaseState.CORRECTION_DUE, next_due_on=date(2026, 4, 16)) == "补正至 4月16日"
    assert _chips(state=CaseState.HANDED_OUT, next_due_on=None) == "已办结"
    deferred = {"deferred": True, "next_due_on": date(2026, 3, 19)}
    assert _chips(**deferred) == "容缺剩 1 天"


def test_days_left_skip_the_holiday():
    """清明节 2026: 4 to 6 April are free, so Tuesday is the first working day after Friday."""
    assert workdays_left(date(2026, 4, 7), date(2026, 4, 3), calendar()) == 1


def test_a_limit_that_ended_on_friday_has_passed_on_saturday():
    assert workdays_left(date(2026, 3, 20), date(2026, 3, 21), calendar()) == -1


def test_only_what_the_window_must_act_on_is_filled():
    assert state_chip(line(0)).text == "审批中"
    assert state_chip(line(0, returned=True)).text == "退回补核"
    assert state_chip(line(0, state=CaseState.ACCEPTED, undelivered=1)).text == "已受理，等待转办"


def test_changes_are_counted_by_case():
    shown = [line(0), line(1), line(2)]

    assert changed_lines(shown, shown, 0) == 0
    assert changed_lines(shown, [line(0, returned=True), line(1), line(2)], 0) == 1
    assert changed_lines(shown, [line(9), line(0), line(1)], 0) == 1
    assert changed_lines(shown, [line(0), line(1)], -1) == 1
