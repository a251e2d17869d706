"""The papers of an agency (帮办代办): the mandate the applicant gives, and its end.

They are letters: their words are those of ``templates/commitments/agency_mandate.docx`` and
``agency_end.docx``, with what domain rules ask of both: who, whom, for what, how far, free of
charge, from when until when, what was handed over, and both signatures.
"""

from datetime import date
from typing import ClassVar

from clerk.domain.papers import Paper, PaperKind
from clerk.domain.party import MandateAct
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedRow:
    """A material that the applicant gave the agent, or got back from him."""

    name: str
    form: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMandate(Paper):
    """代办委托书, in three copies: the applicant and the agent sign it."""

    kind: ClassVar[PaperKind] = PaperKind.AGENCY_MANDATE
    _required: ClassVar[frozenset[str]] = frozenset(
        {"applicant_id_number", "agent_name", "agent_id_number", "relation", "services"}
    )

    applicant_id_kind: str
    applicant_id_number: str
    applicant_phone: str
    representative_name: str
    agent_name: str
    agent_id_kind: str
    agent_id_number: str
    relation: str
    services: tuple[MandateAct, ...]
    mandate_from: date
    mandate_until: date
    handed_rows: tuple[HandedRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyEnd(AgencyMandate):
    """终止委托书: dated the day it ends; ``handed_rows`` are what comes back."""

    kind: ClassVar[PaperKind] = PaperKind.AGENCY_END
    _required: ClassVar[frozenset[str]] = frozenset(
        {"applicant_id_number", "agent_name", "agent_id_number", "relation", "ended_because"}
    )

    ended_because: str
