"""The parent's side of a child that opens foreign documents: asked, killed when late, replaced."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, TypeVar, cast

from clerk import assets
from clerk.child.frames import FrameBroken

T = TypeVar("T")
Exchange = Callable[[BinaryIO, BinaryIO], T]
"""Writes a request into the first pipe and reads its answer from the second.

Raises ``FrameBroken`` or ``OSError`` where the child died over it.
"""

_PASSED_ON: Final = ("SYSTEMROOT",)
_ROOT: Final = Path(__file__).parents[2]
_DIED: Final = (FrameBroken, OSError)
_PIPE_BYTES: Final = 1 << 20
"""A piece of a file passes at once; by the system's own 64 KiB the two wake each other 22 times."""

_log = logging.getLogger(__name__)


class ChildTooSlow(Exception):
    """A request took too long; the child was killed."""


class ChildDied(Exception):
    """The child died over a request, and so did the one after it."""


class ChildClosed(Exception):
    """The program is ending; nothing is asked any more."""


class ChildProcess:
    """One child, one request at a time; any thread may call and waits its turn.

    ``seconds`` bounds one request, including the start of a child where one is needed. A child
    that is slower is killed; one that dies by itself is replaced and asked again, once.
    """

    def __init__(self, module: str, *, seconds: float, command: Sequence[str] = ()) -> None:
        self._name = module.rpartition(".")[2]
        self._command = tuple(command) or (sys.executable, "-E", "-s", "-m", module)
        self._seconds = seconds
        self._turn = threading.Lock()
        self._child: _Running | None = None
        self._watch = _Watch()
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's number with the system; None where none is running."""
        child = self._child
        return child.pid if child is not None else None

    def start(self) -> None:
        """Start the child; it loads its libraries while nobody waits for them."""
        with self._turn:
            if self._child is None and not self._closed:
                self._child = _Running(self._command)

    def ask(self, exchange: Exchange[T]) -> T:
        """Return what ``exchange`` got from the child.

        Raises:
            ChildTooSlow: it did not answer in time.
            ChildDied: it died, twice.
            ChildClosed: ``close`` was called.
        """
        with self._turn:
            if self._closed:
                raise ChildClosed
            try:
                return self._try(exchange)
            except _DIED:
                _log.warning("%s died and was started again", self._name)
            try:
                return self._try(exchange)
            except _DIED as error:
                raise ChildDied from error

    def close(self) -> None:
        """End the child and refuse new requests; one under way is finished first."""
        with self._turn:
            self._closed = True
            self._watch.close()
            self._drop()

    def _try(self, exchange: Exchange[T]) -> T:
        if self._child is None:
            self._child = _Running(self._command)
        child = self._child
        self._watch.begin(child, self._seconds)
        try:
            return exchange(child.requests, child.answers)
        except _DIED as error:
            self._drop()
            if child.late:
                raise ChildTooSlow from error
            raise
        finally:
            self._watch.end()

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Watch:
    """Kills a child whose request takes too long.

    An alarm for each request would cost a small one a tenth of its time: it is a thread. So one
    is set by the first, and looks again when it rings as long as requests come.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._alarm: threading.Timer | None = None
        self._child: _Running | None = None
        self._due = 0.0

    def begin(self, child: "_Running", seconds: float) -> None:
        with self._lock:
            self._child, self._due = child, time.monotonic() + seconds
            if self._alarm is None:
                self._set(seconds)

    def end(self) -> None:
        with self._lock:
            self._child = None

    def close(self) -> None:
        with self._lock:
            if self._alarm is not None:
                self._alarm.cancel()

    def _set(self, seconds: float) -> None:
        self._alarm = threading.Timer(seconds, self._ring)
        self._alarm.daemon = True
        self._alarm.start()

    def _ring(self) -> None:
        with self._lock:
            self._alarm = None
            if self._child is None:
                return
            left = self._due - time.monotonic()
            if left > 0:
                self._set(left)
            else:
                self._child.kill_as_late()
                self._child = None


class _Running:
    """The process and its two pipes."""

    def __init__(self, command: Sequence[str]) -> None:
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what it would complain about has people in it
            cwd=_ROOT,
            env=passed_on | assets.environment(),
            start_new_session=True,
            pipesize=_PIPE_BYTES,
        )
        self.requests = cast("BinaryIO", self._process.stdin)
        self.answers = cast("BinaryIO", self._process.stdout)
        self.late = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill_as_late(self) -> None:
        """End a request that took too long; the reader then sees the pipe closed."""
        self.late = True
        self._process.kill()

    def end(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        with suppress(BrokenPipeError):  # a request it never read
            self.requests.close()
        self.answers.close()
