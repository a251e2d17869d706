"""Whether a paper of a draft may come later (容缺的条件), and what keeps it from that.

The standard lists which, the main ones must lie there first, nobody goes both ways with one
paper, and a bad record of credit bars it. Each refusal has its own word, so that the window can
say what to do instead.
"""

from datetime import date
from enum import StrEnum

from clerk.domain.case import Case
from clerk.domain.credit import CreditRecord
from clerk.domain.credit_gate import bad_record
from clerk.domain.findings import Outcome, Verdict
from clerk.domain.party import MandateAct
from clerk.domain.standard import ItemStandard, Requirement, Way
from clerk.values import dataclass


class DeferralBar(StrEnum):
    """Why a paper may not come later."""

    MAIN = "main"
    NOT_LISTED = "not_listed"
    PROMISED = "promised"
    NO_APPLICANT = "no_applicant"
    NO_MANDATE = "no_mandate"
    MAIN_MISSING = "main_missing"
    BAD_CREDIT = "bad_credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarredDeferral:
    """A bar with what must be known to lift it: the main papers that lack, or the bad record."""

    bar: DeferralBar
    lacking: tuple[str, ...] = ()
    record: CreditRecord | None = None


def may_follow(asked: Requirement) -> bool:
    """Whether the standard's version lets this paper come later at all."""
    listed = Way.DEFERRAL in asked.ways and asked.deferral_workdays is not None
    return listed and not asked.main


def deferral_bar(
    standard: ItemStandard, asked: Requirement, case: Case, verdict: Verdict, on: date
) -> BarredDeferral | None:
    """Return what bars it today, None where the applicant may choose it."""
    if asked.main:
        return BarredDeferral(bar=DeferralBar.MAIN)
    if not may_follow(asked):
        return BarredDeferral(bar=DeferralBar.NOT_LISTED)
    held = case.evidence.get(asked.code)
    if held is not None and held.way is Way.COMMITMENT:
        return BarredDeferral(bar=DeferralBar.PROMISED)
    if case.applicant is None or not case.applicant.party.id_number:
        return BarredDeferral(bar=DeferralBar.NO_APPLICANT)
    handler = case.handler
    if handler is not None and not handler.mandate.carries(MandateAct.CORRECT, on):
        return BarredDeferral(bar=DeferralBar.NO_MANDATE)
    record = bad_record(case)
    if record is not None:
        return BarredDeferral(bar=DeferralBar.BAD_CREDIT, record=record)
    lacking = lacking_main(standard, case, verdict)
    if lacking:
        return BarredDeferral(bar=DeferralBar.MAIN_MISSING, lacking=lacking)
    return None


def lacking_main(standard: ItemStandard, case: Case, verdict: Verdict) -> tuple[str, ...]:
    """Return the names of the main papers that lack or do not hold (主件).

    The application is made by the program as soon as the form is full, so it is not waited for.
    """
    failed = {one.subject for one in verdict.findings if one.outcome is Outcome.FAIL}
    main = [asked for asked in map(standard.requirement, verdict.asked) if asked.main]
    return tuple(
        asked.name
        for asked in main
        if not asked.generated_from_form
        and (asked.code not in case.evidence or asked.code in failed)
    )
