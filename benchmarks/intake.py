"""Goal 8: a durable intake through the service, beside the same rows written by hand."""

import gc
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.absent_peers import AbsentPeers
from benchmarks.counter import START_AT, Counter, new_key, open_store, scratch
from benchmarks.figures import Figure, Goal, in_turn, milliseconds
from benchmarks.raw_rows import RawWriter, Rows, read_rows, require_same_rows
from clerk.app.edges import uuid7
from clerk.domain.case import Case
from clerk.domain.findings import NextAct
from clerk.domain.hand_off import LeasedNumber, NumberBlock
from clerk.services.acceptance import take_in
from clerk.services.numbers import BLOCK
from clerk.settings import PRACTICE_COUNTER
from clerk.storage import numbers
from clerk.storage.engine import Store, connect_file

ROUNDS = 15
COMMITS = 40
FULL = 2
"""``PRAGMA synchronous`` says 2 for FULL."""

RATE = Goal(number=8, floor=0.45, reach=0.6, better="high")
ANEW = Goal(number=None, floor=0.45, reach=0.6, better="high")
"""The same with the whole check inside: no window accepts a case that it has not shown."""

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
        with self.store.begin() as tx:
            for block in blocks(commits):
                numbers.lease(tx, block, PRACTICE_COUNTER.code, START_AT)
            if tx.exec_driver_sql("PRAGMA synchronous").scalar_one() != FULL:
                raise AssertionError("the store does not wait for the disk")

    def draft(self) -> Case:
        """Return a complete draft under a new id."""
        return self._counter.draft(uuid7(), START_AT)

    def show(self, draft: Case) -> None:
        """Check it, as the window does after every key: F9 finds the verdict of what is shown."""
        self._desk.verdict(self._counter.session, draft)

    def take_in(self, draft: Case) -> Case:
        """Accept it, as F9 does; it is on the disk when this returns."""
        return take_in(self._desk, self._counter.session, draft, NextAct.ACCEPT_AND_PASS_ON)


def blocks(commits: int) -> Iterator[NumberBlock]:
    """Return numbers for as many cases, leased in blocks as the program does."""
    for first in range(1, commits + 1, BLOCK):
        leased = tuple(
            LeasedNumber(number=f"20260318-{serial:06}", query_code="000000")
            for serial in range(first, min(first + BLOCK, commits + 1))
        )
        yield NumberBlock(block_id=f"B{first:06}", numbers=leased)


def measure(_large: bool) -> Sequence[Figure]:
    """Commit in turn, then count the calls that wait for the disk."""
    folder = scratch("bench")
    try:
        return [*_rates(folder), *_syncs(folder)]
    finally:
        shutil.rmtree(folder)


def _rates(folder: Path) -> Sequence[Figure]:
    key, counter = new_key(), Counter()
    commits = 2 * COMMITS * (ROUNDS + 1)
    rows = rows_of_service(folder / "pattern.db", key, counter, commits)
    Intake(folder / "raw.db", key, counter, commits).store.close()
    raw = RawWriter(connect_file(folder / "raw.db", key), rows)
    ours = Intake(folder / "ours.db", key, counter, commits)

    def by_service(*, shown: bool) -> float:
        drafts = [ours.draft() for _ in range(COMMITS)]
        spent = 0.0
        for draft in drafts:
            if shown:
                ours.show(draft)
            spent += milliseconds(partial(ours.take_in, draft))
        return COMMITS * 1e3 / spent

    def by_hand() -> float:
        return COMMITS * 1e3 / sum(milliseconds(raw.write) for _ in range(COMMITS))

    gc.collect()
    gc.freeze()  # as the program does once it is open
    as_shown = in_turn(ROUNDS, partial(by_service, shown=True), by_hand)
    anew = in_turn(ROUNDS, partial(by_service, shown=False), by_hand)
    ours.store.close()
    require_same_rows(folder / "pattern.db", folder / "raw.db", key)
    return [
        RATE.figure("durable intake, F9 on the case shown", *as_shown, "commits/s"),
        ANEW.figure("durable intake, a case never shown", *anew, "commits/s"),
    ]


def rows_of_service(path: Path, key: bytes, counter: Counter, commits: int) -> Sequence[Rows]:
    """Take in as many cases in a store of their own and return the rows that were written."""
    _take_in(Intake(path, key, counter, commits), commits)
    return list(read_rows(path, key))


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


def _take_in(intake: Intake, commits: int) -> None:
    for _ in range(commits):
        intake.take_in(intake.draft())
    intake.store.close()


if __name__ == "__main__":
    _where, _commits = Path(sys.argv[1]), int(sys.argv[2])
    _take_in(Intake(_where, new_key(), Counter(), _commits), _commits)
