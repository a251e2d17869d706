"""The papers of a deferral (容缺受理) and of a bar by credit, completely what each one says.

Which values a deferral notice must carry: the materials and their form, until when and how they
are brought, and what follows where they are not (各地容缺受理规定). Wording is in ``templates``.
"""

from datetime import date
from typing import ClassVar

from clerk.domain.papers import NUMBERED, SEALED, Paper, PaperKind
from clerk.domain.party import Handling
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePaperRow:
    """A material that is still to come: its form, its last day, and the code that finds it."""

    name: str
    form: str
    due_on: date
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairRow:
    """A bad record that stands, and how it is put right (信用修复)."""

    number: str
    source: str
    fact: str
    recorded_on: date
    repair: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferralNotice(Paper):
    """容缺受理通知书, in two copies: for the applicant and for the file."""

    kind: ClassVar[PaperKind] = PaperKind.DEFERRAL_NOTICE
    _required: ClassVar[frozenset[str]] = (
        SEALED | NUMBERED | {"case_number", "late_rows", "how_to_supply", "failing"}
    )
    _given_at_effect: ClassVar[frozenset[str]] = frozenset(
        {"document_number", "number", "case_number", "query_code", "qr_text"}
    )

    received_on: date
    late_rows: tuple[LatePaperRow, ...]
    how_to_supply: str
    failing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferralPromise(Paper):
    """容缺受理承诺书, in two copies: the applicant signs it, the authority does not.

    It is a letter: its words are those of ``templates/commitments/deferral_promise.docx``.
    """

    kind: ClassVar[PaperKind] = PaperKind.DEFERRAL_PROMISE
    _required: ClassVar[frozenset[str]] = frozenset(
        {"number", "late_rows", "how_to_supply", "failing", "applicant_id_number"}
    )

    late_rows: tuple[LatePaperRow, ...]
    how_to_supply: str
    failing: str
    applicant_id_number: str
    applicant_phone: str = ""

    @property
    def agent_name(self) -> str:
        """Who signs for the applicant, empty where he signs himself."""
        return self.handler.name if self.handler else ""

    @property
    def relation(self) -> str:
        """What the agent is to the applicant."""
        return self.handler.relation if self.handler else ""

    @property
    def handling(self) -> Handling:
        """Whether the applicant stands at the window, or somebody for him."""
        return Handling.BY_AGENT if self.handler else Handling.BY_SELF


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNotice(Paper):
    """信用修复告知单: why the applicant's word was not taken, and the way back."""

    kind: ClassVar[PaperKind] = PaperKind.CREDIT_NOTICE
    _required: ClassVar[frozenset[str]] = frozenset({"repair_rows"})

    repair_rows: tuple[RepairRow, ...]
