"""The list of items as those who keep the catalogue page through it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, or_, select, union

from clerk.domain.catalogue_line import IN_FORCE, CatalogueLine
from clerk.domain.standard_draft import CatalogueQuery, DraftMark
from clerk.storage import standards
from clerk.storage.catalogue_tables import standard_drafts, standard_lines
from clerk.values import dataclass

_LINE, _DRAFT = standard_lines.c, standard_drafts.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An item with all its versions that count, and its draft."""

    item_code: str
    lines: tuple[CatalogueLine, ...]
    draft: DraftMark | None
    draft_name: str


def page(tx: Connection, query: CatalogueQuery, on: date, after: str, limit: int) -> list[Found]:
    """Return the next ``limit`` items after ``after``, by item code.

    Of those that are coming or stopped on ``on`` some more may be among them: who asks looks at
    each.
    """
    codes = _codes(query, on, after)
    wanted = list(tx.execute(codes.order_by(codes.selected_columns[0]).limit(limit)).scalars())
    if not wanted:
        return []
    lines: dict[str, list[CatalogueLine]] = {}
    for line in standards.lines(tx, wanted):
        lines.setdefault(line.item_code, []).append(line)
    drafts = _drafts(tx, wanted)
    return [_found(code, lines.get(code, ()), drafts.get(code)) for code in wanted]


def count(tx: Connection, query: CatalogueQuery, on: date) -> int:
    """Return how many items a query has, whatever their state."""
    codes = _codes(query, on, "").subquery()
    return tx.execute(select(func.count()).select_from(codes)).scalar_one()


def _codes(query: CatalogueQuery, on: date, after: str) -> Any:
    """Return the statement of the item codes: of lines, of drafts, or of both."""
    drafts = select(_DRAFT.item_code).where(
        _DRAFT.item_code > after, *_says(query, _DRAFT.name, _DRAFT.item_code)
    )
    if query.batch:
        drafts = drafts.where(_DRAFT.batch == query.batch)
    if query.proposed:
        drafts = drafts.where(_DRAFT.proposal_id.is_not(None))
    if query.drafts or query.batch or query.proposed:
        return drafts
    texts = (_LINE.name, _LINE.aliases, _LINE.codes, _LINE.item_code)
    of_lines: Select[Any] = select(_LINE.item_code).where(
        _LINE.taken_back.is_(False), _LINE.item_code > after, *_says(query, *texts)
    )
    if query.coming or query.stopped:
        these = _coming_or_stopped(query, on)
        of_lines = of_lines.where(_LINE.item_code.in_(these))
        drafts = drafts.where(_DRAFT.item_code.in_(these))
    return union(of_lines, drafts)


def _coming_or_stopped(query: CatalogueQuery, on: date) -> Select[tuple[str]]:
    """Return the items of which some version is still to come, or none is in force."""
    one = standard_lines.alias("one").c
    these = select(one.item_code).where(one.taken_back.is_(False))
    if query.coming:
        these = these.where(one.effective_on > on)
    return these.where(~_runs(one.item_code, on)) if query.stopped else these


def _runs(item_code: ColumnElement[str], on: date) -> ColumnElement[bool]:
    """Say that some version of the item is in force: then it is not stopped."""
    other = standard_lines.alias("other").c
    return exists().where(
        other.item_code == item_code,
        other.taken_back.is_(False),
        other.state_code == IN_FORCE,
        other.effective_on <= on,
        or_(other.ended_on.is_(None), other.ended_on >= on),
    )


def _says(query: CatalogueQuery, *columns: ColumnElement[str]) -> list[ColumnElement[bool]]:
    """Say that every word of the query stands in one of the columns."""
    return [
        or_(*(column.contains(word, autoescape=True) for column in columns))
        for word in query.text.split()
    ]


def _drafts(tx: Connection, item_codes: Sequence[str]) -> dict[str, Any]:
    wanted = select(
        _DRAFT.item_code,
        _DRAFT.name,
        _DRAFT.changed_at,
        _DRAFT.changed_by,
        _DRAFT.changed_by_name,
        _DRAFT.proposal_id,
        _DRAFT.note,
        _DRAFT.batch,
    ).where(_DRAFT.item_code.in_(item_codes))
    return {row.item_code: row for row in tx.execute(wanted)}


def _found(code: str, lines: Sequence[CatalogueLine], draft: Row[Any] | None) -> Found:
    if draft is None:
        return Found(item_code=code, lines=tuple(lines), draft=None, draft_name="")
    mark = DraftMark(
        changed_at=draft.changed_at,
        changed_by=draft.changed_by,
        changed_by_name=draft.changed_by_name,
        proposed=draft.proposal_id is not None,
        note=draft.note,
        batch=draft.batch,
    )
    return Found(item_code=code, lines=tuple(lines), draft=mark, draft_name=draft.name)
