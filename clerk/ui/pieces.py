"""Does what takes long in pieces, so that the window goes on answering meanwhile."""

from collections.abc import Iterator

from PyQt6.QtCore import QElapsedTimer, QObject, QTimer

AHEAD_MS = 8
"""The pause between pieces of what nobody waits for yet."""
_TURN_MS = 0
"""Served once in every turn: keys and paints come in between, each time."""
_BUSY_MS = 6
_MOST_WAITS = 20
"""For so many turns gives way what nobody waits for; what somebody waits for, for one."""


class Pieces(QObject):
    """Runs steps one at a turn of the event loop: everything up to each ``yield`` is a piece.

    Keys and paints come in between. Whoever needs the whole calls ``finish`` and gets what is
    left at once, so that nobody works on half of it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] | None = None
        self._stepping = False
        self._clock = QElapsedTimer()
        self._waited = 0
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._on_turn)

    def begin(
        self, steps: Iterator[None], *, first_now: bool = False, pause_ms: int = _TURN_MS
    ) -> None:
        """Go through ``steps`` from the next turn on; what was left of others is dropped.

        With a longer pause they keep out of the way of what goes on at the same time.
        """
        self._steps = steps
        self._clock.start()
        self._turn.start(pause_ms)
        if first_now:
            self._step()

    def finish(self) -> None:
        """Do what is left now; nothing where a piece itself asks for it."""
        while self._steps is not None and not self._stepping:
            self._step()

    def step(self) -> None:
        """Do one piece now."""
        self._step()

    def drop(self) -> None:
        """Do nothing more."""
        self._steps = None
        self._turn.stop()

    def busy(self) -> bool:
        """Whether something is left."""
        return self._steps is not None

    def _on_turn(self) -> None:
        """Do a piece; after a long turn, of a paint for example, whatever else is due comes first."""
        pause, passed = self._turn.interval(), self._clock.restart()
        most = _MOST_WAITS if pause > _TURN_MS else 1
        if passed > pause + _BUSY_MS and self._waited < most:
            self._waited += 1
            return
        self._waited = 0
        self._step()

    def _step(self) -> None:
        steps = self._steps
        if steps is None or self._stepping:
            return
        self._stepping = True
        try:
            next(steps)
        except StopIteration:
            if self._steps is steps:
                self.drop()
        finally:
            self._stepping = False
