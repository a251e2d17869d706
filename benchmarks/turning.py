"""The event loop turned until something has happened, and what was painted meanwhile."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QEventLoop, QObject
from PyQt6.QtWidgets import QApplication, QWidget


class Painted(QObject):
    """Counts the paints of one widget."""

    def __init__(self, watched: QWidget) -> None:
        """Begin to count."""
        super().__init__(watched)
        self.times = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Let everything pass."""
        self.times += event is not None and event.type() == QEvent.Type.Paint
        return False


def turn_until(done: Callable[[], bool]) -> None:
    """Turn the event loop as the program does: asleep until something happens."""
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
