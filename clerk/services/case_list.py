"""Lists and counts of cases (办件、今日)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from clerk.domain.case_list import CaseLine, CaseQuery, CaseView, ListExtent, Today
from clerk.domain.identity import Act, Role, Session
from clerk.domain.tasks import kinds_of
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import case_list


def cases_page(
    desk: Desk,
    session: Session,
    query: CaseQuery,
    after: CaseLine | None,
    offset: int,
    limit: int,
) -> Sequence[CaseLine]:
    """Return a page of lines; a search by text is a line of the journal, without the text."""
    session.require(Act.LIST_CASES)
    if query.text.strip() and after is None and offset == 0:
        with desk.store.begin() as tx:
            record(desk, tx, session, "cases.searched", view=query.view.value)
    with desk.store.read() as tx:
        return case_list.page(tx, _of(session, query), after, limit, offset=offset)


def cases_from_mark(
    desk: Desk, session: Session, query: CaseQuery, mark: bytes, offset: int, limit: int
) -> Sequence[CaseLine]:
    """Return a page of lines from the one ``offset`` lines behind a mark of the list's extent."""
    session.require(Act.LIST_CASES)
    with desk.store.read() as tx:
        return case_list.page(tx, _of(session, query), None, limit, offset=offset, mark=mark)


def cases_extent(desk: Desk, session: Session, query: CaseQuery) -> ListExtent:
    """Return how long the list of a query is."""
    session.require(Act.LIST_CASES)
    with desk.store.read() as tx:
        return case_list.extent(tx, _of(session, query))


def cases_count(desk: Desk, session: Session, query: CaseQuery) -> int:
    """Return how many lines the query has."""
    session.require(Act.LIST_CASES)
    with desk.store.read() as tx:
        return case_list.count(tx, _of(session, query))


def today_summary(desk: Desk, session: Session, on: date) -> Today:
    """Return what the first page counts; a chief sees the items of his mandate."""
    session.require(Act.LIST_CASES)
    chief_only = session.account.roles == {Role.CHIEF_REPRESENTATIVE}
    items = tuple(sorted(session.account.decides_items)) if chief_only else ()
    with desk.store.read() as tx:
        return case_list.today(tx, on, clerk=session.account.account_id, items=items)


def _of(session: Session, query: CaseQuery) -> CaseQuery:
    """Return the query; the view of tasks is about those of this person's roles."""
    if query.view is not CaseView.TASKS:
        return query
    return replace(query, tasks=kinds_of(session.account.roles))
