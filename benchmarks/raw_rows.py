"""The rows of an accepted case written by hand: what a commit costs without any of our layers."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from clerk.storage.engine import PRAGMAS, connect_file

Row = dict[str, Any]
_ONE_CASE = "WHERE case_id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows one take-in wrote, as they lie in the store."""

    case: Row
    body: Row
    tokens: str
    materials: tuple[Row, ...]
    messages: tuple[Row, ...]
    line: Row
    typed: tuple[Row, ...]
    series: Row
    leased: Row

    @property
    def number(self) -> int:
        """How many rows those are."""
        parts = len(self.materials) + len(self.messages) + len(self.typed)
        return parts + len(("case", "body", "tokens", "line", "series", "leased"))


def read_rows(path: Path, key: bytes, case_id: UUID, tokens: str) -> Rows:
    """Read back what the service wrote for one case."""
    connection = connect_file(path, key, read_only=True)

    def found(sql: str, *values: object) -> tuple[Row, ...]:
        rows = connection.execute(sql, values)
        names = [column[0] for column in rows.description]
        return tuple(dict(zip(names, row, strict=True)) for row in rows)

    hexed = case_id.hex
    (case,) = found(f"SELECT * FROM cases {_ONE_CASE}", hexed)  # noqa: S608
    rows = Rows(
        case=case,
        body=found("SELECT * FROM case_bodies WHERE row_number = ?", case["row_number"])[0],
        tokens=tokens,
        materials=found(f"SELECT * FROM case_materials {_ONE_CASE}", hexed),  # noqa: S608
        messages=found(f"SELECT * FROM outbox {_ONE_CASE}", hexed),  # noqa: S608
        line=found(f"SELECT * FROM journal {_ONE_CASE}", hexed)[0],  # noqa: S608
        typed=found(f"SELECT * FROM typed_values {_ONE_CASE}", hexed),  # noqa: S608
        series=found("SELECT * FROM series LIMIT 1")[0],
        leased=found(f"SELECT * FROM leased_numbers {_ONE_CASE}", hexed)[0],  # noqa: S608
    )
    connection.close()
    return rows


def connect_plain(path: Path) -> Any:
    """Open a file that is not encrypted, with the store's pragmas; nowhere but in a benchmark."""
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


class RawWriter:
    """Writes the same rows over and over under new keys, each case in a durable transaction.

    ``connection`` is to a store whose schema is the program's and whose leased numbers are the
    ones of ``numbers``; its chain of the journal and its series go on from what they hold.
    """

    def __init__(self, connection: Any, rows: Rows, numbers: Iterator[str]) -> None:
        """Prepare the statements."""
        self._connection = connection
        self._rows = rows
        self._numbers = numbers
        sequence = "SELECT coalesce(max(sequence), 0) FROM journal WHERE station = ?"
        station = rows.line["station"]
        (last,) = connection.execute(sequence, (station,)).fetchone()
        self._sequences = count(last + 1)
        self._ids = count(1 << 96)
        self._case = {name: value for name, value in rows.case.items() if name != "row_number"}
        self._into = {
            table: _insert(table, names)
            for table, names in (
                ("cases", self._case),
                ("case_bodies", rows.body),
                ("case_materials", rows.materials[0]),
                ("outbox", rows.messages[0]),
                ("journal", rows.line),
            )
        }

    def write(self) -> None:
        """Commit one case with everything that belongs to it."""
        rows, into, run = self._rows, self._into, self._connection.execute
        case_id, number = f"{next(self._ids):032x}", next(self._numbers)
        many = self._connection.executemany
        run("BEGIN IMMEDIATE")
        given = (case_id, rows.leased["given_at"], number)
        run("UPDATE leased_numbers SET case_id = ?, given_at = ? WHERE number = ?", given)
        run(_COUNT_UP, tuple(rows.series.values()))
        place = rows.case["place"][:4] + bytes.fromhex(case_id)
        own = {"case_id": case_id, "number": number, "place": place}
        row = run(into["cases"], tuple((self._case | own).values())).lastrowid
        run(into["case_bodies"], (row, rows.body["body"]))
        run("INSERT INTO case_search (rowid, tokens) VALUES (?, ?)", (row, rows.tokens))
        of_case = {"case_id": case_id}
        many(into["case_materials"], [tuple((one | of_case).values()) for one in rows.materials])
        many(_TYPED, [tuple((one | of_case).values()) for one in rows.typed])
        messages = [
            tuple((one | of_case | {"message_id": f"{next(self._ids):032x}"}).values())
            for one in rows.messages
        ]
        many(into["outbox"], messages)
        line = rows.line | of_case | {"sequence": next(self._sequences)}
        run(into["journal"], tuple(line.values()))
        run("COMMIT")


_COUNT_UP = (
    "INSERT INTO series (authority, kind, period, last) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (authority, kind, period) DO UPDATE SET last = last + 1"
)
_TYPED = (
    "INSERT INTO typed_values (party_index, field, value, case_id, typed_at)"
    " VALUES (?, ?, ?, ?, ?) ON CONFLICT (party_index, field)"
    " DO UPDATE SET value = excluded.value, case_id = excluded.case_id,"
    " typed_at = excluded.typed_at"
)


def _insert(table: str, row: Row) -> str:
    places = ", ".join("?" * len(row))
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"  # noqa: S608
