"""Drafts of item standards: begin, save, drop, and take in by the thousand (编写事项标准)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from sqlalchemy import Connection

from clerk.domain.errors import BadInput, UnknownItem
from clerk.domain.identity import Act, Session
from clerk.domain.standard_draft import NewDraft, Plain, StandardDraft
from clerk.domain.standard_versions import NEW_ITEM
from clerk.domain.standard_writing import table_of
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.services.standard_editions import AT_ONCE, GoOn, Stopped, each_lot
from clerk.storage import standard_drafts, standards
from clerk.storage.lots import lots
from clerk.values import replace

_NAMED: Final = 3


def begin_draft(desk: Desk, session: Session, item_code: str, version: int) -> StandardDraft:
    """Begin a draft with the content of a version, of the newest one or an old one (回退).

    A draft that is there already is returned as it is, whoever began it.

    Raises:
        NotAllowed: the role does not edit standards.
        UnknownItem: there is no such version.
    """
    session.require(Act.EDIT_STANDARDS)
    with desk.store.begin() as tx:
        there = standard_drafts.find(tx, item_code)
        if there is not None:
            return there
        content = standards.find(tx, item_code, version)
        if content is None:
            raise UnknownItem("没有这一版事项标准，没有建草稿。请刷新列表再试")
        newest = standards.numbers_of(tx, [item_code])[item_code].newest
        draft = _begun(desk, session, item_code, table_of(content), newest)
        kept = standard_drafts.add(tx, draft)
        record(desk, tx, session, "standard.begun", item=item_code, version=version)
    return kept


def new_draft(desk: Desk, session: Session, table: Plain) -> StandardDraft:
    """Begin a draft of an item that nobody has written yet.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: the code is missing, or taken by an item or a draft.
    """
    session.require(Act.EDIT_STANDARDS)
    item_code = _code_of(table)
    with desk.store.begin() as tx:
        if standards.numbers_of(tx, [item_code]):
            raise BadInput(f"编码 {item_code} 已有事项，没有另建。请从它的现行版本开始改")
        kept = standard_drafts.add(tx, _begun(desk, session, item_code, table, NEW_ITEM))
        record(desk, tx, session, "standard.begun", item=item_code, version=NEW_ITEM)
    return kept


def load_draft(desk: Desk, session: Session, item_code: str) -> StandardDraft:
    """Return the draft of an item.

    Raises:
        NotAllowed: the role does not see the catalogue.
        UnknownItem: there is none.
    """
    session.require(Act.READ_STANDARDS)
    with desk.store.read() as tx:
        found = standard_drafts.find(tx, item_code)
    if found is None:
        raise UnknownItem("这个事项没有草稿。请从现行版本开始改")
    return found


def save_draft(desk: Desk, session: Session, draft: StandardDraft) -> StandardDraft:
    """Keep a draft as it stands, faulty or not, and return it at its new revision.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: its table names another item.
        DraftChanged: somebody else saved, dropped or proposed it since.
    """
    session.require(Act.EDIT_STANDARDS)
    if _code_of(draft.table) != draft.item_code:
        raise BadInput("草稿里的事项编码改动了，没有保存。要用新编码请另建事项")
    with desk.store.begin() as tx:
        there = standard_drafts.find(tx, draft.item_code)
        hands = there.hands if there else ()  # who may not publish it does not hang on the screen
        kept = standard_drafts.save(tx, _by(desk, session, draft, hands))
        record(desk, tx, session, "standard.saved", item=draft.item_code, revision=kept.revision)
    return kept


def drop_draft(desk: Desk, session: Session, draft: StandardDraft) -> None:
    """Delete a draft as it was read; what is published stays as it is.

    Raises:
        NotAllowed: the role does not edit standards.
        DraftChanged: somebody else saved or proposed it since.
    """
    session.require(Act.EDIT_STANDARDS)
    with desk.store.begin() as tx:
        standard_drafts.drop(tx, draft)
        record(desk, tx, session, "standard.dropped", item=draft.item_code)


def take_drafts(
    desk: Desk,
    session: Session,
    drafts: Iterable[NewDraft],
    batch: str,
    note: str,
    go_on: GoOn,
    beside: Callable[[Connection], None] | None = None,
) -> int | None:
    """Keep what an import brings, all of it or nothing.

    Args:
        desk: what the window has at hand.
        session: who acts.
        drafts: one for each item; read as they are written, so a hundred thousand are no burden.
        batch: by what name the import is found again.
        note: what it was, for those who review it.
        go_on: told how many are done.
        beside: keeps what comes with them, in the same transaction.

    Returns:
        How many there were, None where the person stopped it.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: no code, a code twice, an item that is being edited already, or one that has
            got another version than the draft is to come after.
    """
    session.require(Act.EDIT_STANDARDS)
    if not batch.strip():
        raise BadInput("这次导入没有名称，没有导入。请写上名称再导")
    done = 0
    try:
        with desk.store.begin() as tx:
            for lot in lots(drafts, AT_ONCE):
                standard_drafts.add_all(tx, _brought(desk, session, tx, lot, batch, note))
                done += len(lot)
                if not go_on(done):
                    raise Stopped
            if beside is not None:
                beside(tx)
            record(desk, tx, session, "standard.imported", batch=batch, items=done)
    except Stopped:
        return None
    return done


def count_of_batch(desk: Desk, session: Session, batch: str) -> int:
    """Return how many drafts of an import nobody has proposed yet."""
    session.require(Act.READ_STANDARDS)
    with desk.store.read() as tx:
        return standard_drafts.count_of_batch(tx, batch)


def drop_batch(desk: Desk, session: Session, batch: str, go_on: GoOn) -> int | None:
    """Delete what is left of an import and was not proposed, all of it or nothing.

    Returns:
        How many there were, None where ``go_on`` stopped it.

    Raises:
        NotAllowed: the role does not edit standards.
    """
    session.require(Act.EDIT_STANDARDS)
    try:
        with desk.store.begin() as tx:
            dropped = each_lot(standard_drafts.drop_batch(tx, batch), go_on)
            record(desk, tx, session, "standard.import_dropped", batch=batch, items=dropped)
    except Stopped:
        return None
    return dropped


def _brought(
    desk: Desk,
    session: Session,
    tx: Connection,
    lot: Sequence[NewDraft],
    batch: str,
    note: str,
) -> Iterator[StandardDraft]:
    codes = [_code_of(one.table) for one in lot]
    busy = standard_drafts.taken(tx, codes)
    if len(set(codes)) < len(codes):
        busy |= {code for code in codes if codes.count(code) > 1}
    if busy:
        named = "、".join(sorted(busy)[:_NAMED])
        raise BadInput(
            f"{named} 等{len(busy)}个事项已有草稿或者重复出现，没有导入任何内容。"
            "请先处理这些草稿或去掉重复的行"
        )
    numbers = standards.numbers_of(tx, codes)
    for code, one in zip(codes, lot, strict=True):
        newest = numbers[code].newest if code in numbers else NEW_ITEM
        if one.after not in (None, newest):
            raise BadInput(
                f"{one.table.get('name') or code}之后又发布了新版，没有改动。请重新核对再来"
            )
        draft = _begun(desk, session, code, one.table, newest)
        yield replace(draft, batch=batch, note=note, samples=one.samples)


def _begun(
    desk: Desk, session: Session, item_code: str, table: Plain, base_version: int
) -> StandardDraft:
    return StandardDraft(
        item_code=item_code,
        table=table,
        base_version=base_version,
        changed_at=desk.now(),
        changed_by=session.account.account_id,
        changed_by_name=session.account.display_name,
        hands=(session.account.account_id,),
    )


def _by(
    desk: Desk, session: Session, draft: StandardDraft, hands: tuple[str, ...]
) -> StandardDraft:
    who = session.account
    return replace(
        draft,
        changed_at=desk.now(),
        changed_by=who.account_id,
        changed_by_name=who.display_name,
        hands=tuple(dict.fromkeys((*hands, who.account_id))),
    )


def _code_of(table: Plain) -> str:
    code = table.get("item_code")
    if not isinstance(code, str) or not code.strip():
        raise BadInput("事项还没有编码 item_code，没有保存。请先写上编码")
    return code.strip()
