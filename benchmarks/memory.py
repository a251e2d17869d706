"""Goal 18: what stays in memory after sign-in and one intake without a PDF."""

from collections.abc import Sequence

from benchmarks.children import children
from benchmarks.figures import Figure, Goal, in_turn

ROUNDS = 5
RESIDENT = Goal(number=18, floor=2.3, reach=2.0)
TOGETHER = Goal(number=None, floor=16.0, reach=12.0)
"""No goal of ours; it stands beside the window's figure so that nothing is hidden in a child."""


def measure(_large: bool) -> Sequence[Figure]:
    """Ask both processes in turn; the practice peers are not counted."""
    together: dict[str, list[float]] = {"ours": [], "bare": []}
    with children() as processes:

        def resident(which: str) -> float:
            _, said = processes.said("memory_child", which)
            together[which].append(float(said[1]))
            return float(said[0])

        found = in_turn(ROUNDS, lambda: resident("ours"), lambda: resident("bare"))
    ours, bare = (together[which][1:] for which in ("ours", "bare"))
    return [
        RESIDENT.figure("resident memory after one intake", *found, "MiB"),
        TOGETHER.figure("memory of the window and its children", ours, bare, "MiB"),
    ]
