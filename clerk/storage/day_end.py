"""What the sheet at the end of a day reads across all cases (日终核对)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from clerk.domain.case import CaseState
from clerk.domain.day_sheet import DayLine
from clerk.domain.hand_off import MessageKind
from clerk.domain.issued import IssuedPaper
from clerk.storage.cases import Queue
from clerk.storage.codec import load
from clerk.storage.outbox import UNDELIVERED
from clerk.storage.paper_numbers import bears_void_number
from clerk.storage.tables import cases, outbox, papers
from clerk.values import replace

_NAMED = (
    cases.c.case_id,
    cases.c.number,
    cases.c.provisional_number,
    cases.c.item_name,
    cases.c.applicant_name,
)
_DECIDED = (
    CaseState.GRANTED,
    CaseState.REFUSED,
    CaseState.RESULT_WAITING,
    CaseState.HANDED_OUT,
)


def drafts_of(tx: Connection, clerk_id: str) -> list[DayLine]:
    """Return the drafts that this person has not finished."""
    rows = tx.execute(
        select(*_NAMED)
        .where(cases.c.state == CaseState.DRAFT.value, cases.c.clerk_id == clerk_id)
        .order_by(cases.c.case_id)
    )
    return [line_of(row) for row in rows]


def results_waiting(tx: Connection) -> list[tuple[UUID, DayLine]]:
    """Return (case id, line) of every result that waits, the first due first."""
    rows = tx.execute(
        select(*_NAMED)
        .where(cases.c.queue == Queue.RESULT_WAITING.value)
        .order_by(cases.c.next_due_on, cases.c.case_id)
    )
    return [(row.case_id, line_of(row)) for row in rows]


def unsent(tx: Connection) -> list[DayLine]:
    """Return the messages that another system has not taken yet, oldest first."""
    rows = tx.execute(
        select(*_NAMED, outbox.c.kind, outbox.c.last_trouble)
        .select_from(outbox.outerjoin(cases, outbox.c.case_id == cases.c.case_id))
        .where(outbox.c.state.in_(UNDELIVERED))
        .order_by(outbox.c.created_at, outbox.c.message_id)
    )
    return [
        replace(line_of(row), message=MessageKind(row.kind), note=row.last_trouble) for row in rows
    ]


def unprinted(tx: Connection, since: datetime) -> list[DayLine]:
    """Return the papers made since then that went out neither as paper nor file, by their titles."""
    rows = tx.execute(
        select(*_NAMED, papers.c.body)
        .select_from(papers.join(cases, papers.c.case_id == cases.c.case_id))
        .where(
            papers.c.copies_printed == 0,
            papers.c.electronic_at.is_(None),
            papers.c.made_at >= since,
            ~bears_void_number(),
        )
        .order_by(papers.c.made_at, papers.c.paper_id)
    )
    return [replace(line_of(row), note=load(row.body, IssuedPaper).title) for row in rows]


def decided(tx: Connection, first: date, last: date) -> list[UUID]:
    """Return the ids of the cases that were decided on these days, both included, oldest first."""
    rows = tx.execute(
        select(cases.c.case_id)
        .where(
            cases.c.decided_on.between(first, last),
            cases.c.state.in_([state.value for state in _DECIDED]),
        )
        .order_by(cases.c.case_id)
    )
    return list(rows.scalars())


def line_of(row: Row[*tuple[Any, ...]]) -> DayLine:
    """Return a case's line; a message may be about a case that was never kept."""
    return DayLine(
        label=row.number or row.provisional_number or "",
        item_name=row.item_name or "",
        applicant_name=row.applicant_name or "",
    )
