"""A process that opens the practice counter: ``python -m benchmarks.opening_child WHICH``.

``ours`` opens it behind the painted window, as the program does; ``eager`` before the window is
painted; ``frozen`` imports the same modules in the UI thread after the paint. Prints the instant
at which everything was there and the longest gap between two turns of the event loop till then.
"""

import os
import sys
import time

GAP_MS = 1


def monotonic() -> float:
    """Return the machine's monotonic clock, which the parent reads too."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)


def main(which: str) -> None:
    """Open the counter, measure, report, end."""
    from clerk import app as program
    from clerk import input_method
    from clerk.app.edges import running_clock, uuid7

    input_method.prepare(os.environ)
    from PyQt6.QtCore import Qt, QTimer
    from PyQt6.QtWidgets import QApplication

    from clerk.app.workstation import Workstation
    from clerk.jobs import Jobs
    from clerk.ui import theme
    from clerk.ui.main_window import MainWindow
    from clerk.ui.sign_in import SignInPage

    app = QApplication([sys.argv[0]])
    gaps: list[float] = []
    last = ready = 0.0

    def turn() -> None:
        nonlocal last, ready
        now = monotonic()
        gaps.append(now - last)
        last = now
        if station is not None and station.door is not None:
            ready = now
        if ready:
            app.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(turn)

    def painted() -> None:
        nonlocal last
        last = monotonic()
        timer.start(GAP_MS)

    station: Workstation | None = None
    door = None
    if which == "ours":
        from clerk import settings

        station = Workstation(
            app,
            hall=program.PRACTICE_HALL,
            practice_word=program.PRACTICE_WORD,
            settings=settings.practice,
            now=running_clock(),
            new_id=uuid7,
        )
        station.window.painted.connect(painted)
        station.show()
    else:
        if which == "eager":
            door = _opened()
        theme.apply(app, theme.Scheme.LIGHT, theme.Scale.STANDARD)
        page = SignInPage(Jobs(), hall=program.PRACTICE_HALL, practice_word=program.PRACTICE_WORD)
        window = MainWindow(page)
        window.painted.connect(painted)

        def rest() -> None:
            nonlocal ready
            if which == "frozen":
                _import_everything()
            ready = monotonic()

        window.painted.connect(lambda: QTimer.singleShot(5, rest))
        window.resize(1440, 900)
        window.show()
    app.exec()
    print(ready, max(gaps) * 1e3, flush=True)
    if station is not None:
        station.end()
    if door is not None:
        door()
    os._exit(0)


def _import_everything() -> None:
    from clerk.app import (
        door,  # noqa: F401
        floor,  # noqa: F401
    )


def _opened():  # type: ignore[no-untyped-def]  # nothing of it is loaded before it runs
    """Open the practice counter here and now; return what closes it."""
    _import_everything()
    from clerk import settings
    from clerk.app.door import open_door
    from clerk.app.edges import running_clock, uuid7

    opened = open_door(settings.practice(), now=running_clock(), new_id=uuid7, fixed=False).opened
    return opened.close if opened else None


if __name__ == "__main__":
    main(sys.argv[1])
