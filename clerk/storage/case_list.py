"""Lists and searches of cases (办件), page by page, and the counts of the first page (今日).

Lines come in the order of ``cases.place``. On SQLite a rare word is looked up in the index; a
frequent one, and every word on PostgreSQL, is met soon enough by walking the list in its order.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    column,
    func,
    select,
    table,
    text,
)

from clerk.domain.case import CaseState
from clerk.domain.case_list import CaseLine, CaseQuery, CaseView, Deliveries, Today
from clerk.domain.days import HALL_ZONE
from clerk.storage import search_text
from clerk.storage.blind_index import index_of
from clerk.storage.cases import NOTHING_DUE, Queue, place
from clerk.storage.outbox import SendState
from clerk.storage.tables import cases, outbox

FREQUENT = 2000
"""From so many candidates on, walking the list finds a page sooner than the index."""

ID_NUMBER_LENGTHS = (15, 18)
FIRST_LINES = 12
DAYS_AHEAD = 10

UNDECIDED = (Queue.WITH_DEPARTMENT, Queue.WITH_APPLICANT, Queue.TO_DECIDE, Queue.RETURNED)

_QUEUES = {
    CaseView.WITH_APPLICANT: Queue.WITH_APPLICANT,
    CaseView.RESULT_WAITING: Queue.RESULT_WAITING,
    CaseView.DRAFTS: Queue.DRAFTS,
    CaseView.TO_DECIDE: Queue.TO_DECIDE,
    CaseView.RETURNED: Queue.RETURNED,
}

_search = table("case_search", column("rowid"))
_MATCHES = text("case_search MATCH :match")
_UNDELIVERED = (
    select(func.count())
    .where(outbox.c.case_id == cases.c.case_id, outbox.c.state != SendState.DELIVERED.value)
    .scalar_subquery()
)
_LINE = select(
    cases.c.case_id,
    cases.c.state,
    cases.c.number,
    cases.c.provisional_number,
    cases.c.applicant_name,
    cases.c.item_code,
    cases.c.item_name,
    cases.c.with_whom,
    cases.c.clerk_name,
    cases.c.opened_at,
    cases.c.received_at,
    cases.c.accepted_at,
    cases.c.next_due_on,
    cases.c.due_on,
    cases.c.statutory_due_on,
    cases.c.dates_estimated,
    cases.c.returned,
    cases.c.deferred,
    _UNDELIVERED.label("undelivered"),
).order_by(cases.c.place)


def page(
    tx: Connection,
    query: CaseQuery,
    after: CaseLine | None = None,
    limit: int = 200,
    *,
    offset: int = 0,
) -> list[CaseLine]:
    """Return up to ``limit`` lines behind ``after``; without it those from ``offset`` on.

    Going on from a line costs the same anywhere in a list of any length.
    """
    found = _LINE.where(*_conditions(tx, query)).limit(limit)
    if after is not None:
        found = found.where(cases.c.place > _place_of(after))
    elif offset:
        first = jump(tx, query, offset)
        if first is None:
            return []
        found = found.where(cases.c.place >= first)
    return [_line(row) for row in tx.execute(found)]


def jump(tx: Connection, query: CaseQuery, offset: int) -> bytes | None:
    """Return the place of the line at ``offset``, None behind the end."""
    return tx.execute(
        select(cases.c.place)
        .where(*_conditions(tx, query))
        .order_by(cases.c.place)
        .limit(1)
        .offset(offset)
    ).scalar_one_or_none()


def count(tx: Connection, query: CaseQuery) -> int:
    """Return how many lines the query has in all."""
    counted = select(func.count()).select_from(cases).where(*_conditions(tx, query))
    return tx.execute(counted).scalar_one()


def today(tx: Connection, on: date, *, clerk: str, items: Sequence[str] = ()) -> Today:
    """Return what the first page shows; drafts are the clerk's own, ``items`` empty means all."""
    mine = [cases.c.item_code.in_(items)] if items else []
    undecided = cases.c.queue.in_(UNDECIDED)
    row = tx.execute(
        select(
            _sum(cases.c.next_due_on == on).label("due_today"),
            _sum(and_(undecided, cases.c.due_on < on)).label("over_promised"),
            _sum(and_(undecided, cases.c.statutory_due_on < on)).label("over_statutory"),
            _sum(and_(_in(Queue.DRAFTS), cases.c.clerk_id == clerk)).label("drafts"),
            _sum(_in(Queue.WITH_APPLICANT)).label("with_applicant"),
            _sum(_in(Queue.RESULT_WAITING)).label("result_waiting"),
            _sum(_in(Queue.TO_DECIDE)).label("to_decide"),
        ).where(cases.c.closed.is_(False), *mine)
    ).one()
    first = _LINE.where(
        cases.c.closed.is_(False), cases.c.place < _begin_of(NOTHING_DUE), *mine
    ).limit(FIRST_LINES)
    due_by_day = tx.execute(
        select(cases.c.next_due_on, func.count())
        .where(
            cases.c.closed.is_(False),
            *mine,
            cases.c.next_due_on.between(on, on + timedelta(days=DAYS_AHEAD)),
        )
        .group_by(cases.c.next_due_on)
        .order_by(cases.c.next_due_on)
    )
    return Today(
        **row._asdict(),
        accepted_today=_accepted_on(tx, on, mine),
        first=tuple(_line(line) for line in tx.execute(first)),
        due_by_day=tuple((day, number) for day, number in due_by_day),
        deliveries=deliveries(tx),
    )


def deliveries(tx: Connection) -> Deliveries:
    """Return how the hand-off stands over all cases."""
    rows = tx.execute(
        select(outbox.c.state, func.count(), func.min(outbox.c.created_at)).group_by(outbox.c.state)
    ).all()
    counts = {state: (number, oldest) for state, number, oldest in rows}
    trouble = tx.execute(
        select(outbox.c.last_trouble)
        .where(outbox.c.state != SendState.DELIVERED.value, outbox.c.last_trouble != "")
        .order_by(outbox.c.next_try_at.desc())
        .limit(1)
    ).scalar_one_or_none()
    nothing = (0, None)
    return Deliveries(
        delivered=counts.get(SendState.DELIVERED.value, nothing)[0],
        waiting=counts.get(SendState.WAITING.value, nothing)[0],
        stuck=counts.get(SendState.STUCK.value, nothing)[0],
        oldest_waiting_at=counts.get(SendState.WAITING.value, nothing)[1],
        last_trouble=trouble or "",
    )


def _in(queue: Queue) -> ColumnElement[bool]:
    return cases.c.queue == queue.value


def _begin_of(day: date) -> bytes:
    """Return what sorts before every case due on ``day`` and behind every earlier one."""
    return day.toordinal().to_bytes(4, "big")


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _accepted_on(tx: Connection, on: date, mine: Sequence[ColumnElement[bool]]) -> int:
    begin = datetime.combine(on, time(), HALL_ZONE)
    counted = (
        select(func.count())
        .select_from(cases)
        .where(cases.c.accepted_at >= begin, cases.c.accepted_at < begin + timedelta(days=1), *mine)
    )
    return tx.execute(counted).scalar_one()


def _conditions(tx: Connection, query: CaseQuery) -> list[ColumnElement[bool]]:
    found = _view(query)
    if query.items:
        found.append(cases.c.item_code.in_(query.items))
    if query.clerk:
        found.append(cases.c.clerk_id == query.clerk)
    return found + _text(tx, search_text.words(query.text))


def _view(query: CaseQuery) -> list[ColumnElement[bool]]:
    match query.view:
        case CaseView.ALL:
            return []
        case CaseView.DUE_TODAY:
            # a closed case is never due, so it stands behind
            return [cases.c.place < _begin_of(_after(query.on))]
        case view:
            return [_in(_QUEUES[view])]


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _text(tx: Connection, words: Sequence[str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    in_text: list[str] = []
    for word in words:
        person = cases.c.applicant_index == index_of(tx, word)
        if len(word) in ID_NUMBER_LENGTHS and _exists(tx, select(cases.c.case_id).where(person)):
            found.append(person)
        else:
            in_text.append(word)
    found += [cases.c.search_text.contains(word, autoescape=True) for word in in_text]
    if in_text and tx.dialect.name == "sqlite":
        found += _rare(tx, in_text)
    return found


def _exists(tx: Connection, wanted: Select[Any]) -> bool:
    return tx.execute(wanted.limit(1)).first() is not None


def _rare(tx: Connection, words: Sequence[str]) -> list[ColumnElement[bool]]:
    match = " AND ".join(search_text.match_expression(word) for word in words)
    candidates = select(_search.c.rowid).where(_MATCHES.bindparams(match=match))
    some = select(func.count()).select_from(candidates.limit(FREQUENT).subquery())
    if tx.execute(some).scalar_one() == FREQUENT:
        return []
    return [cases.c.row_number.in_(candidates)]


def _place_of(line: CaseLine) -> bytes:
    return place(line.next_due_on or NOTHING_DUE, line.case_id)


def _line(row: Row[*tuple[Any, ...]]) -> CaseLine:
    kept = row._asdict()
    number, provisional = kept.pop("number"), kept.pop("provisional_number")
    due = kept.pop("next_due_on")
    return CaseLine(
        state=CaseState(kept.pop("state")),
        label=number or provisional or "",
        provisional=number is None and provisional is not None,
        clerk=kept.pop("clerk_name"),
        next_due_on=None if due == NOTHING_DUE else due,
        **kept,
    )
