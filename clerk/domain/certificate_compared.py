"""Whether the certificate library tells what lies in the file of a case (再核对照).

A certificate is compared with the same certificate; a paper with the holder's certificates of its
kind, by what the case was filled in with from it.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from clerk.domain.case import Case
from clerk.domain.certificate import CertificateStatus, CertificateSummary, CertificateUse
from clerk.domain.certificate_status import (
    HOLDER,
    ISSUER,
    NUMBER,
    STATUS,
    VALID_UNTIL,
    changes_of,
    status_changes,
)
from clerk.domain.changes import Change
from clerk.domain.material import Evidence
from clerk.domain.material_checks import holder_of
from clerk.domain.standard import ItemStandard, Requirement, Way


class RecheckOutcome(StrEnum):
    """What came of it; who did not answer leaves everything open and is no outcome."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_FOUND = "not_found"


def compared(
    standard: ItemStandard,
    case: Case,
    code: str,
    found: Sequence[CertificateSummary],
    on: date,
) -> tuple[RecheckOutcome, str, tuple[Change, ...]]:
    """Say whether the library tells what lies in the file: outcome, number, old → new."""
    asked, held = standard.requirement(code), case.evidence[code]
    link = asked.certificate
    mine = [one for one in found if link is not None and one.type_code == link.type_code]
    use = held.certificate if held.way is Way.CERTIFICATE else None
    if use is not None:
        same = next((one for one in mine if one.certificate_id == use.certificate_id), None)
        return _compared_with_use(use, same)
    if not mine:
        return RecheckOutcome.NOT_FOUND, "", ()
    looked = [(one, _differences(asked, case, held, one, on)) for one in mine]
    best, changed = min(looked, key=lambda pair: len(pair[1]))
    outcome = RecheckOutcome.DIFFERENT if changed else RecheckOutcome.SAME
    return outcome, best.number, changed


def _compared_with_use(
    use: CertificateUse, now: CertificateSummary | None
) -> tuple[RecheckOutcome, str, tuple[Change, ...]]:
    if now is None:
        gone = status_changes(use, CertificateStatus.UNKNOWN, use.valid_until_on)
        return RecheckOutcome.NOT_FOUND, use.number, gone
    fields = sorted({*use.fields, *now.fields})
    changed = (
        *status_changes(use, now.status, now.valid_until_on),
        *changes_of(
            (
                (NUMBER, use.number, now.number),
                (HOLDER, use.holder_name, now.holder_name),
                (ISSUER, use.issuer_name, now.issuer_name),
                *((one, use.fields.get(one, ""), now.fields.get(one, "")) for one in fields),
            )
        ),
    )
    return RecheckOutcome.DIFFERENT if changed else RecheckOutcome.SAME, use.number, changed


def _differences(
    asked: Requirement, case: Case, held: Evidence, now: CertificateSummary, on: date
) -> tuple[Change, ...]:
    """Return what of the paper's case the certificate tells otherwise."""
    ended = now.valid_until_on is not None and now.valid_until_on < on
    expired = now.status is CertificateStatus.VALID and ended
    status = CertificateStatus.EXPIRED if expired else now.status
    holder = holder_of(asked, case)
    pairs = [
        (STATUS, CertificateStatus.VALID.value, status.value),
        (HOLDER, holder.name if holder else "", now.holder_name),
    ]
    if held.valid_until_on is not None and now.valid_until_on is not None:
        last, told = held.valid_until_on.isoformat(), now.valid_until_on.isoformat()
        pairs.append((VALID_UNTIL, last, told))
    fills = asked.certificate.fills if asked.certificate else {}
    for field, name in fills.items():
        value, told = case.values.get(field), now.fields.get(name, "").strip()
        if value is not None and told:
            pairs.append((field, value.value.strip(), told))
    return changes_of(pairs)
