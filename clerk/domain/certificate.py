"""Electronic certificates (电子证照): what a library tells, and whether it may be used here."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from clerk.domain.certificate_file import SealState
from clerk.values import dataclass


class CertificateStatus(StrEnum):
    """What the library says of a certificate."""

    VALID = "VALID"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"
    SUSPENDED = "SUSPENDED"
    UNKNOWN = "UNKNOWN"


class AuthorisationMode(StrEnum):
    """How the holder's leave was given (授权方式)."""

    CODE = "code"
    PHONE = "phone"
    ENTRUSTED = "entrusted"
    BY_DUTY = "by_duty"


class AuthorisationState(StrEnum):
    """Where an authorisation stands; silence until the end means no."""

    PENDING = "PENDING"
    GRANTED = "GRANTED"
    DENIED = "DENIED"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"


LOCAL_DIGEST = "LOCAL-SHA-256"
"""Digest method of a file whose library sends no digest: the counter's own, over what came.

It holds the pieces of one file together and proves nothing about what the library has.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryAbilities:
    """What a library can do (接口能力); what it cannot is neither offered nor claimed to be done.

    ``modes`` are the ways of giving leave it knows. ``reports_use`` tells whether it takes reports
    of use, ``keeps_receipts`` whether it can say later if it acted on a message.
    """

    modes: frozenset[AuthorisationMode]
    reports_use: bool
    keeps_receipts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose certificate it is (持证主体); ``id_type`` is the three-digit code (111, 001 …)."""

    name: str
    id_type: str
    id_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a call is for; ``reason`` has 2 to 200 characters (用证事由)."""

    item_code: str
    item_name: str
    business_number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """The holder's leave to look (本人授权)."""

    authorisation_id: str
    state: AuthorisationState
    mode: AuthorisationMode
    holder: Holder
    valid_until_at: datetime | None = None

    def granted(self, at: datetime) -> bool:
        """Whether it carries a call at this instant."""
        return self.state is AuthorisationState.GRANTED and (
            self.valid_until_at is None or at < self.valid_until_at
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSummary:
    """One certificate as the library lists it; ``fields`` are its face values."""

    certificate_id: str
    type_code: str
    type_name: str
    number: str
    holder_name: str
    issuer_name: str
    issuer_code: str
    issued_on: date
    valid_from_on: date | None
    valid_until_on: date | None
    status: CertificateStatus
    authorised: bool
    formats: tuple[str, ...]
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePage:
    """A page of a library's list, and how many there are in all."""

    total: int
    certificates: tuple[CertificateSummary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateChunk:
    """A piece of a certificate file; ``digest`` is of the whole file, by ``digest_method``."""

    file_name: str
    format: str
    file_version: str
    total_bytes: int
    offset: int
    last: bool
    digest_method: str
    digest: str
    content: bytes


class UseOutcome(StrEnum):
    """What became of a certificate that was looked at; reported to the library."""

    ATTACHED = "ATTACHED"
    VIEWED = "VIEWED"
    REJECTED = "REJECTED"
    ABANDONED = "ABANDONED"
    DELETED = "DELETED"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseReport:
    """One use, told to the library; ``type_name`` is for our own record of uses only."""

    authorisation_id: str
    certificate_id: str
    business_number: str
    outcome: UseOutcome
    used_at: datetime
    note: str = ""
    type_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateUse:
    """A certificate as it serves one case only; its file lies in the store by digest.

    ``holder`` is whoever the library named when leave was given. ``seal`` is what our own look
    into the file found, ``status_read_at`` when the library last told the status, ``relation`` why
    somebody else's certificate is used here (法定代表人, 受托人 …), empty for the applicant's own.
    """

    certificate_id: str
    type_code: str
    type_name: str
    number: str
    holder_name: str
    holder: Holder
    issuer_name: str
    valid_until_on: date | None
    status: CertificateStatus
    authorisation_id: str
    mode: AuthorisationMode
    fetched_at: datetime
    fields: Mapping[str, str]
    seal: SealState = SealState.UNCHECKED
    status_read_at: datetime | None = None
    leave_until_at: datetime | None = None
    """Until when the leave it came by carries another look; None where the library set no end."""
    relation: str = ""


class Unusable(StrEnum):
    """Why a certificate cannot stand in for the material."""

    OTHER_TYPE = "other_type"
    NOT_AUTHORISED = "not_authorised"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    STATUS_UNKNOWN = "status_unknown"
    NAME_DIFFERS = "name_differs"


_BY_STATUS = {
    CertificateStatus.EXPIRED: Unusable.EXPIRED,
    CertificateStatus.REVOKED: Unusable.REVOKED,
    CertificateStatus.SUSPENDED: Unusable.SUSPENDED,
    CertificateStatus.UNKNOWN: Unusable.STATUS_UNKNOWN,
}


def why_unusable(
    certificate: CertificateSummary, *, type_code: str, holder_name: str, on: date
) -> tuple[Unusable, ...]:
    """Return every reason why ``certificate`` may not be used; empty where it may."""
    reasons: list[Unusable] = []
    if certificate.type_code != type_code:
        reasons.append(Unusable.OTHER_TYPE)
    if not certificate.authorised:
        reasons.append(Unusable.NOT_AUTHORISED)
    if certificate.status in _BY_STATUS:
        reasons.append(_BY_STATUS[certificate.status])
    elif certificate.valid_until_on is not None and certificate.valid_until_on < on:
        reasons.append(Unusable.EXPIRED)
    if certificate.holder_name != holder_name:
        reasons.append(Unusable.NAME_DIFFERS)
    return tuple(reasons)
