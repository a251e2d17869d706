"""Tasks across all cases (待办任务), closed ones too, what is due first before the rest."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, false, or_, select

from clerk.domain.tasks import TaskKind, TaskLine, kind_and_subject
from clerk.storage.tables import cases

MOST_CASES = 2000
"""So many cases with something due are looked at: what is due first is always among them."""


def due_by(tx: Connection, on: date, kinds: Collection[TaskKind], limit: int) -> list[TaskLine]:
    """Return tasks of these kinds due on ``on`` or before, at most ``limit``."""
    found = tx.execute(
        select(
            cases.c.case_id,
            cases.c.number,
            cases.c.provisional_number,
            cases.c.item_name,
            cases.c.applicant_name,
            cases.c.clerk_name,
            cases.c.tasks,
        )
        .where(with_task(on, kinds))
        .order_by(cases.c.task_due_on, cases.c.case_id)
        .limit(MOST_CASES)
    )
    lines = [line for row in found for line in _lines(row) if line.kind in kinds]
    due = (line for line in lines if line.due_on <= on)
    return sorted(due, key=lambda line: line.due_on)[:limit]


def with_task(on: date, kinds: Collection[TaskKind]) -> ColumnElement[bool]:
    """Return the condition for cases with a task of these kinds, one of them due by ``on``."""
    named = [cases.c.tasks.contains(kind.value, autoescape=True) for kind in kinds]
    return and_(cases.c.task_due_on <= on, or_(false(), *named))


def _lines(row: Row[*tuple[Any, ...]]) -> Iterator[TaskLine]:
    for text in row.tasks.split():
        name, _, due_on = text.rpartition(":")
        kind, subject = kind_and_subject(name)
        yield TaskLine(
            case_id=row.case_id,
            label=row.number or row.provisional_number or "",
            item_name=row.item_name,
            applicant_name=row.applicant_name,
            clerk=row.clerk_name,
            kind=kind,
            subject=subject,
            due_on=date.fromisoformat(due_on),
        )
