"""What a one-time notice must name (一次性告知): every failed check, and nothing else."""

from collections.abc import Sequence

from clerk.domain.findings import Finding, Group, Outcome, Verdict


def notice_findings(verdict: Verdict) -> tuple[Finding, ...]:
    """Return one finding per subject that the applicant must supply or put right, in order.

    What only the clerk has still to do (answer, look, fill in) is not the applicant's to bring,
    except a line of the form that nothing but the applicant knows.
    """
    told: dict[tuple[str, str], Finding] = {}
    for finding in verdict.findings:
        if finding.hard and finding.outcome is not Outcome.PASS and _applicants(finding):
            told.setdefault((finding.subject, finding.point), finding)
    return tuple(told.values())


def _applicants(finding: Finding) -> bool:
    if finding.outcome is Outcome.FAIL:
        return finding.group is not Group.COMPETENCE
    return finding.group is Group.FORM


def notice_points(verdict: Verdict) -> tuple[str, ...]:
    """Return the subjects of the notice, each once, in order."""
    subjects: Sequence[str] = [finding.subject for finding in notice_findings(verdict)]
    return tuple(dict.fromkeys(subjects))
