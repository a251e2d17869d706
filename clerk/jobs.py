"""Blocking work off the UI thread, in lanes.

A lane is a small pool of its own, so a slow certificate library cannot hold up a hand-off. Only
frozen values cross: what ``work`` needs from widgets is read before it is handed over.
"""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PyQt6 import sip
from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

from clerk.domain.errors import ClerkError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
Failed = Callable[[ClerkError], None]


class Lane(Enum):
    """What a piece of work waits for; the value is the name its threads carry."""

    STORE = "store"
    CERTIFICATES = "certificates"
    BACK_OFFICE = "back_office"
    DEVICE = "device"
    PAPER = "paper"
    PAGES = "pages"
    """Pages for the screen; what was drawn already is shown while another paper is drawn."""
    AHEAD = "ahead"
    """Papers that nobody waits for yet; they never stand before one that somebody waits for."""
    COUNT = "count"
    """Only reads of the store that may take a while; no save waits behind them."""


_WORKERS = {Lane.CERTIFICATES: 4}
_TURN_SECONDS = 0.0001
"""How long a worker may keep the interpreter while the window wants it; Python's own 5 ms, spent
once for each widget that paints itself, would be seen."""


class Jobs(QObject):
    """Runs work in lanes and brings every answer back to the thread this object lives in.

    Answers that arrive together are given one at a turn of the event loop, so that keys and paints
    come in between. ``changed`` is emitted on that thread whenever ``pending`` would answer differently.
    """

    changed = pyqtSignal()
    _arrived = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, ThreadPoolExecutor] = {}
        self._closed = False
        self._open: dict[Future[Any], Lane] = {}
        self._answers: deque[Callable[[], None]] = deque()
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._on_turn)

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        *,
        owner: QObject,
        then: Callable[[T], None],
        failed: Callable[[ClerkError], None],
    ) -> None:
        """Run ``work`` in ``lane``; answer on the UI thread unless ``owner`` is gone by then.

        A ``ClerkError`` goes to ``failed``. Any other exception is a bug and leaves through
        ``sys.excepthook`` on the UI thread. After ``close`` it is dropped like all that has not
        started: a page that is still being shown asks for more until its window has gone.
        """
        if self._closed:
            return
        future = self._pool(lane).submit(work)
        self._open[future] = lane
        self.changed.emit()
        future.add_done_callback(
            lambda done: self._announce(partial(self._settle, done, owner, then, failed))
        )

    def pending(self) -> Mapping[Lane, int]:
        """How much work each lane has not answered yet, waiting and running together."""
        return Counter(self._open.values())

    def close(self, seconds: float = 5.0) -> bool:
        """Drop what has not started, wait for what runs, at most ``seconds``.

        Answers that are still under way are not delivered. Returns whether everything ended;
        work that did not is bounded by the deadlines of its own calls.
        """
        from concurrent.futures import wait

        self._closed = True
        for pool in self._lanes.values():
            pool.shutdown(wait=False, cancel_futures=True)
        running = [future for future in self._open if not future.cancelled()]
        left = wait(running, timeout=seconds).not_done  # a dropped one would never count as done
        self._open.clear()
        self.changed.emit()
        return not left

    def _pool(self, lane: Lane) -> ThreadPoolExecutor:
        """The workers of ``lane``, made for its first work: the start must not wait for them."""
        from concurrent.futures import ThreadPoolExecutor

        if not self._lanes:
            sys.setswitchinterval(_TURN_SECONDS)
            # PyQt6's stub forgets the parameter. Queued, so that no answer arrives inside run().
            self._arrived.connect(  # type: ignore[call-arg]
                self._on_arrived, type=Qt.ConnectionType.QueuedConnection
            )
        if lane not in self._lanes:
            workers = _WORKERS.get(lane, 1)
            self._lanes[lane] = ThreadPoolExecutor(workers, thread_name_prefix=lane.value)
        return self._lanes[lane]

    def _announce(self, settle: Callable[[], None]) -> None:
        """Called on a lane's thread; the signal carries ``settle`` to the UI thread."""
        if not sip.isdeleted(self):
            self._arrived.emit(settle)

    def _on_arrived(self, settle: Callable[[], None]) -> None:
        self._answers.append(settle)
        self._turn.start(0)

    def _on_turn(self) -> None:
        settle = self._answers.popleft()
        if not self._answers:
            self._turn.stop()
        settle()

    def _settle(
        self, done: Future[T], owner: QObject, then: Callable[[T], None], failed: Failed
    ) -> None:
        if self._open.pop(done, None) is None:
            return  # closed meanwhile
        self.changed.emit()
        if done.cancelled() or sip.isdeleted(owner):
            return
        try:
            result = done.result()
        except ClerkError as error:
            failed(error)
        else:
            then(result)
