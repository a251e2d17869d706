"""The one statement both databases spell alike and SQLAlchemy keeps apart."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

from clerk.storage.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def put(
    tx: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    """Write the row of ``key``, new or over the one that is there."""
    put_all(tx, table, tuple(key), [{**key, **values}])


def put_all(
    tx: Connection, table: Table, key: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> None:
    """Write rows of the same columns, each new or over the one with the same ``key``."""
    if rows:
        _put(tx.dialect.name, table, tuple(key), tuple(rows[0])).run_each(tx, rows)


def put_new(
    tx: Connection, table: Table, row: Mapping[str, object], key: Sequence[str] | None = None
) -> tuple[Any, ...] | None:
    """Write a row and return its primary key; None, and nothing written, where one is there.

    ``key`` names the columns that tell whether it is, by default any of the table's unique keys.
    """
    unless = None if key is None else tuple(key)
    return _put_new(tx.dialect.name, table, unless, tuple(row)).first(tx, row)


def count_up(tx: Connection, table: Table, key: Mapping[str, object], column: str) -> int:
    """Add one to a counter, which starts at 1, and return it; two callers never get the same."""
    counting = _count_up(tx.dialect.name, table, tuple(key), column)
    ((counted,),) = counting.rows(tx, {**key, column: 1})
    return int(counted)


@cache
def _put(dialect: str, table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Prepared:
    insert = _insert(dialect, table)
    changed = {name: insert.excluded[name] for name in columns if name not in key}
    written = insert.on_conflict_do_update(index_elements=key, set_=changed)
    return Prepared(written, columns)


@cache
def _put_new(
    dialect: str, table: Table, key: tuple[str, ...] | None, columns: tuple[str, ...]
) -> Prepared:
    insert = _insert(dialect, table)
    written = insert.on_conflict_do_nothing(index_elements=key).returning(*table.primary_key)
    return Prepared(written, columns)


@cache
def _count_up(dialect: str, table: Table, key: tuple[str, ...], column: str) -> Prepared:
    insert = _insert(dialect, table)
    one_more = {column: table.c[column] + 1}
    counted = insert.on_conflict_do_update(index_elements=key, set_=one_more)
    return Prepared(counted.returning(table.c[column]), (*key, column))


def _insert(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    if dialect == "sqlite":
        return sqlite.insert(table)
    # only where there is a server: it takes two megabytes
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
