"""Breaks something in the middle of the tour, to show that the tour notices."""

import os
import signal

from clerk.tour.moves import Step, StepFailed
from clerk.tour.scene import Scene

_BEFORE = {"back_office": "accept", "certlib": "licence", "printer": "print"}
"""The step before which each thing goes down."""
SHOWS_AT = {"back_office": "delivery", "certlib": "licence", "printer": "print"}
"""The step that cannot hold then."""


class Breaker:
    """Ends a peer's process as a power cut would, or jams the printer, right before its step."""

    def __init__(self, scene: Scene, broken: str) -> None:
        self._scene, self._broken = scene, broken

    def before(self, step: Step) -> None:
        """Break what was asked for, if ``step`` is the one that needs it."""
        if not self._broken or step.name != _BEFORE[self._broken]:
            return
        door = self._scene.station.door
        if door is None or door.opened is None or door.opened.practice is None:
            raise StepFailed("练习环境没有打开")
        practice = door.opened.practice
        if self._broken == "printer":
            practice.printer.jam()
        else:
            os.kill(practice.province.pids[self._broken], signal.SIGKILL)
