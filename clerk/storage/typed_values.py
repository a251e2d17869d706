"""What a person typed in an earlier case, offered again with source and age (B3).

Only typed values are kept; a certificate's value serves one case.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, func, select

from clerk.domain.case_list import EarlierValue
from clerk.storage import upsert
from clerk.storage.blind_index import index_of
from clerk.storage.tables import cases, typed_values


def remember(
    tx: Connection, id_number: str, values: Mapping[str, str], *, case_id: UUID, at: datetime
) -> None:
    """Keep what this person typed, by field, over what he typed there before."""
    person = index_of(tx, id_number)
    if not person:
        return
    rows = [
        {"party_index": person, "field": field, "value": value, "case_id": case_id, "typed_at": at}
        for field, value in values.items()
    ]
    upsert.put_all(tx, typed_values, ("party_index", "field"), rows)


def recall(
    tx: Connection, id_number: str, fields: Iterable[str], *, not_from: UUID | None = None
) -> dict[str, EarlierValue]:
    """Return by field what this person typed there before.

    ``not_from`` is the case at hand: its own values are not earlier ones.
    """
    rows = tx.execute(
        select(
            typed_values.c.field,
            typed_values.c.value,
            typed_values.c.typed_at,
            func.coalesce(cases.c.number, cases.c.provisional_number, "").label("case_label"),
        )
        .join_from(typed_values, cases)
        .where(
            typed_values.c.party_index == index_of(tx, id_number),
            typed_values.c.field.in_(list(fields)),
            typed_values.c.case_id != not_from,
        )
    )
    return {
        row.field: EarlierValue(
            field=row.field, value=row.value, at=row.typed_at, case_label=row.case_label
        )
        for row in rows
    }


def forget(tx: Connection, id_number: str) -> int:
    """Remove everything kept of this person and return how many values it was."""
    person = index_of(tx, id_number)
    return tx.execute(delete(typed_values).where(typed_values.c.party_index == person)).rowcount
