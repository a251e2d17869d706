"""The back office's client against the practice back office, over HTTP."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from clerk.domain.errors import RemoteGarbled, RemoteRefused, RemoteUnavailable
from clerk.domain.hand_off import MessageKind, RemoteEvent, RemoteEventKind
from clerk.services.ports import BackOffice
from integrations.back_office.soap import SoapBackOffice
from integrations.practice.back_office import BackOffice as PracticeBackOffice
from tests.integrations.library_calls import SCRIBE, SENT_AT, call, new_id, profile
from tests.integrations.message_samples import attachment, message
from tests.integrations.practice_peer import RunningPeer, running

PORT: type[BackOffice] = SoapBackOffice
"""The client keeps the port; mypy reads this line."""

CASE = MessageKind.SUBMIT_CASE
DECISION = MessageKind.SUBMIT_DECISION


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[RunningPeer]:
    with running(PracticeBackOffice(tmp_path, lambda: SENT_AT)) as started:
        yield started


@pytest.fixture
def client(peer: RunningPeer) -> SoapBackOffice:
    return SoapBackOffice(profile(peer.url, name="委办局后台", seconds=5), SCRIBE)


def _kinds(client: SoapBackOffice) -> list[RemoteEventKind]:
    return [each.kind for each in client.events(call(), "", 100).events]


def test_the_back_office_tells_its_own_time(client: SoapBackOffice):
    assert client.ping(call()) == SENT_AT


def test_a_case_arrives_with_its_files_and_is_signed_for(client: SoapBackOffice, peer: RunningPeer):
    case_id = new_id()
    told = message(CASE, {"decided_by": "chief", "applicant": "张示例"}, case_id=case_id)
    scan = attachment(b"%PDF-1.4 scan" * 20_000)

    receipt = client.submit_case(call(), told, (scan,))

    assert (receipt.message_id, receipt.replayed, receipt.at) == (told.message_id, False, SENT_AT)
    kept = peer.state()["submissions"][0]
    assert kept["case_id"] == str(case_id)
    assert kept["body"]["applicant"] == "张示例"
    assert kept["files"] == [scan.sha256]
    events = client.events(call(), "", 10)
    assert [(each.kind, each.case_id) for each in events.events] == [
        (RemoteEventKind.SIGNED_FOR, case_id)
    ]


@pytest.mark.parametrize("fault", ["drop_answer", "cut", "truncated", "malformed", "wrong_reply"])
def test_a_case_whose_answer_was_lost_is_handed_over_once(
    client: SoapBackOffice, peer: RunningPeer, fault: str
):
    told = message(CASE, {}, case_id=new_id())
    peer.control({"fault": fault})
    with pytest.raises((RemoteUnavailable, RemoteGarbled)):
        client.submit_case(call(), told, ())

    receipt = client.submit_case(call(), told, ())

    assert receipt.replayed
    assert len(peer.state()["submissions"]) == 1
    assert [each["replayed"] for each in peer.log()] == [False, True]
    assert {each["id"] for each in peer.log()} == {str(told.message_id)}


@pytest.mark.parametrize("fault", ["down", "html", "busy", "fault:INTERNAL"])
def test_a_case_that_did_not_arrive_is_new_at_the_next_try(
    client: SoapBackOffice, peer: RunningPeer, fault: str
):
    told = message(CASE, {}, case_id=new_id())
    peer.control({"fault": fault})
    with pytest.raises((RemoteUnavailable, RemoteGarbled)):
        client.submit_case(call(), told, ())

    assert not client.submit_case(call(), told, ()).replayed


def test_a_decision_follows_its_case_and_makes_the_result_ready(client: SoapBackOffice):
    case_id = new_id()
    client.submit_case(call(), message(CASE, {"decided_by": "chief"}, case_id=case_id), ())

    client.submit_decision(
        call(), message(DECISION, {"granted": True}, case_id=case_id, sequence=3), ()
    )

    assert _kinds(client) == [RemoteEventKind.SIGNED_FOR, RemoteEventKind.RESULT_READY]


def test_a_decision_before_its_case_is_refused(client: SoapBackOffice):
    with pytest.raises(RemoteRefused) as caught:
        client.submit_decision(call(), message(DECISION, {}, case_id=new_id()), ())

    assert caught.value.kind == "fault:NOT_FOUND"


def test_messages_of_a_case_come_in_their_order(client: SoapBackOffice):
    case_id = new_id()
    client.submit_case(call(), message(CASE, {}, case_id=case_id, sequence=2), ())

    with pytest.raises(RemoteRefused) as caught:
        client.submit_decision(call(), message(DECISION, {}, case_id=case_id, sequence=2), ())

    assert caught.value.kind == "fault:OUT_OF_ORDER"


def test_a_file_that_is_not_what_it_says_is_refused(client: SoapBackOffice, peer: RunningPeer):
    wrong = replace(attachment(b"one"), content=b"two")

    with pytest.raises(RemoteRefused) as caught:
        client.submit_case(call(), message(CASE, {}, case_id=new_id()), (wrong,))

    assert caught.value.kind == "fault:DIGEST_MISMATCH"
    assert peer.state()["submissions"] == []


def test_a_changed_body_under_the_same_id_is_refused(client: SoapBackOffice):
    told = message(CASE, {"a": 1}, case_id=new_id())
    client.submit_case(call(), told, ())

    with pytest.raises(RemoteRefused) as caught:
        client.submit_case(call(), replace(told, body='{"a":2}'), ())

    assert caught.value.kind == "fault:REPLAYED"


@pytest.mark.parametrize("granted", [True, False])
def test_a_department_decides_what_is_its_to_decide(
    client: SoapBackOffice, peer: RunningPeer, *, granted: bool
):
    case_id = new_id()
    client.submit_case(call(), message(CASE, {"decided_by": "back_office"}, case_id=case_id), ())
    seen = client.events(call(), "", 10)

    peer.control({"decide": str(case_id), "granted": granted})

    news = client.events(call(), seen.cursor, 10)
    decided = RemoteEventKind.GRANTED if granted else RemoteEventKind.REFUSED
    assert [each.kind for each in news.events] == [decided, RemoteEventKind.RESULT_READY]


def test_a_department_in_a_hurry_decides_by_itself(client: SoapBackOffice, peer: RunningPeer):
    peer.control({"auto": True})

    client.submit_case(call(), message(CASE, {"decided_by": "back_office"}, case_id=new_id()), ())
    client.submit_case(call(), message(CASE, {"decided_by": "chief"}, case_id=new_id()), ())

    assert _kinds(client) == [
        RemoteEventKind.SIGNED_FOR,
        RemoteEventKind.ACCEPTED,
        RemoteEventKind.GRANTED,
        RemoteEventKind.RESULT_READY,
        RemoteEventKind.SIGNED_FOR,
    ]


def test_a_department_may_ask_for_a_correction(client: SoapBackOffice, peer: RunningPeer):
    case_id = new_id()
    client.submit_case(call(), message(CASE, {}, case_id=case_id), ())

    peer.control(
        {"event": "correction_asked", "case": str(case_id), "detail": {"material": "平面图"}}
    )

    assert client.events(call(), "1", 10).events[0].detail == {"material": "平面图"}


def test_events_are_read_in_portions_and_none_is_skipped(client: SoapBackOffice):
    for _ in range(5):
        client.submit_case(call(), message(CASE, {}, case_id=new_id()), ())
    whole = client.events(call(), "", 100)

    read: list[RemoteEvent] = []
    cursor = ""
    while (portion := client.events(call(), cursor, 2)).events:
        cursor = portion.cursor
        read += portion.events

    assert tuple(read) == whole.events
    assert len({each.event_id for each in read}) == 5


def test_eight_counters_at_once_get_their_own_answers(client: SoapBackOffice, peer: RunningPeer):
    def submit(_: int) -> bool:
        told = message(CASE, {}, case_id=new_id())
        receipt = client.submit_case(call(), told, ())
        return receipt.message_id == told.message_id and not receipt.replayed

    with ThreadPoolExecutor(8) as counters:
        answers = list(counters.map(submit, range(200)))

    assert answers == [True] * 200
    assert len({each["case_id"] for each in peer.state()["submissions"]}) == 200
