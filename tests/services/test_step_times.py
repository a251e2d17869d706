"""The seconds of an intake are kept with its taking in, for the item and for no person."""

import pytest
from sqlalchemy import select, text

from clerk.domain.errors import NotAcceptable, NotAllowed
from clerk.domain.findings import NextAct
from clerk.domain.identity import Role
from clerk.domain.step_times import FEWEST_CASES, Step
from clerk.services import acceptance
from clerk.services.step_times import step_times
from clerk.storage import tables
from tests.services.noodle_shop import FOOD, complete_on_paper, incomplete
from tests.services.window import Window

SPENT = {Step.APPLICANT: 20, Step.FORM: 95, Step.MATERIALS: 180}


def taken_in(window: Window, seconds=SPENT, case=None):
    case = case or complete_on_paper(window)
    return acceptance.take_in(window.desk, window.clerk, case, NextAct.RECEIVE_AND_PASS_ON, seconds)


def owner(window: Window):
    return window.session(Role.STANDARD_EDITOR)


def lines(window: Window):
    return window.read(lambda tx: tx.execute(select(tables.intake_steps)).mappings().all())


def test_where_the_seconds_of_an_item_go_is_read_by_whoever_answers_for_it(window):
    for _ in range(FEWEST_CASES):
        taken_in(window)

    (item,) = step_times(window.desk, owner(window), months=1)

    assert (item.item_code, item.cases) == (FOOD, FEWEST_CASES)
    assert {time.step: time.median for time in item.steps} == SPENT
    assert item.whole_median == sum(SPENT.values())


def test_what_is_kept_names_no_person_no_case_and_no_day(window):
    taken_in(window)

    (line,) = lines(window)

    assert set(line) == {
        "chance",
        "item_code",
        "item_name",
        "standard_version",
        "month_on",
        *(f"{step.value}_s" for step in Step),
    }
    assert line["month_on"].day == 1


def test_where_a_line_lies_does_not_tell_when_it_was_written(window):
    in_order = list(range(12))
    for count in in_order:
        taken_in(window, seconds={Step.FORM: count})

    asked = text("SELECT form_s FROM intake_steps")
    lie = window.read(lambda tx: tx.execute(asked).scalars().all())

    assert sorted(lie) == in_order
    assert lie != in_order


def test_a_case_that_was_not_measured_whole_leaves_nothing(window):
    taken_in(window, seconds=None)

    assert lines(window) == []


def test_a_case_that_is_not_taken_in_leaves_nothing(window):
    with pytest.raises(NotAcceptable):
        acceptance.take_in(
            window.desk, window.clerk, incomplete(window), NextAct.ACCEPT_AND_PASS_ON, SPENT
        )

    assert lines(window) == []


def test_an_older_month_lies_outside_the_period(window):
    taken_in(window)
    window.clock.goes_on(days=60)

    assert step_times(window.desk, owner(window), months=1) == ()
    assert len(step_times(window.desk, owner(window), months=3)) == 1


@pytest.mark.parametrize("role", [Role.WINDOW_CLERK, Role.CHIEF_REPRESENTATIVE, Role.AUDITOR])
def test_whoever_does_not_answer_for_the_items_is_refused_in_a_sentence(window, role):
    with pytest.raises(NotAllowed, match="没有这项权限，未做任何改动"):
        step_times(window.desk, window.session(role), months=1)
