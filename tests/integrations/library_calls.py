"""A client of the certificate library with short patience, and the calls that tests make with it."""

import atexit
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

from clerk import assets
from clerk.domain.call import Call
from clerk.domain.certificate import CertificateChunk, CertificatePage, Holder, Purpose
from integrations.certificate_files.reader import CertificateFileReader
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.practice.certificate_authority import practice_authorities
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe

SENT_AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
CASE_ID = UUID("01959f00-0000-7000-8000-00000000c45e")
PURPOSE = Purpose(
    item_code="131001", item_name="食品经营许可新办", business_number="", reason="核验营业执照"
)
HOLDER = Holder(name="张示例", id_type="111", id_number="990123198506120030")

SCRIBE = Scribe(seconds=60)
"""One for the whole run, as the program has one for all its peers."""
atexit.register(SCRIBE.close)


def trusted() -> tuple[bytes, ...]:
    """Whom a practice counter trusts: the library's authorities and the seals' own."""
    seals = assets.read_bytes("resources", "practice/authority/practice-only-root-seal.cer")
    return (*practice_authorities(), seals)


CERTIFICATE_FILES = CertificateFileReader(authorities=trusted, seconds=60)
"""The same for foreign files; its child is started by the first test that opens one."""
atexit.register(CERTIFICATE_FILES.close)

_numbers = count(1)


def new_id() -> UUID:
    """Return an id that no other call of this run has."""
    return UUID(f"01959f00-0000-7000-8000-{next(_numbers):012x}")


def call(message_id: UUID | None = None) -> Call:
    """Return the call of a clerk at window 01."""
    return Call(
        message_id=message_id or new_id(),
        case_id=CASE_ID,
        account_id="clerk01",
        display_name="周模拟",
        counter_code="01",
        sent_at=SENT_AT,
    )


def profile(
    url: str,
    *,
    name: str = "省证照库",
    waits: tuple[float, ...] = (),
    seconds: float = 0.5,
    max_answer_bytes: int = 256 * 1024,
    ca_file: Path | None = None,
    host: str = "127.0.0.1",
) -> PeerProfile:
    """Return a profile whose patience is short."""
    return PeerProfile(
        name=name,
        endpoint=url,
        allowed_hosts=frozenset({host}),
        client_system="window-clerk",
        org_code="11990123MB00010014",
        ca_file=ca_file,
        connect_seconds=min(seconds, 3.0),
        attempt_seconds=seconds,
        total_seconds=max(seconds * 2, 2.0),
        max_answer_bytes=max_answer_bytes,
        retry_waits_seconds=waits,
    )


def library(given: PeerProfile) -> SoapCertificateLibrary:
    """Return a client."""
    return SoapCertificateLibrary(given, SCRIBE, new_id=new_id)


def query(of: SoapCertificateLibrary) -> CertificatePage:
    """Ask for everything of 张示例."""
    return of.query(call(), "SQ-1", HOLDER, (), PURPOSE, 1, 10)


def fetch(of: SoapCertificateLibrary) -> CertificateChunk:
    """Ask for the first piece of a file."""
    return of.fetch_chunk(call(), "SQ-1", "ZZ-1", "PDF", PURPOSE, 0, 1024, "")


def ping(of: SoapCertificateLibrary) -> datetime:
    """Ask for the time."""
    return of.ping(call())


Ask = Callable[[SoapCertificateLibrary], object]
