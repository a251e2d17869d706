"""Lists and searches of cases (办件), page by page, and the counts of the first page (今日).

Lines come in the order of ``cases.place``; those that a text finds as well.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)

from clerk.domain.case import CaseState
from clerk.domain.case_list import (
    MARK_ROWS,
    CaseLine,
    CaseQuery,
    CaseView,
    ListExtent,
    Today,
)
from clerk.domain.days import HALL_ZONE
from clerk.domain.deadlines import Term
from clerk.domain.tasks import SHOWN_AHEAD
from clerk.storage import case_search, search_text
from clerk.storage.cases import NOTHING_DUE, Queue, place
from clerk.storage.deliveries import deliveries
from clerk.storage.outbox import UNDELIVERED
from clerk.storage.prepared import Prepared
from clerk.storage.tables import cases, outbox
from clerk.storage.tasks import MOST_CASES, in_order, with_task
from clerk.values import replace

FEW_WAITING = 50
"""Up to so many messages that wait are read whole, rather than looked for line by line."""

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

_UNDELIVERED = Prepared(
    select(outbox.c.case_id)
    .where(or_(*(outbox.c.state == state for state in UNDELIVERED)))
    .limit(FEW_WAITING + 1)
)
_UNDELIVERED_OF = select(outbox.c.case_id).where(
    outbox.c.case_id.in_(bindparam("of", expanding=True)),
    outbox.c.state.in_(UNDELIVERED),
)
_OTHERS = (
    "applicant_name",
    "item_code",
    "item_name",
    "with_whom",
    "clerk",
    "opened_at",
    "received_at",
    "accepted_at",
    "due_on",
    "statutory_due_on",
    "dates_estimated",
    "returned",
    "deferred",
    "held_at",
)
"""What a line takes over as it is, in the order of ``_LINE``."""

_LINE = select(
    cases.c.case_id,
    cases.c.state,
    cases.c.number,
    cases.c.provisional_number,
    cases.c.next_due_on,
    cases.c.terms,
    cases.c.tasks,
    cases.c.care,
    cases.c.applicant_name,
    cases.c.item_code,
    cases.c.item_name,
    cases.c.with_whom,
    cases.c.clerk_name,
    cases.c.opened_at,
    cases.c.received_at,
    cases.c.accepted_at,
    cases.c.due_on,
    cases.c.statutory_due_on,
    cases.c.dates_estimated,
    cases.c.returned,
    cases.c.deferred,
    cases.c.held_at,
).order_by(cases.c.place)


def page(
    tx: Connection,
    query: CaseQuery,
    after: CaseLine | None = None,
    limit: int = 200,
    *,
    offset: int = 0,
    mark: bytes = b"",
) -> list[CaseLine]:
    """Return up to ``limit`` lines behind ``after``; without it those from ``offset`` on.

    ``offset`` counts from the line at ``mark``, where one is given. Going on from a line or from
    a mark costs the same anywhere in a list of any length.
    """
    words = search_text.words(query.text)
    if words and query.view is not CaseView.TASKS:
        return _of_text(tx, query, words, after, offset, limit)
    conditions = _conditions(tx, query)
    if query.view is CaseView.TASKS:
        return _of_tasks(tx, query, conditions, after, offset, limit)
    if after is not None:
        conditions.append(cases.c.place > _place_of(after))
    elif mark:
        conditions.append(cases.c.place >= mark)
    found = _LINE.where(*conditions).limit(limit)
    return _lines(tx, tx.execute(found.offset(offset) if offset else found).all())


def extent(tx: Connection, query: CaseQuery) -> ListExtent:
    """Return how many lines the query has, and marks to go on from in a long list."""
    words = search_text.words(query.text)
    if words:
        return ListExtent(rows=count(tx, query), complete=_is_complete(tx, query, words))
    if query.view is CaseView.TASKS:
        rows = count(tx, query)
        return ListExtent(rows=min(rows, MOST_CASES), complete=rows <= MOST_CASES)
    conditions = _conditions(tx, query)
    marks = _marks(tx, conditions)
    if not marks:
        return ListExtent(rows=0)
    last = select(func.count()).select_from(cases).where(*conditions, cases.c.place >= marks[-1])
    rows = (len(marks) - 1) * MARK_ROWS + tx.execute(last).scalar_one()
    return ListExtent(rows=rows, marks=marks)


def _of_text(
    tx: Connection,
    query: CaseQuery,
    words: Sequence[str],
    after: CaseLine | None,
    offset: int,
    limit: int,
) -> list[CaseLine]:
    """Return lines that a text finds; the first ones, at each key press, in the quickest way."""
    if after is None and not offset and _is_by_index(tx, query, words):
        values = {
            "rows": case_search.newest(tx, words),
            "most": limit,
            **case_search.escaped(words),
        }
        still_open, closed = _first_found(replace(query, text=""), len(words))
        rows = [*still_open.rows(tx, values)]
        if len(rows) < limit:
            rows += closed.rows(tx, {**values, "most": limit - len(rows)})
        return _lines(tx, rows)
    found = select(cases.c.case_id).where(*_conditions(tx, query))
    order = tx.execute(found.order_by(*case_search.ORDER)).scalars().all()
    return lines(tx, _piece(order, after, offset, limit))


def _of_tasks(
    tx: Connection,
    query: CaseQuery,
    conditions: Sequence[ColumnElement[bool]],
    after: CaseLine | None,
    offset: int,
    limit: int,
) -> list[CaseLine]:
    """Return lines in the order of what this person has to do, not of the case's own terms."""
    return lines(tx, _piece(in_order(tx, conditions, query.tasks), after, offset, limit))


def _piece(
    order: Sequence[UUID], after: CaseLine | None, offset: int, limit: int
) -> Sequence[UUID]:
    first = offset
    if after is not None:
        first = order.index(after.case_id) + 1 if after.case_id in order else len(order)
    return order[first : first + limit]


def lines(tx: Connection, case_ids: Sequence[UUID]) -> list[CaseLine]:
    """Return the lines of these cases, in this order."""
    rows = tx.execute(_LINE.where(cases.c.case_id.in_(case_ids))).all()
    found = {line.case_id: line for line in _lines(tx, rows)}
    return [found[case_id] for case_id in case_ids]


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
        first=tuple(_lines(tx, tx.execute(first).all())),
        due_by_day=tuple((day, number) for day, number in due_by_day),
        deliveries=deliveries(tx),
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


def _marks(tx: Connection, conditions: Sequence[ColumnElement[bool]]) -> tuple[bytes, ...]:
    """Return the place of every ``MARK_ROWS``-th line, found in one walk of the index."""
    places = select(cases.c.place).where(*conditions).order_by(cases.c.place).limit(1)
    mark = select(places.scalar_subquery().label("place")).cte("mark", recursive=True)
    onward = places.where(cases.c.place > mark.c.place).offset(MARK_ROWS - 1).correlate(mark)
    mark = mark.union_all(select(onward.scalar_subquery()).where(mark.c.place.is_not(None)))
    found = tx.execute(select(mark.c.place)).scalars()
    return tuple(place for place in found if place is not None)


def _conditions(tx: Connection, query: CaseQuery) -> list[ColumnElement[bool]]:
    words = search_text.words(query.text)
    return _text(tx, query, words, _scope(query)) if words else _scope(query)


def _scope(query: CaseQuery) -> list[ColumnElement[bool]]:
    """Return what is asked besides a text."""
    found = _view(query)
    if query.items:
        found.append(or_(*(cases.c.item_code == code for code in query.items)))
    if query.clerk:
        found.append(cases.c.clerk_id == query.clerk)
    return found


def _view(query: CaseQuery) -> list[ColumnElement[bool]]:
    match query.view:
        case CaseView.ALL:
            return []
        case CaseView.DUE_TODAY:
            # a closed case is never due, so it stands behind
            return [cases.c.place < _begin_of(_after(query.on))]
        case CaseView.TASKS:
            return [with_task(query.on + SHOWN_AHEAD, query.tasks)]
        case view:
            return [_in(_QUEUES[view])]


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _text(
    tx: Connection, query: CaseQuery, words: Sequence[str], within: list[ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    """Narrow a list down to the lines with every word."""
    known, others = case_search.known(tx, words)
    if known:  # few are left then
        return [*known, *case_search.contain(others), *case_search.one_by_one(within)]
    if case_search.is_short(tx, _view(query)):
        return [*within, *case_search.contain(others)]
    return case_search.found(tx.dialect.name, others, within)


def _is_complete(tx: Connection, query: CaseQuery, words: Sequence[str]) -> bool:
    """Say whether a search lists every case that has its words."""
    if case_search.known(tx, words)[0] or case_search.is_short(tx, _view(query)):
        return True
    return case_search.is_all(tx, words, _scope(query))


def _is_by_index(tx: Connection, query: CaseQuery, words: Sequence[str]) -> bool:
    """Say whether a search goes through the index of all cases."""
    if tx.dialect.name != "sqlite" or case_search.known(tx, words)[0]:
        return False
    return not case_search.is_short(tx, _view(query))


@lru_cache(maxsize=32)
def _first_found(scope: CaseQuery, words: int) -> tuple[Prepared, Prepared]:
    return case_search.first_lines(_LINE, words, _scope(scope))


def _place_of(line: CaseLine) -> bytes:
    return place(line.next_due_on or NOTHING_DUE, line.case_id)


def _lines(tx: Connection, rows: Sequence[Sequence[Any]]) -> list[CaseLine]:
    undelivered = _undelivered(tx, [row[0] for row in rows])
    return [_line(row, undelivered[row[0]]) for row in rows]


def _undelivered(tx: Connection, case_ids: Sequence[UUID]) -> Counter[UUID]:
    """Count the messages of these cases that nobody has signed for: mostly none at all."""
    waiting = Counter(case_id for (case_id,) in _UNDELIVERED.rows(tx, {}))
    if waiting.total() <= FEW_WAITING:
        return waiting
    return Counter(tx.execute(_UNDELIVERED_OF, {"of": case_ids}).scalars())


@lru_cache(maxsize=1024)  # cases of the same weeks bear the same days
def _days(written: str) -> tuple[tuple[str, date], ...]:
    """Read what ``cases.terms_text`` and ``tasks_text`` have written, the first day first."""
    parts = (one.rpartition(":") for one in written.split())
    found = sorted((date.fromisoformat(on), name) for name, _, on in parts)
    return tuple((name, on) for on, name in found)


def _line(row: Sequence[Any], undelivered: int) -> CaseLine:
    case_id, state, number, provisional, due, terms, tasks, care, *others = row
    return CaseLine(
        case_id=case_id,
        state=CaseState(state),
        label=number or provisional or "",
        provisional=number is None and provisional is not None,
        next_due_on=None if due == NOTHING_DUE else due,
        undelivered=undelivered,
        care=tuple(care.split()),
        tasks=_days(tasks),
        term=Term(_days(terms)[0][0]) if terms else None,
        **dict(zip(_OTHERS, others, strict=True)),
    )
