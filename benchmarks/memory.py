"""Goal 18: what stays in memory after sign-in and one intake without a PDF."""

from collections.abc import Sequence

from benchmarks.children import children
from benchmarks.figures import Figure, Goal, in_turn

ROUNDS = 5
RESIDENT = Goal(number=18, floor=2.3, reach=2.0)


def measure(_large: bool) -> Sequence[Figure]:
    """Ask both processes in turn; children of ours (paper, practice peers) are not counted."""
    with children() as processes:

        def resident(which: str) -> float:
            _, said = processes.said("memory_child", which)
            return float(said[0])

        found = in_turn(ROUNDS, lambda: resident("ours"), lambda: resident("bare"))
    return [RESIDENT.figure("resident memory after one intake", *found, "MiB")]
