"""What the papers of a deferral and of a bar by credit say (容缺受理通知书、承诺书、信用修复告知单)."""

from typing import TYPE_CHECKING, Final

from clerk.domain.case import CaseEventKind
from clerk.domain.days import local_date
from clerk.domain.deferral_papers import (
    CreditNotice,
    DeferralNotice,
    DeferralPromise,
    LatePaperRow,
    RepairRow,
)
from clerk.domain.late_paper_code import code_text
from clerk.domain.standard import Requirement

if TYPE_CHECKING:
    from clerk.documents.content import Occasion

_FAILING: Final = (
    "逾期没有补交或者补交的材料不符合要求的，由本机关工作人员核实后终止办理，退回申请材料，"
    "由此造成的损失由申请人承担，可以重新申请；因不可抗力不能按期补交的，可以在期满前申请延期"
)


def deferral_notice(of: "Occasion", common: dict[str, object]) -> DeferralNotice:
    """Return the notice; ``common`` is what every paper carries."""
    return DeferralNotice(
        **common,  # type: ignore[arg-type]  # values of one mapping
        received_on=local_date(of.case.received_at or of.at),
        late_rows=_rows(of),
        how_to_supply=_how(of),
        failing=_FAILING,
    )


def deferral_promise(of: "Occasion", common: dict[str, object], phone: str) -> DeferralPromise:
    """Return what the applicant signs."""
    applicant = of.case.applicant
    return DeferralPromise(
        **common,  # type: ignore[arg-type]  # values of one mapping
        late_rows=_rows(of),
        how_to_supply=_how(of),
        failing=_FAILING,
        applicant_id_number=applicant.party.id_number if applicant else "",
        applicant_phone=phone,
    )


def credit_notice(of: "Occasion", common: dict[str, object]) -> CreditNotice:
    """Return the way back from each bad record that stands."""
    records = of.case.credit.records if of.case.credit else ()
    return CreditNotice(
        **common,  # type: ignore[arg-type]  # values of one mapping
        repair_rows=tuple(
            RepairRow(
                number=one.number,
                source=one.source,
                fact=one.fact,
                recorded_on=one.recorded_on,
                repair=one.repair,
                contact=one.contact,
            )
            for one in records
        ),
    )


def _rows(of: "Occasion") -> tuple[LatePaperRow, ...]:
    """Every paper that was put off when the case was accepted, also one that has come since."""
    number = of.case.number.text if of.case.number else ""
    put_off = [one for one in of.case.events if one.kind is CaseEventKind.DEFERRED]
    return tuple(
        LatePaperRow(
            name=of.standard.requirement(one.subject).name,
            form=_form(of.standard.requirement(one.subject)),
            due_on=one.until_on,
            code=code_text(number, one.subject),
        )
        for one in put_off
        if one.until_on is not None
    )


def _form(asked: Requirement) -> str:
    parts = [asked.form.label]
    if asked.originals:
        parts.append(f"原件 {asked.originals} 份")
    if asked.copies:
        parts.append(f"复印件 {asked.copies} 份")
    return "，".join(parts)


def _how(of: "Occasion") -> str:
    return (
        f"到{of.counter.hall}任一综合窗口当面提交，或者寄到{of.counter.address}。"
        "提交时出示本通知书上的二维码，以材料送达之日为准"
    )
