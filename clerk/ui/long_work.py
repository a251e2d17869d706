"""Long work with its progress, the time it has taken, and a way to stop it."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PyQt6.QtCore import QElapsedTimer, QTimer, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.widgets import Dialog, Label, Progress

T = TypeVar("T")
GoOn = Callable[[int, int], bool]
LOOK_MS = 200
SAY_AFTER_SECONDS = 3


class LongWork(QWidget):
    """A bar and a line of words while something runs in a lane; it keeps its room while idle.

    ``changed`` tells that it began or ended. Work is handed a function that it tells how far it is
    and that answers whether to go on. The dialog it stands in goes only when the work has answered:
    what was asked to stop too late is done, and somebody has to be told. Then no next step begins.
    """

    changed = pyqtSignal()

    def __init__(self, jobs: Jobs, unit: str) -> None:
        super().__init__()
        self._jobs, self._unit = jobs, unit
        self._stop = threading.Event()
        self._far = (0, 0)
        self._what = ""
        self._running, self._ending = False, False
        self._since = QElapsedTimer()
        self.words = Label("", size=13, tone="t2", elide=True)
        self.bar = Progress()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.words)
        column.addWidget(self.bar)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.hide()
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._show_how_far)

    @property
    def running(self) -> bool:
        """Whether something runs now."""
        return self._running

    def begin(
        self,
        what: str,
        work: Callable[[GoOn], T],
        then: Callable[[T], None],
        failed: Callable[[ClerkError], None],
    ) -> None:
        """Run ``work``; its answer comes on the UI thread."""
        if self._ending:
            self.say("已停下")
            return
        stop = threading.Event()
        self._stop, self._far, self._what, self._running = stop, (0, 0), what, True
        self._since.start()
        self.words.setText(what)
        self.bar.set_fraction(0.0)
        self.bar.show()
        self._look.start()
        self._keep_open(self.stop)
        self.changed.emit()

        def ended(answer: T) -> None:
            self._rest()
            self._ending = stop.is_set()
            try:
                then(answer)
            finally:
                self._ending = False

        def troubled(error: ClerkError) -> None:
            self._rest()
            failed(error)

        self._jobs.run(
            Lane.AHEAD,
            partial(work, partial(self._told, stop)),
            owner=self,
            then=ended,
            failed=troubled,
        )

    def stop(self) -> None:
        """Ask it to stop; it answers when it has."""
        self._stop.set()
        if self._running:
            self.words.setText("正在停下")

    def drop(self, close: Callable[[], None]) -> None:
        """Drop behind the window what was made and is not kept: a large file takes its time."""
        self._jobs.run(Lane.AHEAD, close, owner=self, then=_nothing, failed=_no_matter)

    def say(self, words: str) -> None:
        """Show words while nothing runs."""
        self.words.setText(words)

    def _keep_open(self, stop: Callable[[], None] | None) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, Dialog):
            above = above.parentWidget()
        if above is not None:
            above.keep_open(stop)

    def _told(self, stop: threading.Event, done: int, total: int) -> bool:
        """Runs in the lane: note how far it is, and say whether it is still wanted."""
        self._far = (done, total)
        return not stop.is_set()

    def _show_how_far(self) -> None:
        if self._stop.is_set():
            return
        done, total = self._far
        self.bar.set_fraction(done / total if total else 0.0)
        seconds = self._since.elapsed() // 1000
        taken = f"，已用 {seconds} 秒" if seconds >= SAY_AFTER_SECONDS else ""
        far = f"，{done:,} / {total:,} {self._unit}" if total else ""
        self.words.setText(f"{self._what}{far}{taken}")

    def _rest(self) -> None:
        self._running = False
        self._keep_open(None)
        self._look.stop()
        self.bar.hide()
        self.words.setText("")
        self.changed.emit()


def _nothing(_: None) -> None:
    """It is gone."""


def _no_matter(_: ClerkError) -> None:
    """Nobody wanted it any more."""
