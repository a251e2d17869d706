"""The outbox: what other systems must still be told, written with the act it tells of.

A message is told as often as needed under one id and in the order of its case; the other end
drops repeats. One that fails eight times waits for a person and holds up its own case only.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from clerk.domain.hand_off import Message, MessageKind, RemoteReceipt, peer_of
from clerk.storage.codec import dump, load
from clerk.storage.digest import sm3
from clerk.storage.prepared import Prepared
from clerk.storage.tables import cases, outbox
from clerk.values import dataclass

TRIES = 8
"""After so many failures a message waits for a person (待处理)."""


class SendState(StrEnum):
    """How far a message got."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    STUCK = "stuck"
    ABANDONED = "abandoned"


UNDELIVERED = (SendState.WAITING.value, SendState.STUCK.value)
"""What is still to be told; what nobody wants told any more is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A message with what happened to it so far."""

    message: Message
    digest: str
    state: SendState
    created_at: datetime
    attempts: int
    next_try_at: datetime
    last_trouble: str
    receipt: RemoteReceipt | None
    receipt_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much is still to be told, and since when."""

    waiting: int
    stuck: int
    oldest_at: datetime | None


_LAST_SEQUENCE = (
    select(func.coalesce(func.max(outbox.c.sequence), 0))
    .where(outbox.c.case_id == bindparam("of_case"), outbox.c.peer == bindparam("of_peer"))
    .scalar_subquery()
)
_LOCK_CASE = Prepared(
    select(cases.c.row_number).where(cases.c.case_id == bindparam("id")).with_for_update()
)
_PUT = (
    "message_id",
    "case_id",
    "peer",
    "kind",
    "schema_version",
    "body",
    "digest",
    "created_at",
    "state",
    "attempts",
    "next_try_at",
    "last_trouble",
)
_INSERT = Prepared(insert(outbox).values(sequence=_LAST_SEQUENCE + 1), _PUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is to be told under an id that never changes; ``body`` is canonical JSON text."""

    message_id: UUID
    kind: MessageKind
    schema_version: int
    body: str


def put(
    tx: Connection,
    *,
    message_id: UUID,
    case_id: UUID,
    kind: MessageKind,
    schema_version: int,
    body: str,
    at: datetime,
) -> None:
    """Queue a message as the next of its case for its peer; ``body`` is canonical JSON text."""
    told = Told(message_id=message_id, kind=kind, schema_version=schema_version, body=body)
    put_all(tx, case_id, [told], at)


def put_all(tx: Connection, case_id: UUID, messages: Sequence[Told], at: datetime) -> None:
    """Queue messages as the next ones of their case, each for its peer."""
    if tx.dialect.name == "postgresql":
        _LOCK_CASE.rows(tx, {"id": case_id})
    _INSERT.run_each(tx, [_row(case_id, told, at) for told in messages])


def _row(case_id: UUID, told: Told, at: datetime) -> dict[str, object]:
    peer = peer_of(told.kind).value
    return {
        "message_id": told.message_id,
        "case_id": case_id,
        "of_case": case_id,
        "peer": peer,
        "of_peer": peer,
        "kind": told.kind.value,
        "schema_version": told.schema_version,
        "body": told.body,
        "digest": sm3(told.body.encode()),
        "created_at": at,
        "state": SendState.WAITING.value,
        "attempts": 0,
        "next_try_at": at,
        "last_trouble": "",
    }


def due(tx: Connection, now: datetime, limit: int = 20) -> list[Entry]:
    """Return what may be sent now, oldest first.

    Of each case and peer only the first one not delivered: one peer out of reach holds up nothing
    for another, and one case nothing for the next.
    """
    earlier = outbox.alias("earlier")
    held_up = (
        select(earlier.c.message_id)
        .where(
            earlier.c.case_id == outbox.c.case_id,
            earlier.c.peer == outbox.c.peer,
            earlier.c.sequence < outbox.c.sequence,
            earlier.c.state.in_(UNDELIVERED),
        )
        .exists()
    )
    rows = tx.execute(
        select(outbox)
        .where(outbox.c.state == SendState.WAITING.value, outbox.c.next_try_at <= now, ~held_up)
        .order_by(outbox.c.created_at, outbox.c.message_id)
        .limit(limit)
    )
    return [_entry(row) for row in rows]


def delivered(tx: Connection, receipt: RemoteReceipt, at: datetime) -> bool:
    """Keep the other end's receipt; False where it was kept before and nothing changed."""
    changed = tx.execute(
        update(outbox)
        .where(
            outbox.c.message_id == receipt.message_id,
            outbox.c.state != SendState.DELIVERED.value,
        )
        .values(
            state=SendState.DELIVERED.value,
            attempts=outbox.c.attempts + 1,
            last_trouble="",
            receipt_json=dump(receipt),
            receipt_at=at,
        )
    )
    return changed.rowcount == 1


def failed(
    tx: Connection,
    message_id: UUID,
    *,
    trouble: str,
    next_try_at: datetime,
    final: bool = False,
    abandoned: bool = False,
    patient: bool = False,
) -> SendState:
    """Note a failed try and return where the message stands now.

    ``trouble`` is shown as it is; ``final`` marks an answer that no repeat will change, and
    ``abandoned`` that nobody wants it sent any more: it then holds nothing up. ``patient`` lets it
    be tried more often than ``TRIES``: somebody else says when that is enough.
    """
    attempts = tx.execute(
        update(outbox)
        .where(outbox.c.message_id == message_id, outbox.c.state == SendState.WAITING.value)
        .values(attempts=outbox.c.attempts + 1, next_try_at=next_try_at, last_trouble=trouble)
        .returning(outbox.c.attempts)
    ).scalar_one_or_none()
    if attempts is None:
        return get(tx, message_id).state
    if (patient or attempts < TRIES) and not final:
        return SendState.WAITING
    state = SendState.ABANDONED if abandoned else SendState.STUCK
    tx.execute(update(outbox).where(outbox.c.message_id == message_id).values(state=state.value))
    return state


def try_again(tx: Connection, message_id: UUID, now: datetime) -> bool:
    """Let a stuck message be sent again, at a person's word; False where it was not stuck."""
    changed = tx.execute(
        update(outbox)
        .where(outbox.c.message_id == message_id, outbox.c.state == SendState.STUCK.value)
        .values(state=SendState.WAITING.value, attempts=0, next_try_at=now)
    )
    return changed.rowcount == 1


def get(tx: Connection, message_id: UUID) -> Entry:
    """Return one message; an id that is not here is our own bug."""
    return _entry(tx.execute(select(outbox).where(outbox.c.message_id == message_id)).one())


def of_case(tx: Connection, case_id: UUID) -> list[Entry]:
    """Return every message of a case, in order."""
    rows = tx.execute(select(outbox).where(outbox.c.case_id == case_id).order_by(outbox.c.sequence))
    return [_entry(row) for row in rows]


def stuck(tx: Connection) -> list[Entry]:
    """Return what waits for a person, oldest first."""
    rows = tx.execute(
        select(outbox)
        .where(outbox.c.state == SendState.STUCK.value)
        .order_by(outbox.c.created_at, outbox.c.message_id)
    )
    return [_entry(row) for row in rows]


def waiting(tx: Connection) -> Waiting:
    """Count what is still to be told."""
    rows = tx.execute(
        select(outbox.c.state, func.count(), func.min(outbox.c.created_at))
        .where(outbox.c.state.in_(UNDELIVERED))
        .group_by(outbox.c.state)
    ).all()
    counts = {state: count for state, count, _ in rows}
    return Waiting(
        waiting=counts.get(SendState.WAITING.value, 0),
        stuck=counts.get(SendState.STUCK.value, 0),
        oldest_at=min((oldest for _, _, oldest in rows), default=None),
    )


def _entry(row: Row[Any]) -> Entry:
    kept = row._asdict()
    return Entry(
        message=Message(
            message_id=kept["message_id"],
            case_id=kept["case_id"],
            sequence=kept["sequence"],
            kind=MessageKind(kept["kind"]),
            schema_version=kept["schema_version"],
            body=kept["body"],
        ),
        digest=kept["digest"],
        state=SendState(kept["state"]),
        created_at=kept["created_at"],
        attempts=kept["attempts"],
        next_try_at=kept["next_try_at"],
        last_trouble=kept["last_trouble"],
        receipt=load(kept["receipt_json"], RemoteReceipt) if kept["receipt_json"] else None,
        receipt_at=kept["receipt_at"],
    )
