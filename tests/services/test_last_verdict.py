"""The check is remembered of the very same case only; whatever changed is checked anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clerk.domain import intake
from clerk.domain.errors import NotAcceptable
from clerk.domain.findings import NextAct
from clerk.services.acceptance import take_in
from tests.services.noodle_shop import complete_on_paper


def test_the_case_that_is_shown_is_not_checked_twice(window):
    case = complete_on_paper(window)

    shown = window.desk.verdict(window.clerk, case)

    assert window.desk.verdict(window.clerk, case) is shown
    assert shown == window.check(case)


def test_a_change_is_checked(window):
    case = complete_on_paper(window)
    shown = window.desk.verdict(window.clerk, case)
    changed = intake.without_evidence(case, "LICENCE")

    assert window.desk.verdict(window.clerk, changed) == window.check(changed) != shown


def test_an_equal_case_is_checked_anew(window):
    case = complete_on_paper(window)
    shown = window.desk.verdict(window.clerk, case)

    anew = window.desk.verdict(window.clerk, replace(case))

    assert anew is not shown
    assert anew == shown


def test_another_day_and_another_counter_are_checked_anew(window):
    case = complete_on_paper(window)
    shown = window.desk.verdict(window.clerk, case)
    elsewhere = replace(window.clerk, counter_code="W99")

    assert window.desk.verdict(elsewhere, case).delegated is False
    assert window.desk.verdict(window.clerk, case).delegated is True
    window.clock.at += timedelta(days=1)
    assert window.desk.verdict(window.clerk, case) is not shown


def test_what_was_acceptable_as_shown_is_not_accepted_once_changed(window):
    """The verdict of the screen is never taken for another case's."""
    case = complete_on_paper(window)
    window.desk.verdict(window.clerk, case)
    changed = intake.without_evidence(case, "LICENCE")

    with pytest.raises(NotAcceptable):
        take_in(window.desk, window.clerk, changed, NextAct.ACCEPT_AND_PASS_ON)
