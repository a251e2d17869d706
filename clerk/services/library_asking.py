"""The two questions that every later look at the certificate library is made of, each journaled."""

from typing import Final

from clerk.domain.case import Case
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    CertificateSummary,
    Holder,
    Purpose,
)
from clerk.domain.certificate_call import CallAbout, LaterRight
from clerk.domain.identity import Session
from clerk.domain.standard import Requirement
from clerk.services.call_journal import journaled
from clerk.services.desk import Desk

PAGE: Final = 50


def asked_by_duty(
    desk: Desk,
    session: Session,
    case: Case,
    asked: Requirement,
    holder: Holder,
    purpose: Purpose,
    right: LaterRight,
) -> Authorisation:
    """Ask for leave on a right that the purpose names too; the ledger says which it was.

    Raises:
        RemoteTrouble: no leave was given, or nobody knows.
    """
    call, mode = desk.call(session, case.case_id), AuthorisationMode.BY_DUTY
    types = _types(asked)
    return journaled(
        desk,
        call,
        f"request_authorisation:{right.value}",
        asked.code,
        lambda: desk.certificates.request_authorisation(call, holder, types, purpose, mode),
        CallAbout(purpose=purpose, holder=holder, mode=mode, right=right),
        leave_of=lambda leave: leave,
    )


def listed(
    desk: Desk,
    session: Session,
    case: Case,
    asked: Requirement,
    leave: Authorisation,
    purpose: Purpose,
    right: LaterRight | None = None,
) -> tuple[CertificateSummary, ...]:
    """Return what the library lists of the kind that the material asks for, under a leave.

    Raises:
        RemoteTrouble: the library did not answer as it should.
    """
    call, types = desk.call(session, case.case_id), _types(asked)
    page = journaled(
        desk,
        call,
        "query",
        asked.code,
        lambda: desk.certificates.query(
            call, leave.authorisation_id, leave.holder, types, purpose, 1, PAGE
        ),
        CallAbout(purpose=purpose, leave=leave, right=right),
    )
    return tuple(one for one in page.certificates if one.type_code in types)


def _types(asked: Requirement) -> tuple[str, ...]:
    return (asked.certificate.type_code,) if asked.certificate else ()
