"""Which papers a case's state asks for, and what they are called."""

from collections.abc import Mapping

from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.papers import PaperKind
from clerk.domain.standard import ItemStandard


def due_papers(case: Case, standard: ItemStandard) -> tuple[PaperKind, ...]:
    """Return the papers that the state of the case asks for, so that none is skipped unseen."""
    match case.state:
        case CaseState.DRAFT:
            return ()
        case CaseState.CORRECTION_DUE:
            return (PaperKind.CORRECTION_NOTICE,)
        case CaseState.DECLINED:
            return (_kind_of_no(case, standard),)
        case _:
            pass
    due = [PaperKind.RECEIPT]
    if case.accepted_at is not None and case.number is not None:
        # under a temporary number the receipt serves until the platform gave the final one
        due.insert(0, PaperKind.ACCEPTANCE)
    if case.decision is not None:
        due.insert(0, PaperKind.DECISION)
    if case.hand_out is not None:
        due.insert(0, PaperKind.DELIVERY)
    return tuple(due)


def _kind_of_no(case: Case, standard: ItemStandard) -> PaperKind:
    codes = [e.detail["reason"] for e in case.events if e.kind is CaseEventKind.DECLINED]
    reason = next(one for one in standard.decline_reasons if one.code in codes)
    return PaperKind.NOT_REQUIRED if reason.not_required else PaperKind.DECLINE


TITLES: Mapping[PaperKind, str] = {
    PaperKind.RECEIPT: "收件凭证",
    PaperKind.ACCEPTANCE: "受理通知书",
    PaperKind.CORRECTION_NOTICE: "一次性告知书",
    PaperKind.DECLINE: "不予受理决定书",
    PaperKind.NOT_REQUIRED: "不受理告知书",
    PaperKind.COMMITMENT: "告知承诺书",
    PaperKind.DECISION: "决定书",
    PaperKind.DELIVERY: "送达回证",
    PaperKind.APPLICATION: "申请书",
}
