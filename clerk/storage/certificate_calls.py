"""The ledger of certificate calls: each written with its line of the journal, in one transaction."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, select, update

from clerk.domain.certificate_call import CallEnd, CertificateCall
from clerk.storage import upsert
from clerk.storage.codec import canonical_json
from clerk.storage.ledger_tables import certificate_calls, certificate_pieces
from clerk.storage.prepared import ONE, Prepared

_KEY = ("message_id",)
_BY_LEAVE = Prepared(
    select(certificate_calls.c.message_id)
    .where(certificate_calls.c.authorisation_id == bindparam("leave"))
    .order_by(certificate_calls.c.at)
    .limit(ONE)
)
_ENDING = ("ending", "outcome", "receipt_id", "ended_at", "result")
_LEAVE = ("holder_index", "authorisation_id")
_BY_ID = update(certificate_calls).where(certificate_calls.c.message_id == bindparam("ended_id"))
_END = Prepared(_BY_ID, _ENDING)
_END_WITH_LEAVE = Prepared(_BY_ID, (*_ENDING, *_LEAVE))


def put(tx: Connection, call: CertificateCall) -> None:
    """Write a call as it is now; one under the same id is the same call, sent again."""
    row = {
        "message_id": call.message_id,
        "station": call.station,
        "at": call.at,
        "account_id": call.account_id,
        "operation": call.operation,
        "case_id": call.case_id,
        "holder_index": call.holder_index,
        "authorisation_id": call.authorisation_id,
        "certificate_id": call.certificate_id,
        "intent": call.intent,
        "words": canonical_json(dict(call.words)),
        "ending": call.end.value,
        "outcome": call.outcome,
        "receipt_id": call.receipt_id,
        "ended_at": call.ended_at,
        "result": call.result,
    }
    upsert.put_all(tx, certificate_calls, _KEY, [row])


def put_end(tx: Connection, call: CertificateCall, *, brought_leave: bool = False) -> None:
    """Write what came of a call that is there.

    An index whose columns are not named is not written: half of what ``put`` would write again.

    Args:
        tx: the transaction of the journal's line that tells the end.
        call: the call as it ended.
        brought_leave: its answer also told the holder and the authorisation.
    """
    statement = _END_WITH_LEAVE if brought_leave else _END
    statement.run(
        tx,
        {
            "ended_id": call.message_id,
            "ending": call.end.value,
            "outcome": call.outcome,
            "receipt_id": call.receipt_id,
            "ended_at": call.ended_at,
            "result": call.result,
            "holder_index": call.holder_index,
            "authorisation_id": call.authorisation_id,
        },
    )


def find(tx: Connection, message_id: UUID) -> CertificateCall | None:
    """Return a call by its message id, None where this store never made it."""
    row = tx.execute(
        select(certificate_calls).where(certificate_calls.c.message_id == message_id)
    ).first()
    return None if row is None else _call(row)


def put_pieces(tx: Connection, call_id: UUID, pieces: Collection[UUID]) -> None:
    """Note under which ids the later pieces of a call's file went out."""
    rows = [{"message_id": piece, "call_id": call_id} for piece in pieces]
    upsert.put_all(tx, certificate_pieces, _KEY, rows)


def find_piece(tx: Connection, message_id: UUID) -> CertificateCall | None:
    """Return the call that a message belongs to, its first one or a later piece of its file."""
    found = find(tx, message_id)
    if found is not None:
        return found
    call_id = tx.execute(
        select(certificate_pieces.c.call_id).where(certificate_pieces.c.message_id == message_id)
    ).scalar_one_or_none()
    return None if call_id is None else find(tx, call_id)


def begun_at(tx: Connection) -> datetime | None:
    """Return the instant of the ledger's first call, None for an empty one."""
    first: datetime | None = tx.execute(select(func.min(certificate_calls.c.at))).scalar_one()
    return first


def count_by(tx: Connection, account_id: str, operations: Collection[str], since: datetime) -> int:
    """Count how often a person made calls of some kinds since an instant."""
    asked = select(func.count()).where(
        certificate_calls.c.account_id == account_id,
        certificate_calls.c.operation.in_(operations),
        certificate_calls.c.at >= since,
    )
    return int(tx.execute(asked).scalar_one())


def first_under(tx: Connection, authorisation_id: str) -> CertificateCall | None:
    """Return the call that brought, or first used, an authorisation."""
    found = _BY_LEAVE.first(tx, {"leave": authorisation_id})
    return None if found is None else find(tx, found[0])


def still_open(tx: Connection, station: str) -> list[CertificateCall]:
    """Return the calls of a station whose end nobody has noted, oldest first."""
    rows = tx.execute(
        select(certificate_calls)
        .where(certificate_calls.c.ending == "", certificate_calls.c.station == station)
        .order_by(certificate_calls.c.at)
    )
    return [_call(row) for row in rows]


def unsettled(tx: Connection) -> int:
    """Count the calls of which nobody can say any more whether the library acted."""
    return tx.execute(
        select(func.count()).where(certificate_calls.c.ending == CallEnd.UNKNOWN.value)
    ).scalar_one()


def count_of_holder(
    tx: Connection, holder_index: str, first_at: datetime, until_at: datetime
) -> int:
    """Count the calls about one holder in a span of time, its end not included."""
    return tx.execute(
        select(func.count()).where(*_of_holder(holder_index, first_at, until_at))
    ).scalar_one()


def of_holder(
    tx: Connection,
    holder_index: str,
    first_at: datetime,
    until_at: datetime,
    *,
    offset: int,
    limit: int,
) -> list[CertificateCall]:
    """Return a page of the calls about one holder, the newest first."""
    rows = tx.execute(
        select(certificate_calls)
        .where(*_of_holder(holder_index, first_at, until_at))
        .order_by(certificate_calls.c.at.desc(), certificate_calls.c.message_id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [_call(row) for row in rows]


def of_span(tx: Connection, first_at: datetime, until_at: datetime) -> list[CertificateCall]:
    """Return the calls in a span of time, its end not included, oldest first."""
    rows = tx.execute(
        select(certificate_calls)
        .where(
            certificate_calls.c.at >= first_at,
            certificate_calls.c.at < until_at,
        )
        .order_by(certificate_calls.c.at, certificate_calls.c.message_id)
    )
    return [_call(row) for row in rows]


def every_of(tx: Connection, station: str) -> Iterator[CertificateCall]:
    """Yield every call of a station, in the order of its journal."""
    rows = tx.execute(
        select(certificate_calls)
        .where(certificate_calls.c.station == station)
        .order_by(certificate_calls.c.intent)
        .execution_options(yield_per=1000)
    )
    for row in rows:
        yield _call(row)


def _of_holder(holder_index: str, first_at: datetime, until_at: datetime) -> tuple[Any, ...]:
    return (
        certificate_calls.c.holder_index == holder_index,
        certificate_calls.c.at >= first_at,
        certificate_calls.c.at < until_at,
    )


def _call(row: Row[Any]) -> CertificateCall:
    kept = row._asdict()
    return CertificateCall(
        **{
            name: kept[name]
            for name in (
                "message_id",
                "station",
                "at",
                "account_id",
                "operation",
                "case_id",
                "holder_index",
                "authorisation_id",
                "certificate_id",
                "intent",
                "outcome",
                "receipt_id",
                "ended_at",
                "result",
            )
        },
        words=json.loads(kept["words"]),
        end=CallEnd(kept["ending"]),
    )
