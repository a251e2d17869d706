"""Standstill and machine time of the last tour; the tour itself measures them."""

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, Goal

TOUR = Path(__file__).parents[1] / "build" / "tour" / "tour.json"
LONGEST_MS = 50.0
INTAKE_SECONDS = 180.0
STANDSTILL = Goal(number=None, floor=1.0, reach=1.0)
MACHINE = Goal(number=None, floor=0.005, reach=0.005)


def measure(_large: bool) -> Sequence[Figure]:
    """Read what the last tour left; without one there is nothing to say."""
    if not TOUR.exists():
        print(f"  no tour in {TOUR}: play it first (./desk tour)")
        return []
    told = json.loads(TOUR.read_text(encoding="utf-8"))
    standstill, seconds = float(told["standstill_ms"]), float(told["machine_seconds"])
    return [
        STANDSTILL.figure("longest standstill of the window", [standstill], [LONGEST_MS], "ms"),
        MACHINE.figure(
            "machine time of the tour's intake, of 180 s", [seconds], [INTAKE_SECONDS], "s"
        ),
    ]
