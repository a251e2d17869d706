"""The tour: the real window, played by key presses through the whole main job.

``python -m clerk --tour`` plays it and leaves pictures, papers and ``tour.json`` in a folder; it
presses keys and calls no panel and no service. What each step leads to is read on the window and
from a second witness: the store through another connection, a peer's log, the text of a paper.
"""

import argparse
import os
import sys
from pathlib import Path

BREAKABLE = ("back_office", "certlib", "printer")


def main(arguments: list[str]) -> int:
    """Play the tour; 0 only if every step and every witness held."""
    parser = argparse.ArgumentParser(prog="clerk --tour", description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("build/tour"), help="folder to fill")
    parser.add_argument(
        "--break",
        dest="broken",
        choices=BREAKABLE,
        help="end this while the tour is played; the tour must then fail and name the step",
    )
    parser.add_argument(
        "--plant-block",
        action="store_true",
        help="hold the window up for 80 ms; it must show in the longest standstill",
    )
    given = parser.parse_args(arguments)
    from clerk.__main__ import has_display

    if not has_display(sys.platform, os.environ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from clerk.tour.performance import perform

    return perform(given.out, broken=given.broken or "", plant_block=given.plant_block)
