"""Goal 17: what encryption costs. A store that is not encrypted exists nowhere but here."""

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine

from benchmarks.counter import START_AT, Counter, new_key, scratch
from benchmarks.figures import Figure, Goal, in_turn, milliseconds
from benchmarks.intake import Intake, rows_of_service
from benchmarks.large_store import FAMILY_NAMES, make_large
from benchmarks.raw_rows import RawWriter, connect_plain
from clerk.domain.case_list import CaseQuery, CaseView
from clerk.domain.days import local_date
from clerk.storage import case_list
from clerk.storage.engine import connect_file, file_engine

ROUNDS = 15
COMMITS = 100
CASES = 100_000
PLAIN_KEY = "''"

COMMIT = Goal(number=17, floor=0.55, reach=0.7, better="high")
OPEN = Goal(number=17, floor=1.5, reach=1.5)
SEARCH = Goal(number=17, floor=1.2, reach=1.2)
WORDS = ("食品", "许可", *(name + "伟" for name in FAMILY_NAMES[:6]), "20260101-0012345")


def measure(_large: bool) -> Sequence[Figure]:
    """Write, open and search the same rows, encrypted and plain in turn."""
    folder, key, counter = scratch("bench"), new_key(), Counter()
    try:
        commits = _commits(folder, key, counter)
        encrypted, plain = folder / "many.db", folder / "many-plain.db"
        make_large(encrypted, key, counter, CASES)
        _decrypted(encrypted, key, plain)
        return [commits, _openings(encrypted, key, plain), _searches(encrypted, key, plain)]
    finally:
        shutil.rmtree(folder)


def _commits(folder: Path, key: bytes, counter: Counter) -> Figure:
    most = COMMITS * (ROUNDS + 1)
    rows = rows_of_service(folder / "pattern.db", key, counter, most)
    empty, plain = folder / "empty.db", folder / "plain.db"
    Intake(empty, key, counter, most).store.close()
    _decrypted(empty, key, plain)

    def rate(writer: RawWriter) -> float:
        def work() -> None:
            for _ in range(COMMITS):
                writer.write()

        return COMMITS * 1e3 / milliseconds(work)

    rates = in_turn(
        ROUNDS,
        partial(rate, RawWriter(connect_file(empty, key), rows)),
        partial(rate, RawWriter(connect_plain(plain), rows)),
    )
    return COMMIT.figure("commits, encrypted beside plain", *rates, "commits/s")


def _decrypted(path: Path, key: bytes, plain: Path) -> None:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY {PLAIN_KEY}")
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.close()
    if not plain.read_bytes()[:15].startswith(b"SQLite format 3"):
        raise AssertionError("the plain store is not plain")


def _openings(encrypted: Path, key: bytes, plain: Path) -> Figure:
    def opened(connect: Any) -> float:
        def work() -> None:
            connection = connect()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.close()

        return milliseconds(work)

    times = in_turn(
        ROUNDS,
        partial(opened, partial(connect_file, encrypted, key)),
        partial(opened, partial(connect_plain, plain)),
    )
    return OPEN.figure("open and first read, encrypted beside plain", *times, "ms")


def _searches(encrypted: Path, key: bytes, plain: Path) -> Figure:
    ours = file_engine(encrypted, key, read_only=True)
    bare = create_engine("sqlite://", module=sqlcipher, creator=partial(connect_plain, plain))

    def searched(engine: Engine) -> float:
        def work() -> None:
            with engine.begin() as tx:
                tx.info.update(index_key=key, initials=str)
                for word in WORDS:
                    query = CaseQuery(view=CaseView.ALL, on=local_date(START_AT), text=word)
                    case_list.page(tx, query, limit=20)

        return milliseconds(work) / len(WORDS)

    times = in_turn(ROUNDS, partial(searched, ours), partial(searched, bare))
    ours.dispose()
    bare.dispose()
    return SEARCH.figure("search in 100,000 cases, encrypted beside plain", *times, "ms")
