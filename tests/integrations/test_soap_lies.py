"""Whatever a peer sends, the clerk gets one sentence and the form gets nothing (soap.md, 4)."""

import logging
import re
import socket
import threading
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clerk.domain.errors import (
    RemoteGarbled,
    RemoteRefused,
    RemoteTrouble,
    RemoteUnavailable,
)
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.soap.outcome import Kind, RemoteBusy
from integrations.soap.security import AnswerDemands
from tests.integrations.library_calls import (
    call,
    library,
    ping,
    profile,
    query,
)
from tests.integrations.lie_makers import CHUNKED, listing_with, plain, raw, replies, silent
from tests.integrations.lying_peer import (
    Lie,
    Line,
    LyingPeer,
    envelope,
    fault,
    listing,
)
from tests.integrations.wire_lies import WIRE_LIES
from tests.integrations.xml_lies import XML_LIES

_LIES = WIRE_LIES | XML_LIES


_OF_THE_ANSWER = ("张示例", "N1", "ZZ-1", "HZ-1", "990123", "请先登录", "220 mail", "a.pdf", "QUJD")


def _chain(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield str(error)
        error = error.__cause__


@pytest.mark.parametrize("name", _LIES)
def test_a_lie_becomes_one_sentence_and_no_data(name: str, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    ask, lie, kind, sent = _LIES[name]
    with LyingPeer(lie) as peer, pytest.raises(RemoteTrouble) as caught:
        ask(library(profile(peer.url)))

    assert (str(caught.value.kind), str(caught.value.sent)) == (kind, sent)
    sentence = str(caught.value)
    assert "省证照库" in sentence
    assert "请" in sentence
    assert re.fullmatch(r"[^。\n]+", sentence)
    told = caplog.text + "".join(_chain(caught.value))
    assert not [each for each in _OF_THE_ANSWER if each in told]


@pytest.mark.parametrize("name", ["too large without a length", "gzip bomb", "dripping body"])
def test_what_a_peer_pours_out_stays_out_of_memory(name: str):
    """256 MiB and 64 MiB are offered; what Python holds grows by less than eight."""
    ask, lie, _, _ = _LIES[name]
    with LyingPeer(lie) as peer:
        client = library(profile(peer.url))
        tracemalloc.start()
        try:
            with pytest.raises(RemoteTrouble):
                ask(client)
            _, peak_bytes = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert peak_bytes < 8 << 20


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a fault shaped like SOAP 1.2", "认证失败"),
        ("a fault in the default namespace", "不行"),
        ("a fault without a namespace", "不行"),
    ],
)
def test_a_refusal_in_an_odd_shape_keeps_its_words(name: str, text: str):
    ask, lie, _, _ = _LIES[name]
    with LyingPeer(lie) as peer, pytest.raises(RemoteRefused) as caught:
        ask(library(profile(peer.url)))

    assert text in str(caught.value)


def test_a_refusal_that_says_try_again_is_not_believed_where_that_is_useless():
    lie = replies(lambda _: envelope(fault("USECODE_INVALID", retryable=True)))
    with LyingPeer(lie) as peer, pytest.raises(RemoteRefused):
        query(library(profile(peer.url, waits=(0.01, 0.01))))

    assert peer.visitors == 1


_MORE = "<c:issuerName>示例</c:issuerName>"
_ADDED = '<c:more>1</c:more><x:y xmlns:x="urn:x"><x:z/></x:y>'


def test_additions_are_read_over_only_where_the_profile_says_so():
    lie = listing_with("<c:issuerName>", _ADDED + "<c:issuerName>")
    with LyingPeer(lie) as peer:
        given = profile(peer.url)
        kind = replace(given, demands=AnswerDemands(tolerate_additions=True))

        assert query(library(kind)).certificates[0].number == "N1"
        with pytest.raises(RemoteGarbled) as caught:
            query(library(given))

    assert caught.value.kind == Kind.SCHEMA


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<c:issuerName>", "<c:more/>x<c:issuerName>"),
        ("<c:issuerName>", _MORE + "<c:issuerName>"),
        ("<c:holderName>张示例</c:holderName>", "<c:more>张示例</c:more>"),
        ("<c:status>VALID", "<c:status><c:more/>VALID"),
    ],
    ids=["text behind", "a known one twice", "in place of a field", "inside a value"],
)
def test_tolerance_forgives_additions_and_nothing_else(old: str, new: str):
    with LyingPeer(listing_with(old, new)) as peer:
        kind = replace(profile(peer.url), demands=AnswerDemands(tolerate_additions=True))
        with pytest.raises(RemoteGarbled) as caught:
            query(library(kind))

    assert caught.value.kind == Kind.SCHEMA


def test_a_library_must_give_what_its_profile_requires():
    path = "QueryCertificatesResponse/certificate/validTo"
    demands = AnswerDemands(required=(path,))
    dated = listing_with("<c:status>", "<c:validTo>2030-01-01</c:validTo><c:status>")
    with LyingPeer(dated) as peer:
        assert query(library(replace(profile(peer.url), demands=demands))).total == 1
    with LyingPeer(listing_with("", "")) as peer, pytest.raises(RemoteGarbled) as caught:
        query(library(replace(profile(peer.url), demands=demands)))

    assert caught.value.kind == Kind.SCHEMA


@pytest.mark.parametrize("name", ["no answer", "dripping body", "dripping header"])
def test_no_peer_holds_a_clerk_longer_than_the_deadline(name: str):
    ask, lie, _, _ = _LIES[name]
    begun = datetime.now(UTC)

    with LyingPeer(lie) as peer, pytest.raises(RemoteUnavailable):
        ask(library(profile(peer.url)))

    assert datetime.now(UTC) - begun < timedelta(seconds=1.0)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("no answer", RemoteUnavailable),
        ("503", RemoteUnavailable),
        ("503 and a fault", RemoteUnavailable),
        ("401", RemoteRefused),
        ("200 and a fault", RemoteRefused),
        ("a fault shaped like SOAP 1.2", RemoteRefused),
        ("login page", RemoteGarbled),
        ("bad date", RemoteGarbled),
        ("answer to another message", RemoteGarbled),
    ],
)
def test_later_no_and_nonsense_are_told_apart(name: str, error: type[RemoteTrouble]):
    ask, lie, _, _ = _LIES[name]
    with LyingPeer(lie) as peer, pytest.raises(error):
        ask(library(profile(peer.url)))


def test_nobody_listening_means_nothing_was_sent():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]

    with pytest.raises(RemoteUnavailable) as caught:
        ping(library(profile(f"http://127.0.0.1:{port}/certlib")))

    assert (caught.value.kind, caught.value.sent) == (Kind.UNREACHABLE, "no")


def test_a_redirect_carries_nobodys_data_elsewhere():
    with LyingPeer(raw(b"")) as thief:
        to_thief = plain("307 Moved", f"Location: {thief.url}\r\n")
        with LyingPeer(to_thief) as peer, pytest.raises(RemoteGarbled) as caught:
            query(library(profile(peer.url)))

        assert caught.value.kind == Kind.REDIRECT
        assert thief.visitors == 0


def test_the_environment_cannot_lead_a_call_astray(monkeypatch: pytest.MonkeyPatch):
    """Proxy and authorities of the environment count for nothing."""
    with LyingPeer(raw(b"")) as thief, LyingPeer(listing_with("N1", "N2")) as peer:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, thief.url)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")

        page = query(library(profile(peer.url)))

        assert page.certificates[0].number == "N2"
        assert thief.visitors == 0


def test_a_peer_says_when_it_may_be_asked_again_up_to_an_hour():
    with LyingPeer(_LIES["503"][1]) as peer, pytest.raises(RemoteBusy) as caught:
        ping(library(profile(peer.url)))

    assert caught.value.retry_after_seconds == 3600


def test_the_sentence_repeats_no_number_that_a_peer_put_into_its_fault():
    lie = replies(lambda _: envelope(fault("NOT_FOUND").replace("说明", "990123198506120030")))

    with LyingPeer(lie) as peer, pytest.raises(RemoteRefused) as caught:
        query(library(profile(peer.url)))

    assert "990123198506120030" not in str(caught.value)
    assert "文字" in str(caught.value)


def _encoded(encoding: str, declared: str = "") -> Lie:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return lambda line: line.answer(
        (declaration + envelope(listing(line.message_id))).encode(encoding)
    )


def _chunked(line: Line) -> None:
    body = envelope(listing(line.message_id)).encode()
    line.send(CHUNKED)
    for at in range(0, len(body), 100):
        part = body[at : at + 100]
        line.send(b"%x\r\n%b\r\n" % (len(part), part))
    line.send(b"0\r\n\r\n")


@pytest.mark.parametrize(
    "lie",
    [
        _encoded("gbk", "GBK"),
        _encoded("utf-16", "UTF-16"),
        _encoded("utf-8-sig", "UTF-8"),
        _encoded("utf-8"),
        _chunked,
        listing_with("VALID", "VA<!-- a -->LID"),
        listing_with("<c:status>", '<c:status xmlns:xsi="urn:x">'),
    ],
    ids=["GBK", "UTF-16", "BOM", "no declaration", "chunked", "comment", "more prefixes"],
)
def test_an_odd_but_honest_answer_is_read(lie: Lie):
    with LyingPeer(lie) as peer:
        page = query(library(profile(peer.url)))

    assert page.certificates[0].holder_name == "张示例"
    assert page.certificates[0].status == "VALID"


def test_a_long_text_is_read_where_the_byte_limit_allows_it():
    value = "长" * 4_000_000
    lie = listing_with("N1", value)
    with LyingPeer(lie) as peer:
        given = profile(peer.url, seconds=20, max_answer_bytes=16 * 1024 * 1024)
        page = query(library(given))

    assert page.certificates[0].number == value


def test_a_library_without_a_zone_speaks_of_the_halls_time():
    lie = replies(
        lambda message_id: envelope(
            f"<c:PingResponse><c:echo>{message_id}</c:echo>"
            "<c:serverTime>2026-03-18T09:00:00</c:serverTime>"
            "<c:version>1</c:version></c:PingResponse>"
        )
    )
    with LyingPeer(lie) as peer:
        assert ping(library(profile(peer.url))) == datetime(2026, 3, 18, 1, 0, tzinfo=UTC)


def test_a_clerk_who_stops_waiting_is_free_at_once():
    asked = call()
    caught: list[RemoteTrouble] = []

    def ask(of: SoapCertificateLibrary) -> None:
        try:
            of.ping(asked)
        except RemoteTrouble as error:
            caught.append(error)

    with LyingPeer(silent) as peer:
        client = library(profile(peer.url, seconds=30))
        waiting = threading.Thread(target=ask, args=(client,))
        waiting.start()
        assert peer.asked.wait(5)

        client.cancel(asked.message_id)

        waiting.join(5)
        assert [(error.kind, error.sent) for error in caught] == [(Kind.CANCELLED, "unknown")]


def test_a_closed_client_sends_nothing_more():
    with LyingPeer(listing_with("", "")) as peer:
        client = library(profile(peer.url))
        client.close()

        with pytest.raises(RemoteUnavailable) as caught:
            query(client)

        assert (caught.value.kind, caught.value.sent) == (Kind.CANCELLED, "no")
        assert peer.visitors == 0
