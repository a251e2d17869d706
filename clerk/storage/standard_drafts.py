"""Drafts of item standards: at most one of an item, which may be faulty."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, literal, select, update

from clerk.domain.standard_draft import DraftChanged, StandardDraft
from clerk.storage import upsert
from clerk.storage.catalogue_tables import standard_drafts
from clerk.storage.lots import lots
from clerk.storage.plain_table import dump_table, load_table
from clerk.storage.prepared import Prepared
from clerk.values import replace

AT_ONCE: Final = 50
"""Drafts looked at in one statement; so many are in memory together."""

_HERE = standard_drafts.c


def find(tx: Connection, item_code: str) -> StandardDraft | None:
    """Return the draft of an item, None where there is none."""
    found = tx.execute(select(standard_drafts).where(_HERE.item_code == item_code)).first()
    return None if found is None else _draft(found)


def add(tx: Connection, draft: StandardDraft) -> StandardDraft:
    """Keep the first state of a draft and return it at its revision.

    Raises:
        DraftChanged: somebody else has begun one meanwhile.
    """
    first = _row(draft)
    if upsert.put_new(tx, standard_drafts, first) is None:
        raise DraftChanged(f"“{draft.name}”已有人在改，没有另建草稿。请打开已有的草稿")
    return _at(draft, 1)


def add_all(tx: Connection, drafts: Iterable[StandardDraft]) -> None:
    """Keep drafts of items that have none."""
    _INSERT.run_each(tx, [_row(draft) for draft in drafts])


def save(tx: Connection, draft: StandardDraft) -> StandardDraft:
    """Write a draft over the revision it was read at and return it at its new one.

    Raises:
        DraftChanged: somebody else saved or dropped it, or it lies with the publisher.
    """
    open_one = (_HERE.item_code == draft.item_code) & _HERE.proposal_id.is_(None)
    unchanged = open_one & (_HERE.revision == draft.revision)
    row = {**_row(draft), "revision": draft.revision + 1}
    if not tx.execute(update(standard_drafts).where(unchanged).values(row)).rowcount:
        raise DraftChanged(f"“{draft.name}”的草稿已被他人修改或送审，这次没有保存。请重新打开再改")
    return _at(draft, draft.revision + 1)


def drop(tx: Connection, draft: StandardDraft) -> None:
    """Delete a draft as it was read.

    Raises:
        DraftChanged: somebody else saved it meanwhile, or it lies with the publisher.
    """
    open_one = (_HERE.item_code == draft.item_code) & _HERE.proposal_id.is_(None)
    unchanged = open_one & (_HERE.revision == draft.revision)
    if not tx.execute(delete(standard_drafts).where(unchanged)).rowcount:
        raise DraftChanged(f"“{draft.name}”的草稿已被他人修改或送审，没有删除。请重新打开")


def drop_batch(tx: Connection, batch: str) -> Iterator[int]:
    """Delete what came with an import and was not proposed; yields how many are gone, lot by lot."""
    done = 0
    for codes in _codes(tx, (_HERE.batch == batch) & _HERE.proposal_id.is_(None)):
        drop_all(tx, codes)
        done += len(codes)
        yield done


def drop_all(tx: Connection, item_codes: Sequence[str]) -> None:
    """Delete the drafts of these items, which are versions now or not wanted any more."""
    tx.execute(_DROP, {"items": item_codes})


def taken(tx: Connection, item_codes: Sequence[str]) -> set[str]:
    """Return which of these items have a draft."""
    found: set[str] = set()
    for some in lots(item_codes, AT_ONCE):
        found.update(tx.execute(_TAKEN, {"items": some}).scalars())
    return found


def all_taken(tx: Connection) -> set[str]:
    """Return every item that has a draft."""
    return set(tx.execute(select(_HERE.item_code)).scalars())


def propose(tx: Connection, item_codes: Sequence[str], proposal_id: UUID) -> int:
    """Lay the open drafts of these items into a proposal; returns how many there were."""
    done = 0
    for some in lots(item_codes, AT_ONCE):
        open_ones = _HERE.item_code.in_(some) & _HERE.proposal_id.is_(None)
        laid = update(standard_drafts).where(open_ones).values(proposal_id=proposal_id)
        done += tx.execute(laid).rowcount
    return done


def propose_batch(tx: Connection, batch: str, proposal_id: UUID) -> Iterator[int]:
    """Lay every open draft of an import into a proposal; yields how many are, lot by lot."""
    open_ones = (_HERE.batch == batch) & _HERE.proposal_id.is_(None)
    return _laid(tx, open_ones, proposal_id)


def has_hand(tx: Connection, proposal_id: UUID, account_id: str) -> bool:
    """Whether an account changed any draft of a proposal."""
    hands = literal("\n") + _HERE.hands + literal("\n")
    among = hands.contains(f"\n{account_id}\n", autoescape=True)
    wanted = select(_HERE.item_code).where(_HERE.proposal_id == proposal_id, among).limit(1)
    return tx.execute(wanted).first() is not None


def give_back(tx: Connection, proposal_id: UUID) -> Iterator[int]:
    """Let the drafts of a proposal be edited again; yields how many can be, lot by lot."""
    return _laid(tx, _HERE.proposal_id == proposal_id, None)


def of_proposal(tx: Connection, proposal_id: UUID) -> Iterator[StandardDraft]:
    """Yield the drafts of a proposal by item code, one page in memory at a time."""
    yield from _paged(tx, _HERE.proposal_id == proposal_id)


def of_batch(tx: Connection, batch: str) -> Iterator[StandardDraft]:
    """Yield the open drafts of an import by item code, one page in memory at a time."""
    yield from _paged(tx, (_HERE.batch == batch) & _HERE.proposal_id.is_(None))


def count_of_batch(tx: Connection, batch: str) -> int:
    """Return how many open drafts an import left."""
    open_ones = (_HERE.batch == batch) & _HERE.proposal_id.is_(None)
    return tx.execute(select(func.count()).where(open_ones)).scalar_one()


def _laid(tx: Connection, wanted: Any, proposal_id: UUID | None) -> Iterator[int]:
    done = 0
    for codes in _codes(tx, wanted):
        of_lot = update(standard_drafts).where(_HERE.item_code.in_(codes))
        tx.execute(of_lot.values(proposal_id=proposal_id))
        done += len(codes)
        yield done


def _codes(tx: Connection, wanted: Any) -> Iterator[list[str]]:
    """Yield the items of some drafts, lot by lot; a lot may be changed before the next is asked."""
    after = ""
    while True:
        lot = (
            select(_HERE.item_code)
            .where(wanted, _HERE.item_code > after)
            .order_by(_HERE.item_code)
            .limit(AT_ONCE)
        )
        found = list(tx.execute(lot).scalars())
        if not found:
            return
        yield found
        after = found[-1]


def _paged(tx: Connection, wanted: Any) -> Iterator[StandardDraft]:
    after = ""
    while True:
        page = (
            select(standard_drafts)
            .where(wanted, _HERE.item_code > after)
            .order_by(_HERE.item_code)
            .limit(AT_ONCE)
        )
        found = tx.execute(page).all()
        if not found:
            return
        after = found[-1].item_code
        for row in found:
            yield _draft(row)


_INSERT = Prepared(insert(standard_drafts))
_DROP = delete(standard_drafts).where(_HERE.item_code.in_(bindparam("items", expanding=True)))
_TAKEN = select(_HERE.item_code).where(_HERE.item_code.in_(bindparam("items", expanding=True)))


def _row(draft: StandardDraft) -> dict[str, object]:
    samples = None if draft.samples is None else dump_table(draft.samples)
    return {
        "item_code": draft.item_code,
        "name": draft.name,
        "base_version": draft.base_version,
        "revision": 1,
        "changed_at": draft.changed_at,
        "changed_by": draft.changed_by,
        "changed_by_name": draft.changed_by_name,
        "hands": "\n".join(draft.hands),
        "note": draft.note,
        "batch": draft.batch,
        "proposal_id": draft.proposal_id,
        "samples": samples,
        "body": dump_table(draft.table),
    }


def _draft(row: Row[Any]) -> StandardDraft:
    return StandardDraft(
        item_code=row.item_code,
        table=load_table(row.body),
        base_version=row.base_version,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        changed_by_name=row.changed_by_name,
        note=row.note,
        revision=row.revision,
        proposal_id=row.proposal_id,
        batch=row.batch,
        samples=None if row.samples is None else load_table(row.samples),
        hands=tuple(row.hands.split("\n")) if row.hands else (),
    )


def _at(draft: StandardDraft, revision: int) -> StandardDraft:
    return replace(draft, revision=revision)
