"""A window over a real store and the real practice province."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clerk.app.calendars import read_calendar
from clerk.app.edges import uuid7
from clerk.app.starter import kept_catalogue
from clerk.documents.press import Press
from clerk.domain.standard import ItemStandard
from integrations.practice.province import PracticeProvince
from tests.services.catalogue_office import ITEM, Office
from tests.services.window import NOW, Peers, Window, made, opened


@pytest.fixture(scope="session")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peers]:
    """The province and its clients, for the whole run; a peer that was killed is started again."""
    with PracticeProvince(tmp_path_factory.mktemp("province"), now=NOW) as province:
        clients = Peers.of(province, uuid7)
        yield clients
        clients.close()


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    started = Press(deadline_seconds=60)
    yield started
    started.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store nobody has written to yet."""
    return made(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def catalogue() -> dict[str, ItemStandard]:
    return {item.item_code: item for item in kept_catalogue()}


@pytest.fixture(scope="session")
def calendar():
    return read_calendar().calendar


@pytest.fixture
def window(tmp_path: Path, empty, peers, press, catalogue, calendar) -> Iterator[Window]:
    """A window with leased numbers."""
    with opened(tmp_path, empty, peers, press, catalogue, calendar) as one:
        one.lease()
        yield one


@pytest.fixture
def bare_window(tmp_path: Path, empty, peers, press, catalogue, calendar) -> Iterator[Window]:
    """A window that has no number left."""
    with opened(tmp_path, empty, peers, press, catalogue, calendar) as one:
        yield one


@pytest.fixture
def office(bare_window: Window, catalogue) -> Office:
    """Those who keep the catalogue, over a store of one item in force."""
    one = Office.over(bare_window)
    one.put(catalogue[ITEM])
    return one


@pytest.fixture
def other_window(tmp_path: Path, empty, peers, press, catalogue, calendar) -> Iterator[Window]:
    """Another counter of the same province, with a store of its own."""
    folder = tmp_path / "other"
    folder.mkdir()
    with opened(folder, empty, peers, press, catalogue, calendar) as one:
        yield one


@pytest.fixture
def read_text() -> Callable[[bytes], str]:
    """What another program reads on a paper's pages, without spaces."""

    def read(pdf: bytes) -> str:
        told = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
        )
        return "".join(told.stdout.decode().split())

    return read
