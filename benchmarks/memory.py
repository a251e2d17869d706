"""Goal 18: what stays in memory after sign-in and one intake without a PDF."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from benchmarks.counter import scratch
from benchmarks.figures import Figure, Goal, in_turn

ROUNDS = 5
RESIDENT = Goal(number=18, floor=2.3, reach=2.0)


def measure(_large: bool) -> Sequence[Figure]:
    """Ask both processes in turn; children of ours (paper, practice peers) are not counted."""
    home = scratch("bench")
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", CLERK_HOME=str(home))

    def resident(which: str) -> float:
        child = subprocess.run(
            [sys.executable, "-m", "benchmarks.memory_child", which],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if child.returncode:
            raise RuntimeError(f"{which}: {child.stderr}")
        return float(child.stdout.split()[0])

    try:
        found = in_turn(ROUNDS, lambda: resident("ours"), lambda: resident("bare"))
    finally:
        shutil.rmtree(home)
    return [RESIDENT.figure("resident memory after one intake", *found, "MiB")]
