"""The rows of accepted cases written by hand: what a commit costs without any of our layers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from clerk.storage import search_text
from clerk.storage.engine import PRAGMAS, connect_file
from clerk.storage.tables import metadata, starts

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows one take-in wrote, as they lie in the store.

    ``indexed``, ``leased`` and ``series`` are what the statements for those tables are given.
    """

    case: Row
    body: Row
    materials: tuple[Row, ...]
    check: Row
    messages: tuple[Row, ...]
    line: Row
    paper_numbers: tuple[Row, ...]
    typed: tuple[Row, ...]
    indexed: tuple[int, str]
    leased: tuple[str, str, str]
    series: tuple[str, str, str]


def read_rows(path: Path, key: bytes) -> Iterator[Rows]:
    """Read back what the service wrote for every case of the store, in the order it did."""
    connection = connect_file(path, key, read_only=True)

    def found(sql: str, *values: object) -> tuple[Row, ...]:
        rows = connection.execute(sql, values)
        names = [column[0] for column in rows.description]
        return tuple(dict(zip(names, row, strict=True)) for row in rows)

    def of_case(table: str, case_id: str) -> tuple[Row, ...]:
        wanted = f"SELECT * FROM {table} WHERE case_id = ? ORDER BY rowid"  # noqa: S608
        return found(wanted, case_id)

    # of one person's typed values only the last case's are left, and all were alike
    typed = found("SELECT * FROM typed_values ORDER BY rowid")
    (series,) = found("SELECT authority, kind, period FROM series WHERE kind <> 'catalogue'")
    for case in found("SELECT * FROM cases ORDER BY row_number"):
        case_id, row_number = case["case_id"], case["row_number"]
        (leased,) = of_case("leased_numbers", case_id)
        yield Rows(
            case=case,
            body=found("SELECT * FROM case_bodies WHERE row_number = ?", row_number)[0],
            materials=of_case("case_materials", case_id),
            check=of_case("case_checks", case_id)[0],
            messages=of_case("outbox", case_id),
            line=of_case("journal", case_id)[0],
            paper_numbers=of_case("paper_numbers", case_id),
            typed=tuple(value | {"case_id": case_id} for value in typed),
            indexed=(row_number, search_text.index_tokens(case["search_text"])),
            leased=(case_id, leased["given_at"], leased["number"]),
            series=(series["authority"], series["kind"], series["period"]),
        )
    connection.close()


def require_same_rows(path: Path, other: Path, key: bytes) -> None:
    """Raise ``AssertionError`` unless two stores hold the very same rows in every table.

    So neither side of the comparison writes more than the other, now or when a table is added.
    """
    both = [connect_file(one, key, read_only=True) for one in (path, other)]
    tables = [table.name for table in metadata.sorted_tables if table is not starts]
    for table in (*tables, "case_search_docsize", "case_search_data"):
        wanted = f"SELECT * FROM {table} ORDER BY 1, 2"  # noqa: S608
        rows = [sorted(one.execute(wanted), key=repr) for one in both]
        if rows[0] != rows[1]:
            raise AssertionError(f"the yardstick does not write what we write: {table}")
    for one in both:
        one.close()


def connect_plain(path: Path) -> Any:
    """Open a file that is not encrypted, with the store's pragmas; nowhere but in a benchmark."""
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


class RawWriter:
    """Writes what the service wrote elsewhere, row by row, each case in a durable transaction.

    ``connection`` is to a store without cases, whose schema is the program's and whose leased
    numbers are those of ``cases``.
    """

    def __init__(self, connection: Any, cases: Sequence[Rows]) -> None:
        """Prepare the statements."""
        self._connection = connection
        self._cases = iter(cases)
        pattern = cases[0]
        self._into = {
            table: _insert(table, row)
            for table, row in (
                ("cases", pattern.case),
                ("case_bodies", pattern.body),
                ("case_materials", pattern.materials[0]),
                ("case_checks", pattern.check),
                ("outbox", pattern.messages[0]),
                ("journal", pattern.line),
                ("paper_numbers", pattern.paper_numbers[0]),
            )
        }

    def write(self) -> None:
        """Commit the next case with everything that belongs to it."""
        rows, into = next(self._cases), self._into
        run, many = self._connection.execute, self._connection.executemany
        run("BEGIN IMMEDIATE")
        run(_TAKE, rows.leased)
        run(_COUNT_UP, rows.series)
        many(into["paper_numbers"], [tuple(row.values()) for row in rows.paper_numbers])
        run(into["cases"], tuple(rows.case.values()))
        run(into["case_bodies"], tuple(rows.body.values()))
        run("INSERT INTO case_search (rowid, tokens) VALUES (?, ?)", rows.indexed)
        many(into["case_materials"], [tuple(row.values()) for row in rows.materials])
        run(into["case_checks"], tuple(rows.check.values()))
        many(_TYPED, [tuple(row.values()) for row in rows.typed])
        many(into["outbox"], [tuple(row.values()) for row in rows.messages])
        run(into["journal"], tuple(rows.line.values()))
        run("COMMIT")


_TAKE = "UPDATE leased_numbers SET case_id = ?, given_at = ? WHERE number = ?"
_COUNT_UP = (
    "INSERT INTO series (authority, kind, period, last) VALUES (?, ?, ?, 1)"
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
