"""Whom the client trusts, and what it tells everybody else."""

from pathlib import Path

import pytest

from clerk.domain.errors import (
    BadInput,
    RemoteGarbled,
    RemoteUnavailable,
)
from integrations.soap.outcome import Kind
from tests.integrations import loopback_tls
from tests.integrations.library_calls import (
    library,
    profile,
    query,
)
from tests.integrations.lie_makers import listing_with, raw, replies
from tests.integrations.lying_peer import (
    LyingPeer,
    envelope,
    receipt,
)


def test_a_known_authority_lets_a_call_through(tmp_path: Path):
    keys = loopback_tls.make(tmp_path, "127.0.0.1")
    with LyingPeer(listing_with("N1", "N2"), tls=keys.server) as peer:
        url = f"https://127.0.0.1:{peer.port}/certlib"

        page = query(library(profile(url, ca_file=keys.authority)))

    assert page.total == 1


@pytest.mark.parametrize("lie", ["unknown authority", "another host"])
def test_an_untrusted_peer_is_told_nothing(tmp_path: Path, lie: str):
    theirs = loopback_tls.make(
        tmp_path / "theirs", "192.0.2.7" if lie == "another host" else "127.0.0.1"
    )
    ours = loopback_tls.make(tmp_path / "ours", "127.0.0.1")
    trusted = theirs.authority if lie == "another host" else ours.authority
    with LyingPeer(listing_with("N1", "N2"), tls=theirs.server) as peer:
        url = f"https://127.0.0.1:{peer.port}/certlib"

        with pytest.raises(RemoteUnavailable) as caught:
            query(library(profile(url, ca_file=trusted)))

        assert (caught.value.kind, caught.value.sent) == (Kind.TLS_UNTRUSTED, "no")
        assert not peer.asked.is_set()


def test_tls_to_a_plain_port_sends_nothing(tmp_path: Path):
    keys = loopback_tls.make(tmp_path, "127.0.0.1")
    with LyingPeer(raw(b"HTTP/1.1 400 Bad\r\n\r\n"), reads=False) as peer:
        url = f"https://127.0.0.1:{peer.port}/certlib"

        with pytest.raises(RemoteUnavailable) as caught:
            query(library(profile(url, ca_file=keys.authority)))

    assert (caught.value.kind, caught.value.sent) == (Kind.UNREACHABLE, "no")


def test_a_plain_call_to_a_tls_port_is_a_broken_connection(tmp_path: Path):
    keys = loopback_tls.make(tmp_path, "127.0.0.1")
    with LyingPeer(raw(b""), tls=keys.server) as peer, pytest.raises(RemoteUnavailable) as caught:
        query(library(profile(peer.url)))

    assert (caught.value.kind, caught.value.sent) == (Kind.BROKEN_CONNECTION, "unknown")


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.7/certlib",
        "https://127.0.0.1/certlib",
        "ftp://127.0.0.1/certlib",
        "http://127.0.0.1:80@192.0.2.7/certlib",
        "http://localhost/certlib",
    ],
)
def test_an_address_outside_the_list_is_never_spoken_to(url: str):
    with pytest.raises(BadInput):
        profile(url)


def test_the_receipt_names_what_was_asked():
    lie = replies(
        lambda message_id: envelope(
            f"<c:ReportUseResponse>{receipt(message_id, 'ReportUse')}</c:ReportUseResponse>"
        )
    )
    with LyingPeer(lie) as peer, pytest.raises(RemoteGarbled) as caught:
        query(library(profile(peer.url)))

    assert caught.value.kind == Kind.WRONG_ELEMENT
