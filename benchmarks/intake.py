"""Goal 8: a durable intake through the service, beside the same rows written by hand."""

import gc
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

from benchmarks.absent_peers import AbsentPeers
from benchmarks.counter import START_AT, Counter, new_key, open_store, scratch
from benchmarks.figures import Figure, Goal, in_turn, milliseconds
from benchmarks.raw_rows import RawWriter, read_rows
from clerk.app.edges import uuid7
from clerk.domain.case import Case
from clerk.domain.findings import NextAct
from clerk.domain.hand_off import LeasedNumber, NumberBlock
from clerk.services.acceptance import take_in
from clerk.settings import PRACTICE_COUNTER
from clerk.storage import cases, numbers, search_text
from clerk.storage.engine import Store, connect_file
from clerk.storage.tables import cases as cases_table

ROUNDS = 15
COMMITS = 60
FULL = 2
"""``PRAGMA synchronous`` says 2 for FULL."""

RATE = Goal(number=8, floor=0.45, reach=0.6, better="high")
SYNCS = Goal(number=8, floor=1.1, reach=1.05)
SYNC_ROUNDS = (100, 600)


class Intake:
    """An open store with numbers for ``commits`` cases, and the drafts to take in."""

    def __init__(self, path: Path, key: bytes, counter: Counter, commits: int) -> None:
        """Make the store."""
        self.store: Store = open_store(path, key, lambda: START_AT, counter.initials)
        counter.publish(self.store)
        peers = AbsentPeers()
        self._counter = counter
        self._desk = counter.desk(
            self.store,
            now=lambda: START_AT,
            new_id=uuid7,
            certificates=peers,
            back_office=peers,
            platform=peers,
        )
        leased = tuple(LeasedNumber(number=text, query_code="000000") for text in texts(commits))
        with self.store.begin() as tx:
            block = NumberBlock(block_id="B1", numbers=leased)
            numbers.lease(tx, block, PRACTICE_COUNTER.code, START_AT)
            if tx.exec_driver_sql("PRAGMA synchronous").scalar_one() != FULL:
                raise AssertionError("the store does not wait for the disk")

    def draft(self) -> Case:
        """Return a complete draft under a new id."""
        return self._counter.draft(uuid7(), START_AT)

    def take_in(self, draft: Case) -> Case:
        """Accept it; it is on the disk when this returns."""
        return take_in(self._desk, self._counter.session, draft, NextAct.ACCEPT_AND_PASS_ON)


def texts(commits: int) -> Iterator[str]:
    """Return as many case numbers."""
    return (f"20260318-{serial:06}" for serial in range(1, commits + 1))


def measure(_large: bool) -> Sequence[Figure]:
    """Commit in turn, then count the calls that wait for the disk."""
    folder = scratch("bench")
    try:
        return [_rate(folder), *_syncs(folder)]
    finally:
        shutil.rmtree(folder)


def _rate(folder: Path) -> Figure:
    key, counter = new_key(), Counter()
    commits = COMMITS * (ROUNDS + 2)
    ours = Intake(folder / "ours.db", key, counter, commits)
    raw = raw_writer(folder, key, counter, commits)

    def through_the_service() -> float:
        drafts = [ours.draft() for _ in range(COMMITS)]

        def work() -> None:
            for draft in drafts:
                ours.take_in(draft)

        return COMMITS * 1e3 / milliseconds(work)

    def by_hand() -> float:
        def work() -> None:
            for _ in range(COMMITS):
                raw.write()

        return COMMITS * 1e3 / milliseconds(work)

    gc.collect()
    gc.freeze()  # as the program does once it is open
    rates = in_turn(ROUNDS, through_the_service, by_hand)
    ours.store.close()
    return RATE.figure("durable intake through the service", *rates, "commits/s")


def raw_writer(folder: Path, key: bytes, counter: Counter, commits: int) -> RawWriter:
    """Return a writer on a store of its own, with one accepted case as its pattern."""
    path = folder / "raw.db"
    pattern = Intake(path, key, counter, commits + 1)
    taken = pattern.take_in(pattern.draft())
    tokens = index_tokens(pattern.store, taken.case_id)
    pattern.store.close()
    rows = read_rows(path, key, taken.case_id, tokens)
    free = texts(commits + 1)
    next(free)
    return RawWriter(connect_file(path, key), rows, free)


def index_tokens(store: Store, case_id: UUID) -> str:
    """Return what the search index holds of a case."""
    with store.read() as tx:
        if cases.find(tx, case_id) is None:
            raise KeyError(case_id)
        line = tx.execute(cases_table.select().where(cases_table.c.case_id == case_id)).one()
    return search_text.index_tokens(line.search_text)


def _syncs(folder: Path) -> Sequence[Figure]:
    """Count fsync and fdatasync of two runs that differ in commits only."""
    strace = shutil.which("strace")
    if strace is None:
        print("  fsync + fdatasync per commit: not counted, strace is not installed")
        return []
    few, many = SYNC_ROUNDS
    calls = [_synced(strace, folder, commits) for commits in SYNC_ROUNDS]
    if None in calls:
        print("  fsync + fdatasync per commit: not counted, strace may not attach here")
        return []
    per_commit = (float(calls[1] or 0) - float(calls[0] or 0)) / (many - few)
    return [
        SYNCS.figure_of_ratios(
            "fsync + fdatasync per commit", per_commit, 1.0, [per_commit], "calls"
        )
    ]


def _synced(strace: str, folder: Path, commits: int) -> int | None:
    summary = folder / f"strace-{commits}"
    child = [sys.executable, "-m", "benchmarks.intake", str(folder / f"{commits}.db"), str(commits)]
    traced = subprocess.run(
        [strace, "-f", "-c", "-o", str(summary), "-e", "trace=fsync,fdatasync", *child],
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if traced.returncode:
        return None
    found = re.findall(
        r"^\s*\S+\s+\S+\s+\S+\s+(\d+)\s.*fd?a?t?a?sync$", summary.read_text(), re.MULTILINE
    )
    return sum(int(calls) for calls in found)


def _commit(path: Path, commits: int) -> None:
    intake = Intake(path, new_key(), Counter(), commits)
    for _ in range(commits):
        intake.take_in(intake.draft())
    intake.store.close()


if __name__ == "__main__":
    _commit(Path(sys.argv[1]), int(sys.argv[2]))
