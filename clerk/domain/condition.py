"""The closed vocabulary of conditions a standard may use, and their evaluation.

No expressions: a condition is a value, can be shown in Chinese, and gives the same answer years
later. ``UNKNOWN`` means that a fact it needs is not there yet. The whole list is evaluated after
every key, so each kind says its own truth, without a search for what it is.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from clerk.domain.party import PartyKind


class Truth(StrEnum):
    """The answer of a condition."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


class Comparison(StrEnum):
    """How two numbers or two dates are compared."""

    LESS = "less"
    AT_MOST = "at_most"
    EQUAL = "equal"
    AT_LEAST = "at_least"
    MORE = "more"


_HOLDS: Final[Mapping[Comparison, Callable[[Any, Any], bool]]] = {
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.EQUAL: operator.eq,
    Comparison.AT_LEAST: operator.ge,
    Comparison.MORE: operator.gt,
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a condition may look at; ``age`` in completed years on the day of the check."""

    answers: Mapping[str, str]
    fields: Mapping[str, str]
    applicant_kind: PartyKind | None
    age: int | None
    has_handler: bool
    on: date

    @cached_property
    def numbers(self) -> Mapping[str, Decimal]:
        """The fields that hold a number; read once, as many conditions compare the same one."""
        read = ((code, number_in(text)) for code, text in self.fields.items())
        return {code: number for code, number in read if number is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerIs:
    """The question was answered with one of these options."""

    question: str
    options: tuple[str, ...]

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while nobody has answered."""
        given = facts.answers.get(self.question)
        if given is None:
            return _UNKNOWN
        return _YES if given in self.options else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantIs:
    """The applicant is of one of these kinds."""

    kinds: tuple[PartyKind, ...]

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while there is no applicant."""
        kind = facts.applicant_kind
        if kind is None:
            return _UNKNOWN
        return _YES if kind in self.kinds else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldIs:
    """The field holds one of these values."""

    field: str
    values: tuple[str, ...]

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while the field is empty."""
        value = facts.fields.get(self.field)
        if not value:
            return _UNKNOWN
        return _YES if value in self.values else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCompares:
    """The field's number compares so with ``than``."""

    field: str
    comparison: Comparison
    than: Decimal

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while the field holds no number."""
        number = facts.numbers.get(self.field)
        if number is None:
            return _UNKNOWN
        return _YES if _HOLDS[self.comparison](number, self.than) else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeCompares:
    """The applicant's age in completed years compares so with ``years``."""

    comparison: Comparison
    years: int

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while the age is."""
        if facts.age is None:
            return _UNKNOWN
        return _YES if compare(facts.age, self.comparison, self.years) else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerActs:
    """Somebody acts for the applicant."""

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; that is always known."""
        return _YES if facts.has_handler else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every one of them."""

    of: tuple["Condition", ...]

    def truth(self, facts: Facts) -> Truth:
        """Say whether all hold; one that does not settles it, whatever is unknown."""
        found = _YES
        for one in self.of:
            truth = one.truth(facts)
            if truth is _NO:
                return _NO
            if truth is _UNKNOWN:
                found = _UNKNOWN
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one of them."""

    of: tuple["Condition", ...]

    def truth(self, facts: Facts) -> Truth:
        """Say whether one holds; one that does settles it, whatever is unknown."""
        found = _NO
        for one in self.of:
            truth = one.truth(facts)
            if truth is _YES:
                return _YES
            if truth is _UNKNOWN:
                found = _UNKNOWN
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The opposite."""

    of: "Condition"

    def truth(self, facts: Facts) -> Truth:
        """Say the opposite; the opposite of unknown is unknown."""
        truth = self.of.truth(facts)
        if truth is _UNKNOWN:
            return _UNKNOWN
        return _NO if truth is _YES else _YES


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


def compare(left: Decimal | int, comparison: Comparison, right: Decimal | int) -> bool:
    """Compare two numbers by one of the five words of the vocabulary."""
    return _HOLDS[comparison](left, right)


def number_in(text: str) -> Decimal | None:
    """Return the number a field holds, None where it holds none."""
    bare = text.strip()
    if not bare or not (bare[0].isdecimal() or bare[0] in "+-."):
        return None  # most fields are words; asking Decimal costs more than the whole condition
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def evaluate(condition: Condition | None, facts: Facts) -> Truth:
    """Say whether ``condition`` holds; None (no condition) always holds."""
    return _YES if condition is None else condition.truth(facts)
