"""Typing survives kill -9: at most two seconds of it are missing."""

import random
import sys
from pathlib import Path

from tests.stories.typed_and_killed import run

ROUNDS = 5
MOST_LOST_SECONDS = 2.5
"""Two seconds, and half a one for a machine that does something else as well."""


def test_a_draft_outlives_kill_9_with_at_most_two_seconds_of_typing_lost(
    tmp_path: Path, record_property
):
    seed = random.SystemRandom().randrange(1 << 32)
    record_property("seed", seed)
    sys.stdout.write(f"seed {seed}\n")

    done = run(ROUNDS, seed, tmp_path)

    lost = [one.lost_seconds for one in done]
    record_property("lost_seconds", max(lost))
    sys.stdout.write(f"lost at worst {max(lost):.2f} s of {len(done)} rounds\n")
    assert len(done) == ROUNDS
    assert all(one.typed for one in done)
    assert [one for one in done if not one.whole] == []
    assert max(lost) <= MOST_LOST_SECONDS
