"""Goals 1 and 2: the first paint of the sign-in page, and what was loaded by then."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence

from benchmarks.counter import scratch
from benchmarks.figures import Figure, Goal, in_turn
from benchmarks.first_paint import HEAVY

ROUNDS = 21
FIRST_PAINT = Goal(number=1, floor=1.3, reach=1.15)
NOTHING_HEAVY = Goal(number=2, floor=0, reach=0)


def measure(_large: bool) -> Sequence[Figure]:
    """Start both programs in turn; the parent's stamp is taken just before each is started."""
    home = scratch("bench")
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", CLERK_HOME=str(home))
    heavy: set[str] = set()

    def started(which: str) -> float:
        at = time.clock_gettime(time.CLOCK_MONOTONIC)
        said = subprocess.run(
            [sys.executable, "-m", "benchmarks.first_paint", which],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        ).stdout.split()
        if which == "ours":
            heavy.update(name.decode() for name in said[1:])
        return (float(said[0]) - at) * 1e3

    try:
        ours, bare = in_turn(ROUNDS, lambda: started("ours"), lambda: started("bare"))
    finally:
        shutil.rmtree(home)
    loaded = len(heavy)
    return [
        FIRST_PAINT.figure("first paint of the sign-in page", ours, bare, "ms"),
        NOTHING_HEAVY.figure_of_ratios(
            "heavy libraries at first paint",
            loaded,
            len(HEAVY),
            [loaded / len(HEAVY)] * ROUNDS,
            "modules",
        ),
    ]
