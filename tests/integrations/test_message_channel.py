"""The client for short messages against the practice channel, over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk.domain.errors import RemoteRefused, RemoteUnavailable
from clerk.domain.hand_off import Message, MessageKind
from clerk.services.ports import MessageChannel
from integrations.messages.soap import SoapMessages
from integrations.practice.messages import Messages as PracticeMessages
from tests.integrations.library_calls import SCRIBE, SENT_AT, call, new_id, profile
from tests.integrations.message_samples import message
from tests.integrations.practice_peer import RunningPeer, running

PORT: type[MessageChannel] = SoapMessages
"""The client keeps the port; mypy reads this line."""


def text(mobile: str = "13800000147") -> Message:
    body: dict[str, object] = {
        "mobile": mobile,
        "text": "【政务服务】已受理",
        "occasion": "accepted",
        "about": "",
    }
    return message(MessageKind.TELL_APPLICANT, body, case_id=new_id())


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[RunningPeer]:
    with running(PracticeMessages(tmp_path, lambda: SENT_AT)) as started:
        yield started


@pytest.fixture
def client(peer: RunningPeer) -> SoapMessages:
    return SoapMessages(lambda: profile(peer.url, name="短信平台", seconds=5), SCRIBE)


def test_the_channel_tells_its_own_time(client: SoapMessages):
    assert client.ping(call()) == SENT_AT


def test_a_text_goes_out_once_however_often_it_is_handed_over(
    client: SoapMessages, peer: RunningPeer
):
    asked = text()

    first, second = client.send(call(), asked), client.send(call(), asked)

    assert (first.replayed, second.replayed) == (False, True)
    assert [one["mobile"] for one in peer.state()["texts"]] == ["13800000147"]


def test_a_number_that_is_no_mobile_is_refused(client: SoapMessages, peer: RunningPeer):
    with pytest.raises(RemoteRefused):
        client.send(call(), text("0530-1234567"))

    assert peer.state()["texts"] == []


def test_a_channel_that_is_down_is_said_to_be_down(client: SoapMessages, peer: RunningPeer):
    peer.control({"fault": "down", "operation": "", "count": 1})

    with pytest.raises(RemoteUnavailable):
        client.send(call(), text())
