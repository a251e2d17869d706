"""No acknowledged case is lost, whenever the program is killed or the disk refuses."""

import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from clerk.storage import journal
from clerk.storage.engine import Store
from clerk.storage.tables import cases, leased_numbers, outbox
from clerk.storage.tables import journal as journal_table
from tests.storage.accepting_child import NUMBERS
from tests.storage.invented import STATION

ROOT = Path(__file__).parents[2]
ROUNDS = {"file": 10, "server": 4}


def start(place: Path | str, first: int, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.accepting_child", str(place), str(first), *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def acknowledged_until_killed(place: Path | str, first: int, seconds: float) -> set[UUID]:
    """Let a child accept cases and kill it ``seconds`` after the first one."""
    with start(place, first) as child:
        assert child.stdout is not None
        said = [child.stdout.readline(), child.stdout.readline()]
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.kill()
        said += child.stdout.readlines()
    whole = [line.strip() for line in said if line.endswith("\n")]
    return {UUID(line) for line in whole[1:]}


def require_nothing_lost(store: Store, acknowledged: set[UUID]) -> Sequence[UUID]:
    store.verify_pages()
    with store.read() as tx:
        kept = set(
            tx.execute(
                select(cases.c.case_id)
                .join(outbox, outbox.c.case_id == cases.c.case_id)
                .join(leased_numbers, leased_numbers.c.number == cases.c.number)
            ).scalars()
        )
        every = tx.execute(select(cases.c.case_id)).scalars().all()
        given = tx.execute(
            select(leased_numbers.c.number).where(leased_numbers.c.case_id.is_not(None))
        ).all()
        lines = tx.execute(select(journal_table.c.case_id)).scalars().all()
        assert journal.verify(tx, STATION) is None
    assert acknowledged <= kept
    assert kept == set(every)
    assert len(given) == len(every)
    assert sorted(lines) == sorted(every)
    return every


def test_no_acknowledged_case_is_lost_by_kill_9(
    place: Path | str,
    open_store: Callable[..., Store],
    record_property: Callable[[str, object], None],
) -> None:
    """Case, number, journal line and message are kept together or not at all."""
    seed = random.SystemRandom().randrange(1 << 32)
    record_property("seed", seed)
    sys.stdout.write(f"seed {seed}\n")
    instants = random.Random(seed)
    rounds = ROUNDS["file" if isinstance(place, Path) else "server"]
    acknowledged: set[UUID] = set()

    for number in range(rounds):
        first = 1 + number * NUMBERS
        acknowledged |= acknowledged_until_killed(place, first, instants.expovariate(1 / 0.05))

    every = require_nothing_lost(open_store(place), acknowledged)
    assert len(acknowledged) >= rounds
    assert len(every) - len(acknowledged) <= rounds


def test_a_refused_write_is_told_and_nothing_acknowledged_is_lost(
    tmp_path: Path, open_store: Callable[..., Store]
) -> None:
    place = tmp_path / "clerk.db"

    with start(place, 1, "1000000") as child:
        assert child.stdout is not None
        said = [line.strip() for line in child.stdout]

    assert said[-1].startswith("磁盘不让读写数据文件，这一步没有保存")
    acknowledged = {UUID(line) for line in said[1:-1]}
    assert acknowledged
    require_nothing_lost(open_store(place), acknowledged)
