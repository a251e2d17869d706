"""The list of decided permits that is made public (行政许可双公示), as a table of plain text.

What a published row holds follows the public notice rules for permits; of a person only a masked
name is published and no number.
"""

from datetime import date

from clerk.domain.case import Case
from clerk.domain.days import local_date
from clerk.domain.identifiers import IdKind
from clerk.domain.masking import masked_name
from clerk.domain.party import PartyKind
from clerk.domain.standard import ItemStandard, LawKind
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDecision:
    """One row of the list; ``credit_code`` is empty for a person."""

    name: str
    credit_code: str
    number: str
    item: str
    granted: bool
    decided_on: date
    valid_until_on: date | None
    body: str
    body_code: str


def published(standard: ItemStandard, case: Case) -> PublishedDecision | None:
    """Return what is published of a case, None where nothing is: only decided permits are."""
    decision, applicant = case.decision, case.applicant
    if standard.law_kind is not LawKind.PERMIT or decision is None or applicant is None:
        return None
    party = applicant.party
    is_person = party.kind is PartyKind.PERSON
    has_code = party.id_kind is IdKind.UNIFIED_CODE and not is_person
    return PublishedDecision(
        name=masked_name(party.name) if is_person else party.name,
        credit_code=party.id_number if has_code else "",
        number=decision.number,
        item=case.item_name,
        granted=decision.granted,
        decided_on=local_date(decision.at),
        valid_until_on=decision.valid_until_on,
        body=standard.body.name,
        body_code=standard.body.code,
    )
