"""Lists and counts of cases (办件、今日)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from clerk.domain.case_list import CaseLine, CaseQuery, CaseView, ListExtent, Today
from clerk.domain.identity import Act, Role, Session
from clerk.domain.tasks import kinds_of
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import case_list
from clerk.values import replace

ONE_SEARCH = timedelta(seconds=10)
"""How long after one key another one still belongs to the same search."""


class TypedSearch:
    """What one person types into the search, so that a search is one line of the journal.

    Each key that adds to the text narrows down what was found. Whatever else is looked for, also
    by taking a character back or all of them, is another search.
    """

    def __init__(self) -> None:
        self._last: tuple[CaseQuery, datetime] | None = None

    def goes_on(self, query: CaseQuery, at: datetime) -> bool:
        """Whether the search that was noted last is typed on."""
        if self._last is None:
            return False
        before, noted_at = self._last
        same = replace(query, text=before.text) == before
        return same and query.text.startswith(before.text) and at - noted_at < ONE_SEARCH

    def note(self, query: CaseQuery, at: datetime) -> None:
        """Take a search whose line is written; without a text the search is over."""
        self._last = (query, at) if query.text.strip() else None


def cases_page(
    desk: Desk,
    session: Session,
    query: CaseQuery,
    after: CaseLine | None,
    offset: int,
    limit: int,
    typed: TypedSearch | None = None,
) -> Sequence[CaseLine]:
    """Return a page of lines; a search by text is a line of the journal, without the text.

    The line is written before anything is read. A search that ``typed`` says is merely typed on
    has its line.
    """
    session.require(Act.LIST_CASES)
    if after is None and offset == 0:
        said = not query.text.strip() or (typed is not None and typed.goes_on(query, desk.now()))
        if not said:
            with desk.store.begin() as tx:
                record(desk, tx, session, "cases.searched", view=query.view.value)
        if typed is not None:
            typed.note(query, desk.now())
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
