"""Certificates that were handed out, beside what the library was told of them."""

from uuid import UUID

from sqlalchemy import Connection, select

from clerk.domain.blanks import BlankState
from clerk.domain.case import CaseState
from clerk.domain.hand_off import MessageKind
from clerk.storage.tables import blanks, cases, outbox


def never_submitted(tx: Connection, after: int, limit: int) -> list[tuple[int, UUID]]:
    """Return cases that were handed a certificate the library was never told of, oldest first.

    Each with its row's number; those up to ``after`` are left out.
    """
    told = (
        select(outbox.c.message_id)
        .where(
            outbox.c.case_id == cases.c.case_id, outbox.c.kind == MessageKind.SUBMIT_ISSUED.value
        )
        .exists()
    )
    made = (
        select(blanks.c.number)
        .where(blanks.c.case_id == cases.c.case_id, blanks.c.state == BlankState.USED.value)
        .exists()
    )
    rows = tx.execute(
        select(cases.c.row_number, cases.c.case_id)
        .where(cases.c.row_number > after, cases.c.state == CaseState.HANDED_OUT.value, made, ~told)
        .order_by(cases.c.row_number)
        .limit(limit)
    )
    return [(number, case_id) for number, case_id in rows]
