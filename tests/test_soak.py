"""A short run of the soak: kill -9 against accept and hand-off, and the bugs it must see."""

import random
import sys
from pathlib import Path

import pytest

from benchmarks.soak.planted import Planted
from benchmarks.soak.rounds import LEAST_ACKNOWLEDGED, caught, run

ROUNDS = 6
PLANTED_ROUNDS = 40


@pytest.fixture
def seed(record_property) -> int:
    drawn = random.SystemRandom().randrange(1 << 32)
    record_property("seed", drawn)
    sys.stdout.write(f"seed {drawn}\n")
    return drawn


def test_nothing_acknowledged_is_lost_or_told_twice_by_kill_9(seed: int, tmp_path: Path):
    *_, tally = run(ROUNDS, seed, tmp_path / "soak")

    assert (tally.lost, tally.doubled, tally.broken) == (0, 0, [])
    assert tally.acknowledged >= ROUNDS * LEAST_ACKNOWLEDGED


def test_a_counter_that_acknowledges_before_it_commits_is_caught(seed: int, tmp_path: Path):
    tally = caught(Planted.ACKNOWLEDGES_FIRST, PLANTED_ROUNDS, seed, tmp_path / "soak")

    assert tally is not None
    assert tally.lost


def test_a_counter_that_sends_without_an_id_is_caught(seed: int, tmp_path: Path):
    tally = caught(Planted.SENDS_WITHOUT_ID, PLANTED_ROUNDS, seed, tmp_path / "soak")

    assert tally is not None
    assert tally.doubled
