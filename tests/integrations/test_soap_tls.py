"""Whom the client trusts, and what it tells everybody else."""

from dataclasses import replace
from pathlib import Path

import pytest

from clerk.domain.errors import (
    BadInput,
    RemoteGarbled,
    RemoteUnavailable,
)
from integrations.soap.outcome import Kind
from integrations.soap.profile import PeerProfile
from integrations.soap.security import ClientCertificate
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


def test_a_name_that_nobody_knows_sends_nothing(tmp_path: Path):
    keys = loopback_tls.make(tmp_path, "127.0.0.1")
    given = profile(
        "https://library.invalid/certlib", ca_file=keys.authority, host="library.invalid"
    )

    with pytest.raises(RemoteUnavailable) as caught:
        query(library(given))

    assert (caught.value.kind, caught.value.sent) == (Kind.UNREACHABLE, "no")


def test_the_environment_names_no_authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    theirs = loopback_tls.make(tmp_path / "theirs", "127.0.0.1")
    ours = loopback_tls.make(tmp_path / "ours", "127.0.0.1")
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, str(theirs.authority))
    with LyingPeer(listing_with("N1", "N2"), tls=theirs.server) as peer:
        url = f"https://127.0.0.1:{peer.port}/certlib"

        assert query(library(profile(url, ca_file=theirs.authority))).total == 1
        with pytest.raises(RemoteUnavailable) as caught:
            query(library(profile(url, ca_file=ours.authority)))

    assert caught.value.kind == Kind.TLS_UNTRUSTED


def _with_a_certificate(given: PeerProfile, keys: loopback_tls.LoopbackTls) -> PeerProfile:
    shown = ClientCertificate(
        certificate_file=keys.authority, key_file=keys.key, password=loopback_tls.PASSWORD
    )
    return replace(given, client_certificate=shown)


def test_a_library_that_asks_who_we_are_is_shown_our_certificate(tmp_path: Path):
    theirs = loopback_tls.make(tmp_path / "theirs", "127.0.0.1")
    ours = loopback_tls.make(tmp_path / "ours", "127.0.0.1")
    stranger = loopback_tls.make(tmp_path / "stranger", "127.0.0.1")
    theirs.ask_for(ours.authority)
    with LyingPeer(listing_with("N1", "N2"), tls=theirs.server) as peer:
        plain_profile = profile(f"https://127.0.0.1:{peer.port}/certlib", ca_file=theirs.authority)

        assert query(library(_with_a_certificate(plain_profile, ours))).total == 1
        for given in (plain_profile, _with_a_certificate(plain_profile, stranger)):
            with pytest.raises(RemoteUnavailable):
                query(library(given))


def test_a_key_that_does_not_open_is_said_before_anything_is_sent(tmp_path: Path):
    keys = loopback_tls.make(tmp_path, "127.0.0.1")
    given = _with_a_certificate(
        profile("https://127.0.0.1:1/certlib", ca_file=keys.authority), keys
    )
    shown = given.client_certificate
    assert shown is not None
    wrong = replace(given, client_certificate=replace(shown, password="falsch"))

    with pytest.raises(BadInput) as caught:
        library(wrong)

    assert "客户端证书" in str(caught.value)


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
