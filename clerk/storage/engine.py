"""The one place that opens a store and makes its connections.

A store is an SQLCipher file (one writing program, ``BEGIN IMMEDIATE``) or a PostgreSQL database
(a whole hall). Inside ``Store.begin()`` the functions of this room work alike on both.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    insert,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.pool import NullPool, QueuePool

from clerk.storage import guards, journal, schema
from clerk.storage.digest import hmac_sm3
from clerk.storage.one_writer import OneWriter
from clerk.storage.prepared import Prepared
from clerk.storage.search_text import Initials, no_initials
from clerk.storage.tables import starts
from clerk.storage.trouble import (
    JournalBroken,
    StoreDamaged,
    StoreFull,
    StoreNotWritten,
    StoreUnreachable,
    raise_trouble,
    trouble_of,
)

KEY_BYTES = 32
WAIT_SECONDS = 10
LINES_LOOKED_AT = 10_000
"""Journal lines verified after the program or the machine went down."""

PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
    "cache_size = -16000",
    "wal_autocheckpoint = 4000",
)
"""What makes a commit last through a power cut and keeps deleted numbers out of the file."""


def connect_file(
    path: Path,
    key: bytes,
    *,
    foreign_keys: bool = True,
    read_only: bool = False,
    wait_seconds: float = WAIT_SECONDS,
) -> Any:
    """Open one connection to an SQLCipher file, every pragma set.

    Raises:
        StoreTrouble: the key is another one, or the file cannot be opened or read.
    """
    connection = None
    try:
        connection = sqlcipher.connect(
            str(path), timeout=wait_seconds, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    except sqlcipher.Error as error:
        if connection is not None:
            connection.close()
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise trouble from error
    return connection


def file_engine(
    path: Path,
    key: bytes,
    *,
    foreign_keys: bool = True,
    read_only: bool = False,
    pooled: bool = True,
    wait_seconds: float = WAIT_SECONDS,
) -> Engine:
    """Return an engine whose every transaction is our own ``BEGIN``, never the driver's."""
    if len(key) != KEY_BYTES:
        raise ValueError("a store key has 32 bytes")
    pool: dict[str, Any] = {"poolclass": NullPool}
    if pooled:
        pool = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0 if not read_only else 3}
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=partial(
            connect_file,
            path,
            key,
            foreign_keys=foreign_keys,
            read_only=read_only,
            wait_seconds=wait_seconds,
        ),
        hide_parameters=True,
        **pool,
    )
    opening = Prepared(text("BEGIN" if read_only else "BEGIN IMMEDIATE"))

    @event.listens_for(engine, "begin")
    def _begin(tx: Connection) -> None:
        opening.run(tx, {})

    event.listen(engine, "handle_error", raise_trouble)
    return engine


def server_engine(url: URL) -> Engine:
    """Return an engine for a hall's PostgreSQL server."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=2,
        max_overflow=2,
        hide_parameters=True,
        connect_args={
            "connect_timeout": WAIT_SECONDS,
            "options": f"-c lock_timeout={WAIT_SECONDS}s -c timezone=UTC",
        },
    )
    event.listen(engine, "handle_error", raise_trouble)
    return engine


class Store:
    """An open store; one worker writes, any thread may read."""

    def __init__(
        self,
        *,
        writer: Engine | OneWriter,
        reader: Engine,
        key: bytes,
        initials: Initials,
        now: Callable[[], datetime],
        path: Path | None,
        room: guards.Room,
        free_bytes: Callable[[Path], int],
        held: ExitStack,
    ) -> None:
        """Use ``Store.open``."""
        self._writer = writer
        self._reader = reader
        self.initials_of = lru_cache(maxsize=256)(initials)  # a case is saved over and over
        self._now = now
        self._path = path
        self._room = room
        self._free_bytes = free_bytes
        self._held = held
        self._broken: type[StoreDamaged | StoreNotWritten] | None = None
        self._full = False
        self._start_number = 0
        self._index_key = bytes.fromhex(hmac_sm3(key, b"blind index"))

    @classmethod
    def open(
        cls,
        where: Path | str,
        *,
        key: bytes,
        now: Callable[[], datetime],
        station: str,
        initials: Initials = no_initials,
        room: guards.Room | None = None,
        free_bytes: Callable[[Path], int] = guards.free_bytes,
        wait_seconds: float = WAIT_SECONDS,
    ) -> "Store":
        """Open the store file ``where`` or the server of a ``postgresql://`` address.

        A new one is made, an older one migrated. After a shutdown that was not clean the whole
        file and the end of the station's journal are checked first, which takes seconds.

        Args:
            where: the file, or the server's address.
            key: 32 bytes; also the root of the blind index, so a hall's stations share one.
            now: the clock.
            station: name of this counter, for its journal and start rows.
            initials: pinyin initials of a Chinese name, for the search; none by default.
            room: what is kept free on the disk.
            free_bytes: tells how much of the disk is free.
            wait_seconds: how long to wait for somebody else who writes to the file.

        Raises:
            StoreTrouble: in use, not local, another key, damaged, full, newer than this program.
        """
        with ExitStack() as held:
            path: Path | None = None
            writer: Engine | OneWriter
            reader: Engine
            if isinstance(where, str) and where.startswith("postgresql"):
                writer = server_engine(make_url(where))
                reader = writer.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            else:
                path = Path(where)
                guards.require_library(sqlcipher.sqlite_version)
                guards.prepare(path, held)
                _meet_full_disk(path, key)
                writer = OneWriter(file_engine(path, key, wait_seconds=wait_seconds), wait_seconds)
                reader = file_engine(path, key, read_only=True, wait_seconds=wait_seconds)
                held.callback(reader.dispose)
            held.callback(writer.dispose)
            store = cls(
                writer=writer,
                reader=reader,
                key=key,
                initials=initials,
                now=now,
                path=path,
                room=room or guards.Room(),
                free_bytes=free_bytes,
                held=held,
            )
            store._check(station)
            store._migrate(key)
            store._start(station)
            store._held = held.pop_all()
        return store

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a write transaction: all of it is kept, on disk, or none.

        Raises:
            StoreTrouble: nothing was kept. Full, busy, damaged, out of reach.
        """
        self._require_writable()
        try:
            with self._writer.begin() as tx:
                self._equip(tx)
                yield tx
        except StoreFull:
            self._full = True
            self._release_ballast()
            raise
        except (StoreDamaged, StoreNotWritten) as trouble:
            self._broken = type(trouble)
            raise
        finally:
            if self._full or self._broken is not None:
                # the driver never says that such a connection is spent
                self._writer.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a read-only transaction on one snapshot; works while the disk is full."""
        with self._reader.begin() as tx:
            self._equip(tx)
            yield tx

    def free_bytes(self) -> int | None:
        """Return the free bytes of the store's disk, None for a server."""
        return None if self._path is None else self._free_bytes(self._path.parent)

    @property
    def running_low(self) -> bool:
        """Whether the system administrator should be told that room is getting short."""
        return self._below(self._room.warn_below_bytes)

    def require_room_for_file(self) -> None:
        """Raise ``NoRoomForFile`` where another scan might not fit."""
        if self._below(self._room.no_files_below_bytes):
            raise guards.NoRoomForFile

    def require_room_for_case(self) -> None:
        """Raise ``NoRoomForCase`` where another case might not fit."""
        if self._below(self._room.no_cases_below_bytes):
            raise guards.NoRoomForCase

    def verify_pages(self) -> None:
        """Read the whole file and raise ``StoreDamaged`` unless every page is as written."""
        if self._path is None:
            return
        self._reader.dispose()  # to FTS5 on a kept connection, a merge since looks like damage
        with self._reader.begin() as tx:
            as_written = tx.exec_driver_sql("PRAGMA cipher_integrity_check").first() is None
            if not as_written or tx.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() != "ok":
                raise StoreDamaged

    def close(self) -> None:
        """Note the clean shutdown, fold the WAL into the file, release the lock.

        A second time does nothing.
        """
        with self._held:
            clean = self._start_number and self._broken is None and not self._full
            if not clean:
                return
            with self.begin() as tx:
                tx.execute(
                    update(starts)
                    .where(starts.c.start_number == self._start_number)
                    .values(stopped_at=self._now())
                )
            self._start_number = 0
            self._reader.dispose()
            if isinstance(self._writer, OneWriter):
                with self._writer.alone() as tx:
                    tx.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _equip(self, tx: Connection) -> None:
        tx.info["index_key"] = self._index_key
        tx.info["initials"] = self.initials_of

    def _below(self, limit: int) -> bool:
        free = self.free_bytes()
        return free is not None and free < limit

    def _require_writable(self) -> None:
        if self._broken is not None:
            raise self._broken()
        if self._full:
            if self._below(self._room.no_cases_below_bytes):
                raise StoreFull
            self._full = False

    def _release_ballast(self) -> None:
        if self._path is not None:
            guards.drop_ballast(guards.ballast_of(self._path))

    def _check(self, station: str) -> None:
        """Refuse a newer store; look closely at one that was not closed."""
        with self._reader.begin() as tx:
            if schema.revision_of(tx) is None:
                return
            last = tx.execute(
                select(starts.c.stopped_at)
                .where(starts.c.station == station)
                .order_by(starts.c.start_number.desc())
                .limit(1)
            ).first()
        if last is None or last.stopped_at is not None:
            return
        self.verify_pages()
        with self._reader.begin() as tx:
            if journal.verify(tx, station, last=LINES_LOOKED_AT) is not None:
                raise JournalBroken

    def _migrate(self, key: bytes) -> None:
        with self._reader.begin() as tx:
            if schema.revision_of(tx) == schema.HEAD:
                return
        engine = self._writer
        if self._path is not None:
            engine = file_engine(self._path, key, foreign_keys=False, pooled=False)
        with engine.begin() as tx:
            schema.upgrade(tx)

    def _start(self, station: str) -> None:
        with self.begin() as tx:
            started = insert(starts).values(station=station, started_at=self._now())
            row = tx.execute(started.returning(starts.c.start_number))
            self._start_number = row.scalar_one()
        if self._path is not None:
            guards.keep_ballast(guards.ballast_of(self._path), self._room.ballast_bytes)


def _meet_full_disk(path: Path, key: bytes) -> None:
    """Try the file once; where the disk is so full that it cannot be opened, drop the ballast."""
    try:
        _first_read(path, key)
    except (StoreFull, StoreNotWritten, StoreUnreachable):
        if not guards.drop_ballast(guards.ballast_of(path)):
            raise
        _first_read(path, key)


def _first_read(path: Path, key: bytes) -> None:
    engine = file_engine(path, key, pooled=False)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
