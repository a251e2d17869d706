"""The closed vocabulary of conditions a standard may use, and their evaluation.

No expressions: a condition is a value, can be shown in Chinese, and gives the same answer years
later. ``UNKNOWN`` means that a fact it needs is not there yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from clerk.domain.party import PartyKind


class Truth(StrEnum):
    """The answer of a condition."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Comparison(StrEnum):
    """How two numbers or two dates are compared."""

    LESS = "less"
    AT_MOST = "at_most"
    EQUAL = "equal"
    AT_LEAST = "at_least"
    MORE = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a condition may look at; ``age`` in completed years on the day of the check."""

    answers: Mapping[str, str]
    fields: Mapping[str, str]
    applicant_kind: PartyKind | None
    age: int | None
    has_handler: bool
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerIs:
    """The question was answered with one of these options."""

    question: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantIs:
    """The applicant is of one of these kinds."""

    kinds: tuple[PartyKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldIs:
    """The field holds one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCompares:
    """The field's number compares so with ``than``."""

    field: str
    comparison: Comparison
    than: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeCompares:
    """The applicant's age in completed years compares so with ``years``."""

    comparison: Comparison
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerActs:
    """Somebody acts for the applicant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every one of them."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one of them."""

    of: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The opposite."""

    of: "Condition"


Condition = (
    AnswerIs
    | ApplicantIs
    | FieldIs
    | FieldCompares
    | AgeCompares
    | HandlerActs
    | AllOf
    | AnyOf
    | Not
)


def _said(holds: bool) -> Truth:
    return Truth.YES if holds else Truth.NO


def compare(left: Decimal, comparison: Comparison, right: Decimal) -> bool:
    """Compare two numbers by one of the five words of the vocabulary."""
    match comparison:
        case Comparison.LESS:
            return left < right
        case Comparison.AT_MOST:
            return left <= right
        case Comparison.EQUAL:
            return left == right
        case Comparison.AT_LEAST:
            return left >= right
        case Comparison.MORE:
            return left > right


def number_in(text: str) -> Decimal | None:
    """Return the number a field holds, None where it holds none."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def evaluate(condition: Condition | None, facts: Facts) -> Truth:
    """Say whether ``condition`` holds; None (no condition) always holds."""
    match condition:
        case None:
            return Truth.YES
        case AnswerIs(question=question, options=options):
            given = facts.answers.get(question)
            return Truth.UNKNOWN if given is None else _said(given in options)
        case ApplicantIs(kinds=kinds):
            kind = facts.applicant_kind
            return Truth.UNKNOWN if kind is None else _said(kind in kinds)
        case FieldIs(field=field, values=values):
            value = facts.fields.get(field)
            return Truth.UNKNOWN if not value else _said(value in values)
        case FieldCompares(field=field, comparison=comparison, than=than):
            number = number_in(facts.fields.get(field, ""))
            return Truth.UNKNOWN if number is None else _said(compare(number, comparison, than))
        case AgeCompares(comparison=comparison, years=years):
            if facts.age is None:
                return Truth.UNKNOWN
            return _said(compare(Decimal(facts.age), comparison, Decimal(years)))
        case HandlerActs():
            return _said(facts.has_handler)
        case Not(of=inner):
            return {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}[
                evaluate(inner, facts)
            ]
        case AllOf(of=inners):
            return _all({evaluate(inner, facts) for inner in inners})
        case AnyOf(of=inners):
            return _any({evaluate(inner, facts) for inner in inners})


def _all(answers: set[Truth]) -> Truth:
    if Truth.NO in answers:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in answers else Truth.YES


def _any(answers: set[Truth]) -> Truth:
    if Truth.YES in answers:
        return Truth.YES
    return Truth.UNKNOWN if Truth.UNKNOWN in answers else Truth.NO
