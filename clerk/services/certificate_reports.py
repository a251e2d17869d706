"""Report a wrong certificate (证照纠错), follow the answer, count by issuer.

The report waits in the outbox under its own id; the receipt brings the province's number, and the
issuer's word comes later, as events do.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain import certificate_report
from clerk.domain.case import Case
from clerk.domain.certificate_report import (
    CertificateReport,
    Fault,
    IssuerCount,
    Questioned,
    ReportAnswer,
    report_body,
)
from clerk.domain.errors import NotAcceptable
from clerk.domain.hand_off import Message, MessageKind, Peer, RemoteReceipt
from clerk.domain.identity import Act, Session
from clerk.services.desk import Desk
from clerk.services.event_pages import take_over_pages
from clerk.services.records import record
from clerk.storage import cases, certificate_reports, files, outbox
from clerk.storage.codec import canonical_json
from clerk.values import replace

SHOWN_DAYS = 365


def report_certificate(
    desk: Desk,
    session: Session,
    case: Case,
    material: str,
    certificate: Questioned,
    fault: Fault,
) -> CertificateReport:
    """Report what is wrong in a certificate that was listed or used for a case.

    Raises:
        BadInput: it does not say enough.
        NotAcceptable: the scan that is to prove it is not kept here.
    """
    session.require(Act.REPORT_CERTIFICATE)
    found = certificate_report.fault_found(fault.field, fault.paper_says, fault.remark, fault.scan)
    now = desk.now()
    report = certificate_report.reported(
        certificate,
        found,
        report_id=desk.new_id(),
        case_id=case.case_id,
        case_number=case.label,
        material=material,
        session=session,
        at=now,
    )
    with desk.store.begin() as tx:
        if found.scan and not files.held(tx, [found.scan]):
            raise NotAcceptable("作证据的扫描件没有存下来，没有上报。重扫一次再报")
        certificate_reports.put(tx, report)
        outbox.put(
            tx,
            message_id=report.report_id,
            case_id=case.case_id,
            kind=MessageKind.REPORT_WRONG_CERTIFICATE,
            schema_version=1,
            body=canonical_json(report_body(report)),
            at=now,
        )
        record(
            desk,
            tx,
            session,
            "certificate_report.made",
            case.case_id,
            message_id=str(report.report_id),
            certificate=report.certificate_id,
            field=found.field,
            scan=found.scan,
        )
    return report


def reports_of_case(desk: Desk, session: Session, case_id: UUID) -> Sequence[CertificateReport]:
    """Return the reports made with a case, the newest first."""
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        return certificate_reports.of_case(tx, case_id)


def reports(desk: Desk, session: Session) -> Sequence[CertificateReport]:
    """Return what was reported or answered in the last year; the answers count as read then."""
    session.require(Act.REPORT_CERTIFICATE)
    now = desk.now()
    mine = session.account.account_id
    with desk.store.begin() as tx:
        found = certificate_reports.since(tx, now - timedelta(days=SHOWN_DAYS))
        for report in found:
            if report.unread and report.reported_by == mine:
                certificate_reports.put(tx, replace(report, seen_at=now))
    return found


def reports_by_issuer(desk: Desk, session: Session) -> Sequence[IssuerCount]:
    """Count all reports by issuer."""
    session.require(Act.REPORT_CERTIFICATE)
    with desk.store.read() as tx:
        return certificate_reports.by_issuer(tx)


def unread_answers(desk: Desk, session: Session) -> int:
    """Count the answers to this person's reports that he has not read."""
    session.require(Act.REPORT_CERTIFICATE)
    with desk.store.read() as tx:
        return certificate_reports.unread(tx, session.account.account_id)


def note_received(desk: Desk, tx: Connection, message: Message, receipt: RemoteReceipt) -> None:
    """Keep the number under which the province took a report, in the receipt's transaction."""
    report = certificate_reports.find(tx, message.message_id)
    if report is not None:
        now_is = certificate_report.received(report, receipt.receipt_id, receipt.at)
        certificate_reports.put(tx, now_is)
        _tell_case(desk, tx, now_is, receipt.at)


def take_over_answers(desk: Desk, session: Session) -> int:
    """Take over what issuers said, each answer once; how many were new.

    Raises:
        RemoteTrouble: the platform did not answer; what was taken over so far stays.
    """
    with desk.store.read() as tx:
        waiting = certificate_reports.waiting(tx)
    if not waiting or not desk.calls.may_look_for_answers(desk.now()):
        return 0

    def ask(cursor: str, limit: int) -> tuple[Sequence[ReportAnswer], str]:
        page = desk.platform.report_answers(desk.call(session, None), cursor, limit)
        return page.events, page.cursor

    return take_over_pages(desk, Peer.PLATFORM, ask, partial(_apply, desk))


def _tell_case(desk: Desk, tx: Connection, report: CertificateReport, at: datetime) -> None:
    case = cases.find(tx, report.case_id)
    told = certificate_report.told_on(desk.rules(case), case, report, at) if case else None
    if told is not None:
        cases.save(tx, told)


def _apply(desk: Desk, tx: Connection, answer: ReportAnswer) -> None:
    report = certificate_reports.find(tx, answer.report_id)
    if report is None:
        return  # another counter's report: kept in the inbox only
    now_is = certificate_report.answered(report, answer)
    certificate_reports.put(tx, now_is)
    _tell_case(desk, tx, now_is, answer.at)
    record(
        desk,
        tx,
        None,
        f"certificate_report.{answer.state.value}",
        report.case_id,
        message_id=str(report.report_id),
        event=answer.event_id,
    )
