"""Which items a window takes in most, for the order in which they are found (本窗口常办)."""

from sqlalchemy import Connection, func, select

from clerk.storage.tables import cases

LOOKED_AT = 2_000
"""So many of the newest cases are counted: some weeks of a window."""

MOST = 24


def most_used(tx: Connection, counter_code: str) -> tuple[str, ...]:
    """Return the item codes that a window took in most lately, the most used first."""
    newest = (
        select(cases.c.item_code, cases.c.counter_code)
        .order_by(cases.c.row_number.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    counted = (
        select(newest.c.item_code)
        .where(newest.c.counter_code == counter_code)
        .group_by(newest.c.item_code)
        .order_by(func.count().desc(), newest.c.item_code)
        .limit(MOST)
    )
    return tuple(tx.execute(counted).scalars())
