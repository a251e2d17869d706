"""Reporting a wrong or stale certificate (证照纠错): what is wrong, what proves it, what came of it.

The paper in the citizen's hand may be right and the library wrong. The report goes to whoever
issued the certificate, through the province's platform; the case goes on with the paper.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.course import CaseRules, settled
from clerk.domain.errors import BadInput
from clerk.domain.identity import Session
from clerk.values import dataclass, replace

LONGEST_TEXT: Final = 200
"""Characters of what a report says in one field."""


class ReportState(StrEnum):
    """How far a report got; the last two are the issuer's answer."""

    REPORTED = "reported"
    RECEIVED = "received"
    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"

    @property
    def answered(self) -> bool:
        """Whether the issuer has decided."""
        return self in {ReportState.CORRECTED, ReportState.NOT_CORRECTED}


class Questioned(Protocol):
    """A certificate as it was listed or used, whichever is at hand."""

    @property
    def certificate_id(self) -> str:
        """Its identifier."""

    @property
    def type_name(self) -> str:
        """What kind it is."""

    @property
    def number(self) -> str:
        """Its own number."""

    @property
    def issuer_name(self) -> str:
        """Who issued it."""

    @property
    def fields(self) -> Mapping[str, str]:
        """What stands on its face."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a clerk saw (错在哪): the field, what the paper shows, and which scan proves it.

    ``scan`` is the SHA-256 of a page kept with the case, empty where none was taken.
    """

    field: str
    paper_says: str
    remark: str = ""
    scan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateReport:
    """One report; ``report_id`` is the id of its message. ``number`` is the province's own."""

    report_id: UUID
    case_id: UUID
    case_number: str
    material: str
    certificate_id: str
    type_name: str
    certificate_number: str
    issuer_name: str
    says: str
    fault: Fault
    reported_at: datetime
    reported_by: str
    reported_by_name: str
    state: ReportState = ReportState.REPORTED
    number: str = ""
    answer: str = ""
    changed_at: datetime | None = None
    seen_at: datetime | None = None

    @property
    def unread(self) -> bool:
        """Whether the issuer has answered and nobody has read it yet."""
        return self.state.answered and self.seen_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswer:
    """What the province tells of a report; ``event_id`` never changes."""

    event_id: str
    case_id: UUID
    report_id: UUID
    state: ReportState
    text: str
    at: datetime

    @property
    def kind(self) -> ReportState:
        """What it tells, as the inbox asks every event."""
        return self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswers:
    """Answers after a cursor, oldest first, and the cursor to ask from next time."""

    events: tuple[ReportAnswer, ...]
    cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerCount:
    """How many certificates of one issuer were reported, and how many it corrected."""

    issuer_name: str
    reported: int
    corrected: int


def fault_found(field: str, paper_says: str, remark: str = "", scan: str = "") -> Fault:
    """Return what is wrong as it was typed; raises ``BadInput`` where it says too little."""
    found = Fault(
        field=field.strip(), paper_says=paper_says.strip(), remark=remark.strip(), scan=scan
    )
    if not found.field:
        raise BadInput("还没选哪一项不对，没有上报。选好再报")
    if not found.paper_says and not found.remark:
        raise BadInput("还没写原件上是什么、哪里不对，没有上报。至少写一样")
    for text in (found.field, found.paper_says, found.remark):
        if len(text) > LONGEST_TEXT or not text.isprintable():
            raise BadInput(f"写得太长或有不能用的字符，没有上报。每栏最多 {LONGEST_TEXT} 个字")
    return found


def reported(
    certificate: Questioned,
    fault: Fault,
    *,
    report_id: UUID,
    case_id: UUID,
    case_number: str,
    material: str,
    session: Session,
    at: datetime,
) -> CertificateReport:
    """Return the report of what is wrong in ``certificate``."""
    return CertificateReport(
        report_id=report_id,
        case_id=case_id,
        case_number=case_number,
        material=material,
        certificate_id=certificate.certificate_id,
        type_name=certificate.type_name,
        certificate_number=certificate.number,
        issuer_name=certificate.issuer_name,
        says=certificate.fields.get(fault.field, ""),
        fault=fault,
        reported_at=at,
        reported_by=session.account.account_id,
        reported_by_name=session.account.display_name,
        changed_at=at,
    )


def received(report: CertificateReport, number: str, at: datetime) -> CertificateReport:
    """Return the report as the province's receipt leaves it; an answer that came first stands."""
    state = report.state if report.state.answered else ReportState.RECEIVED
    return replace(report, state=state, number=number, changed_at=at)


def answered(report: CertificateReport, answer: ReportAnswer) -> CertificateReport:
    """Return the report after the issuer's word; an answer is read anew each time it changes."""
    return replace(
        report, state=answer.state, answer=answer.text, changed_at=answer.at, seen_at=None
    )


def told_on(rules: CaseRules, case: Case, report: CertificateReport, at: datetime) -> Case | None:
    """Return the case with how its report stands; None for a draft, which somebody is writing."""
    if case.state is CaseState.DRAFT:
        return None
    event = CaseEvent(
        kind=CaseEventKind.CERTIFICATE_QUESTIONED,
        at=at,
        actor="",
        actor_name="",
        subject=str(report.report_id),
        detail={
            "state": report.state.value,
            "type": report.type_name,
            "field": report.fault.field,
            "text": report.answer,
            "number": report.number,
        },
    )
    return settled(rules, case, (event,))


def report_body(report: CertificateReport) -> dict[str, str]:
    """Return what the province is told; nothing of the holder goes along but his certificate."""
    return {
        "report_id": str(report.report_id),
        "case_id": str(report.case_id),
        "case_number": report.case_number,
        "certificate_id": report.certificate_id,
        "certificate_number": report.certificate_number,
        "type_name": report.type_name,
        "issuer_name": report.issuer_name,
        "field": report.fault.field,
        "says": report.says,
        "paper_says": report.fault.paper_says,
        "remark": report.fault.remark,
        "scan_sha256": report.fault.scan,
        "reported_at": report.reported_at.isoformat(),
    }
