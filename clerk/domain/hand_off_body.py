"""The body of each message, as plain JSON data (str, int, bool, None, list, dict)."""

from clerk.domain.case import Case
from clerk.domain.findings import Verdict
from clerk.domain.hand_off import CaseNumber
from clerk.domain.material import Evidence
from clerk.domain.party import Party
from clerk.domain.standard import ItemStandard, Way

WAY_CODES = {
    Way.PAPER: "1",
    Way.FILE: "2",
    Way.SCAN: "3",
    Way.DEFERRAL: "4",
    Way.CERTIFICATE: "5",
    Way.SHARED_DATA: "6",
    Way.EXEMPT: "6",
    Way.COMMITMENT: "7",
}
"""收取方式, the code set seen in the field; 6 is this program's own for data and exemption."""

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


def case_body(standard: ItemStandard, case: Case, verdict: Verdict) -> dict[str, Plain]:
    """Return what a back office receives of a case: who, what, which materials, which checks."""
    return {
        "case_id": str(case.case_id),
        "number": case.number.text if case.number else "",
        "provisional_number": case.provisional_number,
        "item": {
            "task_code": standard.task_code,
            "handle_item_code": standard.handle_item_code,
            "name": standard.name,
            "version": standard.version,
        },
        "decided_by": standard.decided_by.value,
        "state": case.state.value,
        "received_at": case.received_at.isoformat() if case.received_at else None,
        "accepted_at": case.accepted_at.isoformat() if case.accepted_at else None,
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "applicant": _party(case.applicant.party) if case.applicant else None,
        "representative": (
            _party(case.applicant.representative)
            if case.applicant and case.applicant.representative
            else None
        ),
        "handler": _party(case.handler.party) if case.handler else None,
        "clerk": {"account": case.clerk, "counter": case.counter_code},
        "answers": {code: answer.option for code, answer in case.answers.items()},
        "form": {
            code: {"value": held.value, "source": held.source.value}
            for code, held in case.values.items()
        },
        "materials": [
            _material(code, standard.requirement(code).name, case.evidence[code])
            for code in verdict.asked
            if code in case.evidence
        ],
        "findings": [
            {
                "check": finding.check.value,
                "subject": finding.subject,
                "point": finding.point,
                "outcome": finding.outcome.value,
                "version": finding.rule_version,
            }
            for finding in verdict.findings
        ],
    }


def _party(party: Party) -> dict[str, Plain]:
    return {
        "kind": party.kind.value,
        "name": party.name,
        "id_type": party.id_kind.code,
        "id_number": party.id_number,
        "address": party.address,
    }


def _material(code: str, name: str, held: Evidence) -> dict[str, Plain]:
    return {
        "code": code,
        "name": name,
        "way": held.way.value,
        "way_code": WAY_CODES[held.way],
        "originals": held.originals,
        "copies": held.copies,
        "due_on": held.due_on.isoformat() if held.due_on else None,
        "certificate": held.certificate.number if held.certificate else None,
        "files": [
            {"sha256": file.sha256, "name": file.name, "media_type": file.media_type}
            for file in held.files
        ],
    }


def claim_body(case: Case, number: CaseNumber) -> dict[str, Plain]:
    """Return what the platform is told when a case takes a number."""
    return {
        "case_id": str(case.case_id),
        "number": number.text,
        "provisional": number.provisional,
        "provisional_number": case.provisional_number,
        "item_code": case.item_code,
        "counter": case.counter_code,
    }


def decision_body(case: Case) -> dict[str, Plain]:
    """Return what the back office is told of a chief representative's decision."""
    decision = case.decision
    if decision is None:
        raise ValueError("the case is not decided")
    return {
        "case_id": str(case.case_id),
        "number": case.label,
        "granted": decision.granted,
        "opinion": decision.opinion,
        "decided_at": decision.at.isoformat(),
        "decided_by": decision.by,
        "decision_number": decision.number,
    }


def hand_out_body(case: Case) -> dict[str, Plain]:
    """Return what the platform is told when a result was handed out."""
    handed = case.hand_out
    if handed is None:
        raise ValueError("the result was not handed out")
    return {
        "case_id": str(case.case_id),
        "number": case.label,
        "handed_at": handed.at.isoformat(),
        "way": handed.way,
        "counter": case.counter_code,
    }
