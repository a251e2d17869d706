"""Goals 1 and 2: the first paint of the sign-in page, and what was loaded by then."""

from collections.abc import Sequence

from benchmarks.children import children
from benchmarks.figures import Figure, Goal, in_turn
from benchmarks.first_paint import HEAVY

ROUNDS = 21
FIRST_PAINT = Goal(number=1, floor=1.3, reach=1.15)
NOTHING_HEAVY = Goal(number=2, floor=0, reach=0)


def measure(_large: bool) -> Sequence[Figure]:
    """Start both programs in turn; the parent's stamp is taken just before each is started."""
    heavy: set[str] = set()
    with children() as processes:

        def started(which: str) -> float:
            at, said = processes.said("first_paint", which)
            if which == "ours":
                heavy.update(said[1:])
            return (float(said[0]) - at) * 1e3

        ours, bare = in_turn(ROUNDS, lambda: started("ours"), lambda: started("bare"))
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
