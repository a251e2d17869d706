"""The status of a certificate is read again before the case is accepted on it (受理前再读状态).

What the library said minutes ago may be true no more. A certificate whose status nobody could read
again carries no acceptance: the case is received within its term, or the paper is taken instead.

Source: soap.md 6.4; 国务院令第716号 art. 10 (an electronic certificate counts while it is valid).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from clerk.domain.case import Case, CaseEventKind
from clerk.domain.certificate import CertificateStatus, CertificateSummary, CertificateUse
from clerk.domain.changes import Change, ChangeKind
from clerk.domain.course import event_by
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.material import Evidence
from clerk.domain.standard import ItemStandard, Way
from clerk.values import dataclass, replace

FRESH: Final = timedelta(minutes=5)
"""How long what the library said of a status may be accepted upon."""

READ_AHEAD: Final = timedelta(minutes=4)
"""A status older than this is read again ahead of time, so that F9 finds it fresh."""

STATUS: Final = "status"
VALID_UNTIL: Final = "valid_until_on"
HOLDER: Final = "holder_name"
NUMBER: Final = "number"
ISSUER: Final = "issuer_name"
"""What may differ of a certificate besides the form fields it fills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRead:
    """What the library said of one certificate when it was asked again (再读的状态)."""

    material: str
    certificate_id: str
    status: CertificateStatus
    valid_until_on: date | None
    at: datetime


def read_at(use: CertificateUse) -> datetime:
    """Return when the library last told the status."""
    return use.status_read_at or use.fetched_at


def certificates_held(case: Case) -> dict[str, CertificateUse]:
    """Return the certificates that stand for materials of the case."""
    return {
        code: held.certificate
        for code, held in sorted(case.evidence.items())
        if held.way is Way.CERTIFICATE and held.certificate is not None
    }


def unread(case: Case, at: datetime, within: timedelta = FRESH) -> tuple[str, ...]:
    """Return the materials whose certificate's status was read longer ago than ``within``."""
    held = certificates_held(case)
    return tuple(code for code, use in held.items() if at - read_at(use) > within)


def require_read(standard: ItemStandard, case: Case, at: datetime) -> None:
    """Let a case be accepted only on certificates whose status was read just now.

    Raises:
        NotAcceptable: the status of one was read too long ago.
    """
    stale = unread(case, at)
    if stale:
        name = standard.requirement(stale[0]).name
        raise NotAcceptable(
            f"{name}的证照状态不是刚读的，没有受理。再读一次，读不到就收纸质件，或先收件"
        )


def status_of(
    code: str, use: CertificateUse, found: Sequence[CertificateSummary], at: datetime
) -> StatusRead:
    """Return what the library's list says of the certificate; one not listed is not known."""
    same = next((one for one in found if one.certificate_id == use.certificate_id), None)
    return StatusRead(
        material=code,
        certificate_id=use.certificate_id,
        status=same.status if same else CertificateStatus.UNKNOWN,
        valid_until_on=same.valid_until_on if same else use.valid_until_on,
        at=at,
    )


def with_statuses(case: Case, reads: Sequence[StatusRead], session: Session) -> Case:
    """Let the statuses stand with a draft; one that does not hold any more is told in its course.

    What was replaced meanwhile stays as it is.
    """
    for read in reads:
        held = case.evidence.get(read.material)
        use = held.certificate if held is not None and held.way is Way.CERTIFICATE else None
        if held is None or use is None or use.certificate_id != read.certificate_id:
            continue
        case = _with_status(case, held, use, read, session)
    return case


def _with_status(
    case: Case, held: Evidence, use: CertificateUse, read: StatusRead, session: Session
) -> Case:
    now = replace(
        use, status=read.status, valid_until_on=read.valid_until_on, status_read_at=read.at
    )
    anew = replace(held, certificate=now, valid_until_on=read.valid_until_on)
    after = replace(case, evidence={**case.evidence, read.material: anew})
    before_and_after = status_changes(use, read.status, read.valid_until_on)
    if not before_and_after:
        return after
    told = event_by(
        session,
        CaseEventKind.CERTIFICATE_RECHECKED,
        read.at,
        subject=read.material,
        changed=before_and_after,
        outcome="different",
        basis="before_acceptance",
        certificate=use.type_name,
        number=use.number,
    )
    return after.with_event(told)


def status_changes(
    use: CertificateUse, status: CertificateStatus, valid_until_on: date | None
) -> tuple[Change, ...]:
    """Return what has changed of status and last day, old and new."""
    pairs = (
        (STATUS, use.status.value, status.value),
        (VALID_UNTIL, _day(use.valid_until_on), _day(valid_until_on)),
    )
    return changes_of(pairs)


def changes_of(pairs: Sequence[tuple[str, str, str]]) -> tuple[Change, ...]:
    """Return what is not the same before and after."""
    return tuple(
        Change(kind=ChangeKind.FIELD, code=code, before=before, after=after)
        for code, before, after in pairs
        if before != after
    )


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
