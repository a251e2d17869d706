"""Timers that live and end with what they work for."""

from collections.abc import Callable

from PyQt6.QtCore import QObject, QTimer


def timer(
    owner: QObject, milliseconds: int, work: Callable[[], None], *, once: bool = False
) -> QTimer:
    """Return a timer, not started yet, that does ``work`` every so often or ``once``.

    Once after 0 ms is after the next paint: for what would take the window's time from it.
    """
    made = QTimer(owner)
    made.setInterval(milliseconds)
    made.setSingleShot(once)
    made.timeout.connect(work)
    return made
