"""How far a command of the terminal is, on one line of its own that is gone when it ends."""

import sys
import time
from types import TracebackType
from typing import Final, Self

EVERY_SECONDS: Final = 0.5


class Progress:
    """Says on a terminal how many of how many are done; elsewhere, as in a file, nothing."""

    def __init__(self, what: str) -> None:
        """Say ``what`` is done."""
        self._what = what
        self._shown = sys.stderr.isatty()
        self._said_at = 0.0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        self._say("")

    def told(self, done: int, total: int) -> bool:
        """Note how far it is; a command of the terminal is stopped by Ctrl C alone."""
        now = time.monotonic()
        if now - self._said_at >= EVERY_SECONDS:
            self._said_at = now
            self._say(f"{self._what} {done:,} / {total:,}（{done * 100 // max(total, 1)}%）")
        return True

    def _say(self, words: str) -> None:
        if self._shown:
            print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)  # noqa: T201
