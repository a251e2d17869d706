"""What each paper of a case says: case, standard and counter in, paper values out."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from datetime import date, datetime

from clerk import wording
from clerk.documents import (
    agency_content,
    application_content,
    deferral_content,
    delivery_content,
)
from clerk.documents.remedies_text import remedies_of
from clerk.documents.series_marks import SERIES_MARKS
from clerk.domain.case import Case, CaseEventKind, Decision
from clerk.domain.certificate_making import made_certificate
from clerk.domain.counter import Counter
from clerk.domain.days import local_date
from clerk.domain.findings import Finding, Verdict
from clerk.domain.kind_law import KindLaw
from clerk.domain.limits import Clause
from clerk.domain.material import Evidence
from clerk.domain.notice_points import notice_findings
from clerk.domain.office import OfficeRules
from clerk.domain.papers import (
    Acceptance,
    CorrectionNotice,
    DecisionPaper,
    Decline,
    DeferredRow,
    HandlerLine,
    MaterialRow,
    MissingRow,
    NotRequired,
    Paper,
    PaperKind,
    ProcedureRow,
    Receipt,
)
from clerk.domain.referral import NOBODY, Referral, told_of
from clerk.domain.standard import ItemStandard, LawKind, Requirement, Way
from clerk.values import dataclass, replace
from clerk.wording_approval import signed_by
from clerk.wording_proof import proof_on_paper
from clerk.wording_results import NOT_LEFT

_YEAR = "〔"
"""Stands in a document's number (国办发〔2020〕42号), and in no article of a law."""

CONTACT_FIELD = "phone"
"""The form's line that holds the applicant's telephone number, in every item."""

PICKUP_FIELD = "delivery"
"""The form's line that says how the result is to reach the applicant, in every item."""

PROJECT_FIELD = "project_name"
"""The form's line that names the project, in items about one (工程建设)."""


def document_number(standard: ItemStandard, kind: PaperKind, year: int, count: int) -> str:
    """Return a 文号: mark of the authority and of the kind, year, number in the yearly series."""
    return f"{standard.body.document_mark}{SERIES_MARKS[kind]}〔{year}〕{count} 号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Everything around the case that a paper needs.

    ``letter_number`` is that of a commitment letter; the others stand in the case. ``remarks`` are
    the clerk's bounded words on a one-time notice, by subject; with ``reply_by_on``,
    ``reason_code`` and ``referral`` they belong to an act that was not done yet.
    """

    standard: ItemStandard
    law: KindLaw
    case: Case
    verdict: Verdict
    counter: Counter
    clerk_name: str
    at: datetime
    effective: bool
    letter_number: str = ""
    remarks: Mapping[str, str] | None = None
    reply_by_on: date | None = None
    reason_code: str = ""
    referral: Referral = NOBODY
    office: OfficeRules = field(default_factory=OfficeRules)


def paper_of(kind: PaperKind, of: Occasion) -> Paper:
    """Return what the paper says; what is missing is the paper's own to tell."""
    paper = _MAKERS[kind](of)
    return replace(paper, document_number=of.case.paper_numbers.get(kind.value, ""))


def common(of: Occasion, *, sealed: str) -> dict[str, object]:
    case, body = of.case, of.standard.body
    applicant = case.applicant
    number = case.number
    handler = case.handler
    return {
        "body_name": body.name,
        "item_name": of.standard.name,
        "law_kind": of.standard.law_kind,
        "applicant_name": case.applicant_name,
        "applicant_kind": (applicant.party.kind if applicant else of.standard.applicant_kinds[0]),
        "made_on": local_date(of.at),
        "clerk_line": f"{of.clerk_name}（{of.counter.name}）",
        "phone": of.counter.phone,
        "supervise_phone": body.supervise_phone,
        "practice": of.counter.practice,
        "effective": of.effective,
        "seal_name": sealed,
        "case_number": number.text if number else "",
        "provisional_number": case.provisional_number,
        "query_code": (number.query_code if number else "") or _no_code(case),
        "qr_text": _qr_text(case),
        "large_print": case.care is not None and case.care.large_print,
        "handler": (
            HandlerLine(
                name=handler.party.name, relation=handler.relation, mandate=handler.mandate.number
            )
            if handler
            else None
        ),
    }


def _no_code(case: Case) -> str:
    """A temporary number has no query code until the platform gives the final one."""
    return "编号下达后短信告知" if case.provisional_number else ""


def _qr_text(case: Case) -> str:
    number = case.label
    return f"BJ:{number}" if number else ""


_ACCEPTANCE_SEAL = "受理专用章"
_DECISION_SEAL = "审批专用章"


def _receipt(of: Occasion) -> Receipt:
    case, standard = of.case, of.standard
    accepted = case.accepted_at is not None
    return Receipt(
        **common(of, sealed="收件专用章"),  # type: ignore[arg-type]  # values of one mapping
        received_at=case.received_at or of.at,
        materials=materials_of(of),
        accepted=accepted,
        why_not_accepted=(
            "" if accepted else f"本窗口代{standard.body.name}收件，是否受理由该机关决定"
        ),
        decide_by_on=case.decide_by_on,
        silence_rule=_silence_rule(of.law) if case.decide_by_on else "",
        pickup=_pickup(of),
    )


def _silence_rule(law: KindLaw) -> str:
    """What it means to hear nothing in time, where the kind's law says so."""
    return f"{law.silence.gist}（{cited(law.silence)}）" if law.silence else ""


def _acceptance(of: Occasion) -> Acceptance:
    case, standard = of.case, of.standard
    limit = standard.promised_limit
    return Acceptance(
        **common(of, sealed=_ACCEPTANCE_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_on=local_date(case.received_at or of.at),
        materials=materials_of(of),
        project_type=standard.project_type.label,
        limit=limit.amount,
        limit_unit=limit.unit,
        due_on=case.due_on or local_date(of.at),
        due_estimated=case.dates_estimated,
        fees=fee_words(standard),
        pickup=_pickup(of),
        project_name=_project_name(of),
        basis=cited(of.law.acceptance or standard.bases[0]),
        deferred=tuple(
            DeferredRow(name=standard.requirement(code).name, due_on=held.due_on, code=code)
            for code, held in case.evidence.items()
            if held.due_on is not None
        ),
        procedures=tuple(
            ProcedureRow(name=step.name, workdays=step.days)
            for step in standard.special_procedures
            if not step.extends  # an extension needs its own decision, and its own paper
        ),
        contact=_contact(case),
        contact_phone=phone_of(case) or NOT_LEFT,
        contact_mobile=phone_of(case) or NOT_LEFT,
        contact_address=_contact_address(case),
    )


def _project_name(of: Occasion) -> str:
    """The project the form names, else who asks for what."""
    held = of.case.values.get(PROJECT_FIELD)
    return held.value if held else f"{of.case.applicant_name}{of.standard.name}"


def _contact(case: Case) -> str:
    if case.handler:
        return case.handler.party.name
    head = case.applicant.representative if case.applicant else None
    return head.name if head else case.applicant_name


def _contact_address(case: Case) -> str:
    known = [case.applicant.party, case.applicant.representative] if case.applicant else []
    return next((one.address for one in known if one and one.address), NOT_LEFT)


def fee_words(standard: ItemStandard) -> str:
    """Return every listed charge by its rule and clause, or that nothing is charged."""
    if not standard.fees:
        return "不收费"
    return "；".join(f"{fee.name}，{fee.standard}，依据{cited(fee.basis)}" for fee in standard.fees)


def _notice(of: Occasion) -> CorrectionNotice:
    standard, remarks = of.standard, of.remarks or {}
    told = notice_findings(of.verdict)
    return CorrectionNotice(
        **common(of, sealed=_ACCEPTANCE_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_on=local_date(of.case.received_at or of.at),
        missing_rows=tuple(_missing(found, remarks) for found in told),
        how_to_submit=f"补齐后到{of.counter.hall}任一综合窗口提交，或寄到{of.counter.address}",
        materials=materials_of(of, but={found.subject for found in told}),
        basis=cited(of.law.correction or standard.bases[0]),
        reply_by_on=of.reply_by_on,
        again=of.case.notice.again if of.case.notice else "",
        consequence="逾期没有补齐的，退回已收的材料，可以重新申请" if of.reply_by_on else "",
    )


def _missing(found: Finding, remarks: Mapping[str, str]) -> MissingRow:
    remark = remarks.get(found.subject, "").strip()
    remedy = wording.remedy(found) or found.remedy_text
    return MissingRow(
        name=found.subject_name,
        lacking=wording.finding(found),
        remedy="；".join(part for part in (remedy, remark) if part),
        basis=cited(found.basis),
        code=found.subject,
    )


def _declined_reason(of: Occasion) -> tuple[str, str, Referral, bool]:
    """Return reason, clause, to whom the applicant is sent, and whether he is sent anywhere."""
    code, referral = of.reason_code, of.referral
    for event in of.case.events:
        if event.kind is CaseEventKind.DECLINED:
            code, referral = event.detail["reason"], told_of(event.detail)
    reason = next(one for one in of.standard.decline_reasons if one.code == code)
    return reason.text, cited(reason.basis), referral, reason.needs_competent_body


def _decline(of: Occasion) -> Decline:
    reason, basis, referral, needed = _declined_reason(of)
    return Decline(
        **common(of, sealed=_ACCEPTANCE_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_on=local_date(of.case.received_at or of.at),
        reason=reason,
        basis=basis,
        remedies=remedies_of(of.standard, of.office),
        needs_competent_body=needed,
        competent_body=referral.office,
        referred_to=referral.receiver,
        referred_phone=referral.phone,
        returned=returned_of(of),
    )


def _not_required(of: Occasion) -> NotRequired:
    reason, basis, _, _ = _declined_reason(of)
    return NotRequired(
        **common(of, sealed=_ACCEPTANCE_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_on=local_date(of.case.received_at or of.at),
        reason=reason,
        basis=basis,
        remedies=remedies_of(of.standard, of.office),
        returned=returned_of(of),
    )


def _decision(of: Occasion) -> DecisionPaper:
    case, standard = of.case, of.standard
    decision = case.decision
    if decision is None:
        raise ValueError("the case is not decided")
    granted = decision.granted
    return DecisionPaper(
        **common(of, sealed=_DECISION_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_on=local_date(case.received_at or of.at),
        granted=granted,
        basis="、".join(cited(clause) for clause in standard.bases),
        content=f"{standard.name}：{standard.result.name}" if granted else "",
        reason="" if granted else decision.opinion,
        remedies=remedies_of(standard, of.office),
        result_name=standard.result.name if granted else "",
        result_number=_result_number(case, standard, decision) if granted else "",
        valid_until_on=decision.valid_until_on,
        pickup=_pickup(of),
        decided_by=signed_by(decision),
    )


def _result_number(case: Case, standard: ItemStandard, decision: Decision) -> str:
    """What is filed is known by the number of its notice; a certificate has its own once made."""
    if standard.law_kind is LawKind.FILING:
        return decision.number
    made = made_certificate(case)
    return made.number if made else ""


def cited(clause: Clause) -> str:
    """Return a clause as papers cite it: ``《食品安全法》第三十五条``, a notice with its number."""
    if _YEAR in clause.article:
        return f"《{clause.law}》（{clause.article}）"
    return f"《{clause.law}》{clause.article}"


def materials_of(of: Occasion, but: Collection[str] = ()) -> tuple[MaterialRow, ...]:
    """Return what is there, without the materials whose codes stand in ``but``."""
    return tuple(
        material_row(of.standard.requirement(code), of.case.evidence[code], of.case)
        for code in of.verdict.asked
        if code in of.case.evidence
        and code not in but
        and of.case.evidence[code].way is not Way.DEFERRAL
    )


def returned_of(of: Occasion) -> tuple[MaterialRow, ...]:
    """Return what lies at the window on paper and goes back; nobody returns a certificate's data."""
    return tuple(row for row in materials_of(of) if row.originals or row.copies)


def material_row(asked: Requirement, held: Evidence, case: Case) -> MaterialRow:
    """Return a line of the list of materials: what came, how, and how that is known."""
    return MaterialRow(
        name=asked.name,
        obtained=wording.ORIGINS[held.origin],
        originals=held.originals,
        copies=held.copies,
        pages=held.pages,
        code=asked.code,
        proof=proof_on_paper(asked, held, case),
    )


def _pickup(of: Occasion) -> str:
    held = of.case.values.get(PICKUP_FIELD)
    return held.value if held else f"{of.counter.hall}{of.counter.name}领取"


def phone_of(case: Case) -> str:
    held = case.values.get(CONTACT_FIELD)
    return held.value if held else ""


_MAKERS: Mapping[PaperKind, Callable[[Occasion], Paper]] = {
    PaperKind.RECEIPT: _receipt,
    PaperKind.ACCEPTANCE: _acceptance,
    PaperKind.CORRECTION_NOTICE: _notice,
    PaperKind.DECLINE: _decline,
    PaperKind.NOT_REQUIRED: _not_required,
    PaperKind.DECISION: _decision,
    PaperKind.DELIVERY: lambda of: delivery_content.delivery(
        of, common(of, sealed=""), phone_of(of.case)
    ),
    PaperKind.APPLICATION: lambda of: application_content.application(
        of, common(of, sealed=""), materials_of(of), phone_of(of.case)
    ),
    PaperKind.DEFERRAL_NOTICE: lambda of: deferral_content.deferral_notice(
        of, common(of, sealed=_ACCEPTANCE_SEAL)
    ),
    PaperKind.DEFERRAL_PROMISE: lambda of: deferral_content.deferral_promise(
        of, common(of, sealed=""), phone_of(of.case)
    ),
    PaperKind.AGENCY_MANDATE: lambda of: agency_content.agency_mandate(
        of, common(of, sealed=""), phone_of(of.case) or NOT_LEFT, returned_of(of)
    ),
    PaperKind.AGENCY_END: lambda of: agency_content.agency_end(
        of, common(of, sealed=""), phone_of(of.case) or NOT_LEFT, returned_of(of)
    ),
    PaperKind.CREDIT_NOTICE: lambda of: deferral_content.credit_notice(of, common(of, sealed="")),
}
