"""``python -m benchmarks [names…] [--large]``: measure, print, and keep in build/bench.json."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from benchmarks.figures import HEADING, RESULTS, Figure, keep

MEASURES: Mapping[str, str] = {
    "start": "first paint, heavy modules before it",
    "ready": "the desk opens behind the window",
    "intake": "durable intake",
    "lists": "long lists",
    "search": "items found by a key press, typos forgiven",
    "encryption": "encryption of the store",
    "life": "states from events, the round of alarms",
    "rechecks": "stored cases checked again under their own versions",
    "imports": "a bureau's list read, checked, made into drafts",
    "province": "a province's items through the window",
    "rules": "which materials a case is asked for",
    "calls": "calls of a certificate library",
    "click": "from a click on a certificate to its picture",
    "still": "the window's standstill over a library that fails",
    "shapes": "calls of the libraries that speak otherwise",
    "letters": "commitment letters filled, as PDF, the first of the day",
    "papers": "notices beside typst, many in a row, how large they are",
    "pages": "from F9 to the first page on the screen",
    "memory": "memory after one intake",
    "tour": "standstill and machine time, from the last tour",
}
"""Module of this package by the name it is asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for, everything by default; 1 where a floor was not reached."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--large", action="store_true", help="a million cases, 100,000 items")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(MEASURES)
    if unknown:
        parser.error(f"no measure called {', '.join(sorted(unknown))}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # sizes, without a screen
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(HEADING, flush=True)
    found: list[Figure] = []
    for name in options.names or MEASURES:
        measure: Callable[[bool], Sequence[Figure]] = import_module(f"benchmarks.{name}").measure
        figures = measure(options.large)
        for figure in figures:
            print(figure.line(), flush=True)
        keep(figures)
        found += figures
    print(f"kept in {RESULTS}")
    return 0 if all(figure.reached for figure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
