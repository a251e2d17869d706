"""The people and bodies of a case: who applies, who acts for him, and how far."""

from datetime import date, datetime
from enum import StrEnum

from clerk.domain.identifiers import IdKind
from clerk.values import dataclass


class PartyKind(StrEnum):
    """What kind of applicant the law sees (服务对象); labels and code sets are in the standard."""

    PERSON = "person"
    SOLE_TRADER = "sole_trader"
    COMPANY = "company"
    INSTITUTION = "institution"


class Source(StrEnum):
    """Where a value comes from (来源); every value on the screen carries one."""

    ID_CARD = "id_card"
    CERTIFICATE = "certificate"
    SHARED_DATA = "shared_data"
    EARLIER = "earlier"
    DERIVED = "derived"
    TYPED = "typed"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or body with the document that identifies it.

    ``source`` says whether the identity was read from a card or typed. ``id_valid_until_on`` is
    the card's last day, None where it has none (长期) or is not known.
    """

    kind: PartyKind
    name: str
    id_kind: IdKind
    id_number: str
    source: Source
    identified_at: datetime
    address: str = ""
    sex: str = ""
    birth_on: date | None = None
    id_valid_until_on: date | None = None


class MandateAct(StrEnum):
    """What a handler may do for his principal (委托权限)."""

    SUBMIT = "submit"
    CORRECT = "correct"
    PROMISE = "promise"
    AUTHORISE_CERTIFICATES = "authorise_certificates"
    WITHDRAW = "withdraw"
    COLLECT = "collect"


class Handling(StrEnum):
    """Who stands at the window, as a letter has it (办理方式)."""

    BY_SELF = "by_self"
    BY_AGENT = "by_agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What the principal lets the handler do (授权委托书); both days are included.

    ``signed`` is False until the principal has signed: until then it carries nothing.
    """

    acts: frozenset[MandateAct]
    from_on: date
    until_on: date
    signed: bool
    number: str = ""

    def in_force(self, on: date) -> bool:
        """Whether the principal has signed it and it runs on ``on``."""
        return self.signed and self.from_on <= on <= self.until_on

    def carries(self, act: MandateAct, on: date) -> bool:
        """Whether the handler may do ``act`` on ``on``."""
        return self.in_force(on) and act in self.acts


class HandlerKind(StrEnum):
    """Who acts for the applicant: somebody of his own, or an agent of the hall or the village."""

    OWN = "own"
    AGENT = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """Who stands at the window for the applicant (经办人、代办人)."""

    party: Party
    relation: str
    mandate: Mandate
    kind: HandlerKind = HandlerKind.OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who asks (申请人); a body has a representative (法定代表人、负责人、经营者)."""

    party: Party
    representative: Party | None = None
