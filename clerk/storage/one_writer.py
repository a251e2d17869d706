"""The one connection through which a store file is written, kept from act to act.

To take a connection from SQLAlchemy's pool and give it back costs a tenth of an intake, and its
own bookkeeping of a transaction's begin and end half as much.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from sqlalchemy import Connection, Engine, text

from clerk.storage.prepared import Prepared
from clerk.storage.trouble import StoreBusy, raise_for

_BEGIN = Prepared(text("BEGIN IMMEDIATE"))
_COMMIT = Prepared(text("COMMIT"))


class OneWriter:
    """Gives one thread after the other the connection; it is opened when first asked for.

    To SQLAlchemy the connection is in one transaction as long as it is kept; the real ones begin
    and end here.
    """

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
        with self.alone() as connection:
            _BEGIN.run(connection, {})
            committed = False
            try:
                yield connection
                _COMMIT.run(connection, {})
                committed = True
            finally:  # whatever broke in, a signal too, leaves nothing half written open
                if not committed:
                    _roll_back(connection)

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Hand out the connection outside any transaction; raises ``StoreBusy`` like ``begin``."""
        self._take_turn()
        try:
            if self._kept is None:
                self._kept = _connected(self.engine)
            yield self._kept
        finally:
            self._lock.release()

    def dispose(self) -> None:
        """Let go of the connection; the next transaction opens another."""
        self._take_turn()
        try:
            if self._kept is not None:
                self._kept.close()
                self._kept = None
            self.engine.dispose()
        finally:
            self._lock.release()

    def _take_turn(self) -> None:
        if not self._lock.acquire(timeout=self._wait_seconds):
            raise StoreBusy


def _connected(engine: Engine) -> Connection:
    with ExitStack() as unless_ready:
        connection = unless_ready.enter_context(engine.connect())
        connection.begin()
        _roll_back(connection)
        unless_ready.pop_all()
    return connection


def _roll_back(connection: Connection) -> None:
    try:
        # the driver does nothing where SQLite has rolled back by itself
        connection.connection.rollback()
    except connection.dialect.loaded_dbapi.Error as error:
        raise_for(error)
        raise
