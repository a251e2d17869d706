"""A process that opens the practice counter: ``python -m benchmarks.opening_child WHICH``.

``ours`` opens it behind the painted window, as the program does; ``eager`` before the window is
painted; ``frozen`` imports the same modules in the UI thread after the paint. Prints the instant
at which everything was there and the longest gap between two turns of the event loop till then.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PyQt6.QtWidgets import QApplication

GAP_MS = 1
WIDTH, HEIGHT = 1440, 900


def monotonic() -> float:
    """Return the machine's monotonic clock, which the parent reads too."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


class Watch:
    """Turns with the event loop from the first paint on, until everything is there."""

    def __init__(self, app: QApplication, there: Callable[[], bool]) -> None:
        """``there`` says whether everything is."""
        from PyQt6.QtCore import Qt, QTimer

        self._app, self._there = app, there
        self._last = 0.0
        self.ready_at = 0.0
        self.longest_gap = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)

    def start(self) -> None:
        """Watch from now on."""
        self._last = monotonic()
        self._timer.start(GAP_MS)

    def _turn(self) -> None:
        now = monotonic()
        self.longest_gap = max(self.longest_gap, now - self._last)
        self._last = now
        if self._there():
            self.ready_at = now
            self._app.quit()


def main(which: str) -> None:
    """Open the counter, measure, report, end."""
    watch, close = _behind() if which == "ours" else _at_once(which)
    print(watch.ready_at, watch.longest_gap * 1e3, flush=True)
    close()
    os._exit(0)


def _behind() -> tuple[Watch, Callable[[], None]]:
    """Let the program open its counter as it does."""
    from clerk import app as program

    station = program.workstation()
    watch = Watch(station.app, lambda: station.door is not None)
    station.window.painted.connect(watch.start)
    station.show()
    station.app.exec()
    return watch, station.end


def _at_once(which: str) -> tuple[Watch, Callable[[], None]]:
    """Open the counter before the window, or import its modules in the UI thread behind it."""
    from clerk import input_method

    input_method.prepare(os.environ)
    from PyQt6.QtCore import QTimer

    from clerk import app as program
    from clerk.jobs import Jobs
    from clerk.ui import theme
    from clerk.ui.main_window import MainWindow
    from clerk.ui.sign_in import SignInPage

    app = theme.program(sys.argv[0])
    close = _opened() if which == "eager" else _nothing
    theme.apply(app, theme.Scheme.LIGHT, theme.Scale.STANDARD)
    page = SignInPage(Jobs(), hall=program.PRACTICE_HALL, practice_word=program.PRACTICE_WORD)
    window = MainWindow(page)
    done = []

    def rest() -> None:
        if which == "frozen":
            _import_everything()
        done.append(True)

    watch = Watch(app, lambda: bool(done))
    window.painted.connect(watch.start)
    window.painted.connect(lambda: QTimer.singleShot(5, rest))
    window.resize(WIDTH, HEIGHT)
    window.show()
    app.exec()
    return watch, close


def _nothing() -> None:
    """There is nothing to close."""


def _import_everything() -> None:
    from clerk.app import (
        door,  # noqa: F401
        floor,  # noqa: F401
    )


def _opened() -> Callable[[], None]:
    """Open the practice counter here and now; return what closes it."""
    _import_everything()
    from clerk import settings
    from clerk.app.door import open_door
    from clerk.app.edges import running_clock, uuid7

    opened = open_door(settings.practice(), now=running_clock(), new_id=uuid7, fixed=False).opened
    return opened.close if opened else _nothing


if __name__ == "__main__":
    main(sys.argv[1])
