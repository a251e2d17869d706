"""The courier's client against the practice courier, over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk.domain.errors import RemoteRefused, RemoteUnavailable
from clerk.domain.hand_off import Message, MessageKind
from clerk.domain.parcel import ParcelState
from clerk.services.ports import Courier
from integrations.courier.soap import SoapCourier
from integrations.practice.courier import Courier as PracticeCourier
from tests.integrations.library_calls import SCRIBE, SENT_AT, call, new_id, profile
from tests.integrations.message_samples import message
from tests.integrations.practice_peer import RunningPeer, running

PORT: type[Courier] = SoapCourier
"""The client keeps the port; mypy reads this line."""


def order(address: str = "示例县演示路 9 号") -> Message:
    return message(
        MessageKind.BOOK_PARCEL,
        {
            "sender": {
                "name": "3 号窗",
                "phone": "000-1000 003",
                "address": "示例县演示路 1 号",
                "organisation": "示例县政务服务中心",
            },
            "receiver": {
                "name": "张示例",
                "phone": "13800000147",
                "address": address,
                "organisation": "",
            },
            "contents": "办理结果",
            "caseNumber": "20260318-0001",
            "paidBy": "sender",
        },
        case_id=new_id(),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def peer(folder: Path) -> Iterator[RunningPeer]:
    with running(PracticeCourier(folder, lambda: SENT_AT)) as started:
        yield started


@pytest.fixture
def client(peer: RunningPeer) -> SoapCourier:
    return SoapCourier(lambda: profile(peer.url, name="快递", seconds=5), SCRIBE)


def test_the_courier_tells_its_own_time(client: SoapCourier):
    assert client.ping(call()) == SENT_AT


def test_a_parcel_is_booked_once_and_bears_its_waybill_number(
    client: SoapCourier, peer: RunningPeer
):
    asked = order()

    first, second = client.book(call(), asked), client.book(call(), asked)

    assert first.receipt_id == second.receipt_id == "LX0000000001"
    assert (first.replayed, second.replayed) == (False, True)
    (parcel,) = peer.state()["parcels"]
    assert (parcel["receiver"], parcel["phone"]) == ("张示例", "13800000147")


def test_an_order_whose_answer_was_lost_is_not_booked_twice(client: SoapCourier, peer: RunningPeer):
    asked = order()
    peer.control({"fault": "drop_answer"})
    with pytest.raises(RemoteUnavailable):
        client.book(call(), asked)

    client.book(call(), asked)

    assert len(peer.state()["parcels"]) == 1


def test_an_address_that_is_not_served_is_refused_in_one_sentence(client: SoapCourier):
    with pytest.raises(RemoteRefused) as caught:
        client.book(call(), order("无人区 1 号"))

    assert caught.value.kind == "fault:ADDRESS_NOT_SERVED"
    assert "改领取方式" in str(caught.value)


def test_an_order_without_a_name_never_leaves(client: SoapCourier, peer: RunningPeer):
    """The contract asks for a name; the practice courier reads it as the schema says."""
    with pytest.raises(RemoteRefused):
        client.book(call(), order(""))

    assert peer.state()["parcels"] == []


def test_steps_are_told_from_a_cursor_on_and_outlive_a_kill(folder: Path):
    asked = order()
    with running(PracticeCourier(folder, lambda: SENT_AT)) as before:
        client = SoapCourier(lambda: profile(before.url, name="快递", seconds=5), SCRIBE)
        number = client.book(call(), asked).receipt_id
        before.control({"step": "picked_up", "case": str(asked.case_id)})
        first = client.events(call(), "", 10)
    with running(PracticeCourier(folder, lambda: SENT_AT)) as after:
        client = SoapCourier(lambda: profile(after.url, name="快递", seconds=5), SCRIBE)
        after.control({"step": "delivered", "case": str(asked.case_id), "taken_by": "李样本"})
        second = client.events(call(), first.cursor, 10)

    assert [event.state for event in first.events] == [ParcelState.PICKED_UP]
    (told,) = second.events
    assert (told.state, told.taken_by) == (ParcelState.DELIVERED, "李样本")
    assert (told.waybill_number, told.case_id) == (number, asked.case_id)
    assert client is not None
