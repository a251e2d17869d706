"""What must still be told is told in order, once in effect, and never holds up another case."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection

from clerk.domain.hand_off import (
    MessageKind,
    Peer,
    RemoteEvent,
    RemoteEventKind,
    RemoteReceipt,
)
from clerk.storage import inbox, outbox
from clerk.storage.deliveries import deliveries
from clerk.storage.digest import sm3
from tests.storage.invented import NOW, an_id


def tell(
    tx: Connection, message: int, case: int = 1, kind: MessageKind = MessageKind.SUBMIT_CASE
) -> UUID:
    outbox.put(
        tx,
        message_id=an_id(message),
        case_id=an_id(case),
        kind=kind,
        schema_version=1,
        body='{"case":1}',
        at=NOW + timedelta(seconds=message),
    )
    return an_id(message)


def receipt(message_id: UUID) -> RemoteReceipt:
    return RemoteReceipt(receipt_id="R1", message_id=message_id, at=NOW, replayed=False)


LATER = NOW + timedelta(hours=1)


def test_messages_of_a_case_are_counted_per_peer(tx: Connection) -> None:
    tell(tx, 1)
    tell(tx, 2, kind=MessageKind.SUBMIT_DECISION)
    tell(tx, 3, kind=MessageKind.REPORT_USE)

    kept = outbox.of_case(tx, an_id(1))

    told = {entry.message.kind: entry.message.sequence for entry in kept}
    assert told == {
        MessageKind.SUBMIT_CASE: 1,
        MessageKind.SUBMIT_DECISION: 2,
        MessageKind.REPORT_USE: 1,
    }
    assert kept[0].digest == sm3(kept[0].message.body.encode())


def test_messages_told_together_are_counted_as_those_told_alone(tx: Connection) -> None:
    kinds = (MessageKind.CLAIM_NUMBER, MessageKind.SUBMIT_CASE, MessageKind.SUBMIT_DECISION)
    together = [
        outbox.Told(message_id=an_id(serial), kind=kind, schema_version=1, body='{"case":1}')
        for serial, kind in enumerate(kinds, start=1)
    ]

    outbox.put_all(tx, an_id(1), together, NOW)
    tell(tx, 4)

    kept = {
        entry.message.message_id: entry.message.sequence for entry in outbox.of_case(tx, an_id(1))
    }
    assert [kept[an_id(serial)] for serial in (1, 2, 3, 4)] == [1, 1, 2, 3]
    assert all(entry.digest == sm3(b'{"case":1}') for entry in outbox.of_case(tx, an_id(1)))


def test_only_the_first_message_of_a_case_goes_out(tx: Connection) -> None:
    first, second, other = tell(tx, 1), tell(tx, 2), tell(tx, 3, case=2)
    assert [entry.message.message_id for entry in outbox.due(tx, LATER)] == [first, other]

    outbox.delivered(tx, receipt(first), LATER)

    assert [entry.message.message_id for entry in outbox.due(tx, LATER)] == [second, other]


def test_a_receipt_counts_once(tx: Connection) -> None:
    message = tell(tx, 1)

    assert outbox.delivered(tx, receipt(message), LATER)
    assert not outbox.delivered(tx, receipt(message), LATER)

    kept = outbox.get(tx, message)
    assert kept.state is outbox.SendState.DELIVERED
    assert kept.receipt == receipt(message)
    assert kept.receipt_at == LATER


def test_a_failed_message_waits_for_its_next_try(tx: Connection) -> None:
    message = tell(tx, 1)

    outbox.failed(tx, message, trouble="后台暂时无法连接", next_try_at=LATER)

    assert outbox.due(tx, NOW + timedelta(minutes=1)) == []
    assert [entry.last_trouble for entry in outbox.due(tx, LATER)] == ["后台暂时无法连接"]


def test_after_eight_tries_a_message_waits_for_a_person_and_others_go_on(tx: Connection) -> None:
    poison, other = tell(tx, 1), tell(tx, 2, case=2)

    states = [
        outbox.failed(tx, poison, trouble="不合规", next_try_at=NOW) for _ in range(outbox.TRIES)
    ]

    assert states[-2:] == [outbox.SendState.WAITING, outbox.SendState.STUCK]
    assert [entry.message.message_id for entry in outbox.stuck(tx)] == [poison]
    assert [entry.message.message_id for entry in outbox.due(tx, LATER)] == [other]
    counted = outbox.waiting(tx)
    assert (counted.waiting, counted.stuck) == (1, 1)
    assert counted.oldest_at == NOW + timedelta(seconds=1)


def test_a_person_may_let_a_stuck_message_be_tried_again(tx: Connection) -> None:
    message = tell(tx, 1)
    outbox.failed(tx, message, trouble="拒收", next_try_at=LATER, final=True)

    assert outbox.try_again(tx, message, NOW)

    assert [entry.attempts for entry in outbox.due(tx, LATER)] == [0]
    assert not outbox.try_again(tx, message, NOW)


def test_the_first_page_counts_what_was_told(tx: Connection) -> None:
    first, poison = tell(tx, 1), tell(tx, 2, case=2)
    tell(tx, 3, case=3)
    outbox.delivered(tx, receipt(first), LATER)
    outbox.failed(tx, poison, trouble="拒收", next_try_at=LATER, final=True)

    told = deliveries(tx)

    assert (told.delivered, told.waiting, told.stuck) == (1, 1, 1)
    assert told.oldest_waiting_at == NOW + timedelta(seconds=3)
    assert told.last_trouble == "拒收"


@pytest.fixture
def event() -> RemoteEvent:
    return RemoteEvent(
        event_id="E1",
        case_id=an_id(1),
        kind=RemoteEventKind.GRANTED,
        at=NOW,
        actor="市监局",
        detail={"number": "示市监〔2026〕1号"},
    )


def test_an_event_is_taken_once(tx: Connection, event: RemoteEvent) -> None:
    assert inbox.take(tx, Peer.BACK_OFFICE, event, NOW)
    assert not inbox.take(tx, Peer.BACK_OFFICE, event, LATER)
    assert inbox.take(tx, Peer.PLATFORM, event, NOW)

    assert inbox.events(tx, Peer.BACK_OFFICE) == [event]


def test_reading_goes_on_where_it_ended(tx: Connection) -> None:
    assert inbox.cursor(tx, Peer.BACK_OFFICE) == ""

    inbox.move_cursor(tx, Peer.BACK_OFFICE, "17", NOW)
    inbox.move_cursor(tx, Peer.BACK_OFFICE, "18", NOW)

    assert inbox.cursor(tx, Peer.BACK_OFFICE) == "18"
