"""The running program, started once a module; each test begins with nothing in front."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.stories.at_counter import PEERS, AtCounter


@pytest.fixture(scope="module")
def start(request, qapp, tmp_path_factory) -> Iterator[Callable[..., AtCounter]]:
    """Start the program over a folder, a new one where none is given; all are ended."""
    running: list[AtCounter] = []

    def _start(home: Path | None = None) -> AtCounter:
        counter = AtCounter(QtBot(request), qapp, home or tmp_path_factory.mktemp("home"))
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
def counter(signed_in) -> Iterator[AtCounter]:
    """The window with nothing in front, and a province that does as it should."""
    signed_in.go_intake()
    yield signed_in
    for peer in PEERS:
        signed_in.mend(peer)
        signed_in.control(peer, fault="none")
