"""Seconds go to the step at which somebody was; a median tells of the item, never of a person."""

from datetime import date

import pytest

from clerk.domain.step_times import (
    FEWEST_CASES,
    LONGEST_PAUSE_S,
    MeasuredIntake,
    Step,
    StepWatch,
    first_month,
    percentile,
    summed_up,
)


def case_of(item: str, **seconds: int) -> MeasuredIntake:
    return MeasuredIntake(
        item_code=item,
        item_name=f"事项{item}",
        seconds={step: seconds.get(step.value, 0) for step in Step},
    )


def test_seconds_go_to_the_step_that_is_left():
    watch = StepWatch().at(Step.NOTICE, 100.0).at(Step.FORM, 107.5).at(Step.MATERIALS, 130.0)

    assert watch.whole_seconds() == dict.fromkeys(Step, 0) | {Step.NOTICE: 8, Step.FORM: 22}
    assert watch.step is Step.MATERIALS


def test_coming_back_to_a_step_adds_to_it():
    watch = StepWatch().at(Step.FORM, 0.0).at(Step.MATERIALS, 10.0).at(Step.FORM, 15.0)

    assert watch.stopped(21.0).seconds == {Step.FORM: 16.0, Step.MATERIALS: 5.0}


def test_a_key_now_and_then_keeps_it_running_and_a_long_silence_does_not_count():
    watch = StepWatch().at(Step.FORM, 0.0)
    for now in (60.0, 60.0 + LONGEST_PAUSE_S):
        watch = watch.at(Step.FORM, now)
    watch = watch.at(Step.FORM, 1000.0).at(Step.FORM, 1004.0)

    assert watch.stopped(1005.0).seconds == {Step.FORM: 60.0 + LONGEST_PAUSE_S + 5.0}


def test_what_lies_between_standing_still_and_going_on_is_not_counted():
    watch = StepWatch().at(Step.CHECK, 0.0).stopped(30.0).stopped(60.0)

    assert watch.at(Step.CHECK, 80.0).stopped(90.0).seconds == {Step.CHECK: 40.0}


def test_a_clock_that_goes_backwards_adds_nothing():
    assert StepWatch().at(Step.FORM, 50.0).stopped(40.0).seconds == {}


@pytest.mark.parametrize(
    ("values", "part", "wanted"),
    [([7], 0.9, 7), ([1, 3], 0.5, 2), ([1, 2, 3, 4, 10], 0.5, 3), ([0, 10], 0.9, 9)],
)
def test_percentiles_lie_between_the_values_as_sql_has_them(values, part, wanted):
    assert percentile(values, part) == pytest.approx(wanted)


def test_an_item_shows_where_its_seconds_go():
    cases = [case_of("A", form=form, materials=60) for form in (20, 30, 40, 50, 60)]

    (item,) = summed_up(cases)

    form, materials = item.steps
    assert (form.step, form.cases, form.median, form.p90) == (Step.FORM, 5, 40, 56)
    assert (materials.median, materials.share) == (60, 0.6)
    assert (item.whole_median, item.whole_p90) == (100, 116)


def test_a_step_where_hardly_anybody_was_is_left_out():
    cases = [case_of("A", form=30) for _ in range(FEWEST_CASES)]
    cases[0] = case_of("A", form=30, notice=90)

    (item,) = summed_up(cases)

    assert [time.step for time in item.steps] == [Step.FORM]


def test_too_few_cases_are_counted_and_not_told_of():
    (item,) = summed_up([case_of("A", form=30)] * (FEWEST_CASES - 1))

    assert (item.cases, item.steps, item.whole_median) == (FEWEST_CASES - 1, (), 0.0)


def test_the_item_with_most_cases_comes_first():
    found = summed_up([case_of("A", form=1), case_of("B", form=1), case_of("B", form=2)])

    assert [(item.item_code, item.cases) for item in found] == [("B", 2), ("A", 1)]


@pytest.mark.parametrize(
    ("months", "first"),
    [(1, date(2026, 3, 1)), (3, date(2026, 1, 1)), (12, date(2025, 4, 1))],
)
def test_a_period_begins_with_a_month(months, first):
    assert first_month(date(2026, 3, 18), months) == first
