"""What runs behind the window goes on, whatever one round of it has come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from clerk.app.behind import Behind
from clerk.domain.errors import RemoteGarbled
from clerk.ui.actions import Connection, TimePassed
from clerk.ui.main_window import MainWindow
from clerk.ui.shell import Shell
from clerk.ui.sign_in import SignInPage
from tests.services.window import NOW

GARBLED = "快递反复给出同一页消息"


@dataclass
class Played:
    """Rounds that do what the test says next; the last of them for ever."""

    plays: list[Callable[[], int]]
    delivered: int = 0
    asked: int = 0

    def deliver(self) -> int:
        self.delivered += 1
        play = self.plays[0] if len(self.plays) == 1 else self.plays.pop(0)
        return play()

    def connections(self) -> Sequence[Connection]:
        self.asked += 1
        raise ZeroDivisionError

    def pass_time(self) -> TimePassed:
        return TimePassed(alarms=0, moved_terms=0, finished=True)

    def trust_the_clock(self) -> None:
        """Nothing to compare here."""


def bug() -> int:
    raise ZeroDivisionError


def garbled() -> int:
    raise RemoteGarbled(GARBLED, kind="same_page", sent="answered")


class World:
    """A window with nothing in it, and what was said and moved behind it."""

    def __init__(self, qtbot, jobs) -> None:
        window = MainWindow(SignInPage(jobs, hall="示例大厅"))
        qtbot.addWidget(window)
        self._jobs = jobs
        self.shell = Shell(window.acts, jobs, now=lambda: NOW)
        window.show_shell(self.shell)
        self.moved: list[int] = []

    def begin(self, *plays: Callable[[], int]) -> tuple[Behind, Played]:
        rounds = Played(list(plays))
        return Behind(self._jobs, rounds, self.shell, lambda: self.moved.append(1)), rounds


@pytest.fixture
def world(qtbot, jobs) -> World:
    return World(qtbot, jobs)


def test_a_bug_in_a_round_is_seen_and_the_next_round_runs(qtbot, world):
    one, rounds = world.begin(bug, lambda: 1)

    with qtbot.captureExceptions() as bugs:
        one.deliver()
        qtbot.waitUntil(lambda: bool(bugs))
    one.deliver()
    qtbot.waitUntil(lambda: bool(world.moved))

    assert bugs[0][0] is ZeroDivisionError
    assert rounds.delivered == 2


def test_a_bug_in_asking_the_peers_is_seen_and_they_are_asked_again(qtbot, world):
    one, rounds = world.begin(lambda: 0)

    for times in (1, 2):
        with qtbot.captureExceptions() as bugs:
            one.ask_connections()
            qtbot.waitUntil(lambda seen=bugs: bool(seen))
        assert rounds.asked == times


def test_the_same_trouble_is_said_once_and_again_after_a_good_round(qtbot, world, jobs):
    one, rounds = world.begin(garbled, garbled, lambda: 1, garbled)
    shell = world.shell
    said: list[str] = []

    for round_number in range(1, 5):
        shell.say("")
        one.deliver()
        qtbot.waitUntil(lambda: not any(jobs.pending().values()))
        assert rounds.delivered == round_number
        said.append(shell.status.said.text())

    assert said == [GARBLED, "", "", GARBLED]
