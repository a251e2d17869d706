"""Typing survives kill -9: at most two seconds of it are missing."""

import random
import shutil
import sys
from pathlib import Path

from hypothesis import settings

from tests.stories.typed_and_killed import Round, run

ROUNDS, SOAKED = 3, 20
"""In a run of all tests, and in a soak."""
MOST_LOST_SECONDS = 2.5
"""Two seconds, and half a one for a machine that does something else as well."""


def test_a_draft_outlives_kill_9_with_at_most_two_seconds_of_typing_lost(
    tmp_path: Path, made_home: Path, record_property
):
    seed = random.SystemRandom().randrange(1 << 32)
    record_property("seed", seed)
    sys.stdout.write(f"seed {seed}\n")

    rounds = SOAKED if settings.get_current_profile_name() == "soak" else ROUNDS

    done = run(rounds, seed, shutil.copytree(made_home, tmp_path / "home"))

    lost = [one.lost_seconds for one in done]
    record_property("lost_seconds", max(lost))
    sys.stdout.write(f"lost at worst {max(lost):.2f} s of {len(done)} rounds\n")
    assert len(done) == rounds
    assert all(one.typed for one in done)
    assert [one for one in done if not one.whole] == []
    assert max(lost) <= MOST_LOST_SECONDS


def test_the_measure_counts_from_the_oldest_key_that_is_missing():
    typed = (("a", 1.0), ("b", 2.0), ("c", 3.5))

    assert Round(typed=typed, killed_at=4.0, found="a").lost_seconds == 2.0
    assert Round(typed=typed, killed_at=4.0, found="").lost_seconds == 3.0
    assert Round(typed=typed, killed_at=4.0, found="abc").lost_seconds == 0.0
    assert not Round(typed=typed, killed_at=4.0, found="ac").whole
