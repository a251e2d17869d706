"""Locks a window that nobody uses."""

from typing import Final

from PyQt6.QtCore import QEvent, QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QInputEvent, QInputMethodEvent
from PyQt6.QtWidgets import QApplication

from clerk.ui.overriding import override

DEFAULT_MINUTES: Final = 10
_LEAST, _MOST = 5, 15
_INPUT: Final = (QInputEvent, QInputMethodEvent)
_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleLock(QObject):
    """Emits ``idle`` once nobody has pressed, moved or typed for some minutes (5 to 15)."""

    idle = pyqtSignal()

    def __init__(self, app: QApplication, *, minutes: int = DEFAULT_MINUTES) -> None:
        super().__init__(app)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)
        app.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Wait for another number of minutes; what lies outside 5 to 15 is taken to the border."""
        self.set_wait_ms(min(_MOST, max(_LEAST, minutes)) * 60_000)

    def set_wait_ms(self, wait_ms: int) -> None:
        """Wait ``wait_ms`` from now on."""
        self._timer.setInterval(wait_ms)

    def minutes(self) -> int:
        """How long it waits."""
        return self._timer.interval() // 60_000

    def start(self) -> None:
        """Begin to count; called after sign-in and unlock."""
        self._timer.start()

    def stop(self) -> None:
        """Count no more: nobody is signed in, or the screen is locked already."""
        self._timer.stop()

    def is_counting(self) -> bool:
        """Whether the countdown runs."""
        return self._timer.isActive()

    @override
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        # every event of the program comes by here: its class is cheap to look at, its type is not
        if isinstance(event, _INPUT) and self._timer.isActive() and event.type() in _USE:
            self._timer.start()
        return False
