"""What the receipt of a parcel says (寄送材料签收单): case and event in, values out."""

from clerk.documents.content import Occasion, common
from clerk.domain.case import Case, CaseEvent
from clerk.domain.posted import PostedFinding, PostedParcel
from clerk.domain.posted_papers import PostedReceipt
from clerk.wording import day

_ACCEPTANCE_SEAL = "受理专用章"


def posted_receipt(of: Occasion, event: CaseEvent) -> PostedReceipt:
    """Return the receipt of the parcel that the event tells of."""
    parcel = next(one for one in of.case.posted if one.opened_at == event.at)
    names = {one.code: one.name for one in of.standard.requirements}

    def named(found: PostedFinding) -> tuple[str, ...]:
        return tuple(names[code] for code, so in parcel.found.items() if so is found)

    return PostedReceipt(
        **common(of, sealed=_ACCEPTANCE_SEAL),  # type: ignore[arg-type]  # values of one mapping
        sender=parcel.sender,
        waybill_number=parcel.waybill_number,
        arrived_at=parcel.arrived_at,
        opened_at=parcel.opened_at,
        there=named(PostedFinding.THERE),
        lacking=named(PostedFinding.MISSING),
        not_asked=parcel.not_asked,
        pictures=len(parcel.files),
        why_unseen=parcel.why_unseen,
        next_step=_next_step(of.case, parcel),
    )


def _next_step(case: Case, parcel: PostedParcel) -> str:
    missing = [code for code, found in parcel.found.items() if found is PostedFinding.MISSING]
    if not missing:
        return "材料交窗口核对，符合要求的按送到的日子登记"
    days = [held.due_on for code in missing if (held := case.evidence.get(code)) and held.due_on]
    if case.notice is not None and case.notice.reply_by_on is not None:
        days.append(case.notice.reply_by_on)
    by = f"请在 {day(min(days))}前补齐" if days else "请尽快补齐"
    return f"还缺的{by}，可以寄来，也可以送到任一窗口"
