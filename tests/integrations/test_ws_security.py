"""Messages that prove who sent them, and answers that must prove it too (soap.md 3.4)."""

import base64
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

from clerk.domain.errors import RemoteGarbled, RemoteRefused
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.practice.certlib import CertificateLibrary as PracticeLibrary
from integrations.practice.door import Door
from integrations.soap import xml
from integrations.soap.answer_signature import SignatureChecker
from integrations.soap.outcome import Kind, SignatureDoubt
from integrations.soap.profile import PeerProfile
from integrations.soap.security import AnswerDemands, SecurityMode, WireSecurity
from integrations.soap.ws_security import DS, WSSE, WSU, canonical, password_digest, secure
from tests.integrations.library_calls import (
    PURPOSE,
    SENT_AT,
    call,
    library,
    new_id,
    ping,
    profile,
    query,
)
from tests.integrations.lie_makers import replies
from tests.integrations.lying_peer import CERTIFICATE, LyingPeer, envelope, fault, listing
from tests.integrations.practice_peer import RunningPeer, running
from tests.integrations.signing_keys import SigningKey, signing_key

PASSWORD = "不外传的口令-9901"
DIGEST = WireSecurity(mode=SecurityMode.DIGEST, username="window-03", password=PASSWORD)
TOLERANCE = timedelta(minutes=5)


def signing(key: SigningKey) -> WireSecurity:
    return WireSecurity(
        mode=SecurityMode.X509, key_pem=key.key_pem, certificate_pem=key.certificate_pem
    )


def secured(url: str, security: WireSecurity, signers: str = "") -> PeerProfile:
    demands = AnswerDemands(signers_pem=signers)
    return replace(profile(url, seconds=5, waits=(0.01,)), security=security, demands=demands)


@pytest.fixture
def practice(tmp_path: Path) -> PracticeLibrary:
    return PracticeLibrary(tmp_path, lambda: SENT_AT)


@pytest.fixture
def peer(practice: PracticeLibrary) -> Iterator[RunningPeer]:
    with running(practice) as started:
        yield started


# a password digest


def test_a_digest_opens_the_door_and_a_wrong_password_does_not(
    practice: PracticeLibrary, peer: RunningPeer
):
    practice.door = Door(SecurityMode.DIGEST, passwords={"window-03": PASSWORD})

    assert ping(library(secured(peer.url, DIGEST))) == SENT_AT
    for other in (replace(DIGEST, password="x"), replace(DIGEST, username="y"), WireSecurity()):
        with pytest.raises(RemoteRefused) as caught:
            ping(library(secured(peer.url, other)))
        assert caught.value.kind == "fault:AUTHN_FAILED"


def test_each_send_of_a_message_has_a_nonce_of_its_own(
    practice: PracticeLibrary, peer: RunningPeer
):
    """The message id is the same: the library knows the repeat, and the door lets it in."""
    practice.door = Door(SecurityMode.DIGEST, passwords={"window-03": PASSWORD})
    peer.control({"fault": "drop_answer", "operation": "GetReceipt"})

    assert library(secured(peer.url, DIGEST)).receipt(call(), new_id()) is None

    assert len(peer.log()) == 2
    assert len({each["id"] for each in peer.log()}) == 1
    assert len(set(practice.door.seen)) == 2


def test_the_same_bytes_a_second_time_are_refused(practice: PracticeLibrary):
    practice.door = Door(SecurityMode.DIGEST, passwords={"window-03": PASSWORD})
    message = xml.parse(envelope("<c:Ping><c:echo>x</c:echo></c:Ping>").encode())
    secure(message, asdict(DIGEST), SENT_AT, b"0123456789abcdef")
    content = etree.tostring(message)

    first, second = practice.answer(content)[1], practice.answer(content)[1]

    assert b"REPLAYED" not in first
    assert b"REPLAYED" in second
    practice.close()


def test_the_digest_is_that_of_the_profile():
    """The worked pair of ONVIF's application programmer's guide, 6.1.1."""
    nonce = base64.b64decode("LKqI6G/AikKCQrN0zqZFlg==")

    digest = password_digest(nonce, "2010-09-16T07:50:45Z", "userpassword")

    assert digest == "tuOSpGlFlIXsozq4HFNeeGeFLEI="


def test_clocks_that_differ_are_told_and_never_adjusted(tmp_path: Path):
    slow = PracticeLibrary(tmp_path, lambda: SENT_AT - timedelta(minutes=7, seconds=20))
    with running(slow) as peer:
        peer.control({"fault": "fault:CLOCK_SKEW", "operation": "QueryCertificates", "count": 9})

        with pytest.raises(RemoteRefused) as caught:
            query(library(profile(peer.url, seconds=5, waits=(0.01, 0.01))))

        assert (caught.value.kind, caught.value.sent) == ("fault:CLOCK_SKEW", "answered")
        assert "本机时间比对方快7分2" in str(caught.value)
        assert "没有改动时间" in str(caught.value)
        assert peer.log() == []


def test_a_clock_that_the_door_refuses_even_for_a_ping_is_still_said_so(tmp_path: Path):
    late = PracticeLibrary(tmp_path, lambda: SENT_AT + timedelta(hours=1))
    late.door = Door(SecurityMode.DIGEST, passwords={"window-03": PASSWORD})
    with running(late) as peer, pytest.raises(RemoteRefused) as caught:
        query(library(secured(peer.url, DIGEST)))

    assert caught.value.kind == "fault:CLOCK_SKEW"
    assert "校准本机时间" in str(caught.value)


# signatures


def test_signed_messages_and_signed_answers_go_both_ways(
    practice: PracticeLibrary, peer: RunningPeer, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    ours, theirs = signing_key("window"), signing_key("library")
    practice.door = Door(SecurityMode.X509, clients_pem=ours.certificate_pem, own=signing(theirs))
    client = library(secured(peer.url, signing(ours), theirs.certificate_pem))

    assert ping(client) == SENT_AT
    leave, _ = client.verify_use_code(call(), "9901-0001", PURPOSE)
    assert leave.granted(SENT_AT)
    with pytest.raises(RemoteRefused) as caught:  # a refusal that is signed says why
        client.verify_use_code(call(), "0000", PURPOSE)
    assert caught.value.kind == "fault:USECODE_INVALID"
    assert ours.key_pem[200:260] not in caplog.text


def test_a_stranger_or_nobody_is_not_let_in(practice: PracticeLibrary, peer: RunningPeer):
    ours, stranger = signing_key("window"), signing_key("stranger")
    practice.door = Door(SecurityMode.X509, clients_pem=ours.certificate_pem)

    for security in (signing(stranger), WireSecurity()):
        with pytest.raises(RemoteRefused) as caught:
            ping(library(secured(peer.url, security)))
        assert caught.value.kind == "fault:AUTHN_FAILED"


@pytest.mark.parametrize(
    ("inner", "told"),
    [(fault("CERT_REVOKED"), "没有签名，CERT_REVOKED"), (fault("TEAPOT"), "没有签名")],
)
def test_a_refusal_without_the_signature_it_must_bear_counts_for_nothing(inner: str, told: str):
    demanded = signing_key("library").certificate_pem
    with (
        LyingPeer(replies(lambda _: envelope(inner))) as peer,
        pytest.raises(RemoteGarbled) as caught,
    ):
        query(library(secured(peer.url, WireSecurity(), demanded)))

    assert caught.value.kind == Kind.SIGNATURE
    assert told in str(caught.value)
    assert "说明文字" not in str(caught.value)


Tamper = Callable[[etree._Element], None]


def _signed(message_id: str = "01959f00-0000-7000-8000-0000000000aa") -> etree._Element:
    answer = xml.parse(envelope(listing(message_id, CERTIFICATE)).encode())
    secure(answer, asdict(signing(signing_key("library"))), SENT_AT, b"")
    return xml.parse(etree.tostring(answer))


def _find(answer: etree._Element, path: str) -> etree._Element:
    return next(answer.iterfind(path.format(ds=f"{{{DS}}}", wsse=f"{{{WSSE}}}", wsu=f"{{{WSU}}}")))


def _remove(answer: etree._Element, path: str) -> None:
    element = _find(answer, path)
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _body(answer: etree._Element) -> etree._Element:
    return _find(answer, f"{{{{{xml.SOAP_11}}}}}Body")


def _edits_the_body(answer: etree._Element) -> None:
    next(each for each in answer.iter() if each.text == "张示例").text = "李样本"


def _moves_the_signed_body(answer: etree._Element) -> None:
    """Signature wrapping: what was signed hides in a header, another Body takes its place."""
    body = _body(answer)
    wrapper = etree.SubElement(answer[0], "{urn:wrap}wrapper")
    forged = xml.parse(envelope(listing("x" * 20, CERTIFICATE)).encode())[0]
    answer.append(forged)
    wrapper.append(body)


def _gives_the_forged_body_the_same_id(answer: etree._Element) -> None:
    name = f"{{{WSU}}}Id"
    number = _body(answer).get(name, "")
    _moves_the_signed_body(answer)
    _body(answer).set(name, number)


def _signs_the_body_no_longer(answer: etree._Element) -> None:
    _remove(answer, ".//{ds}Reference[@URI='#id-0']")


def _signs_again_without(place: int) -> Tamper:
    """The signer himself leaves a part out: a good signature that does not cover enough."""

    def tamper(answer: etree._Element) -> None:
        _remove(answer, f".//{{ds}}Reference[@URI='#id-{place}']")
        key = serialization.load_pem_private_key(signing_key("library").key_pem.encode(), None)
        assert isinstance(key, rsa.RSAPrivateKey)
        info = canonical(_find(answer, ".//{ds}SignedInfo"))
        value = key.sign(info, padding.PKCS1v15(), hashes.SHA256())
        _find(answer, ".//{ds}SignatureValue").text = base64.b64encode(value).decode()

    return tamper


def _is_signed_by_another(answer: etree._Element) -> None:
    _remove(answer, ".//{wsse}Security")
    secure(answer, asdict(signing(signing_key("stranger"))), SENT_AT, b"")


def _names_the_certificate_of_another(answer: etree._Element) -> None:
    stranger = signing_key("stranger").certificate_pem.splitlines()[1:-1]
    _find(answer, ".//{wsse}BinarySecurityToken").text = "".join(stranger)


def _is_signed_twice(answer: etree._Element) -> None:
    security = _find(answer, ".//{wsse}Security")
    security.append(xml.parse(etree.tostring(_find(answer, ".//{ds}Signature"))))


def _says_sha_1(answer: etree._Element) -> None:
    method = _find(answer, ".//{ds}SignatureMethod")
    method.set("Algorithm", "http://www.w3.org/2000/09/xmldsig#rsa-sha1")


def _signs_the_whole_document(answer: etree._Element) -> None:
    _find(answer, ".//{ds}Reference[@URI='#id-0']").set("URI", "")


def _filters_before_it_digests(answer: etree._Element) -> None:
    transforms = _find(answer, ".//{ds}Transforms")
    more = etree.SubElement(transforms, f"{{{DS}}}Transform")
    more.set("Algorithm", "http://www.w3.org/TR/1999/REC-xpath-19991116")


TAMPERS: dict[str, tuple[Tamper, SignatureDoubt]] = {
    "edited body": (_edits_the_body, SignatureDoubt.ALTERED),
    "wrapped body": (_moves_the_signed_body, SignatureDoubt.NOT_COVERED),
    "the same id twice": (_gives_the_forged_body_the_same_id, SignatureDoubt.AMBIGUOUS),
    "header removed": (lambda a: _remove(a, ".//{wsse}Security"), SignatureDoubt.MISSING),
    "signature removed": (lambda a: _remove(a, ".//{ds}Signature"), SignatureDoubt.MISSING),
    "reference removed": (_signs_the_body_no_longer, SignatureDoubt.NOT_COVERED),
    "body not covered": (_signs_again_without(0), SignatureDoubt.NOT_COVERED),
    "timestamp not covered": (_signs_again_without(1), SignatureDoubt.NOT_COVERED),
    "timestamp removed": (lambda a: _remove(a, ".//{wsu}Timestamp"), SignatureDoubt.MISSING),
    "another certificate": (_is_signed_by_another, SignatureDoubt.SIGNER),
    "another's token": (_names_the_certificate_of_another, SignatureDoubt.SIGNER),
    "two signatures": (_is_signed_twice, SignatureDoubt.AMBIGUOUS),
    "SHA-1": (_says_sha_1, SignatureDoubt.AMBIGUOUS),
    "the whole document": (_signs_the_whole_document, SignatureDoubt.ALTERED),
    "another transform": (_filters_before_it_digests, SignatureDoubt.AMBIGUOUS),
}


@pytest.fixture(scope="module")
def checker() -> SignatureChecker:
    return SignatureChecker(signing_key("library").certificate_pem, TOLERANCE)


def test_an_answer_as_it_was_signed_is_believed(checker: SignatureChecker):
    assert checker.doubt(_signed(), SENT_AT) is None


@pytest.mark.parametrize("name", TAMPERS)
def test_an_answer_that_is_not_as_it_was_signed_is_refused(name: str, checker: SignatureChecker):
    tamper, doubt = TAMPERS[name]
    answer = _signed()

    tamper(answer)

    assert checker.doubt(answer, SENT_AT) is doubt


@pytest.mark.parametrize(
    ("later", "doubt"),
    [
        (timedelta(minutes=-4), None),
        (timedelta(minutes=-6), SignatureDoubt.EXPIRED),
        (timedelta(minutes=9), None),
        (timedelta(minutes=11), SignatureDoubt.EXPIRED),
        (timedelta(days=400), SignatureDoubt.SIGNER),
    ],
)
def test_a_signature_counts_for_its_time(
    later: timedelta, doubt: SignatureDoubt | None, checker: SignatureChecker
):
    assert checker.doubt(_signed(), SENT_AT + later) is doubt


@pytest.mark.parametrize("name", ["body not covered", "another certificate", "wrapped body"])
def test_over_the_wire_such_an_answer_gives_the_form_nothing(name: str):
    tamper, doubt = TAMPERS[name]

    def tampered(message_id: str) -> str:
        answer = _signed(message_id)
        tamper(answer)
        return etree.tostring(answer, encoding="unicode")

    demanded = secured(
        "http://127.0.0.1:1/x", WireSecurity(), signing_key("library").certificate_pem
    )
    with LyingPeer(replies(tampered)) as peer, pytest.raises(RemoteGarbled) as caught:
        query(library(replace(demanded, endpoint=peer.url)))

    assert (caught.value.kind, caught.value.sent) == (Kind.SIGNATURE, "answered")
    assert doubt in str(caught.value)


def test_over_the_wire_a_good_one_is_read():
    def told(message_id: str) -> str:
        return etree.tostring(_signed(message_id), encoding="unicode")

    demanded = secured(
        "http://127.0.0.1:1/x", WireSecurity(), signing_key("library").certificate_pem
    )
    with LyingPeer(replies(told)) as peer:
        found: SoapCertificateLibrary = library(replace(demanded, endpoint=peer.url))

        assert query(found).certificates[0].holder_name == "张示例"
