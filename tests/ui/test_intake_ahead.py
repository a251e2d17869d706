"""受理: papers that tell the minute, drawn while 撤销 still offers to take the case back."""

from datetime import timedelta
from time import monotonic

import pytest
from PyQt6.QtCore import QObject

from clerk.domain.findings import NextAct
from clerk.ui.actions import AheadActions
from clerk.ui.intake_ahead import PrintAhead
from tests.ui.case_values import case_of, line
from tests.ui.example_values import NOW

ACT = NextAct.ACCEPT_AND_PASS_ON
CASE = case_of(line(1))


@pytest.fixture
def drawn():
    return []


@pytest.fixture
def now():
    """The time of a counter where the minute is about to turn."""
    begun, almost = monotonic(), NOW.replace(second=59, microsecond=900_000)
    return lambda: almost + timedelta(seconds=monotonic() - begun)


@pytest.fixture
def ahead(qtbot, jobs, drawn, now):
    actions = AheadActions(
        letter=lambda _case, _code: None,
        papers=lambda _case, _act, _width: drawn.append(now().minute),
    )
    window = QObject()
    yield PrintAhead(jobs, actions, now, window)
    window.deleteLater()


def test_a_case_whose_minute_turns_before_it_is_written_has_its_papers_drawn_anew(
    ahead, qtbot, drawn
):
    """Its 收件凭证 tells the minute: the one of before is not the one that is handed out."""
    ahead.until_written(CASE, ACT)

    qtbot.waitUntil(lambda: len(drawn) == 2)
    assert drawn == [NOW.minute, NOW.minute + 1]


def test_a_case_that_was_taken_back_is_not_drawn_anew(ahead, qtbot, drawn, now):
    ahead.until_written(CASE, ACT)
    ahead.rest()

    qtbot.waitUntil(lambda: now() > NOW + timedelta(minutes=1, milliseconds=200))
    assert drawn == [NOW.minute]
