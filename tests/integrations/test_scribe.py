"""The child that writes our messages and reads foreign ones: it may be slow, die, or be closed."""

import io
import os
import signal
import sys
from datetime import UTC, date, datetime

import pytest

from clerk.child.frames import FrameBroken
from clerk.domain.errors import RemoteUnavailable
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.soap.frames import receive, send
from integrations.soap.outcome import Kind
from integrations.soap.scribe import Scribe
from tests.integrations.library_calls import new_id, ping, profile, query
from tests.integrations.lie_makers import listing_with
from tests.integrations.lying_peer import LyingPeer

# A child that takes a request and never answers.
STUCK = """
import sys
sys.stdin.buffer.read()
"""

# A child that dies over its first request.
DYING = """
import sys
sys.stdin.buffer.read(1)
"""

# A child that writes what it is asked to, and dies over any answer.
DYING_OVER_THE_ANSWER = """
import sys
from integrations.soap import frames, scribe_child
asked, answers = sys.stdin.buffer, sys.stdout.buffer
while (request := frames.receive(asked, most_bytes=1 << 20))["do"] == "write":
    frames.send(answers, scribe_child._answer(request))
"""


# One that was taken over, or is out of its mind.
NO_JSON = """
import struct, sys
sys.stdin.buffer.read(1)
sys.stdout.buffer.write(struct.pack(">IQ", 9, 0) + b"nonsense!")
"""


def library(url: str, scribe: Scribe) -> SoapCertificateLibrary:
    return SoapCertificateLibrary(profile(url), scribe, new_id=new_id)


def python(program: str) -> tuple[str, ...]:
    return (sys.executable, "-c", program)


@pytest.fixture
def scribe():
    made = Scribe()
    yield made
    made.close()


@pytest.mark.logs_warnings
def test_a_killed_scribe_reads_the_next_answer(scribe):
    with LyingPeer(listing_with("N1", "N2")) as peer:
        client = library(peer.url, scribe)
        query(client)
        os.kill(scribe.process_id, signal.SIGKILL)

        page = query(client)

    assert page.certificates[0].number == "N2"


@pytest.mark.logs_warnings
@pytest.mark.parametrize("program", [DYING, NO_JSON], ids=["dies", "no JSON"])
def test_a_scribe_that_is_of_no_use_sends_nothing_and_says_so(program):
    dying = Scribe(command=python(program))
    with LyingPeer(listing_with("N1", "N2")) as peer:
        with pytest.raises(RemoteUnavailable) as caught:
            query(library(peer.url, dying))

        assert peer.visitors == 0
    assert (caught.value.kind, caught.value.sent) == (Kind.UNREAD, "no")
    dying.close()


def test_a_scribe_that_hangs_is_ended_and_said_so():
    stuck = Scribe(seconds=0.3, command=python(STUCK))
    with LyingPeer(listing_with("N1", "N2")) as peer, pytest.raises(RemoteUnavailable) as caught:
        query(library(peer.url, stuck))

    assert (caught.value.kind, caught.value.sent) == (Kind.UNREAD, "no")
    stuck.close()


@pytest.mark.logs_warnings
def test_an_answer_that_nobody_can_read_leaves_open_what_the_peer_did():
    dying = Scribe(command=python(DYING_OVER_THE_ANSWER))
    with LyingPeer(listing_with("N1", "N2")) as peer:
        with pytest.raises(RemoteUnavailable) as caught:
            query(library(peer.url, dying))

        assert peer.visitors == 1
    assert (caught.value.kind, caught.value.sent) == (Kind.UNREAD, "unknown")
    dying.close()


def test_a_closed_scribe_refuses_and_nothing_is_sent(scribe):
    scribe.close()
    with LyingPeer(listing_with("N1", "N2")) as peer:
        with pytest.raises(RemoteUnavailable) as caught:
            ping(library(peer.url, scribe))

        assert peer.visitors == 0
    assert (caught.value.kind, caught.value.sent) == (Kind.CANCELLED, "no")


def test_a_frame_brings_dates_instants_and_files_as_they_were():
    said = {
        "at": datetime(2026, 3, 18, 9, 0, 0, 7, tzinfo=UTC),
        "on": [date(2026, 3, 18), None, True, 7, "面馆"],
        "files": [{"content": b"\x00\xff"}, {"content": b""}, {"content": b"{}"}],
    }
    pipe = io.BytesIO()

    send(pipe, said)

    pipe.seek(0)
    assert receive(pipe, most_bytes=1 << 10) == said
    assert receive(pipe, most_bytes=1 << 10) is None


def test_a_frame_that_is_cut_off_or_too_long_is_refused():
    pipe = io.BytesIO()
    send(pipe, {"content": b"0123456789"})

    for limit, content in ((1 << 10, pipe.getvalue()[:-1]), (20, pipe.getvalue())):
        with pytest.raises(FrameBroken):
            receive(io.BytesIO(content), most_bytes=limit)
