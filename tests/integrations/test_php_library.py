"""The client against a library that runs on another toolkit: PHP's SoapServer on our contract."""

import hashlib
import os
import re
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clerk import assets
from clerk.domain.certificate import (
    AuthorisationMode,
    AuthorisationState,
    CertificateStatus,
    Holder,
    UseOutcome,
    UseReport,
)
from clerk.domain.errors import RemoteRefused, RemoteTrouble
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.soap.digest import sm3
from integrations.soap.outcome import RemoteBusy
from integrations.soap.security import SecurityMode, WireSecurity
from tests.integrations.library_calls import (
    HOLDER,
    PURPOSE,
    SENT_AT,
    call,
    library,
    new_id,
    profile,
)
from tests.integrations.signing_keys import signing_key

PASSWORD = "不外传的口令"
MIB = 1 << 20


@pytest.fixture(scope="module")
def php(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the library on a free port; PHP must be there, see the packages in ``./desk``."""
    der = ssl.PEM_cert_to_DER_cert(signing_key("window").certificate_pem)
    environment = {
        "PATH": os.environ["PATH"],
        "FOLDER": str(tmp_path_factory.mktemp("php")),
        "WSDL": str(assets.path("resources", "wsdl/certlib.wsdl")),
        "PASSWORD": PASSWORD,
        "CLIENT": hashlib.sha256(der).hexdigest(),
    }
    script = Path(__file__).with_name("php_library.php")
    with subprocess.Popen(
        ["php", "-S", "127.0.0.1:0", str(script)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        try:
            line = server.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert found, line
            yield found.group()
        finally:
            server.kill()


def client(url: str, security: WireSecurity | None = None) -> SoapCertificateLibrary:
    given = profile(url, seconds=10, max_answer_bytes=8 * MIB)
    return library(replace(given, security=security or WireSecurity()))


@pytest.fixture
def at_php(php: str) -> SoapCertificateLibrary:
    return client(f"{php}/plain")


def _file(of: SoapCertificateLibrary, certificate_id: str, piece_bytes: int) -> tuple[bytes, str]:
    content, last, digest, version = b"", False, "", ""
    while not last:
        part = of.fetch_chunk(
            call(), "SQ-1", certificate_id, "PDF", PURPOSE, len(content), piece_bytes, version
        )
        content, last = content + part.content, part.last
        digest, version = part.digest, part.file_version
    return content, digest


def test_every_operation_goes_through(at_php: SoapCertificateLibrary):
    at_php.ping(call())
    leave, shown = at_php.verify_use_code(call(), "9901-0001", PURPOSE)
    mode = AuthorisationMode.PHONE
    asked = at_php.request_authorisation(call(), HOLDER, ("T1", "T2"), PURPOSE, mode)
    polled = at_php.authorisation(call(), asked.authorisation_id, HOLDER, mode)
    page = at_php.query(call(), "SQ-1", HOLDER, (), PURPOSE, 1, 10)
    told = call()
    receipt = at_php.report_use(told, _use(UseOutcome.ATTACHED))

    assert (leave.holder, len(shown)) == (HOLDER, 2)
    assert (asked.state, polled.state) == (AuthorisationState.PENDING, AuthorisationState.GRANTED)
    assert (page.total, page.certificates) == (2, shown)
    assert page.certificates[0].holder_name == "张示例 & <示例>"
    assert page.certificates[0].status is CertificateStatus.VALID
    assert page.certificates[0].formats == ("PDF", "OFD")
    assert page.certificates[0].fields == {"经营场所": "清河镇演示路 8 号"}
    asked_after = at_php.receipt(call(), told.message_id)
    assert asked_after is not None
    assert (asked_after.receipt_id, asked_after.replayed) == (receipt.receipt_id, True)
    assert at_php.receipt(call(), new_id()) is None


def _use(outcome: UseOutcome) -> UseReport:
    return UseReport(
        authorisation_id="SQ-1",
        certificate_id="ZZ-60K",
        business_number="20260318-0001",
        outcome=outcome,
        used_at=SENT_AT,
    )


def test_a_list_of_one_and_a_list_of_none_are_lists(at_php: SoapCertificateLibrary):
    one = at_php.query(call(), "SQ-1", HOLDER, (), PURPOSE, 2, 1)
    none = at_php.query(call(), "SQ-1", HOLDER, (), PURPOSE, 9, 10)

    assert [each.certificate_id for each in one.certificates] == ["ZZ-3M"]
    assert (none.total, none.certificates) == (2, ())


@pytest.mark.parametrize(
    ("certificate_id", "piece_bytes", "size"),
    [("ZZ-60K", 1 << 20, 61440), ("ZZ-60K", 7001, 61440), ("ZZ-3M", MIB, 3 * MIB + 17)],
)
def test_a_file_arrives_as_it_is_and_keeps_its_digest(
    at_php: SoapCertificateLibrary, certificate_id: str, piece_bytes: int, size: int
):
    """The digest is OpenSSL's over there and ours here."""
    content, digest = _file(at_php, certificate_id, piece_bytes)

    assert len(content) == size
    assert sm3(content) == digest


def test_the_same_message_twice_is_one_act(at_php: SoapCertificateLibrary):
    told = call()

    first = at_php.report_use(told, _use(UseOutcome.ATTACHED))
    again = at_php.report_use(told, _use(UseOutcome.ATTACHED))
    with pytest.raises(RemoteRefused) as caught:
        at_php.report_use(told, _use(UseOutcome.REJECTED))

    assert (first.replayed, again.replayed) == (False, True)
    assert first.receipt_id == again.receipt_id
    assert caught.value.kind == "fault:REPLAYED"


def test_refusals_come_with_their_code_and_their_words(at_php: SoapCertificateLibrary):
    file = ("SQ-1", "ZZ-60K", "PDF", PURPOSE)
    stranger = Holder(name="", id_type="111", id_number="990123198209010015")
    mode = AuthorisationMode.PHONE
    refusals = {
        "USECODE_INVALID": lambda: at_php.verify_use_code(call(), "0000", PURPOSE),
        "NOT_FOUND": lambda: at_php.authorisation(call(), "SQ-9", HOLDER, mode),
        "INVALID_ARGUMENT": lambda: at_php.fetch_chunk(call(), *file, 70000, 10, ""),
        "FILE_CHANGED": lambda: at_php.fetch_chunk(call(), *file, 0, 10, "0"),
        "BUSY": lambda: at_php.query(call(), "SQ-1", stranger, (), PURPOSE, 1, 10),
    }
    for code, ask in refusals.items():
        with pytest.raises(RemoteTrouble) as caught:
            ask()
        assert (caught.value.kind, caught.value.sent) == (f"fault:{code}", "answered")
    assert "请稍后" in str(caught.value)
    assert isinstance(caught.value, RemoteBusy)
    assert caught.value.retry_after_seconds == 7


def test_a_foreign_toolkit_finds_our_digest_right(php: str):
    right = WireSecurity(mode=SecurityMode.DIGEST, username="window-03", password=PASSWORD)

    client(f"{php}/digest", right).ping(call())
    client(f"{php}/digest", right).report_use(call(), _use(UseOutcome.VIEWED))
    for wrong in (replace(right, password="x"), WireSecurity()):
        with pytest.raises(RemoteRefused) as caught:
            client(f"{php}/digest", wrong).ping(call())
        assert caught.value.kind == "fault:AUTHN_FAILED"


def test_a_foreign_toolkit_finds_our_signature_right(php: str):
    def signed_by(name: str) -> WireSecurity:
        key = signing_key(name)
        return WireSecurity(
            mode=SecurityMode.X509, key_pem=key.key_pem, certificate_pem=key.certificate_pem
        )

    client(f"{php}/x509", signed_by("window")).ping(call())
    client(f"{php}/x509", signed_by("window")).verify_use_code(call(), "9901-0001", PURPOSE)
    for wrong in (signed_by("stranger"), WireSecurity()):
        with pytest.raises(RemoteRefused) as caught:
            client(f"{php}/x509", wrong).ping(call())
        assert caught.value.kind == "fault:AUTHN_FAILED"
