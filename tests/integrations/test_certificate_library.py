"""The certificate library's client against the practice library, over HTTP."""

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from clerk import assets
from clerk.domain.certificate import (
    AuthorisationMode,
    AuthorisationState,
    CertificateStatus,
    Holder,
    Unusable,
    UseOutcome,
    UseReport,
    why_unusable,
)
from clerk.domain.days import local_date
from clerk.domain.errors import BadInput, RemoteGarbled, RemoteRefused, RemoteUnavailable
from clerk.services.ports import CertificateLibrary
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.practice.certlib import CertificateLibrary as PracticeLibrary
from integrations.practice.holdings import BUSINESS_LICENCE, REAL_ESTATE, TYPE_CODES
from integrations.practice.people import EXPIRED_USE_CODE, NOODLE_SHOP, ZHANG_SHILI
from integrations.soap.digest import sm3
from integrations.soap.outcome import Kind
from tests.integrations.library_calls import (
    PURPOSE,
    SENT_AT,
    call,
    library,
    new_id,
    profile,
)
from tests.integrations.practice_peer import RunningPeer, running

PORT: type[CertificateLibrary] = SoapCertificateLibrary
"""The client keeps the port; mypy reads this line."""

SHOP = Holder(name=NOODLE_SHOP.name, id_type="001", id_number=NOODLE_SHOP.code)
ZHANG = Holder(name=ZHANG_SHILI.name, id_type="111", id_number=ZHANG_SHILI.id_number)


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[RunningPeer]:
    with running(PracticeLibrary(tmp_path, lambda: SENT_AT)) as started:
        yield started


@pytest.fixture
def client(peer: RunningPeer) -> SoapCertificateLibrary:
    return library(profile(peer.url, seconds=5, waits=(0.01, 0.01)))


def _by_duty(client: SoapCertificateLibrary, holder: Holder) -> str:
    granted = client.request_authorisation(call(), holder, (), PURPOSE, AuthorisationMode.BY_DUTY)
    return granted.authorisation_id


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("certlib.wsdl", "60515b66c61ee948de678426989703a1e729189d6f337e440cea44e3dc91db92"),
        ("certlib.xsd", "548353b546b9f888f2f24c69f46228e22e855d6f4e1966fdaa6977195052b916"),
    ],
)
def test_the_contract_of_the_libraries_is_not_changed_by_hand(name: str, digest: str):
    content = assets.read_bytes("resources", f"wsdl/{name}")

    assert hashlib.sha256(content).hexdigest() == digest


def test_the_library_tells_its_own_time(client: SoapCertificateLibrary):
    assert client.ping(call()) == SENT_AT


def test_the_code_the_holder_shows_opens_his_certificates(client: SoapCertificateLibrary):
    leave, certificates = client.verify_use_code(call(), NOODLE_SHOP.use_code, PURPOSE)

    assert leave.granted(SENT_AT)
    assert leave.mode is AuthorisationMode.CODE
    assert leave.holder == SHOP
    assert [each.type_name for each in certificates] == ["营业执照", "食品经营许可证"]
    assert certificates[0].fields["经营场所"] == NOODLE_SHOP.address
    assert certificates[1].status is CertificateStatus.EXPIRED


@pytest.mark.parametrize(
    ("code", "kind"),
    [(EXPIRED_USE_CODE, "fault:USECODE_EXPIRED"), ("0000", "fault:USECODE_INVALID")],
)
def test_a_stale_or_wrong_code_opens_nothing(client: SoapCertificateLibrary, code: str, kind: str):
    with pytest.raises(RemoteRefused) as caught:
        client.verify_use_code(call(), code, PURPOSE)

    assert caught.value.kind == kind
    assert "重新出示亮证码" in str(caught.value)


def test_a_phone_is_asked_until_its_owner_agrees(client: SoapCertificateLibrary):
    mode = AuthorisationMode.PHONE
    asked = client.request_authorisation(call(), ZHANG, (), PURPOSE, mode)

    states = [
        client.authorisation(call(), asked.authorisation_id, ZHANG, mode).state for _ in range(2)
    ]

    assert [asked.state, *states] == [
        AuthorisationState.PENDING,
        AuthorisationState.PENDING,
        AuthorisationState.GRANTED,
    ]


def test_an_owner_who_says_no_is_heard(client: SoapCertificateLibrary, peer: RunningPeer):
    mode = AuthorisationMode.PHONE
    asked = client.request_authorisation(call(), ZHANG, (), PURPOSE, mode)

    peer.control({"authorisation": asked.authorisation_id, "state": "DENIED"})

    answer = client.authorisation(call(), asked.authorisation_id, ZHANG, mode)
    assert answer.state is AuthorisationState.DENIED
    with pytest.raises(RemoteRefused) as caught:
        client.query(call(), asked.authorisation_id, ZHANG, (), PURPOSE, 1, 10)
    assert caught.value.kind == "fault:AUTHORIZATION_REQUIRED"


def test_a_holder_the_library_does_not_know_is_said_so(client: SoapCertificateLibrary):
    nobody = replace(ZHANG, id_number="990123190001010014")

    with pytest.raises(RemoteRefused) as caught:
        client.request_authorisation(call(), nobody, (), PURPOSE, AuthorisationMode.PHONE)

    assert caught.value.kind == "fault:NOT_FOUND"


def test_a_query_lists_the_type_that_was_asked_page_by_page(client: SoapCertificateLibrary):
    leave = _by_duty(client, ZHANG)
    wanted = (TYPE_CODES[REAL_ESTATE],)

    first = client.query(call(), leave, ZHANG, wanted, PURPOSE, 1, 2)
    second = client.query(call(), leave, ZHANG, wanted, PURPOSE, 2, 2)

    assert (first.total, len(first.certificates), len(second.certificates)) == (3, 2, 1)


def test_revoked_and_foreign_certificates_are_listed_and_told_apart(
    client: SoapCertificateLibrary,
):
    wanted = TYPE_CODES[REAL_ESTATE]
    page = client.query(call(), _by_duty(client, ZHANG), ZHANG, (wanted,), PURPOSE, 1, 10)

    why = [
        why_unusable(each, type_code=wanted, holder_name=ZHANG.name, on=local_date(SENT_AT))
        for each in page.certificates
    ]

    assert why == [(), (Unusable.REVOKED,), (Unusable.NAME_DIFFERS,)]


def test_a_file_comes_in_pieces_and_keeps_its_digest(client: SoapCertificateLibrary):
    leave, certificates = client.verify_use_code(call(), NOODLE_SHOP.use_code, PURPOSE)
    content, version, last = b"", "", False

    while not last:
        part = client.fetch_chunk(
            call(),
            leave.authorisation_id,
            certificates[0].certificate_id,
            "PDF",
            PURPOSE,
            len(content),
            20_000,
            version,
        )
        content, version, last = content + part.content, part.file_version, part.last

    assert (part.digest_method, part.digest) == ("SM3", sm3(content))
    page = pypdfium2.PdfDocument(content)[0]
    assert NOODLE_SHOP.name in page.get_textpage().get_text_range()


def test_a_file_that_changes_between_pieces_is_not_glued_together(
    client: SoapCertificateLibrary, peer: RunningPeer
):
    leave, certificates = client.verify_use_code(call(), NOODLE_SHOP.use_code, PURPOSE)
    certificate_id = certificates[0].certificate_id
    known = (leave.authorisation_id, certificate_id, "PDF", PURPOSE)
    first = client.fetch_chunk(call(), *known, 0, 500, "")
    peer.control({"replace_file": certificate_id})

    with pytest.raises(RemoteRefused) as caught:
        client.fetch_chunk(call(), *known, 500, 500, first.file_version)

    assert caught.value.kind == "fault:FILE_CHANGED"


def test_a_revoked_certificate_has_no_file(client: SoapCertificateLibrary):
    leave = _by_duty(client, ZHANG)
    page = client.query(call(), leave, ZHANG, (TYPE_CODES[REAL_ESTATE],), PURPOSE, 1, 10)
    revoked = page.certificates[1].certificate_id

    with pytest.raises(RemoteRefused) as caught:
        client.fetch_chunk(call(), leave, revoked, "PDF", PURPOSE, 0, 500, "")

    assert caught.value.kind == "fault:CERT_REVOKED"


def test_what_became_of_a_certificate_is_reported_and_receipted(
    client: SoapCertificateLibrary, peer: RunningPeer
):
    leave, certificates = client.verify_use_code(call(), NOODLE_SHOP.use_code, PURPOSE)
    told = call()
    use = UseReport(
        authorisation_id=leave.authorisation_id,
        certificate_id=certificates[0].certificate_id,
        business_number="20260318-0001",
        outcome=UseOutcome.ATTACHED,
        used_at=SENT_AT,
    )

    receipt = client.report_use(told, use)
    again = client.report_use(told, use)

    assert (receipt.message_id, receipt.replayed) == (told.message_id, False)
    assert (again.receipt_id, again.replayed) == (receipt.receipt_id, True)
    asked = client.receipt(call(), told.message_id)
    assert asked is not None
    assert asked.receipt_id == receipt.receipt_id
    assert [each["outcome"] for each in peer.state()["uses"]] == ["ATTACHED"]


def test_a_message_the_library_never_saw_has_no_receipt(client: SoapCertificateLibrary):
    assert client.receipt(call(), new_id()) is None


def test_a_lost_answer_is_asked_after_and_the_same_message_repeated(
    client: SoapCertificateLibrary, peer: RunningPeer
):
    """One code, one use: the repeat carries the message id of the first send."""
    peer.control({"fault": "drop_answer", "operation": "VerifyUseCode"})
    asked = call()

    leave, _ = client.verify_use_code(asked, NOODLE_SHOP.use_code, PURPOSE)

    heard = [(each["operation"], each["replayed"]) for each in peer.log()]
    assert heard == [("VerifyUseCode", False), ("GetReceipt", False), ("VerifyUseCode", True)]
    assert [each["leave_id"] for each in peer.state()["authorisations"]] == [leave.authorisation_id]


def test_a_library_that_stays_away_after_a_lost_answer_is_not_sent_it_again(
    client: SoapCertificateLibrary, peer: RunningPeer
):
    peer.control({"fault": "drop_answer", "operation": "VerifyUseCode"})
    peer.control({"fault": "down", "operation": "GetReceipt", "count": 9})

    with pytest.raises(RemoteUnavailable) as caught:
        client.verify_use_code(call(), NOODLE_SHOP.use_code, PURPOSE)

    assert (caught.value.kind, caught.value.sent) == (Kind.BROKEN_CONNECTION, "unknown")
    assert [each["operation"] for each in peer.log()] == ["VerifyUseCode"]


@pytest.mark.parametrize("fault", ["cut", "truncated", "drop_answer", "down"])
def test_a_read_that_breaks_once_is_read_again(
    client: SoapCertificateLibrary, peer: RunningPeer, fault: str
):
    leave = _by_duty(client, SHOP)
    peer.control({"fault": fault, "operation": "QueryCertificates"})

    page = client.query(call(), leave, SHOP, (TYPE_CODES[BUSINESS_LICENCE],), PURPOSE, 1, 10)

    assert page.total == 1


def test_a_busy_library_is_asked_again_when_it_says_so(
    client: SoapCertificateLibrary, peer: RunningPeer
):
    peer.control({"fault": "busy", "operation": "QueryCertificates"})
    leave = _by_duty(client, SHOP)

    assert client.query(call(), leave, SHOP, (), PURPOSE, 1, 10).total == 2


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("html", "not-soap"),
        ("wrong_reply", "wrong-reply"),
        ("malformed", "malformed"),
        ("redirect", "redirect"),
    ],
)
def test_nonsense_is_not_asked_for_twice(
    client: SoapCertificateLibrary, peer: RunningPeer, fault: str, kind: str
):
    leave = _by_duty(client, SHOP)
    peer.control({"fault": fault, "operation": "QueryCertificates", "count": 5})

    with pytest.raises(RemoteGarbled) as caught:
        client.query(call(), leave, SHOP, (), PURPOSE, 1, 10)

    assert caught.value.kind == kind
    assert len([each for each in peer.log() if each["operation"] == "QueryCertificates"]) <= 1


def test_the_same_message_with_other_content_is_refused(client: SoapCertificateLibrary):
    asked = call()
    client.verify_use_code(asked, NOODLE_SHOP.use_code, PURPOSE)

    with pytest.raises(RemoteRefused) as caught:
        client.verify_use_code(asked, ZHANG_SHILI.use_code, PURPOSE)

    assert caught.value.kind == "fault:REPLAYED"


def test_a_reason_that_does_not_fit_is_said_before_anything_is_sent(
    client: SoapCertificateLibrary, peer: RunningPeer
):
    with pytest.raises(BadInput):
        client.verify_use_code(call(), NOODLE_SHOP.use_code, replace(PURPOSE, reason="长" * 200))

    assert peer.log() == []


def test_no_person_and_no_code_is_logged_at_any_level(
    client: SoapCertificateLibrary, peer: RunningPeer, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    leave, certificates = client.verify_use_code(call(), ZHANG_SHILI.use_code, PURPOSE)
    client.query(call(), leave.authorisation_id, ZHANG, (), PURPOSE, 1, 10)
    peer.control({"fault": "malformed"})
    with pytest.raises(RemoteGarbled):
        client.query(call(), leave.authorisation_id, ZHANG, (), PURPOSE, 1, 10)

    told = caplog.text + json.dumps(peer.log())
    secrets = (ZHANG.name, ZHANG.id_number, ZHANG_SHILI.use_code, certificates[0].certificate_id)
    assert not [each for each in secrets if each in told]
