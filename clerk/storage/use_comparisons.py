"""Days on which our certificate calls were compared with the library's list."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, select, update

from clerk.domain.use_list import UseComparison, UseDifference
from clerk.storage import upsert
from clerk.storage.codec import dump_as, load_as
from clerk.storage.ledger_tables import use_comparisons

_BODY = tuple[UseDifference, ...]


def keep(tx: Connection, found: UseComparison) -> None:
    """Keep what a day's comparing found; found otherwise than before, it is to be looked at anew."""
    upsert.put(
        tx,
        use_comparisons,
        {"on": found.on},
        {
            "compared_at": found.compared_at,
            "listed": found.listed,
            "differences": len(found.differences),
            "body": dump_as(found.differences, _BODY),
            "looked_at": found.looked_at,
            "looked_by": found.looked_by,
        },
    )


def last(tx: Connection, limit: int) -> list[UseComparison]:
    """Return the last days that were compared, the newest first."""
    return _select(tx, use_comparisons.c.listed >= 0, limit)


def not_looked_at(tx: Connection) -> list[UseComparison]:
    """Return the days that differ and that nobody has taken note of yet, the newest first."""
    return _select(tx, (use_comparisons.c.differences > 0) & use_comparisons.c.looked_at.is_(None))


def look_at(tx: Connection, on: date, by: str, at: datetime) -> bool:
    """Note that a person has looked at a day's differences; False where he need not."""
    changed = tx.execute(
        update(use_comparisons)
        .where(use_comparisons.c.on == on, use_comparisons.c.looked_at.is_(None))
        .values(looked_at=at, looked_by=by)
    )
    return changed.rowcount == 1


def _select(
    tx: Connection, condition: ColumnElement[bool], limit: int = 1000
) -> list[UseComparison]:
    rows = tx.execute(
        select(use_comparisons).where(condition).order_by(use_comparisons.c.on.desc()).limit(limit)
    ).all()
    return [
        UseComparison(
            on=row.on,
            compared_at=row.compared_at,
            listed=row.listed,
            differences=load_as(row.body, _BODY),
            looked_at=row.looked_at,
            looked_by=row.looked_by,
        )
        for row in rows
    ]
