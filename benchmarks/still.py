"""How long the window stands still over 调证照, whatever the certificate library does."""

from collections.abc import Sequence
from typing import Final

from benchmarks.children import children
from benchmarks.figures import Figure, Goal
from integrations.practice.lies import ACTED, NOT_ACTED

MOST_MS = 50.0
ROUNDS = 3
AT_ONCE = 3
"""Faults of one process: five failures in a minute would open the circuit, and nothing be sent."""
FAULTS: Final = ("none", *ACTED, *NOT_ACTED)
STILL = Goal(number=None, floor=1.0, reach=0.6)


def measure(_large: bool) -> Sequence[Figure]:
    """Take the least of three rounds for each fault: others share the machine."""
    least: dict[str, float] = dict.fromkeys(FAULTS, float("inf"))
    with children() as processes:
        for _ in range(ROUNDS):
            for begin in range(0, len(FAULTS), AT_ONCE):
                some = FAULTS[begin : begin + AT_ONCE]
                _, said = processes.said("still_child", ",".join(some))
                for fault, printed in zip(some, said, strict=True):
                    least[fault] = min(least[fault], float(printed))
    for fault, taken in least.items():
        print(f"     {fault}: {taken:.1f} ms")
    longest = max(least.values())
    return [
        STILL.figure_of_ratios(
            f"window still over 调证照, {len(FAULTS)} faults, of 50 ms",
            longest,
            MOST_MS,
            [taken / MOST_MS for taken in least.values()],
            "ms",
        )
    ]
