"""The one-window platform's client against the practice platform, over HTTP."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clerk.domain.errors import RemoteRefused, RemoteUnavailable
from clerk.domain.hand_off import MessageKind
from clerk.services.ports import Platform
from integrations.platform.soap import SoapPlatform
from integrations.practice.certlib import CertificateLibrary
from integrations.practice.platform import Platform as PracticePlatform
from tests.integrations.library_calls import SCRIBE, SENT_AT, call, new_id, profile
from tests.integrations.message_samples import message
from tests.integrations.practice_peer import RunningPeer, running

PORT: type[Platform] = SoapPlatform
"""The client keeps the port; mypy reads this line."""

CLAIM = MessageKind.CLAIM_NUMBER


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[RunningPeer]:
    with running(PracticePlatform(tmp_path, lambda: SENT_AT)) as started:
        yield started


@pytest.fixture
def client(peer: RunningPeer) -> SoapPlatform:
    return SoapPlatform(profile(peer.url, name="一窗式平台", seconds=5), SCRIBE)


def test_the_platform_tells_its_own_time(client: SoapPlatform):
    assert client.ping(call()) == SENT_AT


def test_numbers_carry_the_halls_day_and_are_given_once(client: SoapPlatform):
    first = client.lease_numbers(call(), 3)
    second = client.lease_numbers(call(), 2)

    given = [each.number for each in first.numbers + second.numbers]
    assert given == [f"20260318-000{place}" for place in range(1, 6)]
    assert first.block_id != second.block_id
    assert all(len(each.query_code) == 6 for each in first.numbers)


def test_a_lost_block_is_given_again_with_the_same_codes(client: SoapPlatform, peer: RunningPeer):
    asked = call()
    peer.control({"fault": "drop_answer"})
    with pytest.raises(RemoteUnavailable):
        client.lease_numbers(asked, 3)

    block = client.lease_numbers(asked, 3)

    assert client.lease_numbers(asked, 3) == block
    assert peer.state()["leased"] == 3


def test_nobody_leases_a_number_of_numbers_that_makes_no_sense(client: SoapPlatform):
    with pytest.raises(RemoteRefused) as caught:
        client.lease_numbers(call(), 0)

    assert caught.value.kind == "fault:INVALID_ARGUMENT"


def test_a_number_is_borne_by_one_case(client: SoapPlatform, peer: RunningPeer):
    number = client.lease_numbers(call(), 1).numbers[0].number
    body: dict[str, object] = {"number": number, "provisional": False}
    ours = message(CLAIM, body, case_id=new_id())
    client.claim_number(call(), ours)

    with pytest.raises(RemoteRefused) as caught:
        client.claim_number(call(), message(CLAIM, body, case_id=new_id()))

    assert caught.value.kind == "fault:NUMBER_TAKEN"
    assert [each["case_id"] for each in peer.state()["claims"]] == [str(ours.case_id)]


def test_a_final_number_must_have_been_leased(client: SoapPlatform):
    body: dict[str, object] = {"number": "20260318-0999", "provisional": False}

    with pytest.raises(RemoteRefused) as caught:
        client.claim_number(call(), message(CLAIM, body, case_id=new_id()))

    assert caught.value.kind == "fault:NUMBER_UNKNOWN"


def test_a_temporary_number_is_taken_note_of(client: SoapPlatform, peer: RunningPeer):
    body: dict[str, object] = {"number": "临01-20260318-001", "provisional": True}

    client.claim_number(call(), message(CLAIM, body, case_id=new_id()))

    assert peer.state()["claims"][0]["number"] == "临01-20260318-001"


def test_a_hand_out_is_reported_once(client: SoapPlatform, peer: RunningPeer):
    told = message(
        MessageKind.REPORT_HAND_OUT, {"collected_by": "陈演示"}, case_id=new_id(), sequence=4
    )

    first = client.report_hand_out(call(), told)
    second = client.report_hand_out(call(), told)

    assert (first.replayed, second.replayed) == (False, True)
    assert first.receipt_id == second.receipt_id
    assert len(peer.state()["hand_outs"]) == 1


def test_a_use_that_is_hidden_makes_no_page_the_last(tmp_path: Path):
    hidden, shown = [str(new_id()) for _ in range(3)], [str(new_id()) for _ in range(2)]
    CertificateLibrary(tmp_path / "certlib", lambda: SENT_AT).close()
    with closing(sqlite3.connect(tmp_path / "certlib" / "certlib.sqlite")) as library, library:
        library.executemany(
            "INSERT INTO message (message_id, operation, digest, at)"
            " VALUES (?, 'VerifyUseCode', '', ?)",
            [(one, SENT_AT.isoformat()) for one in (*hidden, *shown)],
        )

    with running(PracticePlatform(tmp_path / "platform", lambda: SENT_AT)) as peer:
        peer.control({"uses": {"hide": hidden}})
        client = SoapPlatform(profile(peer.url, name="一窗式平台", seconds=5), SCRIBE)
        page = client.certificate_uses(call(), SENT_AT.date(), "", 2)

    assert [str(use.message_id) for use in page.uses] == shown
