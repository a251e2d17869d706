"""The one statement both databases spell alike and SQLAlchemy keeps apart."""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


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
        tx.execute(_put(tx.dialect.name, table, tuple(key), tuple(rows[0])), rows)


def put_new(tx: Connection, table: Table, row: Mapping[str, object]) -> bool:
    """Write a row unless one with any of its unique keys is there; say whether it was written."""
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    written = insert(table).values(**row).on_conflict_do_nothing().returning(*table.primary_key)
    return tx.execute(written).first() is not None


def count_up(tx: Connection, table: Table, key: Mapping[str, object], column: str) -> int:
    """Add one to a counter, which starts at 1, and return it; two callers never get the same."""
    counting = _count_up(tx.dialect.name, table, tuple(key), column)
    return int(tx.execute(counting, {**key, column: 1}).scalar_one())


# Built once: building one costs ten times what SQLite needs to run it.


@cache
def _put(dialect: str, table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Executable:
    insert = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
    changed = {name: insert.excluded[name] for name in columns if name not in key}
    return insert.on_conflict_do_update(index_elements=key, set_=changed)


@cache
def _count_up(dialect: str, table: Table, key: tuple[str, ...], column: str) -> Executable:
    insert = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
    one_more = {column: table.c[column] + 1}
    return insert.on_conflict_do_update(index_elements=key, set_=one_more).returning(
        table.c[column]
    )
