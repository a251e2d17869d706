"""Cases whose last events the applicant has not been told of; the mark is no part of the case.

It stands in the case's row alone, so that telling somebody never stands in another window's way.
"""

from uuid import UUID

from sqlalchemy import Connection, select, update

from clerk.domain.case import CaseState
from clerk.storage.tables import cases


def some(tx: Connection, limit: int) -> list[tuple[UUID, int]]:
    """Return cases with new events, and how many of them were dealt with before."""
    found = tx.execute(
        select(cases.c.case_id, cases.c.events_told)
        .where(cases.c.events > cases.c.events_told, cases.c.state != CaseState.DRAFT.value)
        .order_by(cases.c.row_number)
        .limit(limit)
    )
    return [(case_id, told) for case_id, told in found]


def waits(tx: Connection, case_id: UUID) -> bool:
    """Whether the case has events that nobody has looked at yet for what they tell."""
    found = tx.execute(
        select(cases.c.case_id).where(
            cases.c.case_id == case_id, cases.c.events > cases.c.events_told
        )
    )
    return found.first() is not None


def mark(tx: Connection, case_id: UUID, told: int, events: int) -> bool:
    """Note that the first ``events`` of the case are dealt with; False where another window did.

    ``told`` is how many of them were when the case was found: of two that find it, one goes on.
    """
    noted = tx.execute(
        update(cases)
        .where(cases.c.case_id == case_id, cases.c.events_told == told)
        .values(events_told=events)
    )
    return noted.rowcount == 1
