"""The closed vocabulary of conditions a standard may use, and their evaluation.

No expressions: a condition is a value, can be shown in Chinese, and gives the same answer years
later. ``UNKNOWN`` means that a fact it needs is not there yet. Each kind says its own truth here;
``clerk.domain.rule_index`` says the same of a whole standard at once, after every key.
"""

from collections.abc import Iterator
from decimal import Decimal

from clerk.domain.facts import Comparison, Facts, Truth, compare, measure_in, number_in
from clerk.domain.moved_day import MovedDay, day_in
from clerk.domain.party import PartyKind
from clerk.values import dataclass

__all__ = ["Comparison", "Facts", "Truth", "compare", "number_in"]

_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


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
        return _YES if compare(number, self.comparison, self.than) else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeCompares:
    """The applicant's age in completed years compares so with ``years``."""

    comparison: Comparison
    years: int

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while the age is."""
        if facts.age is None:
            return _UNKNOWN
        return _YES if compare(Decimal(facts.age), self.comparison, Decimal(self.years)) else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerActs:
    """Somebody acts for the applicant."""

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; that is always known."""
        return _YES if facts.has_handler else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterIs:
    """The case was taken in at one of these windows."""

    counters: tuple[str, ...]

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown where no window is named."""
        if not facts.counter:
            return _UNKNOWN
        return _YES if facts.counter in self.counters else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWithin:
    """The address or division code at ``path`` lies in one of these places.

    A place is a name that the address contains, or the first digits of a code of 行政区划.
    """

    path: str
    places: tuple[str, ...]

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while there is no address."""
        text = "".join(facts.text_at(self.path).split())
        if not text:
            return _UNKNOWN
        if text.isdecimal():
            return _YES if text.startswith(self.places) else _NO
        return _YES if any(place in text for place in self.places) else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCompares:
    """The day at ``path`` compares so with another day."""

    path: str
    comparison: Comparison
    than: MovedDay

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while either day is."""
        day, than = day_in(facts.text_at(self.path)), self.than.on(facts)
        if day is None or than is None:
            return _UNKNOWN
        return _YES if compare(day, self.comparison, than) else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueIs:
    """The value at ``path``, mostly of a certificate, is one of these."""

    path: str
    values: tuple[str, ...]

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while there is no value."""
        value = facts.text_at(self.path)
        if not value:
            return _UNKNOWN
        return _YES if value in self.values else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueContains:
    """The text at ``path`` contains one of these words."""

    path: str
    words: tuple[str, ...]

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while there is no text."""
        text = facts.text_at(self.path)
        if not text:
            return _UNKNOWN
        return _YES if any(word in text for word in self.words) else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCompares:
    """The number at ``path``, alone or before one of ``units``, compares so with ``than``."""

    path: str
    comparison: Comparison
    than: Decimal
    units: tuple[str, ...] = ()

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; unknown while there is no number."""
        number = measure_in(facts.text_at(self.path), self.units)
        if number is None:
            return _UNKNOWN
        return _YES if compare(number, self.comparison, self.than) else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateUsed:
    """A certificate of this type stands for a material of the case."""

    type_code: str

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; that is always known."""
        return _YES if facts.look(f"certificate:{self.type_code}:number") else _NO


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialGiven:
    """The material is there and fit, in one of ``ways``; without any, unless it is put off."""

    material: str
    ways: tuple[str, ...] = ()

    def truth(self, facts: Facts) -> Truth:
        """Say whether it holds; that is always known."""
        way = facts.materials.get(self.material)
        if way is None:
            return _NO
        return _YES if (way in self.ways if self.ways else way not in NOT_YET_THERE) else _NO


NOT_YET_THERE = frozenset({"deferral", "exempt"})
"""The ways in which a material is not there itself, nor anything in its place."""


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


Leaf = (
    AnswerIs
    | ApplicantIs
    | FieldIs
    | FieldCompares
    | AgeCompares
    | HandlerActs
    | CounterIs
    | PlaceWithin
    | DateCompares
    | ValueIs
    | ValueContains
    | ValueCompares
    | CertificateUsed
    | MaterialGiven
)
"""The conditions that look at facts themselves."""

Condition = Leaf | AllOf | AnyOf | Not


def evaluate(condition: Condition | None, facts: Facts) -> Truth:
    """Say whether ``condition`` holds; None (no condition) always holds."""
    return _YES if condition is None else condition.truth(facts)


def leaves_of(condition: Condition | None) -> Iterator[Leaf]:
    """Yield every condition in ``condition`` that looks at facts itself, in order."""
    match condition:
        case None:
            return
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from leaves_of(part)
        case Not(of=part):
            yield from leaves_of(part)
        case leaf:
            yield leaf


def paths_in(condition: Condition | None) -> Iterator[str]:
    """Yield every path that ``condition`` follows, those of the days it compares with included."""
    for leaf in leaves_of(condition):
        match leaf:
            case DateCompares(path=path, than=than):
                yield path
                if than.path:
                    yield than.path
            case PlaceWithin(path=path) | ValueIs(path=path):
                yield path
            case ValueContains(path=path) | ValueCompares(path=path):
                yield path


def days_in(condition: Condition | None) -> Iterator[MovedDay]:
    """Yield every day that ``condition`` compares with."""
    yield from (leaf.than for leaf in leaves_of(condition) if isinstance(leaf, DateCompares))
