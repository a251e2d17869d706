"""A process that says how long F9 takes to the first page: ``… pages_child HOW_MANY``.

It signs in at the practice counter, brings a complete case to 受理, presses F9, reads for two seconds
as a clerk does, presses F9 again so that it takes effect at once, and waits until 文书 has painted
the first page. Prints the milliseconds of each, the first one too.
"""

import os
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.memory_child import press, sign_in, turn_until

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

    from clerk.app.workstation import Workstation

READ_SECONDS = 2.0


def main() -> None:
    """Take case after case in."""
    station = sign_in()
    for _ in range(int(sys.argv[1])):
        print(f"{_first_page(station):.1f}", flush=True)
    station.end()
    os._exit(0)


def _first_page(station: "Workstation") -> float:
    from PyQt6.QtCore import Qt

    from benchmarks.counter import Counter
    from clerk.app.edges import uuid7

    floor = station.floor
    if floor is None:
        raise AssertionError("nobody is signed in")
    actions = floor.actions.intake
    saved = actions.save_draft(Counter().draft(uuid7(), actions.here.now()))
    floor.open_case(saved.case_id)
    turn_until(lambda: not any(station.jobs.pending().values()))
    press(_focused(), Qt.Key.Key_F9, "")
    turn_until(floor.shell.undo.isVisible)
    end = time.monotonic() + READ_SECONDS
    turn_until(lambda: time.monotonic() > end)
    canvas = floor.documents.view.canvas
    begun = time.perf_counter()
    press(_focused(), Qt.Key.Key_F9, "")
    turn_until(lambda: canvas.isVisible() and canvas.count() > 0)
    canvas.repaint()
    taken = (time.perf_counter() - begun) * 1e3
    turn_until(lambda: not any(station.jobs.pending().values()))
    floor.start_new()
    return taken


def _focused() -> "QWidget":
    from PyQt6.QtWidgets import QApplication

    widget = QApplication.focusWidget()
    if widget is None:
        raise AssertionError("nothing has the focus")
    return widget


if __name__ == "__main__":
    main()
