"""Peers that answer and still go wrong: pages that never turn, news before its receipt."""

import pytest

from clerk.app import rounds
from clerk.domain.case import CaseState
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.errors import RemoteGarbled
from clerk.domain.hand_off import MessageKind, Peer, RemoteEventKind
from clerk.domain.parcel import ParcelState
from clerk.services import hand_off, parcels
from clerk.services.event_pages import EVENTS_AT_ONCE, PAGES_AT_ONCE
from clerk.storage import inbox
from tests.services.noodle_shop import accepted
from tests.services.test_delivery import ADDRESS, acts, carried, sent, waiting


@pytest.fixture
def turning(window):
    """Whatever was ordered of them, the peers turn their pages again afterwards."""
    yield
    for name in ("courier", "back_office"):
        window.peer(name).control({"same_page": False})


def cursor(window, peer):
    return window.read(lambda tx: inbox.cursor(tx, peer))


def operations(window, name):
    return [one["operation"] for one in window.heard(name)]


def test_a_courier_that_shows_the_same_page_for_ever_is_named_and_asked_once(window, turning):
    case = sent(window)
    window.peer("courier").control({"case": str(case.case_id), "step": "picked_up"})
    window.peer("courier").control({"same_page": True})
    before = cursor(window, Peer.COURIER)

    with pytest.raises(RemoteGarbled, match="快递反复给出同一页") as refused:
        parcels.take_over_parcels(window.desk, window.clerk)

    assert refused.value.kind == "same_page"
    assert operations(window, "courier").count("GetEvents") == 1
    assert carried(window.stored(case)).state is ParcelState.PICKED_UP  # what was new is kept
    assert cursor(window, Peer.COURIER) == before
    window.peer("courier").control({"same_page": False})
    parcels.take_over_parcels(window.desk, window.clerk)
    assert cursor(window, Peer.COURIER) != before


def test_a_department_that_shows_the_same_page_for_ever_is_named_and_asked_once(window, turning):
    case = accepted(window)
    window.deliver()
    office = window.peer("back_office")
    office.control({"event": RemoteEventKind.SIGNED_FOR.value, "case": str(case.case_id)})
    office.control({"same_page": True})
    asked = operations(window, "back_office").count("GetEvents")

    with pytest.raises(RemoteGarbled, match="部门系统反复给出同一页"):
        hand_off.take_over_events(window.desk, window.clerk)

    assert operations(window, "back_office").count("GetEvents") == asked + 1
    office.control({"same_page": False})
    assert hand_off.take_over_events(window.desk, window.clerk) >= 0


def test_one_peer_that_goes_wrong_holds_up_no_other_and_is_told_of(window, turning):
    case = accepted(window)
    window.deliver()
    office, courier = window.peer("back_office"), window.peer("courier")
    office.control({"event": RemoteEventKind.SIGNED_FOR.value, "case": str(case.case_id)})
    office.control({"same_page": True})

    with pytest.raises(RemoteGarbled, match="部门系统"):
        rounds.deliver(window.desk, window.clerk)

    assert "GetEvents" in [one["operation"] for one in courier.log()]


def test_more_news_than_a_turn_may_read_is_left_for_the_next(window):
    """A peer whose cursor moves and never ends may not keep the window for itself."""
    case = accepted(window)
    window.deliver()
    office = window.peer("back_office")
    heard = len(operations(window, "back_office"))
    told = {"event": RemoteEventKind.SIGNED_FOR.value, "case": str(case.case_id)}
    for _ in range(EVENTS_AT_ONCE + 3):
        office.control(told)

    new = hand_off.take_over_events(window.desk, window.clerk)

    asked = operations(window, "back_office")[heard:].count("GetEvents")
    assert new >= EVENTS_AT_ONCE + 3
    assert 2 <= asked <= PAGES_AT_ONCE


def test_a_parcel_told_of_before_its_booking_is_receipted_is_not_forgotten(window):
    case = acts(
        window,
        waiting(window),
        (CaseAct.CHANGE_WAY, ADDRESS),
        (CaseAct.SEND_RESULT, ActWords()),
    )
    courier = window.peer("courier")
    with window.trouble("courier", "drop_answer", "BookParcel"):
        window.deliver()
    for step in ("picked_up", "delivered"):
        courier.control({"case": str(case.case_id), "step": step, "taken_by": "张示例"})

    parcels.take_over_parcels(window.desk, window.clerk)
    early = window.stored(case)
    window.clock.goes_on(minutes=10)
    window.deliver()
    out = window.stored(case)

    assert carried(early).waybill_number == ""
    assert early.state is CaseState.RESULT_WAITING
    assert out.state is CaseState.HANDED_OUT
    assert out.hand_out is not None
    assert out.hand_out.proof == out.parcels[-1].waybill_number != ""
    kinds = [entry.message.kind for entry in window.messages(out)]
    assert kinds.count(MessageKind.REPORT_HAND_OUT) == 1
    assert kinds.count(MessageKind.BOOK_PARCEL) == 1


def test_messages_wait_while_the_line_is_down_and_each_goes_out_once(window):
    """Also where an answer was lost on the way: the same id, and the channel knows it again."""
    case = accepted(window)
    with window.trouble("messages", "down"), window.trouble("platform", "down"):
        for _ in range(3):
            rounds.deliver(window.desk, window.clerk)
            window.clock.goes_on(minutes=6)
        kept = {one.message_id: one.kind for one in window.waiting(case)}
    assert MessageKind.TELL_APPLICANT in kept.values()
    assert MessageKind.REPORT_STATUS in kept.values()

    with window.trouble("messages", "drop_answer"):
        rounds.deliver(window.desk, window.clerk)
    for _ in range(3):
        window.clock.goes_on(minutes=6)
        rounds.deliver(window.desk, window.clerk)

    assert window.waiting(case) == []
    texts = window.peer("messages").state()["texts"]
    assert len([one for one in texts if one["case_id"] == str(case.case_id)]) == 1
    heard = [one for one in window.heard("messages") if one["case_id"] == str(case.case_id)]
    assert {one["id"] for one in heard} == {
        str(message) for message, kind in kept.items() if kind is MessageKind.TELL_APPLICANT
    }
