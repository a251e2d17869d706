"""The inbox: what other systems told us, each event taken once, and how far we read."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, select

from clerk.domain.certificate_report import ReportAnswer
from clerk.domain.hand_off import RemoteEvent
from clerk.domain.parcel import ParcelEvent
from clerk.storage import upsert
from clerk.storage.codec import dump, load
from clerk.storage.tables import inbox_cursors, inbox_events

E = TypeVar("E", RemoteEvent, ParcelEvent, ReportAnswer)


def cursor(tx: Connection, peer: str) -> str:
    """Return where to go on reading ``peer``; empty before the first time."""
    return (
        tx.execute(
            select(inbox_cursors.c.cursor).where(inbox_cursors.c.peer == peer)
        ).scalar_one_or_none()
        or ""
    )


def take(
    tx: Connection, peer: str, event: RemoteEvent | ParcelEvent | ReportAnswer, at: datetime
) -> bool:
    """Keep an event and say whether it is new; a repeat is a quiet False.

    Its effect belongs in the same transaction.
    """
    row = {
        "peer": peer,
        "event_id": event.event_id,
        "case_id": event.case_id,
        "kind": event.kind.value,
        "body": dump(event),
        "received_at": at,
    }
    return upsert.put_new(tx, inbox_events, row) is not None


def move_cursor(tx: Connection, peer: str, to: str, at: datetime) -> None:
    """Note that everything of ``peer`` before ``to`` was taken, in the same transaction."""
    upsert.put(tx, inbox_cursors, {"peer": peer}, {"cursor": to, "moved_at": at})


def events(tx: Connection, peer: str) -> list[RemoteEvent]:
    """Return every event taken from ``peer``, in the order in which it came."""
    rows = tx.execute(
        select(inbox_events.c.body)
        .where(inbox_events.c.peer == peer)
        .order_by(inbox_events.c.received_at, inbox_events.c.event_id)
    )
    return [load(row.body, RemoteEvent) for row in rows]


def events_of_case(tx: Connection, peer: str, case_id: UUID, kind: type[E]) -> list[E]:
    """Return what ``peer`` has told of one case, whether it had an effect or not."""
    rows = tx.execute(
        select(inbox_events.c.body)
        .where(inbox_events.c.peer == peer, inbox_events.c.case_id == case_id)
        .order_by(inbox_events.c.received_at, inbox_events.c.event_id)
    )
    return [load(row.body, kind) for row in rows]
