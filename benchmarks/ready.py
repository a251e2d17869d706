"""Goal 3: the desk opens behind the painted window without freezing it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.counter import scratch
from benchmarks.figures import Figure, Goal

ROUNDS = 15
WHICH = ("ours", "frozen", "eager")
FREEZE = Goal(number=3, floor=0.15, reach=0.10)
READY = Goal(number=3, floor=1.2, reach=1.2)


@dataclass(frozen=True, slots=True)
class Opened:
    """One process: when everything was there, and the longest standstill until then."""

    ready_ms: float
    gap_ms: float


def measure(_large: bool) -> Sequence[Figure]:
    """Open the same practice counter in turn; the first round, which makes it, is not counted."""
    home = scratch("bench")
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", CLERK_HOME=str(home))
    found: dict[str, list[Opened]] = {which: [] for which in WHICH}
    try:
        for number in range(ROUNDS + 1):
            for which in WHICH:
                opened = _open(which, environment)
                if number:
                    found[which].append(opened)
    finally:
        shutil.rmtree(home)
    ours, frozen, eager = (found[which] for which in WHICH)
    return [
        FREEZE.figure(
            "longest standstill while the desk opens",
            [one.gap_ms for one in ours],
            [one.gap_ms for one in frozen],
            "ms",
        ),
        READY.figure(
            "desk ready",
            [one.ready_ms for one in ours],
            [one.ready_ms for one in eager],
            "ms",
        ),
    ]


def _open(which: str, environment: dict[str, str]) -> Opened:
    at = time.clock_gettime(time.CLOCK_MONOTONIC)
    child = subprocess.run(
        [sys.executable, "-m", "benchmarks.opening_child", which],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if child.returncode:
        raise RuntimeError(f"{which}: {child.stderr}")
    said = child.stdout.split()
    return Opened(ready_ms=(float(said[0]) - at) * 1e3, gap_ms=float(said[1]))
