"""Reports of wrong certificates, and what their issuers said."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, case, func, select

from clerk.domain.certificate_report import CertificateReport, IssuerCount, ReportState
from clerk.storage import upsert
from clerk.storage.codec import dump, load
from clerk.storage.ledger_tables import certificate_reports


def put(tx: Connection, report: CertificateReport) -> None:
    """Write a report as it is now."""
    upsert.put(
        tx,
        certificate_reports,
        {"report_id": report.report_id},
        {
            "case_id": report.case_id,
            "issuer_name": report.issuer_name,
            "state": report.state.value,
            "number": report.number,
            "reported_at": report.reported_at,
            "reported_by": report.reported_by,
            "changed_at": report.changed_at or report.reported_at,
            "seen_at": report.seen_at,
            "body": dump(report),
        },
    )


def find(tx: Connection, report_id: UUID) -> CertificateReport | None:
    """Return a report, None where it is not ours."""
    found = _select(tx, certificate_reports.c.report_id == report_id)
    return found[0] if found else None


def of_case(tx: Connection, case_id: UUID) -> list[CertificateReport]:
    """Return the reports made with a case, the newest first."""
    return _select(tx, certificate_reports.c.case_id == case_id)


def since(tx: Connection, at: datetime) -> list[CertificateReport]:
    """Return the reports made or answered since then, the newest first."""
    return _select(tx, certificate_reports.c.changed_at >= at)


def unread(tx: Connection, account_id: str) -> int:
    """Count this person's reports whose answer nobody has read yet."""
    decided = [state.value for state in ReportState if state.answered]
    return tx.execute(
        select(func.count()).where(
            certificate_reports.c.reported_by == account_id,
            certificate_reports.c.state.in_(decided),
            certificate_reports.c.seen_at.is_(None),
        )
    ).scalar_one()


def waiting(tx: Connection) -> int:
    """Count the reports that no issuer has decided yet."""
    undecided = [state.value for state in ReportState if not state.answered]
    return tx.execute(
        select(func.count()).where(certificate_reports.c.state.in_(undecided))
    ).scalar_one()


def by_issuer(tx: Connection) -> list[IssuerCount]:
    """Count all reports by issuer, those with most first."""
    corrected = func.sum(
        case((certificate_reports.c.state == ReportState.CORRECTED.value, 1), else_=0)
    )
    rows = tx.execute(
        select(certificate_reports.c.issuer_name, func.count(), corrected)
        .group_by(certificate_reports.c.issuer_name)
        .order_by(func.count().desc(), certificate_reports.c.issuer_name)
    )
    return [
        IssuerCount(issuer_name=name, reported=count, corrected=int(right))
        for name, count, right in rows
    ]


def _select(tx: Connection, condition: ColumnElement[bool]) -> list[CertificateReport]:
    rows: Sequence[str] = (
        tx.execute(
            select(certificate_reports.c.body)
            .where(condition)
            .order_by(certificate_reports.c.reported_at.desc())
        )
        .scalars()
        .all()
    )
    return [load(body, CertificateReport) for body in rows]
