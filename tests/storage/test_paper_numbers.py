"""Paper numbers over many windows: none twice, none missing, whatever fails in between."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from clerk.domain.paper_numbers import NumberAsking, SeriesStanding
from clerk.domain.papers import PaperKind
from clerk.storage import paper_numbers
from clerk.storage.engine import Store
from tests.storage.invented import NOW
from tests.storage.number_windows import draw, given

ROOT = Path(__file__).parents[2]
THREADS, PROCESSES, ACTS, FAILS_EACH = 6, 2, 25, 4


def standings(store: Store) -> list[SeriesStanding]:
    with store.read() as tx:
        return paper_numbers.standings(tx, None)


def test_no_number_is_missing_or_double_after_six_windows_drew_at_once(store: Store) -> None:
    def window(number: int) -> int:
        return max(draw(store, number, ACTS, FAILS_EACH))

    with ThreadPoolExecutor(THREADS) as pool:
        stayed = sum(pool.map(window, range(THREADS)))

    _all_there(store, stayed, THREADS)


def program(place: Path | str, window: int, acts: int) -> subprocess.Popen[str]:
    """Start a window that is a program of its own."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.storage.number_windows"),
            *(str(place), str(window), str(acts), str(FAILS_EACH)),
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_no_number_is_missing_or_double_after_two_programs_drew_from_one_server(
    database: str, open_store: Callable[..., Store]
) -> None:
    store = open_store(database)
    programs = [program(database, window, ACTS) for window in range(1, PROCESSES + 1)]

    stayed = sum(int(one.communicate()[0].split()[-1]) for one in programs)

    assert {one.returncode for one in programs} == {0}
    _all_there(store, stayed, PROCESSES)


def test_a_window_that_was_killed_leaves_no_gap(
    tmp_path: Path, open_store: Callable[..., Store]
) -> None:
    place = tmp_path / "clerk.db"
    open_store(place).close()
    with program(place, 1, 100_000) as one:
        assert one.stdout is not None
        told = [int(one.stdout.readline()) for _ in range(20)][-1]
        one.kill()

    found = standings(open_store(place))

    assert all(standing.gapless for standing in found)
    assert sum(standing.given for standing in found) >= told


def _all_there(store: Store, stayed: int, windows: int) -> None:
    found = standings(store)
    with store.read() as tx:
        proof = paper_numbers.proof(tx)
    failed = windows * ACTS - stayed // len(found)
    lasts = [one.last for one in found]
    sys.stdout.write(f"{windows} windows, {stayed} kept, {failed} acts failed, last {lasts}\n")
    assert failed >= windows * ACTS // FAILS_EACH
    assert sum(one.given for one in found) == stayed
    assert all(one.gapless and one.given == one.last == stayed // 2 for one in found)
    assert proof.whole


def test_one_number_cannot_be_written_twice(store: Store) -> None:
    with store.begin() as tx:
        paper_numbers.keep(tx, given(PaperKind.ACCEPTANCE, 1))

    with pytest.raises(IntegrityError), store.begin() as tx:
        paper_numbers.keep(tx, given(PaperKind.ACCEPTANCE, 1))


def test_a_number_is_void_once_with_the_first_reason(tx: Connection) -> None:
    one = given(PaperKind.ACCEPTANCE, 1)
    paper_numbers.keep(tx, one)
    void = replace(one, voided_at=NOW, voided_by="du", void_reason="纸撕坏了")

    assert paper_numbers.void(tx, void)
    assert not paper_numbers.void(tx, replace(void, void_reason="再来一次"))

    assert paper_numbers.find(tx, one.series, 1) == void
    assert paper_numbers.voided_since(tx, NOW) == [void]


def test_a_gap_a_void_one_without_reason_and_a_counter_ahead_are_named(tx: Connection) -> None:
    for count in (1, 3):
        paper_numbers.keep(tx, given(PaperKind.ACCEPTANCE, count))
    paper_numbers.void(tx, replace(given(PaperKind.ACCEPTANCE, 3), voided_at=NOW))
    insert = (
        "INSERT INTO series (authority, kind, period, last) VALUES ('990123', :kind, '2026', 3)"
    )
    for kind in ("acceptance", "decision"):
        tx.execute(text(insert), {"kind": kind})

    notices, decisions = paper_numbers.standings(tx, NumberAsking(year=2026))

    assert (notices.missing, notices.unexplained, notices.gapless) == ((2,), (3,), False)
    assert (decisions.given, decisions.missing, decisions.gapless) == (0, (1, 2, 3), False)
