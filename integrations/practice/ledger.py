"""What a practice peer remembers: every message with its answer, in a file that outlives it."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from clerk.values import dataclass

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS message (
    number INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE,
    operation TEXT NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL, answer BLOB);
CREATE TABLE IF NOT EXISTS heard (
    number INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL, operation TEXT NOT NULL,
    case_id TEXT NOT NULL, sequence INTEGER, replayed INTEGER NOT NULL, refused TEXT NOT NULL,
    at TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """An earlier message; ``answer`` is None where the answer is worked out anew."""

    number: int
    message_id: str
    operation: str
    digest: str
    at: datetime
    answer: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message as it came in."""

    message_id: str
    operation: str
    case_id: str
    sequence: int | None
    digest: str


class Ledger:
    """One SQLite file; each ``turn`` is a transaction and nobody else's meanwhile."""

    def __init__(self, file: Path, tables: str) -> None:
        """Open or create ``file`` with the peer's own ``tables``."""
        self._lock = threading.Lock()
        self._database = sqlite3.connect(
            file, timeout=10, isolation_level=None, check_same_thread=False
        )
        self._database.row_factory = sqlite3.Row
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.executescript(_TABLES + tables)

    @contextmanager
    def turn(self) -> Iterator[sqlite3.Connection]:
        """Hand out the database for one transaction: all of it is kept, or nothing."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()


def recall(tx: sqlite3.Connection, message_id: str) -> Remembered | None:
    """Return the earlier message of this id, if there was one."""
    row = tx.execute("SELECT * FROM message WHERE message_id = ?", (message_id,)).fetchone()
    if row is None:
        return None
    return Remembered(
        number=row["number"],
        message_id=row["message_id"],
        operation=row["operation"],
        digest=row["digest"],
        at=datetime.fromisoformat(row["at"]),
        answer=row["answer"],
    )


def remember(
    tx: sqlite3.Connection, heard: Heard, at: datetime, answer: bytes | None
) -> Remembered:
    """Keep a message with its answer."""
    number = tx.execute(
        "INSERT INTO message (message_id, operation, digest, at, answer) VALUES (?, ?, ?, ?, ?)",
        (heard.message_id, heard.operation, heard.digest, at.isoformat(), answer),
    ).lastrowid
    return Remembered(
        number=number or 0,
        message_id=heard.message_id,
        operation=heard.operation,
        digest=heard.digest,
        at=at,
        answer=answer,
    )


def note(
    tx: sqlite3.Connection, heard: Heard, at: datetime, *, replayed: bool, refused: str = ""
) -> None:
    """Write down that a message came in, also one that was refused."""
    tx.execute(
        "INSERT INTO heard (message_id, operation, case_id, sequence, replayed, refused, at, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            heard.message_id,
            heard.operation,
            heard.case_id,
            heard.sequence,
            replayed,
            refused,
            at.isoformat(),
            heard.digest,
        ),
    )


def heard(tx: sqlite3.Connection) -> int:
    """Return how many messages came in."""
    return int(tx.execute("SELECT count(*) FROM heard").fetchone()[0])


def log(tx: sqlite3.Connection, after: int = 0) -> list[dict[str, object]]:
    """Return what came in ``after`` so many messages, oldest first."""
    return [
        {
            "id": row["message_id"],
            "operation": row["operation"],
            "case_id": row["case_id"],
            "sequence": row["sequence"],
            "replayed": bool(row["replayed"]),
            "refused": row["refused"],
            "at": row["at"],
            "digest": row["digest"],
        }
        for row in tx.execute("SELECT * FROM heard ORDER BY number LIMIT -1 OFFSET ?", (after,))
    ]


def setting(tx: sqlite3.Connection, name: str, default: str) -> str:
    """Return a setting of the peer."""
    row = tx.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return default if row is None else str(row["value"])


def set_setting(tx: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a setting of the peer."""
    tx.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))
