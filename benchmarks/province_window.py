"""A window that is driven and watched: how long it stood still, how much memory it took, step by step.

A standstill is a gap between two turns of the event loop, less the time in which the window's
thread had something to do and others had the processor: those share the machine with it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PyQt6.QtCore import QElapsedTimer, QEventLoop, QObject, Qt, QTimer

from benchmarks.memory_child import press
from clerk import app as program
from clerk import settings
from clerk.storage import keyfile
from clerk.storage.engine import file_engine
from clerk.tour.eyes import Eyes
from clerk.tour.hands import Hands
from clerk.ui.acts import DECISION_GAP_MS, DECISION_KEYS

if TYPE_CHECKING:
    from clerk.app.floor import Floor

LOOK_MS, TICK_MS = 3, 1
PATIENCE_SECONDS: Final = 3600.0
TOUCHED_SECONDS: Final = 60.0
"""So often somebody touches the keyboard: a window that nobody uses is locked."""
FIRST_SECONDS: Final = 180.0


class Watch(QObject):
    """The longest standstill since ``start``, in milliseconds; ``raw`` with what others took."""

    def __init__(self) -> None:
        super().__init__()
        self._clock = QElapsedTimer()
        self._waited = Path("/proc/self/schedstat").open("rb", buffering=0)  # noqa: SIM115
        self._before = 0
        self.longest = self.raw = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_turn)

    def start(self) -> None:
        """Measure from now on."""
        self.longest = self.raw = 0.0
        self._before = self._others()
        self._clock.start()
        self._timer.start()

    def _others(self) -> int:
        """For how long this thread was ready and did not run, in nanoseconds."""
        self._waited.seek(0)
        return int(self._waited.read().split()[1])

    def _on_turn(self) -> None:
        gap, others = self._clock.nsecsElapsed(), self._others()
        self.longest = max(self.longest, (gap - (others - self._before)) / 1e6)
        self.raw = max(self.raw, gap / 1e6)
        self._before = others
        self._clock.start()


def memory_mib(what: str) -> float:
    """Return ``VmRSS``, or ``VmHWM`` for its peak since the last ``forget_peak``."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(what)


def forget_peak() -> None:
    """Let the peak of the resident set be what it is now."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


class Window:
    """The practice hall's window, one person after the other at its keyboard."""

    def __init__(self) -> None:
        self.station = program.workstation()
        self.eyes, self._hands = Eyes(self.station.window), Hands()
        self.watch = Watch()
        self._decided = self._touched = 0.0
        self.told: list[tuple[str, float, float, float, float]] = []
        where = settings.practice()
        self._store, self._key_file = where.store, where.key_file

    @property
    def floor(self) -> "Floor":
        """What the signed-in person has."""
        if self.station.floor is None:
            raise AssertionError("nobody is signed in")
        return self.station.floor

    def enter(self, account_id: str) -> None:
        """Sign in as somebody, by keys."""
        before, page = self.station.floor, self.station.sign_in
        if before is not None:
            before.left.emit()
        else:
            self.station.show()
        self.until(lambda: self.station.door is not None, FIRST_SECONDS)
        page.accounts.setFocus()
        for _ in range(20):
            self.press("Up")
        while (who := page.accounts.current()) is not None and who.account_id != account_id:
            self.press("Down")
        self.press("Return")
        self.write(program.PRACTICE_WORD)
        self.press("Return")
        self.until(lambda: self.station.floor not in {None, before}, FIRST_SECONDS)
        self.until(lambda: self.floor.shell.page() is not None)

    def press(self, *keys: str) -> None:
        """Press keys; a decision key no sooner than the program takes it for a new one."""
        for key in keys:
            if key in DECISION_KEYS:
                gone = time.monotonic() - self._decided
                self.wait(DECISION_GAP_MS / 1e3 + 0.05 - gone)
                self._decided = time.monotonic()
            self._hands.press(key)

    def write(self, text: str) -> None:
        """Type it."""
        self._hands.say(text)

    def wait(self, seconds: float) -> None:
        """Let the window work for a while."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end)

    def until(self, done: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
        """Let the window work until it is so.

        Raises:
            TimeoutError: it never is; what the window shows is the message.
        """
        end = time.monotonic() + seconds
        loop = QEventLoop()
        look = QTimer()
        look.setInterval(LOOK_MS)

        def look_now() -> None:
            if time.monotonic() - self._touched > TOUCHED_SECONDS:
                self._touched = time.monotonic()
                press(self.station.window, Qt.Key.Key_Shift, "")
            if done() or time.monotonic() > end:
                loop.quit()

        look.timeout.connect(look_now)
        look.start()
        loop.exec()
        look.stop()
        if not done() and time.monotonic() > end:
            raise TimeoutError(f"the window did not get there:\n{self.eyes.text()}")

    def dialog(self, kind: type[Any]) -> Any:
        """Return the dialog of a kind that is shown, as soon as it is."""

        def shown() -> list[Any]:
            return [one for one in self.station.window.findChildren(kind) if one.isVisible()]

        self.until(shown, FIRST_SECONDS)
        return shown()[-1]

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done within: seconds, standstill, the peak of memory."""
        forget_peak()
        self.watch.start()
        begun = time.monotonic()
        yield
        seconds = time.monotonic() - begun
        line = (name, seconds, self.watch.longest, self.watch.raw, memory_mib("VmHWM"))
        self.told.append(line)
        print(*line, flush=True)

    def count(self, table: str, where: str = "1=1") -> int:
        """Count rows of the store, by a connection of its own."""
        key = keyfile.unlock(self._key_file, "practice", keyfile.PRACTICE_PASSPHRASE)
        engine = file_engine(self._store, key, read_only=True, pooled=False)
        with engine.begin() as tx:
            said = tx.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE {where}")  # noqa: S608
            found: int = said.scalar_one()
        engine.dispose()
        return found
