"""Lists and searches of cases (办件), page by page, and the counts of the first page (今日).

Lines come in the order of ``cases.place``. A search by text looks at the newest ``LOOKED_AT`` cases
that may match, so that no word, however common, makes anybody wait.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    case,
    column,
    func,
    or_,
    select,
    table,
    text,
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
from clerk.storage import search_text
from clerk.storage.blind_index import index_of
from clerk.storage.cases import NOTHING_DUE, Queue, place
from clerk.storage.deliveries import deliveries
from clerk.storage.outbox import UNDELIVERED
from clerk.storage.tables import cases, outbox
from clerk.storage.tasks import MOST_CASES, in_order, with_task

LOOKED_AT = 500
"""So many cases are compared with a searched text at most: a few milliseconds."""

FEW_WAITING = 50
"""Up to so many messages that wait are read whole, rather than looked for line by line."""

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
    select(outbox.c.case_id).where(outbox.c.state.in_(UNDELIVERED)).limit(FEW_WAITING + 1)
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
    conditions = _conditions(tx, query)
    if query.view is CaseView.TASKS:
        return _of_tasks(tx, query, conditions, after, offset, limit)
    if after is not None:
        conditions.append(cases.c.place > _place_of(after))
    elif mark:
        conditions.append(cases.c.place >= mark)
    found = _LINE.where(*conditions).limit(limit)
    return _lines(tx, found.offset(offset) if offset else found)


def extent(tx: Connection, query: CaseQuery) -> ListExtent:
    """Return how many lines the query has, and marks to go on from in a long list."""
    if search_text.words(query.text):
        return ListExtent(rows=count(tx, query), complete=_is_complete(tx, query))
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


def _of_tasks(
    tx: Connection,
    query: CaseQuery,
    conditions: Sequence[ColumnElement[bool]],
    after: CaseLine | None,
    offset: int,
    limit: int,
) -> list[CaseLine]:
    """Return lines in the order of what this person has to do, not of the case's own terms."""
    order = in_order(tx, conditions, query.tasks)
    first = offset
    if after is not None:
        first = order.index(after.case_id) + 1 if after.case_id in order else len(order)
    return lines(tx, order[first : first + limit])


def lines(tx: Connection, case_ids: Sequence[UUID]) -> list[CaseLine]:
    """Return the lines of these cases, in this order."""
    found = {line.case_id: line for line in _lines(tx, _LINE.where(cases.c.case_id.in_(case_ids)))}
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
        first=tuple(_lines(tx, first)),
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
    found = _view(query)
    if query.items:
        found.append(cases.c.item_code.in_(query.items))
    if query.clerk:
        found.append(cases.c.clerk_id == query.clerk)
    words = search_text.words(query.text)
    return _text(tx, query, words, found) if words else found


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
    known, in_text = _known(tx, words)
    found = known + _contain(in_text)
    if not known and _is_short(tx, query):
        return within + found
    # few are left then: looked up one by one, never through an index of the whole view
    found += [case((condition, 1), else_=0) == 1 for condition in within]
    return found if known else [cases.c.row_number.in_(_newest(tx, query, in_text)), *found]


def _known(tx: Connection, words: Sequence[str]) -> tuple[list[ColumnElement[bool]], Sequence[str]]:
    """Return the conditions of words that are a case's or a person's number; the other words."""
    found: list[ColumnElement[bool]] = []
    others: list[str] = []
    for word in words:
        of_case = or_(cases.c.number == word, cases.c.provisional_number == word)
        of_person = cases.c.applicant_index == index_of(tx, word)
        if _exists(tx, select(cases.c.case_id).where(of_case)):
            found.append(cases.c.row_number.in_(select(cases.c.row_number).where(of_case)))
        elif len(word) in ID_NUMBER_LENGTHS and _exists(
            tx, select(cases.c.case_id).where(of_person)
        ):
            found.append(of_person)
        else:
            others.append(word)
    return found, others


def _contain(words: Sequence[str]) -> list[ColumnElement[bool]]:
    return [cases.c.search_text.contains(word, autoescape=True) for word in words]


def _exists(tx: Connection, wanted: Select[Any]) -> bool:
    return tx.execute(wanted.limit(1)).first() is not None


def _is_short(tx: Connection, query: CaseQuery) -> bool:
    """Say whether every case of the view may be looked at."""
    view = _view(query)
    some = select(cases.c.row_number).where(*view).limit(LOOKED_AT + 1)
    return bool(view) and _number_of(tx, some) <= LOOKED_AT


def _newest(tx: Connection, query: CaseQuery, words: Sequence[str]) -> Select[tuple[int]]:
    """Return the newest cases that may have every word; an index says too much, never too little.

    Without the index (PostgreSQL) the words themselves are looked for.
    """
    if tx.dialect.name == "sqlite":
        match = " AND ".join(search_text.match_expression(word) for word in words)
        found = select(_search.c.rowid).where(_MATCHES.bindparams(match=match))
        return found.order_by(_search.c.rowid.desc()).limit(LOOKED_AT)
    found = select(cases.c.row_number).where(*_view(query), *_contain(words))
    return found.order_by(cases.c.row_number.desc()).limit(LOOKED_AT)


def _is_complete(tx: Connection, query: CaseQuery) -> bool:
    """Say whether a search has looked at every case that may match."""
    known, in_text = _known(tx, search_text.words(query.text))
    if known or _is_short(tx, query):
        return True
    return _number_of(tx, _newest(tx, query, in_text)) < LOOKED_AT


def _number_of(tx: Connection, wanted: Select[Any]) -> int:
    return tx.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()


def _place_of(line: CaseLine) -> bytes:
    return place(line.next_due_on or NOTHING_DUE, line.case_id)


def _lines(tx: Connection, wanted: Select[Any]) -> list[CaseLine]:
    rows = tx.execute(wanted).all()
    undelivered = _undelivered(tx, [row.case_id for row in rows])
    return [_line(row, undelivered[row.case_id]) for row in rows]


def _undelivered(tx: Connection, case_ids: Sequence[UUID]) -> Counter[UUID]:
    """Count the messages of these cases that nobody has signed for: mostly none at all."""
    waiting = Counter(tx.execute(_UNDELIVERED).scalars())
    if waiting.total() <= FEW_WAITING:
        return waiting
    return Counter(tx.execute(_UNDELIVERED_OF, {"of": case_ids}).scalars())


def _days(written: str) -> list[tuple[str, date]]:
    """Read what ``cases.terms_text`` and ``cases.tasks_text`` have written."""
    parts = (one.rpartition(":") for one in written.split())
    return [(name, date.fromisoformat(on)) for name, _, on in parts]


def _line(row: Row[*tuple[Any, ...]], undelivered: int) -> CaseLine:
    case_id, state, number, provisional, due, terms, tasks, care, *others = row
    return CaseLine(
        case_id=case_id,
        state=CaseState(state),
        label=number or provisional or "",
        provisional=number is None and provisional is not None,
        next_due_on=None if due == NOTHING_DUE else due,
        undelivered=undelivered,
        care=tuple(care.split()),
        tasks=tuple(sorted(_days(tasks), key=itemgetter(1))),
        term=min((on, Term(name)) for name, on in _days(terms))[1] if terms else None,
        **dict(zip(_OTHERS, others, strict=True)),
    )
