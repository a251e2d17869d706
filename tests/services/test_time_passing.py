"""What time alone brings: silence that accepts, alarms once, and a clock that cannot be right."""

import pytest

from clerk.domain.case import CaseEventKind, CaseState
from clerk.domain.deadlines import Term
from clerk.services.time_passing import (
    ClockDoubtful,
    DayPassed,
    let_the_day_pass,
    trust_the_clock,
    unseen_alarms,
)
from tests.services.noodle_shop import accepted, received

NOTHING = DayPassed(accepted=0, raised=0)


def waiting(window):
    return [(line.alarm.term, line.alarm.step) for line in unseen_alarms(window.desk, window.clerk)]


def test_silence_on_the_fifth_day_accepts_from_the_day_of_receipt(window):
    """行政许可法 art. 32 (4): received on 18 March 2026, nothing told by the 25th."""
    case = received(window)
    window.clock.goes_on(days=7)
    on_the_last_day = let_the_day_pass(window.desk).accepted
    window.clock.goes_on(days=1)

    passed = let_the_day_pass(window.desk)

    after = window.stored(case)
    assert (on_the_last_day, passed.accepted) == (0, 1)
    assert (after.state, after.accepted_on) == (CaseState.ACCEPTED, case.received_on)
    assert after.events[-1].kind is CaseEventKind.DEEMED_ACCEPTED
    assert "case.deemed_accepted" in [line.act for line in window.lines()]


def test_days_three_four_and_five_ring_once_each(window):
    received(window)

    rounds = []
    for _ in range(8):
        let_the_day_pass(window.desk)
        rounds.append(let_the_day_pass(window.desk))
        window.clock.goes_on(days=1)

    assert set(rounds) == {NOTHING}
    assert waiting(window)[:3] == [(Term.NOTICE, 0), (Term.NOTICE, 1), (Term.NOTICE, 2)]


def test_an_accepted_case_rings_before_its_promised_day(window):
    accepted(window)
    window.clock.goes_on(days=5)

    let_the_day_pass(window.desk)

    assert waiting(window) == [(Term.PROMISED, 2)]


def test_a_clock_set_back_a_year_counts_nothing_until_a_person_has_looked(window):
    case = received(window)
    let_the_day_pass(window.desk)
    window.clock.goes_on(days=-365)

    with pytest.raises(ClockDoubtful):
        let_the_day_pass(window.desk)
    trust_the_clock(window.desk, window.clerk)

    assert let_the_day_pass(window.desk) == NOTHING
    assert window.stored(case) == case
    assert "clock.jumped" in [line.act for line in window.lines()]


def test_a_clock_that_jumped_ahead_accepts_nothing_by_silence(window):
    case = received(window)
    let_the_day_pass(window.desk)
    window.clock.goes_on(days=40)

    with pytest.raises(ClockDoubtful):
        let_the_day_pass(window.desk)

    assert window.stored(case) == case


def test_alarms_of_a_clock_that_ran_ahead_are_taken_back_and_ring_again_on_their_day(window):
    accepted(window)
    window.clock.goes_on(days=20)
    let_the_day_pass(window.desk)
    window.clock.goes_on(days=-15)
    with pytest.raises(ClockDoubtful):
        let_the_day_pass(window.desk)

    trust_the_clock(window.desk, window.clerk)
    let_the_day_pass(window.desk)

    assert waiting(window) == [(Term.PROMISED, 2)]
