"""The stopwatch runs for the case in front and the step at hand, in either face, and for no more."""

import pytest
from PyQt6.QtCore import Qt

from clerk.domain.case import Case
from clerk.domain.step_times import LONGEST_PAUSE_S, Step
from clerk.ui.guide_actions import GuideActions
from clerk.ui.intake_stops import Region, Stop
from tests.ui.intake_world import FOOD, answered, complete, opened_for

ALT = Qt.KeyboardModifier.AltModifier
TURN, F9 = Qt.Key.Key_G, Qt.Key.Key_F9


class Stopped:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms

    def goes_on(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)


@pytest.fixture
def clock(counter):
    made = Stopped()
    counter.guide = GuideActions(elapsed_ms=made)
    return made


def spent(opened):
    return {step: count for step, count in opened.watch.whole_seconds().items() if count}


def at(page, region, code=""):
    assert page.go_to(Stop(region, code))


def test_on_the_dense_page_the_seconds_go_where_the_cursor_is(clock, page, counter, qtbot):
    opened = answered(page, counter, qtbot)
    at(page, Region.QUESTION, "business")
    clock.goes_on(12)
    at(page, Region.FIELD, "area")
    clock.goes_on(30)
    at(page, Region.FIELD, "staff")
    clock.goes_on(10)
    at(page, Region.MATERIAL, "RULES")
    clock.goes_on(60)
    page.bars.primary.setFocus()

    assert spent(opened) == {Step.QUESTIONS: 12, Step.FORM: 40, Step.MATERIALS: 60}


def test_in_the_guided_face_the_seconds_go_to_the_step_on_the_screen(
    clock, page, counter, hands, qtbot
):
    hands.press(TURN, ALT)
    opened = opened_for(page, counter, qtbot)
    page.guide.go_to(Step.NOTICE)
    clock.goes_on(20)
    page.guide.go_to(Step.APPLICANT)
    clock.goes_on(5)
    page.guide.go_to(Step.CHECK)

    assert spent(opened) == {Step.NOTICE: 20, Step.APPLICANT: 5}


def test_turning_the_face_goes_on_with_the_same_watch(clock, page, counter, hands, qtbot):
    opened = answered(page, counter, qtbot)
    at(page, Region.FIELD, "area")
    clock.goes_on(7)
    hands.press(TURN, ALT)
    clock.goes_on(8)
    hands.press(TURN, ALT)
    at(page, Region.MATERIAL, "RULES")

    assert spent(opened) == {Step.FORM: 15}


def test_a_long_silence_is_not_counted_and_a_word_now_and_then_is(
    clock, page, counter, hands, qtbot
):
    opened = answered(page, counter, qtbot)
    at(page, Region.FIELD, "safety_officer")
    for _ in range(3):
        clock.goes_on(LONGEST_PAUSE_S - 20)
        hands.compose("张")
    clock.goes_on(LONGEST_PAUSE_S + 1)
    at(page, Region.MATERIAL, "RULES")

    assert spent(opened) == {Step.FORM: round(3 * (LONGEST_PAUSE_S - 20))}


def test_with_another_client_s_case_in_front_the_watch_stands_still(clock, page, counter, qtbot):
    first = answered(page, counter, qtbot)
    at(page, Region.FIELD, "area")
    clock.goes_on(10)
    page.start_new()
    clock.goes_on(50)
    page.open_item(FOOD)
    clock.goes_on(40)
    page.choose(first.key)
    at(page, Region.FIELD, "area")
    clock.goes_on(3)
    at(page, Region.MATERIAL, "RULES")

    assert spent(first) == {Step.FORM: 13}


def test_behind_the_lock_or_another_page_the_watch_stands_still(clock, page, counter, qtbot):
    opened = answered(page, counter, qtbot)
    at(page, Region.MATERIAL, "RULES")
    clock.goes_on(10)
    page.hide()
    clock.goes_on(60)
    page.show()
    at(page, Region.MATERIAL, "RULES")
    clock.goes_on(5)
    at(page, Region.FIELD, "area")

    assert spent(opened) == {Step.MATERIALS: 15}


def test_what_was_measured_is_handed_on_with_the_taking_in(clock, page, counter, hands, qtbot):
    complete(page, counter, qtbot)
    at(page, Region.MATERIAL, "RULES")
    clock.goes_on(90)
    page.bars.primary.setFocus()
    clock.goes_on(4)
    hands.press(F9)
    clock.goes_on(5)
    counter.waiting[-1][0]()

    qtbot.waitUntil(lambda: counter.measured is not None)
    assert counter.measured[Step.MATERIALS] == 90
    assert counter.measured[Step.ACCEPT] == 9


def test_a_draft_that_was_begun_before_is_not_measured(clock, page, counter, hands, qtbot):
    opened = complete(page, counter, qtbot)
    case: Case = opened.case
    page.desk.close(opened)
    page.desk.take_loaded(case)
    again = page.desk.current
    assert again is not opened
    assert again.watch is None

    at(page, Region.MATERIAL, "RULES")
    clock.goes_on(90)
    page.decision._write(again, again.verdict.act)

    qtbot.waitUntil(lambda: case.case_id in counter.stored)
    assert counter.measured is None
