"""The body of each message, as plain JSON data (str, int, bool, None, list, dict)."""

from collections.abc import Sequence

from clerk.domain.case import Case
from clerk.domain.counter import Counter
from clerk.domain.findings import Finding, Verdict
from clerk.domain.hand_off import CaseNumber
from clerk.domain.material import Evidence
from clerk.domain.party import Party
from clerk.domain.standard import ItemStandard, Way
from clerk.domain.state_codes import StateCodeSet

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


def case_body(
    standard: ItemStandard, case: Case, verdict: Verdict, sets: Sequence[StateCodeSet] = ()
) -> dict[str, Plain]:
    """Return what a back office receives of a case: who, what, which materials, which checks.

    ``sets`` say what other systems call the state, each in its own codes. It is the longest body
    of all and made while the clerk waits: its keys stand in order, so that nobody sorts them again.
    """
    applicant = case.applicant
    body: dict[str, Plain] = {
        "accepted_at": case.accepted_at.isoformat() if case.accepted_at else None,
        "answers": {code: answer.option for code, answer in sorted(case.answers.items())},
        "applicant": _party(applicant.party) if applicant else None,
        "case_id": str(case.case_id),
        "clerk": {"account": case.clerk, "counter": case.counter_code},
        "decided_by": standard.decided_by.value,
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "findings": [_finding(finding) for finding in verdict.findings],
        "form": {
            code: {"source": held.source, "value": held.value}
            for code, held in sorted(case.values.items())
        },
        "handler": _party(case.handler.party) if case.handler else None,
        "item": {
            "handle_item_code": standard.handle_item_code,
            "name": standard.name,
            "task_code": standard.task_code,
            "version": standard.version,
        },
        "materials": [
            _material(code, standard.requirement(code).name, case.evidence[code])
            for code in verdict.asked
            if code in case.evidence
        ],
        "number": case.number.text if case.number else "",
        "provisional_number": case.provisional_number,
        "received_at": case.received_at.isoformat() if case.received_at else None,
        "representative": (
            _party(applicant.representative) if applicant and applicant.representative else None
        ),
        "state": case.state.value,
        "state_codes": {
            one.code: one.states[case.state].code for one in sorted(sets, key=lambda one: one.code)
        },
        **_checks(case),
    }
    return dict(sorted(body.items()))


def _finding(finding: Finding) -> dict[str, Plain]:
    return {
        "check": finding.check,
        "outcome": finding.outcome,
        "point": finding.point,
        "subject": finding.subject,
        "version": finding.rule_version,
    }


def _checks(case: Case) -> dict[str, Plain]:
    """What came of the promises after the decision, where anything did."""
    told: dict[str, Plain] = {}
    if case.checks.after:
        told["after_checks"] = [
            {
                "checked_at": check.at.isoformat(),
                "checked_by": check.by,
                "finding": check.finding.value,
                "material": check.material,
                "method": check.method.value,
            }
            for check in case.checks.after
        ]
    revoked = case.checks.revocation
    if revoked is not None:
        told["revocation"] = {
            "basis": revoked.basis,
            "decision_number": revoked.decision_number,
            "number": revoked.number,
            "reason": revoked.reason,
            "revoked_at": revoked.at.isoformat(),
            "revoked_by": revoked.by,
        }
    return told


def _party(party: Party) -> dict[str, Plain]:
    return {
        "address": party.address,
        "id_number": party.id_number,
        "id_type": party.id_kind.code,
        "kind": party.kind.value,
        "name": party.name,
    }


def _material(code: str, name: str, held: Evidence) -> dict[str, Plain]:
    return {
        "certificate": held.certificate.number if held.certificate else None,
        "code": code,
        "copies": held.copies,
        "due_on": held.due_on.isoformat() if held.due_on else None,
        "files": [
            {"media_type": file.media_type, "name": file.name, "sha256": file.sha256}
            for file in held.files
        ],
        "name": name,
        "originals": held.originals,
        "way": held.way.value,
        "way_code": WAY_CODES[held.way],
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
    replaced = case.corrected_decisions
    return {
        "case_id": str(case.case_id),
        "number": case.label,
        "granted": decision.granted,
        "opinion": decision.opinion,
        "decided_at": decision.at.isoformat(),
        "decided_by": decision.by,
        "decision_number": decision.number,
        "mandate": decision.mandate,
        "deputy_for": decision.deputy_for,
        "own_intake": decision.own_intake,
        "points": {
            code: {"outcome": found.outcome.value, "remark": found.remark}
            for code, found in decision.points.items()
        },
        "replaces": replaced[-1].decision.number if replaced else "",
        "why_corrected": replaced[-1].reason if replaced else "",
    }


def parcel_body(case: Case, contents: str, counter: Counter) -> dict[str, Plain]:
    """Return what the courier is asked for the newest parcel of the case; nothing of its content.

    Postage is the treasury's (财政付费): the applicant pays nothing for it.
    """
    parcel = case.parcels[-1]
    return {
        "sender": {
            "name": counter.name,
            "phone": counter.phone,
            "address": counter.address,
            "organisation": counter.hall,
        },
        "receiver": {
            "name": parcel.receiver,
            "phone": parcel.phone,
            "address": parcel.address,
            "organisation": "",
        },
        "contents": contents,
        "caseNumber": case.label,
        "paidBy": "sender",
    }


def result_body(standard: ItemStandard, case: Case, change: str) -> dict[str, Plain]:
    """Return what whoever keeps issued results is told when one changes.

    ``change`` is ``corrected`` or ``revoked``; ``document_number`` is that of the result as it
    stands now, ``replaces`` the number it was issued under before.
    """
    decision, replaced = case.decision, case.corrected_decisions
    return {
        "case_id": str(case.case_id),
        "number": case.label,
        "change": change,
        "result": standard.result.name,
        "certificate_type_code": standard.result.certificate_type_code,
        "document_number": decision.number if decision else "",
        "replaces": replaced[-1].decision.number if replaced else "",
        "at": case.events[-1].at.isoformat(),
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
