"""What the press drew lately, by the digest of what it was asked.

The same paper drawn twice is the same bytes, so what was drawn ahead is there when somebody asks
for it, and nothing of another content ever is. Kept in memory only; see ``forget``.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final

from clerk.child.frames import Head

Drawn = tuple[Head, bytes]

MOST_BYTES: Final = 24 << 20
"""Some forty papers with the pictures of their pages."""


class Memory:
    """The last answers of one press or of two; any thread may ask.

    While an answer is being made, whoever asks for the same waits for it. One that could not be
    made is not kept: each who waited then makes it himself.
    """

    def __init__(self, *, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._held: OrderedDict[bytes, Future[Drawn | None]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def answer(self, key: bytes, make: Callable[[], Drawn]) -> Drawn:
        """Return what is held under ``key``, made by ``make`` where nothing is.

        Raises:
            PaperTrouble: ``make`` raised it.
        """
        while True:
            with self._lock:
                coming = self._held.get(key)
                if coming is None:
                    mine = self._held[key] = Future()
                    break
                self._held.move_to_end(key)
            drawn = coming.result()
            if drawn is not None:
                return drawn
        return self._make(key, mine, make)

    def held(self, key: bytes) -> Drawn | None:
        """Return what is held under ``key``; None where nothing is, or where it is still made."""
        with self._lock:
            coming = self._held.get(key)
        return coming.result() if coming is not None and coming.done() else None

    def forget(self) -> None:
        """Drop everything; what is being made is still handed to those who wait for it."""
        with self._lock:
            self._held.clear()
            self._bytes = 0

    def _make(self, key: bytes, mine: "Future[Drawn | None]", make: Callable[[], Drawn]) -> Drawn:
        drawn = None
        try:
            drawn = make()
        finally:
            with self._lock:
                ours = self._held.get(key) is mine  # not after ``forget``
                if ours and drawn is None:
                    del self._held[key]
                elif ours and drawn is not None:
                    self._bytes += len(drawn[1])
            mine.set_result(drawn)
        with self._lock:
            self._shrink()
        return drawn

    def _shrink(self) -> None:
        """Drop the oldest answers; those under way have no size yet and stay."""
        for key in [key for key, held in self._held.items() if held.done()]:
            if self._bytes <= self._most_bytes:
                return
            drawn = self._held.pop(key).result()
            self._bytes -= len(drawn[1]) if drawn is not None else 0
