"""What the hall issues goes back to the certificate library (存量入库).

Nobody is asked for it again: data of the certificate, its holder, its validity, its file's digest.
"""

from collections.abc import Mapping

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.certificate_making import made_certificate
from clerk.domain.course import CaseRules, settled
from clerk.domain.days import local_date
from clerk.domain.hand_off import MessageKind, RemoteReceipt
from clerk.domain.hand_off_body import Plain
from clerk.domain.standard import ItemStandard


def is_for_library(standard: ItemStandard, case: Case) -> bool:
    """Whether the case's result is a certificate the library keeps, made and handed out here."""
    made = made_certificate(case)
    return bool(made and standard.result.certificate_type_code and case.hand_out)


def issued_body(standard: ItemStandard, case: Case, face: Mapping[str, str]) -> dict[str, Plain]:
    """Return what the library is told of the certificate a case was handed.

    ``face`` is what was printed on it, by its labels.
    """
    made, applicant, decision = made_certificate(case), case.applicant, case.decision
    if made is None or applicant is None or decision is None:
        raise ValueError("no certificate was issued")
    until = decision.valid_until_on
    replaced = case.corrected_decisions
    return {
        "case_id": str(case.case_id),
        "number": case.label,
        "certificate_type_code": standard.result.certificate_type_code,
        "type_name": standard.result.name,
        "certificate_number": made.number,
        "blank": made.blank,
        "holder": {
            "name": applicant.party.name,
            "id_type": applicant.party.id_kind.code,
            "id_number": applicant.party.id_number,
        },
        "issuer_name": standard.body.name,
        "issuer_code": standard.body.code,
        "document_number": decision.number,
        "replaces": replaced[-1].decision.number if replaced else "",
        "issued_on": local_date(decision.at).isoformat(),
        "valid_until_on": until.isoformat() if until else None,
        "fields": dict(face),
        "file_sha256": made.sheet,
    }


def withdrawn_body(standard: ItemStandard, case: Case, reason: str) -> dict[str, Plain]:
    """Return what the library is told when a certificate it was given counts no longer."""
    made = made_certificate(case)
    if made is None:
        raise ValueError("no certificate was issued")
    return {
        "case_id": str(case.case_id),
        "number": case.label,
        "certificate_type_code": standard.result.certificate_type_code,
        "certificate_number": made.number,
        "reason": reason,
        "at": case.events[-1].at.isoformat(),
    }


def filed(rules: CaseRules, case: Case, kind: MessageKind, receipt: RemoteReceipt) -> Case:
    """Return the case with the library's word that it has the certificate, or has it no more."""
    withdrawn = kind is MessageKind.WITHDRAW_ISSUED
    event = CaseEvent(
        kind=CaseEventKind.CERTIFICATE_FILED,
        at=receipt.at,
        actor="",
        actor_name="",
        subject=receipt.receipt_id,
        detail={"change": "withdrawn" if withdrawn else "submitted"},
    )
    return settled(rules, case, (event,))
