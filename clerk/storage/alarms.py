"""Alarms that terms have raised: found by the day, each kept once, until a person has seen it."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select, update

from clerk.domain.alarms import Alarm, AlarmLine
from clerk.domain.case import CaseState
from clerk.domain.deadlines import DueDate, Term
from clerk.domain.tasks import TaskKind
from clerk.storage import upsert
from clerk.storage.prepared import Prepared
from clerk.storage.tables import alarms, cases

_ID = Prepared(select(cases.c.case_id).where(cases.c.row_number == bindparam("row")))

Row = int
"""A case by its row: a round compares thousands, and an id costs more to read than all the rest."""
FEW = 500


def terms_ending_by(tx: Connection, on: date) -> list[tuple[Row, str]]:
    """Return open cases of which some term ends on ``on`` or before, and their terms as text."""
    found = tx.execute(
        select(cases.c.row_number, cases.c.terms).where(
            cases.c.closed.is_(False), cases.c.next_due_on <= on
        )
    )
    return [(row_number, terms) for row_number, terms in found]


def terms_in(text: str) -> dict[Term, DueDate]:
    """Read the terms of a case out of their text."""
    pairs = (part.split(":", 1) for part in text.split())
    return {Term(name): DueDate(on=date.fromisoformat(on), estimated=False) for name, on in pairs}


def unanswered_since(tx: Connection, before_on: date) -> list[UUID]:
    """Return received cases whose term to tell what is missing ended before this day."""
    return list(
        tx.execute(
            select(cases.c.case_id).where(
                cases.c.closed.is_(False),
                cases.c.next_due_on < before_on,
                cases.c.state == CaseState.RECEIVED.value,
            )
        ).scalars()
    )


def known(tx: Connection, by_on: date, wanted: Sequence[Row]) -> set[tuple[Row, Alarm]]:
    """Return what was raised before on some of the cases that ``terms_ending_by`` finds.

    Of many cases it is cheaper to read all; so there may be more in it than was ``wanted``.
    """
    if not wanted:
        return set()
    few = [cases.c.row_number.in_(wanted)] if len(wanted) <= FEW else []
    found = tx.execute(
        select(cases.c.row_number, alarms.c.term, alarms.c.due_on, alarms.c.step)
        .join_from(alarms, cases)
        .where(cases.c.closed.is_(False), cases.c.next_due_on <= by_on, *few)
    )
    alarm = cache(lambda term, due_on, step: Alarm(term=Term(term), due_on=due_on, step=step))
    return {(row_number, alarm(*said)) for row_number, *said in found}


def keep(tx: Connection, raised: Sequence[tuple[Row, Alarm]], at: datetime) -> None:
    """Keep new alarms; one that another window kept meanwhile stays as it is."""
    for row_number, alarm in raised:
        case_id = _ID.first(tx, {"row": row_number})
        if case_id is None:
            continue  # a draft that was discarded meanwhile
        upsert.put_new(
            tx,
            alarms,
            {
                "case_id": case_id[0],
                "term": alarm.term.value,
                "due_on": alarm.due_on,
                "step": alarm.step,
                "raised_at": at,
                "seen_by": "",
            },
        )


def known_of_bags(tx: Connection, case_ids: Sequence[UUID]) -> set[tuple[UUID, Alarm]]:
    """Return what was raised before on the bags of these cases."""
    found = tx.execute(
        select(alarms.c.case_id, alarms.c.due_on, alarms.c.step).where(
            alarms.c.case_id.in_(case_ids), alarms.c.term == Term.RECEPTION.value
        )
    )
    return {
        (row.case_id, Alarm(term=Term.RECEPTION, due_on=row.due_on, step=row.step)) for row in found
    }


def keep_of_bag(tx: Connection, case_id: UUID, alarm: Alarm, at: datetime) -> bool:
    """Keep an hour of a bag in the place of those before it that nobody has seen.

    False where another window kept it meanwhile.
    """
    earlier = [alarm.step - hours * 60 for hours in range(1, alarm.step // 60 + 1)]
    tx.execute(
        alarms.delete().where(
            alarms.c.case_id == case_id,
            alarms.c.term == alarm.term.value,
            alarms.c.due_on == alarm.due_on,
            alarms.c.step.in_(earlier),
            alarms.c.seen_by == "",
        )
    )
    row = {
        "case_id": case_id,
        "term": alarm.term.value,
        "due_on": alarm.due_on,
        "step": alarm.step,
        "raised_at": at,
        "seen_by": "",
    }
    return upsert.put_new(tx, alarms, row) is not None


def _still_so() -> ColumnElement[bool]:
    """Terms run in open cases; a bag may be under way in any, until somebody signs."""
    of_bag = alarms.c.term == Term.RECEPTION.value
    unsigned = cases.c.tasks.contains(TaskKind.RECEIVE_TRANSFER.value, autoescape=True)
    return or_(and_(of_bag, unsigned), and_(~of_bag, cases.c.closed.is_(False)))


def unseen(tx: Connection, limit: int) -> list[AlarmLine]:
    """Return alarms that still tell the truth and nobody has seen, what ends first before the rest."""
    found = tx.execute(
        select(
            alarms,
            cases.c.number,
            cases.c.provisional_number,
            cases.c.item_name,
            cases.c.applicant_name,
            cases.c.with_whom,
        )
        .join_from(alarms, cases)
        .where(alarms.c.seen_by == "", _still_so())
        .order_by(alarms.c.due_on, alarms.c.case_id, alarms.c.step)
        .limit(limit)
    )
    return [
        AlarmLine(
            case_id=row.case_id,
            label=row.number or row.provisional_number or "",
            item_name=row.item_name,
            applicant_name=row.applicant_name,
            with_whom=row.with_whom,
            alarm=Alarm(term=Term(row.term), due_on=row.due_on, step=row.step),
            raised_at=row.raised_at,
        )
        for row in found
    ]


def seen(tx: Connection, case_id: UUID, by: str) -> int:
    """Note that a person has seen the alarms of a case; how many there were."""
    noted = tx.execute(
        update(alarms).where(alarms.c.case_id == case_id, alarms.c.seen_by == "").values(seen_by=by)
    )
    return noted.rowcount


def raised_in_the_future(tx: Connection, now: datetime) -> int:
    """Take back alarms that a clock running ahead has raised; how many there were."""
    return tx.execute(alarms.delete().where(alarms.c.raised_at > now)).rowcount
