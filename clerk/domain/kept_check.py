"""The check that counted (留存的核对): what lay on the desk at F9 and what the check said of it.

Kept beside the case for as long as the case is, so that years later the same version says the same
of the same papers, or it can be told in what it does not. What the case goes through afterwards
(a paper that follows, a new photograph) changes nothing here.
"""

from datetime import date, datetime
from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.findings import Finding, Headline, NextAct, Outcome, Verdict
from clerk.domain.standard import ItemStandard
from clerk.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCheck:
    """One check that was acted upon.

    ``case_version`` is that of the case the act left behind. ``case`` is the case before the act,
    without its course; ``findings`` are lines of ``finding_line``, in the order of the check.
    """

    case_id: UUID
    case_version: int
    case: Case
    counter_code: str
    on: date
    at: datetime
    headline: Headline
    act: NextAct
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDifference:
    """In what a replay says something else: outcome before and now, lines gone and lines new."""

    before: Headline
    now: Headline
    act_before: NextAct
    act_now: NextAct
    gone: tuple[str, ...]
    new: tuple[str, ...]


def kept_check(
    before: Case, saved: Case, verdict: Verdict, counter_code: str, on: date, at: datetime
) -> KeptCheck:
    """Return what is to be kept of the check under which ``before`` became ``saved``."""
    return KeptCheck(
        case_id=saved.case_id,
        case_version=saved.version,
        case=_as_checked(before),
        counter_code=counter_code,
        on=on,
        at=at,
        headline=verdict.headline,
        act=verdict.act,
        findings=tuple(finding_line(one) for one in verdict.findings),
    )


def difference(kept: KeptCheck, verdict: Verdict) -> CheckDifference | None:
    """Say in what ``verdict`` differs from the check that was kept; None where in nothing."""
    lines = tuple(finding_line(one) for one in verdict.findings)
    same_outcome = (kept.headline, kept.act) == (verdict.headline, verdict.act)
    if same_outcome and sorted(kept.findings) == sorted(lines):
        return None  # another order of the list is no other verdict
    held, found = set(kept.findings), set(lines)
    return CheckDifference(
        before=kept.headline,
        now=verdict.headline,
        act_before=kept.act,
        act_now=verdict.act,
        gone=tuple(line for line in kept.findings if line not in found),
        new=tuple(line for line in lines if line not in held),
    )


def finding_line(finding: Finding) -> str:
    """Return a finding as one short line: what was looked at, the outcome, the compared values.

    The values only where it did not pass: of what passed the case itself holds them.
    """
    place = f"{finding.subject}.{finding.point}" if finding.point else finding.subject
    weight = "" if finding.hard else " soft"
    line = f"{finding.outcome} {finding.check} {place}{weight}"
    if finding.outcome is Outcome.PASS:
        return line
    return f"{line} [{finding.given}] [{finding.wanted}]"


def as_in_force(standard: ItemStandard, on: date) -> ItemStandard:
    """Return a version as if it had been in force on ``on``: what would it have said then?"""
    return replace(standard, effective_on=on, ended_on=None)


def _as_checked(case: Case) -> Case:
    """Leave away what no check looks at: the course, and what papers stood there before."""
    evidence = case.evidence
    if any(held.older for held in evidence.values()):
        evidence = {code: replace(held, older=()) for code, held in evidence.items()}
    return replace(case, events=(), evidence=evidence)
