"""Goal 3: the desk opens behind the painted window without freezing it."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.children import children
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
    found: dict[str, list[Opened]] = {which: [] for which in WHICH}
    with children() as processes:
        for number in range(ROUNDS + 1):
            for which in WHICH:
                at, said = processes.said("opening_child", which)
                if number:
                    ready_ms = (float(said[0]) - at) * 1e3
                    found[which].append(Opened(ready_ms=ready_ms, gap_ms=float(said[1])))
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
