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


_LOOK_AGAIN_MS: Final = 1000


class IdleLock(QObject):
    """Emits ``idle`` once nobody has pressed, moved or typed for some minutes (5 to 15).

    A look at every event of the program costs more than most events do. So it looks until
    somebody does something, and then not for a second: the lock may come that much early.
    """

    idle = pyqtSignal()

    def __init__(self, app: QApplication, *, minutes: int = DEFAULT_MINUTES) -> None:
        super().__init__(app)
        self._app = app
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.setInterval(_LOOK_AGAIN_MS)
        self._look_again.timeout.connect(self._look)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)

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
        self._look()

    def stop(self) -> None:
        """Count no more: nobody is signed in, or the screen is locked already."""
        self._timer.stop()
        self._look_again.stop()
        self._app.removeEventFilter(self)

    def is_counting(self) -> bool:
        """Whether the countdown runs."""
        return self._timer.isActive()

    def _look(self) -> None:
        self._app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        # every event of the program comes by here: its class is cheap to look at, its type is not
        if isinstance(event, _INPUT) and event.type() in _USE:
            self._timer.start()
            self._app.removeEventFilter(self)
            self._look_again.start()
        return False
