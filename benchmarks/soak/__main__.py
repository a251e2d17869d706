"""``python -m benchmarks.soak [--rounds 500] [--seed N]``: kill, compare, count."""

import argparse
import random
import shutil
import sys
import time
from collections.abc import Iterable, Sequence

from benchmarks.counter import scratch
from benchmarks.soak.rounds import LEAST_ACKNOWLEDGED, PLANTED, Tally, caught, run

PLANTED_ROUNDS = 60
"""A planted bug shows in one round of two or three; that it never does means the soak is blind."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rounds, then the planted bugs; 1 where anything was lost, doubled or missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    folder = scratch("soak")
    print(f"seed {options.seed}, {options.rounds} rounds of kill -9", flush=True)
    try:
        tally = _counted(run(options.rounds, options.seed, folder / "run"), begun)
        seen = [
            (planted, caught(planted, PLANTED_ROUNDS, options.seed, folder / "planted"))
            for planted in PLANTED
        ]
    finally:
        shutil.rmtree(folder)
    for planted, showed in seen:
        where = f"caught in round {showed.rounds}" if showed else "NOT CAUGHT"
        said = f" (lost {showed.lost}, doubled {showed.doubled})" if showed else ""
        print(f"planted: {planted.value}: {where}{said}")
    print(
        f"rounds {tally.rounds}  acknowledged {tally.acknowledged} (at least"
        f" {LEAST_ACKNOWLEDGED} a round)  peers killed {tally.peers_killed}  rounds with a lying"
        f" wire {tally.lies}  lost {tally.lost}  doubled {tally.doubled}"
        f"  seed {options.seed}  seconds {time.monotonic() - begun:.0f}"
    )
    for trouble in tally.broken:
        print(f"broken: {trouble}")
    return 0 if tally.clean and all(showed for _, showed in seen) else 1


def _counted(tallies: Iterable[Tally], begun: float) -> Tally:
    tally = Tally()
    for tally in tallies:
        if tally.rounds % 20 == 0:
            seconds = time.monotonic() - begun
            print(
                f"  {tally.rounds} rounds, {tally.acknowledged} acknowledged, lost {tally.lost},"
                f" doubled {tally.doubled}, {seconds:.0f} s",
                flush=True,
            )
        if not tally.clean:
            break
    return tally


if __name__ == "__main__":
    sys.exit(main())
