"""Which papers a case's state asks for, and what they are called."""

from collections.abc import Mapping

from clerk.documents.agency_content import ENDED_BECAUSE
from clerk.domain.agency import is_agency
from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.credit import CreditOutcome
from clerk.domain.papers import DecisionPaper, Paper, PaperKind
from clerk.domain.standard import ItemStandard, LawKind
from clerk.wording_approval import decision_paper


def due_papers(case: Case, standard: ItemStandard) -> tuple[PaperKind, ...]:
    """Return the papers that the state of the case asks for, so that none is skipped unseen."""
    match case.state:
        case CaseState.DRAFT:
            return ()
        case CaseState.CORRECTION_DUE:
            return (PaperKind.CORRECTION_NOTICE, *_agency(case), *_credit(case))
        case CaseState.DECLINED:
            return (_kind_of_no(case, standard),)
        case _:
            pass
    due = [PaperKind.RECEIPT]
    if case.accepted_at is not None and case.number is not None:
        # under a temporary number the receipt serves until the platform gave the final one
        due.insert(0, PaperKind.ACCEPTANCE)
        due[1:1] = _deferral(case)
    if case.decision is not None:
        due.insert(0, PaperKind.DECISION)
    if case.hand_out is not None:
        due.insert(0, PaperKind.DELIVERY)
    return (*due, *_agency(case), *_credit(case))


def _agency(case: Case) -> tuple[PaperKind, ...]:
    """The mandate of an agent of the hall or the village, and its end where the case is over.

    One that was signed while the case was taken in is the applicant's own paper.
    """
    if not is_agency(case):
        return ()
    over = (PaperKind.AGENCY_END,) if case.state in ENDED_BECAUSE else ()
    mandate = () if case.mandate_letter is not None else (PaperKind.AGENCY_MANDATE,)
    return (*mandate, *over)


def _deferral(case: Case) -> tuple[PaperKind, ...]:
    """The notice and the promise of what was put off, where this window accepted."""
    if PaperKind.DEFERRAL_NOTICE.value not in case.paper_numbers:
        return ()
    return (PaperKind.DEFERRAL_NOTICE, PaperKind.DEFERRAL_PROMISE)


def _credit(case: Case) -> tuple[PaperKind, ...]:
    """The way back, where a bad record was known before acceptance; later ones are a person's."""
    answer, accepted_at = case.credit, case.accepted_at
    if answer is None or answer.outcome is not CreditOutcome.BAD:
        return ()
    return () if accepted_at is not None and answer.at > accepted_at else (PaperKind.CREDIT_NOTICE,)


def _kind_of_no(case: Case, standard: ItemStandard) -> PaperKind:
    codes = [e.detail["reason"] for e in case.events if e.kind is CaseEventKind.DECLINED]
    reason = next(one for one in standard.decline_reasons if one.code in codes)
    return PaperKind.NOT_REQUIRED if reason.not_required else PaperKind.DECLINE


def title_of(paper: Paper) -> str:
    """Return what a paper is called, as its heading is: a permit's own words are its alone."""
    if isinstance(paper, DecisionPaper):
        return decision_paper(paper.law_kind, granted=paper.granted)
    usual = TITLES[paper.kind]
    permit = paper.law_kind is LawKind.PERMIT
    return usual if permit else _BESIDE_PERMITS.get(paper.kind, usual)


_BESIDE_PERMITS: Mapping[PaperKind, str] = {
    PaperKind.DECLINE: "不受理决定书",
    PaperKind.STATEMENT_NOTICE: "拟不予办理告知书",
}

TITLES: Mapping[PaperKind, str] = {
    PaperKind.RECEIPT: "收件凭证",
    PaperKind.ACCEPTANCE: "受理通知书",
    PaperKind.CORRECTION_NOTICE: "一次性告知书",
    PaperKind.DECLINE: "不予受理决定书",
    PaperKind.NOT_REQUIRED: "不受理告知书",
    PaperKind.COMMITMENT: "告知承诺书",
    PaperKind.DECISION: "决定书",
    PaperKind.DELIVERY: "送达回证",
    PaperKind.COURIER_SLIP: "快递单",
    PaperKind.APPLICATION: "申请书",
    PaperKind.PROCEDURE_NOTICE: "特别程序告知书",
    PaperKind.EXTENSION_NOTICE: "延长期限告知书",
    PaperKind.TERMINATION_NOTICE: "终止办理通知书",
    PaperKind.SUPPLEMENT_RECEIPT: "补件单",
    PaperKind.SITE_NOTICE: "现场核查通知书",
    PaperKind.SITE_RECORD: "现场核查记录表",
    PaperKind.REPAIR_ORDER: "责令限期整改通知书",
    PaperKind.HEARING_NOTICE: "拟撤销决定告知书",
    PaperKind.REVOCATION: "撤销决定书",
    PaperKind.STATEMENT_NOTICE: "拟不予许可告知书",
    PaperKind.DECISION_CORRECTION: "更正通知书",
    PaperKind.FEE_NOTICE: "缴费通知书",
    PaperKind.TRANSFER_SLIP: "材料流转单",
    PaperKind.ROSTER: "上报名单",
    PaperKind.POSTED_RECEIPT: "寄送材料签收单",
    PaperKind.DEFERRAL_NOTICE: "容缺受理通知书",
    PaperKind.DEFERRAL_PROMISE: "容缺受理承诺书",
    PaperKind.CREDIT_NOTICE: "信用修复告知单",
    PaperKind.AGENCY_MANDATE: "帮办代办委托书",
    PaperKind.AGENCY_END: "终止帮办代办委托书",
}
