"""Tells the library what became of a certificate (用证回执): by the outbox, once each."""

from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.case import Case
from clerk.domain.certificate import (
    Authorisation,
    CertificateSummary,
    CertificateUse,
    UseOutcome,
    UseReport,
)
from clerk.domain.certificate_status import certificates_held
from clerk.domain.hand_off import MessageKind
from clerk.services.desk import Desk
from clerk.storage import outbox
from clerk.storage.codec import dump


def queue_report(
    desk: Desk,
    tx: Connection,
    case_id: UUID,
    case_label: str,
    leave: Authorisation,
    certificate: CertificateSummary,
    outcome: UseOutcome,
) -> None:
    """Let one outcome wait in the outbox, in the caller's transaction."""
    _put(
        desk,
        tx,
        case_id,
        case_label,
        (leave.authorisation_id, certificate.certificate_id, certificate.type_name),
        outcome,
    )


def report_deleted(desk: Desk, tx: Connection, case: Case) -> None:
    """Tell that the certificates of a draft are gone with it, in the caller's transaction."""
    for use in certificates_held(case).values():
        _put(desk, tx, case.case_id, case.label, _ids(use), UseOutcome.DELETED)
    desk.library.forget(case.case_id)
    for held in desk.certificate_memory.drop_case(case.case_id):
        outcome = UseOutcome.ABANDONED
        queue_report(desk, tx, case.case_id, case.label, held.leave, held.certificate, outcome)


def _ids(use: CertificateUse) -> tuple[str, str, str]:
    return use.authorisation_id, use.certificate_id, use.type_name


def _put(
    desk: Desk,
    tx: Connection,
    case_id: UUID,
    case_label: str,
    ids: tuple[str, str, str],
    outcome: UseOutcome,
) -> None:
    if not desk.certificates.abilities.reports_use:
        return  # nobody over there would hear it; our own journal keeps it
    leave_id, certificate_id, type_name = ids
    report = UseReport(
        authorisation_id=leave_id,
        certificate_id=certificate_id,
        business_number=case_label or str(case_id),
        outcome=outcome,
        used_at=desk.now(),
        type_name=type_name,
    )
    outbox.put(
        tx,
        message_id=desk.new_id(),
        case_id=case_id,
        kind=MessageKind.REPORT_USE,
        schema_version=1,
        body=dump(report),
        at=desk.now(),
    )
