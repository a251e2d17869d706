"""The commitment letter (告知承诺书) as what is filled into it."""

from typing import ClassVar

from clerk.domain.papers import PaperKind
from clerk.domain.party import Handling
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What is filled into a commitment letter (告知承诺书); dates as they are printed.

    The fixed blocks (effect, liability, the four promises) stand in the template itself. Which
    placeholder takes which value, and which may stay empty, is in
    ``templates/commitments/fields.toml``.
    """

    kind: ClassVar[PaperKind] = PaperKind.COMMITMENT

    letter_number: str
    applicant_name: str
    applicant_id_kind: str
    applicant_id_number: str
    applicant_phone: str
    representative_name: str
    agent_name: str
    agent_id_kind: str
    agent_id_number: str
    body_name: str
    body_contact: str
    body_phone: str
    item_name: str
    proof_name: str
    item_basis: str
    proof_basis: str
    must_be_true: str
    excluded: str
    promise_way: str
    check: str
    public: str
    conditions_met_by: str
    made_on: str
    practice: bool
    effective: bool

    @property
    def handling(self) -> Handling:
        """Whether the applicant signs it, or somebody for him."""
        return Handling.BY_AGENT if self.agent_name else Handling.BY_SELF
