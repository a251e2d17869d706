"""Tasks across all cases (待办任务), closed ones too, what is due first before the rest."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, CursorResult, Row, and_, false, or_, select

from clerk.domain.tasks import TaskKind, TaskLine, kind_and_subject
from clerk.storage.tables import cases

MOST_CASES = 2000
"""So many cases with something due are listed: what is due first is always among them."""

AT_ONCE = 200
"""So many rows are fetched together."""


def due_by(tx: Connection, on: date, kinds: Collection[TaskKind], limit: int) -> list[TaskLine]:
    """Return tasks of these kinds due on ``on`` or before, at most ``limit``.

    Cases are read by the day of what is due first, and no further than that many tasks need.
    """
    due: list[TaskLine] = []
    with _with_tasks(tx, on, kinds) as found:
        for first_on, rows in groupby(found, attrgetter("task_due_on")):
            if sum(line.due_on < first_on for line in due) >= limit:
                break
            lines = (line for row in rows for line in _lines(row))
            due += [line for line in lines if line.kind in kinds and line.due_on <= on]
    return sorted(due, key=attrgetter("due_on"))[:limit]


def _with_tasks(
    tx: Connection, on: date, kinds: Collection[TaskKind]
) -> CursorResult[*tuple[Any, ...]]:
    return tx.execute(
        select(
            cases.c.case_id,
            cases.c.number,
            cases.c.provisional_number,
            cases.c.item_name,
            cases.c.applicant_name,
            cases.c.clerk_name,
            cases.c.tasks,
            cases.c.task_due_on,
        )
        .where(with_task(on, kinds))
        .order_by(cases.c.task_due_on, cases.c.case_id)
        .execution_options(yield_per=AT_ONCE)
    )


def with_task(on: date, kinds: Collection[TaskKind]) -> ColumnElement[bool]:
    """Return the condition for cases with a task of these kinds, one of them due by ``on``."""
    named = [cases.c.tasks.contains(kind.value, autoescape=True) for kind in kinds]
    return and_(cases.c.task_due_on <= on, or_(false(), *named))


def in_order(
    tx: Connection, conditions: Sequence[ColumnElement[bool]], kinds: Collection[TaskKind]
) -> list[UUID]:
    """Return the cases in the order of their own tasks of these kinds, at most ``MOST_CASES``.

    Whatever else is due of a case, and for whom, does not put it first.
    """
    found = tx.execute(
        select(cases.c.case_id, cases.c.tasks, cases.c.place)
        .where(*conditions)
        .order_by(cases.c.task_due_on, cases.c.place)
        .limit(MOST_CASES)
    )
    own = [(_own_day(row.tasks, kinds), row.place, row.case_id) for row in found]
    return [case_id for _, _, case_id in sorted(own)]


def _own_day(written: str, kinds: Collection[TaskKind]) -> date:
    """Return the first day of the tasks of these kinds, the last day there is for none."""
    parts = (text.rpartition(":") for text in written.split())
    days = (on for name, _, on in parts if kind_and_subject(name)[0] in kinds)
    return min(map(date.fromisoformat, days), default=date.max)


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
