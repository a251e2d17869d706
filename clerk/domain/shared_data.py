"""Shared data instead of a paper or a field (一数一源、数据核验): each fact from its one source.

That a source found nothing is its own word; that nobody answered is no word at all, and neither
is ever taken for the other.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from clerk.values import dataclass


class SharedSource(StrEnum):
    """A source of facts, kept by the one office that answers for them."""

    POPULATION = "population"
    MARRIAGE = "marriage"
    ENTERPRISE = "enterprise"
    TAX = "tax"
    QUALIFICATION = "qualification"


class SharedBasis(StrEnum):
    """By what right it is asked: the person's own consent, or a duty with its reason."""

    CONSENT = "consent"
    DUTY = "duty"


class SharedOutcome(StrEnum):
    """What came of a question; ``NO_ANSWER`` says nothing about the person."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedQuestion:
    """About whom which source is asked, what for, and by what right.

    ``id_type`` is the three-digit code (111, 001 …). ``reason`` says how the consent was given, or
    which duty it is.
    """

    source: SharedSource
    name: str
    id_type: str
    id_number: str
    purpose: str
    basis: SharedBasis
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAnswer:
    """What a source says about ``about`` (an identity number); worth nothing for anybody else.

    ``values`` are named by the source, ``as_of`` is the day its record is of. ``record_number``
    finds the record again at the source. ``trouble`` is the sentence of a source that was silent.
    ``objection`` is what the person says against it (异议), empty where nobody objects: then it
    proves nothing and fills nothing, until the source is asked again.
    """

    source: SharedSource
    outcome: SharedOutcome
    about: str
    at: datetime
    basis: SharedBasis
    reason: str
    record_number: str = ""
    as_of: date | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    objection: str = ""

    @property
    def proves(self) -> bool:
        """Whether it stands in for a paper and fills lines: found, and nobody objects."""
        return self.outcome is SharedOutcome.FOUND and not self.objection
