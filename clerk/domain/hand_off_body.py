"""The body of each message, as plain JSON data (str, int, bool, None, list, dict)."""

from collections.abc import Sequence

from clerk.domain.case import Case
from clerk.domain.counter import Counter
from clerk.domain.findings import Verdict
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

    ``sets`` say what other systems call the state, each in its own codes.
    """
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
        "state_codes": {one.code: one.states[case.state].code for one in sets},
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
        **_checks(case),
    }


def _checks(case: Case) -> dict[str, Plain]:
    """What came of the promises after the decision, where anything did."""
    told: dict[str, Plain] = {}
    if case.checks.after:
        told["after_checks"] = [
            {
                "material": check.material,
                "finding": check.finding.value,
                "method": check.method.value,
                "checked_at": check.at.isoformat(),
                "checked_by": check.by,
            }
            for check in case.checks.after
        ]
    revoked = case.checks.revocation
    if revoked is not None:
        told["revocation"] = {
            "number": revoked.number,
            "decision_number": revoked.decision_number,
            "reason": revoked.reason,
            "basis": revoked.basis,
            "revoked_at": revoked.at.isoformat(),
            "revoked_by": revoked.by,
        }
    return told


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
