"""What the papers of an approval say (拟不予许可告知、更正通知): case and event in, values out."""

from clerk.documents.content import Occasion, common
from clerk.domain.approval_papers import DecisionCorrection, StatementNotice
from clerk.domain.case import CaseEvent
from clerk.domain.days import local_date
from clerk.wording_approval import decision_paper

_DECISION_SEAL = "审批专用章"


def statement_notice(of: Occasion, event: CaseEvent) -> StatementNotice:
    """Return what the applicant is told before a refusal."""
    counter = of.counter
    return StatementNotice(
        **common(of, sealed=_DECISION_SEAL),  # type: ignore[arg-type]  # values of one mapping
        received_on=local_date(of.case.received_at or of.at),
        reason=event.detail.get("reason", ""),
        until_on=event.until_on or event.day,
        how_to_speak=f"当面到{counter.hall}{counter.name}，或书面寄到{counter.address}",
    )


def decision_correction(of: Occasion, event: CaseEvent) -> DecisionCorrection:
    """Return what the holder of a corrected decision is told."""
    replaced, number = event.detail.get("replaces", ""), event.detail.get("number", "")
    versions = [old.decision for old in of.case.corrected_decisions]
    if of.case.decision is not None:
        versions.append(of.case.decision)
    by_number = {one.number: one for one in versions}
    old, anew = by_number.get(replaced), by_number.get(number)
    return DecisionCorrection(
        **common(of, sealed=_DECISION_SEAL),  # type: ignore[arg-type]  # values of one mapping
        replaced_number=replaced,
        replaced_on=local_date(old.at if old else event.at),
        new_number=number,
        reason=event.detail.get("reason", ""),
        content=anew.opinion if anew else "",
        pickup=f"到{of.counter.hall}{of.counter.name}领取更正后的{_called(of)}，带上原件",
    )


def _called(of: Occasion) -> str:
    decided = of.case.decision
    return decision_paper(of.standard.law_kind, granted=decided is None or decided.granted)
