"""What a one-time notice must name (一次性告知): every failed check, and nothing else."""

from collections.abc import Sequence

from clerk.domain.errors import NotAcceptable
from clerk.domain.findings import FIRST_OF_ALL, Check, Finding, Group, Outcome, Verdict


def notice_findings(verdict: Verdict) -> tuple[Finding, ...]:
    """Return everything that the applicant must supply or put right, each once, in order.

    Two faults of one paper are two findings. What only the clerk has still to do (answer, look)
    is not the applicant's to bring; a line of the form that nothing but the applicant knows is.
    """
    told: dict[tuple[str, str, Check], Finding] = {}
    for finding in verdict.findings:
        if finding.hard and finding.outcome is not Outcome.PASS and _applicants(finding):
            told.setdefault((finding.subject, finding.point, finding.check), finding)
    return tuple(told.values())


def _applicants(finding: Finding) -> bool:
    if finding.outcome is Outcome.FAIL:
        return finding.group is not Group.COMPETENCE
    return finding.check is Check.FIELD_FILLED


def notice_points(verdict: Verdict) -> tuple[str, ...]:
    """Return the subjects of the notice, each once, in order."""
    subjects: Sequence[str] = [finding.subject for finding in notice_findings(verdict)]
    return tuple(dict.fromkeys(subjects))


def require_complete_list(verdict: Verdict) -> None:
    """Raise ``NotAcceptable`` while an answer could still make the list longer.

    What is missing is told once and completely (行政许可法 art. 32 (4)).
    """
    if any(finding.check in FIRST_OF_ALL for finding in verdict.open):
        raise NotAcceptable("申请人或情形还没问清，告知书列不全，没有发出。按 F4 先补上")
