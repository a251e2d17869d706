"""Measures how long the window stood still."""

from collections.abc import Iterator
from contextlib import contextmanager

from PyQt6.QtCore import QElapsedTimer, QObject, Qt, QTimer

TICK_MS = 5


class StandstillMeter(QObject):
    """The longest gap between two turns of the event loop, in milliseconds.

    A precise timer of 5 ms is due on every turn, so a gap is at least those 5 ms; whatever keeps
    the loop busy longer shows in full.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = QElapsedTimer()
        self._longest_ns = self._left_out_ns = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_turn)

    def start(self) -> None:
        """Measure from now on, forgetting what was."""
        self._longest_ns = self._left_out_ns = 0
        self._clock.start()
        self._timer.start()

    def stop(self) -> float:
        """Measure no more and return the longest standstill, the one under way included."""
        if self._timer.isActive():
            self._on_turn()
        self._timer.stop()
        return self.longest_ms()

    def longest_ms(self) -> float:
        """The longest standstill since ``start``."""
        return self._longest_ns / 1e6

    @contextmanager
    def left_out(self) -> Iterator[None]:
        """Leave out what an onlooker does within; the window's own work around it is one gap."""
        watch = QElapsedTimer()
        watch.start()
        try:
            yield
        finally:
            self._left_out_ns += watch.nsecsElapsed()

    def _on_turn(self) -> None:
        self._longest_ns = max(self._longest_ns, self._clock.nsecsElapsed() - self._left_out_ns)
        self._left_out_ns = 0
        self._clock.start()
