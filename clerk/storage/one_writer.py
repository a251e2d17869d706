"""The one connection through which a store file is written, kept from act to act.

To take a connection from SQLAlchemy's pool and give it back costs a tenth of an intake.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Connection, Engine

from clerk.storage.trouble import StoreBusy


class OneWriter:
    """Gives one thread after the other the connection; it is opened when first asked for."""

    def __init__(self, engine: Engine, wait_seconds: float) -> None:
        """Write through ``engine``; a thread waits so long for another one's transaction."""
        self.engine = engine
        self._wait_seconds = wait_seconds
        self._lock = Lock()
        self._kept: Connection | None = None

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a write transaction.

        Raises:
            StoreBusy: another thread's transaction did not end in time.
        """
        with self.alone() as connection, connection.begin():
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Hand out the connection outside any transaction; raises ``StoreBusy`` like ``begin``."""
        with self._locked():
            if self._kept is None:
                self._kept = self.engine.connect()
            yield self._kept

    def dispose(self) -> None:
        """Let go of the connection; the next transaction opens another."""
        with self._locked():
            if self._kept is not None:
                self._kept.close()
                self._kept = None
            self.engine.dispose()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=self._wait_seconds):
            raise StoreBusy
        try:
            yield
        finally:
            self._lock.release()
