"""Stores on both databases: an encrypted file, and a private PostgreSQL server."""

import itertools
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection

from clerk.storage.engine import Store
from clerk.storage.guards import Room
from tests.storage.invented import KEY, STATION, Clock

NO_BALLAST = Room(ballast_bytes=0)
DATABASES = itertools.count()


def _server_programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    assert found, "PostgreSQL is not installed: apt-get install postgresql"
    return found[-1].parent


def _as_server(*command: str | Path) -> None:
    """Run a program of the server, which refuses to be root."""
    changed = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*changed, *map(str, command)], check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server of this run's own, without its database's name."""
    programs = _server_programs()
    folder = Path(tempfile.mkdtemp(prefix="clerk-pg-", dir="/tmp"))
    data = folder / "data"
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    user = "postgres"
    _as_server(
        programs / "initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8",
        "--locale=C", "--no-sync",
    )  # fmt: skip
    settings = (
        f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=50 "
        "-c shared_buffers=32MB"
    )
    log = folder / "log"
    _as_server(programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", settings, "start")
    try:
        yield f"postgresql://{user}@/{{name}}?host={folder}"
    finally:
        _as_server(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


@pytest.fixture
def database(server: str) -> str:
    """The address of a new, empty database."""
    name = f"hall_{next(DATABASES)}"
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.format(name=name)


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a store lies; every test that asks for it runs on both databases."""
    if request.param == "file":
        return tmp_path / "clerk.db"
    return str(request.getfixturevalue("database"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_store(clock: Clock) -> Iterator[Callable[..., Store]]:
    """Open stores that are closed when the test ends."""
    opened: list[Store] = []

    def open_one(where: Path | str, **wanted: object) -> Store:
        given = {"key": KEY, "now": clock, "station": STATION, "room": NO_BALLAST, **wanted}
        opened.append(Store.open(where, **given))  # type: ignore[arg-type]
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(place: Path | str, open_store: Callable[..., Store]) -> Store:
    return open_store(place)


@pytest.fixture
def tx(store: Store) -> Iterator[Connection]:
    """A write transaction that is kept when the test ends."""
    with store.begin() as connection:
        yield connection


@pytest.fixture
def python() -> str:
    return sys.executable
