"""The connection that writes is one thread's at a time, and another one once it is spent."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from clerk.storage import cases
from clerk.storage.engine import Store, file_engine
from clerk.storage.one_writer import OneWriter
from clerk.storage.trouble import StoreBusy
from tests.storage.invented import KEY, a_draft, an_id


@pytest.fixture
def file(tmp_path: Path, open_store: Callable[..., Store]) -> Path:
    """A store file of this program's schema that nobody has open."""
    path = tmp_path / "clerk.db"
    open_store(path).close()
    return path


@pytest.fixture
def writer(file: Path) -> OneWriter:
    return OneWriter(file_engine(file, KEY), wait_seconds=0.1)


def test_a_thread_that_waits_too_long_is_told_and_may_try_again(writer: OneWriter) -> None:
    told: list[StoreBusy] = []

    def write() -> None:
        try:
            with writer.begin():
                pass
        except StoreBusy as busy:
            told.append(busy)

    other = threading.Thread(target=write)
    with writer.begin():
        other.start()
        other.join()
    write()

    assert len(told) == 1
    writer.dispose()


def test_acts_share_one_connection_until_it_is_let_go(writer: OneWriter) -> None:
    with writer.begin() as tx:
        first = tx.connection.driver_connection
    with writer.begin() as tx:
        again = tx.connection.driver_connection
    writer.dispose()
    with writer.begin() as tx:
        another = tx.connection.driver_connection

    assert first is again
    assert another is not first
    writer.dispose()


def test_an_act_that_fails_leaves_nothing_to_the_next(
    file: Path, open_store: Callable[..., Store]
) -> None:
    store = open_store(file)
    with pytest.raises(ZeroDivisionError), store.begin() as tx:
        cases.add(tx, a_draft(cases.add(tx, a_draft(1)).version // 0))

    with store.begin() as tx:
        cases.add(tx, a_draft(2))

    with store.read() as tx:
        assert cases.find(tx, an_id(1)) is None
        assert cases.find(tx, an_id(2)) is not None
