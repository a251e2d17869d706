"""The catalogue as those who keep it see it: items, versions, history (事项标准)."""

from datetime import date
from typing import Final

from clerk.domain.identity import Act, Session
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_draft import (
    CataloguePage,
    CatalogueQuery,
    CatalogueRow,
    ItemState,
    Plain,
    coming_of,
    standing_of,
    state_of,
)
from clerk.domain.standard_versions import NEW_ITEM, VersionEntry
from clerk.services.desk import Desk
from clerk.services.sample_bench import SampleBench
from clerk.storage import catalogue_list, standards

ROWS_AT_ONCE: Final = 100
_STOPPED: Final = frozenset({ItemState.ENDED, ItemState.SUSPENDED, ItemState.CANCELLED})
_MOST_PAGES: Final = 50
"""Pages looked through for a state before the list is shown as far as it is."""


def catalogue_page(
    desk: Desk,
    session: Session,
    query: CatalogueQuery,
    after: str = "",
    limit: int = ROWS_AT_ONCE,
) -> CataloguePage:
    """Return the next items of the list, by item code.

    Args:
        desk: what the window has at hand.
        session: who asks.
        query: which items; its text is looked for in names, common names and codes.
        after: where the page before ended, empty for the first page.
        limit: how many rows at most.

    Raises:
        NotAllowed: the role does not see the catalogue.
    """
    session.require(Act.READ_STANDARDS)
    today = desk.today()
    rows: list[CatalogueRow] = []
    with desk.store.read() as tx:
        total = None if after or _by_day(query) else catalogue_list.count(tx, query, today)
        for _ in range(_MOST_PAGES):
            found = catalogue_list.page(tx, query, today, after, limit)
            made = (_row(one, today) for one in found)
            rows += [row for row in made if _wanted(query, row)]
            after = found[-1].item_code if len(found) == limit else ""
            if not after or len(rows) >= limit:
                break
    if len(rows) > limit:
        rows = rows[:limit]
        after = rows[-1].item_code
    return CataloguePage(rows=tuple(rows), after=after, total=total)


def read_version(desk: Desk, session: Session, item_code: str, version: int) -> ItemStandard:
    """Return a published version, in force or not.

    Raises:
        NotAllowed: the role does not see the catalogue.
        UnknownItem: there is no such version.
    """
    session.require(Act.READ_STANDARDS)
    return desk.standard(item_code, version)


def history(desk: Desk, session: Session, item_code: str) -> tuple[VersionEntry, ...]:
    """Return every version of an item, the newest first."""
    session.require(Act.READ_STANDARDS)
    with desk.store.read() as tx:
        return standards.history(tx, item_code)


def samples_of(
    desk: Desk, session: Session, bench: SampleBench, item_code: str, version: int
) -> Plain:
    """Return the sample cases of a version, empty where it has none."""
    session.require(Act.READ_STANDARDS)
    with desk.store.read() as tx:
        return bench.kept(tx, item_code, version)


def version_on(desk: Desk, session: Session, item_code: str, on: date) -> int | None:
    """Return which version of an item is in force on a day, None for none."""
    session.require(Act.READ_STANDARDS)
    with desk.store.read() as tx:
        return standards.version_on(tx, item_code, on)


def _by_day(query: CatalogueQuery) -> bool:
    """Whether each item has to be looked at to say if it is wanted."""
    return query.state is not None or query.coming or query.stopped


def _wanted(query: CatalogueQuery, row: CatalogueRow) -> bool:
    return (
        query.state in (None, row.state)
        and not (query.coming and row.next_version == NEW_ITEM)
        and not (query.stopped and row.state not in _STOPPED)
    )


def _row(found: catalogue_list.Found, on: date) -> CatalogueRow:
    line = standing_of(found.lines, on)
    coming = coming_of(found.lines, on)
    return CatalogueRow(
        item_code=found.item_code,
        name=line.name if line else found.draft_name,
        body=line.body if line else "",
        state=state_of(line, on),
        version=line.version if line else NEW_ITEM,
        effective_on=line.effective_on if line else None,
        ended_on=line.ended_on if line else None,
        next_version=coming.version if coming else NEW_ITEM,
        next_on=coming.effective_on if coming else None,
        draft=found.draft,
    )
