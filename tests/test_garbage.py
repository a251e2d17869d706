"""What lives is looked through for garbage while the window has nothing else to do."""

import gc
import threading
from collections.abc import Generator

import pytest

from clerk.app.garbage import WORTH_IT, Garbage
from clerk.jobs import Jobs, Lane

PAGES, LINES = 60, 2_000


@pytest.fixture
def jobs(qapp) -> Generator[Jobs]:
    lanes = Jobs(qapp)
    yield lanes
    lanes.close()


@pytest.fixture
def garbage(jobs) -> Generator[Garbage]:
    found = Garbage(jobs)
    yield found
    found.end()


@pytest.fixture
def looks() -> Generator[list[int]]:
    """The generation of every look, as it happens."""
    seen: list[int] = []

    def heard(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(info["generation"])

    gc.callbacks.append(heard)
    yield seen
    gc.callbacks.remove(heard)


def test_a_list_as_long_as_a_provinces_makes_python_look_at_what_is_young_only(
    qtbot, jobs, garbage, looks
):
    done: list[int] = []

    jobs.run(Lane.AHEAD, _pages, owner=jobs, then=done.append, failed=pytest.fail)

    qtbot.waitUntil(lambda: bool(done))
    assert 1 in looks
    assert 2 not in looks


def test_while_that_goes_on_nobody_looks_and_afterwards_everything_is_looked_through(
    qtbot, jobs, garbage, looks
):
    go_on = threading.Event()
    done: list[object] = []
    jobs.run(Lane.AHEAD, go_on.wait, owner=jobs, then=done.append, failed=pytest.fail)
    _pages()
    assert gc.get_count()[-1] >= WORTH_IT

    garbage.look()
    assert 2 not in looks

    go_on.set()
    qtbot.waitUntil(lambda: bool(done))
    garbage.look()
    assert looks[-1] == 2
    looks.clear()
    garbage.look()
    assert 2 not in looks, "nothing has been made since"


def test_when_the_window_has_gone_it_is_left_to_python_again(jobs):
    before = gc.get_threshold()
    garbage = Garbage(jobs)
    assert gc.get_threshold() != before

    garbage.end()

    assert gc.get_threshold() == before


def _pages() -> int:
    """Hold one page of lines after the other, as reading a long list does."""
    for _ in range(PAGES):
        page = [{"line": [number]} for number in range(LINES)]
    return len(page)
