"""Breaks something in the middle of the tour, to show that the tour notices."""

import os
import signal
from contextlib import suppress
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer

from clerk.tour.moves import Step, StepFailed
from clerk.tour.scene import Scene

_BEFORE = {"back_office": "accept", "certlib": "licence", "printer": "accept"}
"""The step before which each thing goes down."""
_PRESS = b"clerk.documents.press_child"
_AGAIN_MS = 20


class Breaker(QObject):
    """Ends a process as a power cut would, right before the step that needs it.

    ``printer`` is the press that makes every paper. It comes back by itself, so it is ended again
    and again.
    """

    def __init__(self, scene: Scene, broken: str) -> None:
        super().__init__()
        self._scene, self._broken = scene, broken
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(_kill_press)

    def before(self, step: Step) -> None:
        """Break what was asked for, if ``step`` is the one that needs it."""
        if not self._broken or step.name != _BEFORE[self._broken]:
            return
        if self._broken == "printer":
            self._again.start()
            return
        door = self._scene.station.door
        if door is None or door.opened is None or door.opened.practice is None:
            raise StepFailed("练习环境没有打开")
        os.kill(door.opened.practice.province.pids[self._broken], signal.SIGKILL)

    def stop(self) -> None:
        """Break nothing any more."""
        self._again.stop()


def _kill_press() -> None:
    """End our own child that is the press, as far as there is one now."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with suppress(OSError):  # it ended while it was looked at
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid() and _PRESS in (folder / "cmdline").read_bytes():
                os.kill(int(folder.name), signal.SIGKILL)
