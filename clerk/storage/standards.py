"""Published versions of item standards; a version never changes, a change is a new version.

A line beside each version says what lists and the search need. Its last day follows from the
versions after it, so that a change takes effect on its day at every window without any act.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from clerk.domain.catalogue_line import IN_FORCE, CatalogueLine, line_of
from clerk.domain.errors import StandardFaulty
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_versions import NEW_ITEM, VersionEntry, ends_of
from clerk.storage import upsert
from clerk.storage.catalogue_tables import standard_lines, standard_proposals, standards
from clerk.storage.codec import dump, load
from clerk.storage.digest import sm3
from clerk.storage.lots import lots
from clerk.storage.prepared import ONE, Prepared
from clerk.storage.tables import series
from clerk.values import dataclass

if TYPE_CHECKING:
    from clerk.domain.standard_draft import StandardDraft

AT_ONCE: Final = 200
"""Versions looked at in one statement."""

_STAMP: Final = {"authority": "", "kind": "catalogue", "period": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A version on its way into the store: written text, its digest, and its line."""

    line: CatalogueLine
    digest: str
    body: str
    proposal_id: UUID | None = None
    base_version: int = NEW_ITEM
    hands: tuple[str, ...] = ()


def edition_of(
    standard: ItemStandard, proposal_id: UUID | None = None, draft: "StandardDraft | None" = None
) -> Edition:
    """Return a standard as it is kept; ``draft`` is what it was made from."""
    body = dump(standard)
    return Edition(
        line=line_of(standard),
        digest=sm3(body.encode()),
        body=body,
        proposal_id=proposal_id,
        base_version=draft.base_version if draft else NEW_ITEM,
        hands=draft.hands if draft else (),
    )


def publish(tx: Connection, standard: ItemStandard, at: datetime) -> bool:
    """Keep a version for ever; False where this very version was published before.

    Raises:
        StandardFaulty: that version number was published with other content.
    """
    edition = edition_of(standard)
    published = digest_of(tx, standard.item_code, standard.version)
    if published is None:
        publish_all(tx, [edition], at)
        return True
    if published != edition.digest:
        raise StandardFaulty(
            f"事项{standard.name}的第{standard.version}版已经发布过，内容不同，没有写入。"
            "请把改动作为新版本发布",
            (f"{standard.item_code} {standard.version}",),
        )
    return False


def publish_all(tx: Connection, editions: Sequence[Edition], at: datetime) -> None:
    """Keep new versions for ever, and end those before them; one that is there is our own bug."""
    _INSERT.run_each(tx, [_version_row(one, at) for one in editions])
    _INSERT_LINE.run_each(tx, [_line_row(one, at) for one in editions])
    settle_ends(tx, {one.line.item_code for one in editions})


def settle_ends(tx: Connection, item_codes: Iterable[str]) -> None:
    """Let every version of these items end where the next one begins."""
    for some in lots(sorted(item_codes), AT_ONCE):
        found: dict[str, list[Any]] = {}
        for row in tx.execute(_SPANS, {"items": some}):
            found.setdefault(row.item_code, []).append(row)
        _UPDATE_END.run_each(tx, [change for rows in found.values() for change in _moved(rows)])
    upsert.count_up(tx, series, _STAMP, "last")


def stamp(tx: Connection) -> int:
    """Return a number that grows whenever a line changes."""
    found = tx.execute(select(series.c.last).filter_by(**_STAMP)).scalar_one_or_none()
    return found or 0


def lines(tx: Connection, item_codes: Sequence[str] | None = None) -> Iterator[CatalogueLine]:
    """Yield the line of every version that was not taken back, by item and version."""
    wanted = select(*_LINE).where(standard_lines.c.taken_back.is_(False))
    if item_codes is not None:
        wanted = wanted.where(standard_lines.c.item_code.in_(item_codes))
    ordered = wanted.order_by(standard_lines.c.item_code, standard_lines.c.version)
    same: dict[Any, Any] = {}  # offices, telephones and days stand in thousands of lines
    with tx.execute(ordered.execution_options(yield_per=1000)) as rows:
        for code, version, name, state, begins, ends, aliases, codes, *others in rows:
            body, phone, law_kind, use_level, offline = others
            yield CatalogueLine(
                item_code=code,
                version=version,
                name=name,
                state_code=same.setdefault(state, state),
                effective_on=same.setdefault(begins, begins),
                ended_on=same.setdefault(ends, ends),
                aliases=tuple(aliases.split("\n")) if aliases else (),
                codes=tuple(codes.split("\n")) if codes else (),
                body=same.setdefault(body, body),
                phone=same.setdefault(phone, phone),
                law_kind=same.setdefault(law_kind, law_kind),
                use_level=same.setdefault(use_level, use_level),
                offline=offline,
            )


def find(tx: Connection, item_code: str, version: int) -> ItemStandard | None:
    """Return one version, None where it was never published here."""
    found = _FIND.first(tx, {"item_code": item_code, "version": version})
    return None if found is None else load(found[0], ItemStandard)


def digest_of(tx: Connection, item_code: str, version: int) -> str | None:
    """Return the SM3 digest of a version, None where it was never published here."""
    return tx.execute(
        select(standards.c.digest).where(
            standards.c.item_code == item_code, standards.c.version == version
        )
    ).scalar_one_or_none()


def version_on(tx: Connection, item_code: str, on: date) -> int | None:
    """Return which version of an item is in force on ``on``, None for none."""
    found = _VERSION_ON.first(tx, {"item_code": item_code, "day": on})
    return None if found is None else int(found[0])


def in_force(tx: Connection, on: date) -> Iterator[ItemStandard]:
    """Yield of every item the version that is in force on ``on``, by item code, one at a time."""
    here = standard_lines.c
    same = and_(standards.c.item_code == here.item_code, standards.c.version == here.version)
    wanted = (
        select(standards.c.body)
        .join(standard_lines, same)
        .where(
            here.taken_back.is_(False),
            here.state_code == IN_FORCE,
            here.effective_on <= on,
            or_(here.ended_on.is_(None), here.ended_on >= on),
        )
        .order_by(here.item_code)
    )
    with tx.execute(wanted.execution_options(yield_per=50)) as rows:
        for body in rows.scalars():
            yield load(body, ItemStandard)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Version numbers of an item: the newest that was not taken back, and the highest given."""

    newest: int = NEW_ITEM
    highest: int = 0


def numbers_of(tx: Connection, item_codes: Iterable[str]) -> dict[str, Numbers]:
    """Return the version numbers of those of the items that were ever published."""
    found: dict[str, Numbers] = {}
    for some in lots(sorted(item_codes), AT_ONCE):
        for row in tx.execute(_NUMBERS, {"items": some}):
            found[row.item_code] = Numbers(newest=row.newest or NEW_ITEM, highest=row.highest)
    return found


def begun(tx: Connection, item_codes: Iterable[str]) -> set[tuple[str, date]]:
    """Return items and first days of every version of these items, taken back or not."""
    here = standard_lines.c
    found: set[tuple[str, date]] = set()
    for some in lots(sorted(item_codes), AT_ONCE):
        wanted = select(here.item_code, here.effective_on).where(here.item_code.in_(some))
        found.update((row.item_code, row.effective_on) for row in tx.execute(wanted))
    return found


def history(tx: Connection, item_code: str) -> tuple[VersionEntry, ...]:
    """Return every version of an item with who published it, the newest first."""
    here, of = standard_lines.c, standard_proposals.c
    wanted = (
        select(standard_lines, of.settled_by_name, of.proposed_by_name, of.reason)
        .outerjoin(standard_proposals, of.proposal_id == here.proposal_id)
        .where(here.item_code == item_code)
        .order_by(here.version.desc())
    )
    return tuple(
        VersionEntry(
            item_code=row.item_code,
            version=row.version,
            name=row.name,
            effective_on=row.effective_on,
            ended_on=row.ended_on,
            published_at=row.published_at,
            published_by_name=row.settled_by_name or "",
            proposed_by_name=row.proposed_by_name or "",
            reason=row.reason or "",
            taken_back=row.taken_back,
        )
        for row in tx.execute(wanted)
    )


def count_of_items(tx: Connection) -> int:
    """Return how many items have a line."""
    wanted = select(func.count(standard_lines.c.item_code.distinct()))
    return tx.execute(wanted).scalar_one()


_INSERT = Prepared(insert(standards))
_INSERT_LINE = Prepared(insert(standard_lines))
_UPDATE_END = Prepared(
    update(standard_lines)
    .where(
        standard_lines.c.item_code == bindparam("of_item"),
        standard_lines.c.version == bindparam("of_version"),
    )
    .values(ended_on=bindparam("ends_on", type_=standard_lines.c.ended_on.type))
)
_FIND = Prepared(
    select(standards.c.body).where(
        standards.c.item_code == bindparam("item_code"),
        standards.c.version == bindparam("version"),
    )
)
_VERSION_ON = Prepared(
    select(standard_lines.c.version)
    .where(
        standard_lines.c.item_code == bindparam("item_code"),
        standard_lines.c.taken_back.is_(False),
        standard_lines.c.state_code == literal(IN_FORCE, standard_lines.c.state_code.type),
        standard_lines.c.effective_on <= bindparam("day"),
        or_(
            standard_lines.c.ended_on.is_(None),
            standard_lines.c.ended_on >= bindparam("day"),
        ),
    )
    .order_by(standard_lines.c.version.desc())
    .limit(ONE)
)
_NUMBERS = (
    select(
        standard_lines.c.item_code,
        func.max(standard_lines.c.version).label("highest"),
        func.max(case((standard_lines.c.taken_back.is_(False), standard_lines.c.version))).label(
            "newest"
        ),
    )
    .where(standard_lines.c.item_code.in_(bindparam("items", expanding=True)))
    .group_by(standard_lines.c.item_code)
)
_SPANS = (
    select(
        standard_lines.c.item_code,
        standard_lines.c.version,
        standard_lines.c.effective_on,
        standard_lines.c.ended_on,
        standards.c.ended_on.label("own_end"),
    )
    .join(
        standards,
        and_(
            standards.c.item_code == standard_lines.c.item_code,
            standards.c.version == standard_lines.c.version,
        ),
    )
    .where(
        standard_lines.c.item_code.in_(bindparam("items", expanding=True)),
        standard_lines.c.taken_back.is_(False),
    )
)
_LINE = tuple(
    standard_lines.c[name]
    for name in (
        *("item_code", "version", "name", "state_code", "effective_on", "ended_on"),
        *("aliases", "codes", "body", "phone", "law_kind", "use_level", "offline"),
    )
)


def _version_row(edition: Edition, at: datetime) -> dict[str, object]:
    line = edition.line
    return {
        "item_code": line.item_code,
        "version": line.version,
        "effective_on": line.effective_on,
        "ended_on": line.ended_on,
        "digest": edition.digest,
        "published_at": at,
        "body": edition.body,
    }


def _line_row(edition: Edition, at: datetime) -> dict[str, object]:
    line = edition.line
    return {
        "item_code": line.item_code,
        "version": line.version,
        "name": line.name,
        "aliases": "\n".join(line.aliases),
        "codes": "\n".join(line.codes),
        "state_code": line.state_code,
        "effective_on": line.effective_on,
        "ended_on": line.ended_on,
        "body": line.body,
        "phone": line.phone,
        "law_kind": line.law_kind,
        "use_level": line.use_level,
        "offline": line.offline,
        "published_at": at,
        "proposal_id": edition.proposal_id,
        "base_version": edition.base_version,
        "hands": "\n".join(edition.hands),
        "taken_back": False,
    }


def _moved(rows: Iterable[Any]) -> Iterator[dict[str, object]]:
    known = {row.version: row for row in rows}
    spans = ((row.version, row.effective_on, row.own_end) for row in known.values())
    for version, ends_on in ends_of(spans).items():
        row = known[version]
        if row.ended_on != ends_on:
            yield {"of_item": row.item_code, "of_version": version, "ends_on": ends_on}
