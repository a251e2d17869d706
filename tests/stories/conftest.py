"""The running program, started once a file; a file marked ``own_window``: once a story."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clerk import settings
from clerk.app.children import Children
from clerk.app.edges import uuid7
from clerk.app.opening import open_practice
from tests.services.window import Window
from tests.stories.at_counter import FIRST_MS, MORNING, PEERS, AtCounter
from tests.stories.behind_the_counter import window_of


@pytest.fixture(scope="session")
def made_home(tmp_path_factory) -> Path:
    """A home as a practice hall's first start leaves it: making one takes longer than a story."""
    home: Path = tmp_path_factory.mktemp("made")
    where = settings.practice({"CLERK_HOME": str(home)})
    open_practice(where, now=lambda: MORNING, new_id=uuid7, fixed=True).close()
    return home


@pytest.fixture(scope="session")
def warm_children() -> Iterator[Children]:
    """Children for one window after the other: to warm them takes longer than most stories."""
    made = Children.of(practice=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def start(
    request, qapp, made_home, warm_children, tmp_path_factory
) -> Iterator[Callable[..., AtCounter]]:
    """Start the program over a folder, a copy of the made one where none is given; end them all."""
    running: list[AtCounter] = []

    def _start(home: Path | None = None, *, own_children: bool = False) -> AtCounter:
        where = home or shutil.copytree(made_home, tmp_path_factory.mktemp("home") / "home")
        counter = AtCounter(QtBot(request), qapp, where, None if own_children else warm_children)
        running.append(counter)
        counter.start()
        return counter

    yield _start
    for counter in running:
        counter.end()


@pytest.fixture(scope="module")
def signed_in(start) -> AtCounter:
    """A window with its practice province, the window clerk signed in."""
    counter: AtCounter = start()
    counter.enter()
    return counter


@pytest.fixture
def own_window(request, start) -> Iterator[AtCounter]:
    """A window of the story's own, signed in as its file's mark says."""
    counter: AtCounter = start()
    counter.until(lambda: counter.station.door is not None, FIRST_MS)
    mark = request.node.get_closest_marker("own_window")
    if mark is None or mark.kwargs.get("signed_in", True):
        counter.enter()
        counter.go_intake()
    yield counter
    counter.end()


@pytest.fixture
def shared_window(signed_in) -> Iterator[AtCounter]:
    """The file's window with nothing in front, and a province that does as it should."""
    signed_in.go_intake()
    yield signed_in
    for peer in PEERS:
        signed_in.mend(peer)
        signed_in.control(peer, fault="none")


@pytest.fixture
def counter(request) -> AtCounter:
    """The window of the story: its own in a file marked ``own_window``, else its file's."""
    own = request.node.get_closest_marker("own_window") is not None
    counter: AtCounter = request.getfixturevalue("own_window" if own else "shared_window")
    return counter


@pytest.fixture
def window(counter) -> Window:
    """The same desk through its use cases, with leased numbers."""
    made = window_of(counter)
    made.lease()
    return made
