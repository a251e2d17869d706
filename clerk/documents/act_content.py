"""What the papers of acts say (特别程序、延长、退件、补件、核查、撤销): case and event in, values out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from clerk.documents.approval_content import decision_correction, statement_notice
from clerk.documents.content import (
    Occasion,
    cited,
    common,
    material_row,
    materials_of,
    returned_of,
)
from clerk.documents.delivery_content import courier_slip
from clerk.documents.posted_content import posted_receipt
from clerk.documents.remedies_text import remedies_of
from clerk.documents.result_content import fee_notice, transfer_slip
from clerk.domain.act_papers import (
    ExtensionNotice,
    HearingNotice,
    ProcedureNotice,
    PromiseFound,
    RepairOrderPaper,
    RevocationPaper,
    SiteNotice,
    SitePoint,
    SiteRecordPaper,
    SupplementReceipt,
    TerminationNotice,
)
from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.check_records import CheckFinding, SiteRecord
from clerk.domain.days import local_date
from clerk.domain.limits import Clause
from clerk.domain.material import Origin
from clerk.domain.papers import MaterialRow, Paper, PaperKind
from clerk.domain.papers_due import ActPaper
from clerk.domain.standard import SpecialProcedure
from clerk.domain.statement import Statement
from clerk.values import replace
from clerk.wording_checks import SITE_OUTCOMES
from clerk.wording_letters import paper_day

PLACE_FIELD = "premises"
"""The form's line that says where the applicant is at work, in every item that is checked on site."""

_DECISION_SEAL = "审批专用章"
_ACCEPTANCE_SEAL = "受理专用章"


def paper_of_act(owed: ActPaper, of: Occasion) -> Paper:
    """Return what the paper of an act says, under the number that came with the act."""
    if owed.event is None:
        raise ValueError("no act owes this paper")
    paper = _MAKERS[owed.kind](of, owed.event)
    return replace(paper, document_number=owed.number)


def _received_on(of: Occasion) -> date:
    return local_date(of.case.received_at or of.at)


def _procedure(of: Occasion, event: CaseEvent) -> ProcedureNotice:
    listed = _listed(of, event.subject)
    return ProcedureNotice(
        **common(of, sealed=_DECISION_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_on=_received_on(of),
        procedure=listed.name,
        basis=cited(listed.basis),
        workdays=listed.days,
        started_on=event.day,
        until_on=event.until_on,
    )


def _listed(of: Occasion, name: str) -> SpecialProcedure:
    return next(one for one in of.standard.special_procedures if one.name == name)


def _extension(of: Occasion, event: CaseEvent) -> ExtensionNotice:
    step = next(one for one in of.standard.special_procedures if one.extends)
    return ExtensionNotice(
        **common(of, sealed=_DECISION_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_on=_received_on(of),
        before_on=_day_in(event, "before_on"),
        workdays=event.limit.amount if event.limit else 0,
        later_on=_day_in(event, "later_on"),
        reason=event.detail.get("reason", ""),
        approved_by=event.detail.get("approved_by", ""),
        basis=cited(step.basis),
    )


def _day_in(event: CaseEvent, name: str) -> date | None:
    text = event.detail.get(name, "")
    return date.fromisoformat(text) if text else None


def _termination(of: Occasion, event: CaseEvent) -> TerminationNotice:
    withdrawn = event.kind is CaseEventKind.WITHDRAWN
    return TerminationNotice(
        **common(of, sealed=_ACCEPTANCE_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_on=_received_on(of),
        withdrawn=withdrawn,
        reason=event.detail.get("reason", "") or _term_passed(of.case),
        returned=returned_of(of),
        remedies="" if withdrawn else remedies_of(of.standard, of.office),
    )


def _term_passed(case: Case) -> str:
    told = case.notice
    if told is None or told.reply_by_on is None:
        return "没有在规定期限内补齐材料"
    return f"没有在 {paper_day(told.reply_by_on)}前补齐一次性告知书列明的材料"


def _supplement(of: Occasion, event: CaseEvent) -> SupplementReceipt:
    case = of.case
    return SupplementReceipt(
        **common(of, sealed=_ACCEPTANCE_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_at=event.at,
        materials=_brought(of, event),
        due_on=case.due_on,
        due_estimated=case.dates_estimated,
        due_note="" if case.due_on else _next_step(of),
        still_open=tuple(
            f"{of.standard.requirement(code).name}（{paper_day(held.due_on)}前）"
            for code, held in sorted(case.evidence.items())
            if held.origin is Origin.PROMISED_LATER and held.due_on is not None
        ),
    )


def _brought(of: Occasion, event: CaseEvent) -> tuple[MaterialRow, ...]:
    """The material the event is about; of a whole correction, whatever came after the notice."""
    case = of.case
    if event.subject:
        asked = of.standard.requirement(event.subject)
        return (material_row(asked, case.evidence[event.subject], case),)
    told_at = case.notice.at if case.notice else event.at
    new = tuple(
        material_row(of.standard.requirement(code), case.evidence[code], case)
        for code in of.verdict.asked
        if code in case.evidence and case.evidence[code].at > told_at
    )
    return new or materials_of(of)


def _next_step(of: Occasion) -> str:
    case = of.case
    if case.state is CaseState.SPECIAL_PROCEDURE:
        return "特别程序进行中，结束后接着计算"
    by = f"，{paper_day(case.decide_by_on)}前告知" if case.decide_by_on else ""
    return f"是否受理由{of.standard.body.name}决定{by}"


def _found(of: Occasion, *codes: str, by: datetime | None = None) -> tuple[PromiseFound, ...]:
    """What the last check of each proof found false until then; without codes, of every proof."""
    checked = of.case.checks.after
    last = {check.material: check for check in checked if by is None or check.at <= by}
    return tuple(
        PromiseFound(
            proof_name=of.standard.requirement(code).name,
            promised=_promised(of, code),
            found=check.grounds or "见所附核查材料",
            found_on=local_date(check.at),
        )
        for code, check in sorted(last.items())
        if check.finding is CheckFinding.FALSE and code in (codes or last)
    )


def _promised(of: Occasion, code: str) -> str:
    promise = of.standard.requirement(code).promise
    return promise.must_be_true if promise else ""


def _promise_basis(of: Occasion) -> str:
    clauses: list[Clause] = [
        asked.promise.basis for asked in of.standard.requirements if asked.promise is not None
    ]
    return cited(clauses[0]) if clauses else ""


def _decision_number(of: Occasion) -> str:
    return of.case.decision.number if of.case.decision else ""


def _repair(of: Occasion, event: CaseEvent) -> RepairOrderPaper:
    return RepairOrderPaper(
        **common(of, sealed=_DECISION_SEAL),  # type: ignore[arg-type]  # values of one mapping
        found=_found(of, event.subject),
        demand=event.detail.get("reason", ""),
        until_on=event.until_on or event.day,
        basis=_promise_basis(of),
        decision_number=_decision_number(of),
    )


def _hearing(of: Occasion, event: CaseEvent) -> HearingNotice:
    counter = of.counter
    return HearingNotice(
        **common(of, sealed=_DECISION_SEAL),  # type: ignore[arg-type]  # values of one mapping
        found=_found(of, by=event.at),
        reason=event.detail.get("reason", ""),
        basis=_promise_basis(of),
        until_on=event.until_on or event.day,
        how_to_speak=f"当面到{counter.hall}{counter.name}，或书面寄到{counter.address}",
        decision_number=_decision_number(of),
    )


def _revocation(of: Occasion, event: CaseEvent) -> RevocationPaper:
    case, standard = of.case, of.standard
    decided_at = case.decision.at if case.decision else event.at
    return RevocationPaper(
        **common(of, sealed=_DECISION_SEAL),  # type: ignore[arg-type]  # values of one mapping
        decision_number=event.detail.get("replaces", ""),
        decided_on=local_date(decided_at),
        found=_found(of),
        reason=event.detail.get("reason", ""),
        basis=event.detail.get("basis", ""),
        heard=_heard(case),
        result_name=standard.result.name,
        remedies=remedies_of(standard, of.office),
    )


def _heard(case: Case) -> str:
    checks = case.checks
    hearings = (*checks.earlier_hearings, *([checks.hearing] if checks.hearing else []))
    return "；".join(_one_hearing(hearing) for hearing in hearings)


def _one_hearing(hearing: Statement) -> str:
    told = f"已于 {paper_day(local_date(hearing.told_at))}告知陈述、申辩和要求听证的权利"
    if hearing.answered_at is None:
        return f"{told}，到 {paper_day(hearing.until_on)}没有提出"
    if hearing.waived:
        return f"{told}，申请人放弃：{hearing.record}"
    return f"{told}，申请人的意见：{hearing.record}"


def _place(of: Occasion) -> str:
    held = of.case.values.get(PLACE_FIELD)
    applicant = of.case.applicant
    return held.value if held else applicant.party.address if applicant else ""


def _site_notice(of: Occasion, event: CaseEvent) -> SiteNotice:
    return SiteNotice(
        **common(of, sealed=_DECISION_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_on=_received_on(of),
        check_on=event.until_on or event.day,
        check_time=event.detail.get("time", ""),
        site=_place(of),
        people=tuple(event.detail.get("people", "").split("、")),
        points=_points(of, None),
    )


def _site_record(of: Occasion, event: CaseEvent) -> SiteRecordPaper:
    number = event.detail["document"]
    held = next(
        check for check in of.case.checks.site if check.record and check.record.number == number
    )
    kept = held.record
    if kept is None:
        raise ValueError("the check on site was not recorded")
    return SiteRecordPaper(
        **common(of, sealed=""),  # type: ignore[arg-type]  # values of one mapping
        held_on=kept.held_on,
        site=_place(of),
        people=held.people,
        points=_points(of, kept),
        outcome=SITE_OUTCOMES[kept.outcome],
        said=kept.said,
        witness=kept.witness,
        pictures=len(kept.files),
    )


def _points(of: Occasion, kept: SiteRecord | None) -> tuple[SitePoint, ...]:
    return tuple(
        SitePoint(
            text=point.text,
            basis=cited(point.basis),
            met=None if kept is None else point.code not in kept.failed,
        )
        for point in of.standard.site_points
    )


def _courier_slip(of: Occasion, event: CaseEvent) -> Paper:
    number = event.detail["waybill"]
    parcel = next(one for one in of.case.parcels if one.waybill_number == number)
    return courier_slip(of, common(of, sealed=""), parcel)


_MAKERS: Mapping[PaperKind, Callable[[Occasion, CaseEvent], Paper]] = {
    PaperKind.PROCEDURE_NOTICE: _procedure,
    PaperKind.EXTENSION_NOTICE: _extension,
    PaperKind.TERMINATION_NOTICE: _termination,
    PaperKind.SUPPLEMENT_RECEIPT: _supplement,
    PaperKind.REPAIR_ORDER: _repair,
    PaperKind.HEARING_NOTICE: _hearing,
    PaperKind.REVOCATION: _revocation,
    PaperKind.STATEMENT_NOTICE: statement_notice,
    PaperKind.DECISION_CORRECTION: decision_correction,
    PaperKind.SITE_NOTICE: _site_notice,
    PaperKind.SITE_RECORD: _site_record,
    PaperKind.FEE_NOTICE: fee_notice,
    PaperKind.TRANSFER_SLIP: transfer_slip,
    PaperKind.POSTED_RECEIPT: posted_receipt,
    PaperKind.COURIER_SLIP: _courier_slip,
}
