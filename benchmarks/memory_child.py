"""A process that says what it keeps in memory: ``python -m benchmarks.memory_child WHICH``.

``ours`` signs in at the practice counter by keys and takes one case in, without a PDF; ``bare``
shows a plain window with one Chinese label. Prints the resident set in MiB, then how much memory
this process and its children hold together, without the files they share with everybody; the
practice peers, which play other people's systems, are left out.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PyQt6.QtCore import Qt
    from PyQt6.QtWidgets import QWidget

    from clerk.app.workstation import Workstation

WIDTH, HEIGHT = 1440, 900
PATIENCE_SECONDS = 60.0
REST_SECONDS = 6.0
"""By then a child that nothing is asked of has given its memory back."""


def resident_mib(what: str = "Rss", process: str = "self") -> float:
    """Return the resident set of a process, as the kernel sums it up; ``Anonymous`` is its own."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(f"no {what} in smaps_rollup")


def together_mib() -> float:
    """Return what this process and its children hold of their own, without the practice peers."""
    begun_here = (task.read_text("ascii") for task in Path("/proc/self/task").glob("*/children"))
    children = [
        process
        for process in " ".join(begun_here).split()
        if b"integrations.practice" not in Path(f"/proc/{process}/cmdline").read_bytes()
    ]
    return sum(resident_mib("Anonymous", process) for process in ("self", *children))


def bare() -> None:
    """Show a window with one label."""
    from PyQt6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([sys.argv[0]])
    window = QMainWindow()
    window.setCentralWidget(QLabel("政务服务"))
    window.resize(WIDTH, HEIGHT)
    window.show()
    turn_until(lambda: window.isVisible() and app.topLevelWindows() != [])
    print(resident_mib(), together_mib(), flush=True)
    os._exit(0)


def ours() -> None:
    """Sign in, take one case in, let the window and its children rest."""
    station = sign_in()
    _take_one_in(station)
    end = time.monotonic() + REST_SECONDS
    turn_until(lambda: time.monotonic() > end)
    print(resident_mib(), together_mib(), flush=True)
    station.end()
    os._exit(0)


def sign_in() -> "Workstation":
    """Open the practice counter and sign in by keys."""
    from clerk import app as program

    station = program.workstation()
    station.show()
    from PyQt6.QtCore import Qt

    turn_until(lambda: station.door is not None)
    line = station.sign_in.password
    line.setFocus()
    for letter in program.PRACTICE_WORD:
        press(line, Qt.Key[f"Key_{letter.upper()}"], letter)
    press(line, Qt.Key.Key_Return, "")
    turn_until(lambda: station.floor is not None)
    return station


def press(widget: "QWidget", key: "Qt.Key", text: str) -> None:
    """Press and release a key over ``widget``."""
    from PyQt6.QtCore import QEvent, Qt
    from PyQt6.QtGui import QKeyEvent
    from PyQt6.QtWidgets import QApplication

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(widget, event)


def _take_one_in(station: "Workstation") -> None:
    """Take one complete case in through the window's own actions, and let it be handed off."""
    from benchmarks.counter import ITEM, Counter
    from clerk.app.edges import uuid7
    from clerk.domain.findings import NextAct
    from clerk.jobs import Lane

    if station.floor is None or station.door is None or station.door.opened is None:
        raise AssertionError("nobody is signed in")
    opened, actions = station.door.opened, station.floor.actions.intake
    now = actions.here.now()
    # the window's own standard: to read the whole catalogue again is no part of an intake
    item = opened.desk.standard(ITEM, opened.items.current(ITEM, now.date()))
    draft = Counter([item]).draft(uuid7(), now)
    taken: list[object] = []

    def work() -> object:
        actions.check(draft)
        return actions.take_in(actions.save_draft(draft), NextAct.ACCEPT_AND_PASS_ON, None)

    def failed(trouble: Exception) -> None:
        raise trouble

    station.jobs.run(Lane.STORE, work, owner=station, then=taken.append, failed=failed)
    turn_until(lambda: bool(taken) and not any(station.jobs.pending().values()))


def turn_until(done: Callable[[], bool]) -> None:
    """Let the window work until something is so; raises ``TimeoutError`` where it never is."""
    from PyQt6.QtWidgets import QApplication

    end = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("the window did not get there")
        QApplication.processEvents()
        time.sleep(0.002)
    for _ in range(9):
        QApplication.processEvents()


if __name__ == "__main__":
    {"ours": ours, "bare": bare}[sys.argv[1]]()
