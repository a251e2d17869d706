"""Every condition of a version at once: what is asked of a case, after every key.

The conditions of one standard look at a few dozen facts, many at the same one. So each leaf of
them gets two bits, one for yes and one for no, and each fact a table of the bits that its value
sets; what holds is then a question of masks. It says what ``Condition.truth`` says, always
(``test_rule_index``), and is made once for a version.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import inf

from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    Condition,
    FieldCompares,
    FieldIs,
    Leaf,
    Not,
    leaves_of,
)
from clerk.domain.facts import Comparison, Facts, Truth, compare, number_in
from clerk.domain.standard import FormField, ItemStandard, Question, Requirement
from clerk.values import dataclass

_YES, _NO, _UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Node:
    """A condition over the known bits: ``every`` part of it, or at least one.

    ``need`` are the bits of the parts, ``against`` those of their opposites, ``rest`` the parts
    that are no leaves.
    """

    every: bool
    need: int
    against: int
    rest: "tuple[_Node, ...]" = ()

    def truth(self, known: int) -> Truth:
        if self.every:
            settling, wanted, settled, otherwise = self.against, self.need, _NO, _YES
        else:
            settling, wanted, settled, otherwise = self.need, self.against, _YES, _NO
        if known & settling:
            return settled
        found = otherwise if known & wanted == wanted else _UNKNOWN
        for part in self.rest:
            truth = part.truth(known)
            if truth is settled:
                return settled
            if truth is _UNKNOWN:
                found = _UNKNOWN
        return found


_ALWAYS = _Node(every=True, need=0, against=0)

_Wanted = tuple[Requirement, int, _Node | None, bool]
"""A material, the bits of which each takes it off the list, what else may, and whether an answer
can be why: most conditions are a plain list of leaves, and each is looked at after every key."""

_Words = tuple[str, Mapping[str, int], int]
_Numbers = tuple[str, tuple[int | float | Decimal, ...], tuple[int, ...]]


class RuleIndex:
    """The conditions of one version, made ready to be asked all at once."""

    def __init__(self, standard: ItemStandard) -> None:
        """Give every different leaf its bits and every fact its table."""
        self._leaves: dict[Leaf, int] = {}
        self.questions: tuple[tuple[Question, _Node], ...] = tuple(
            (line, self._node_of(line.when)) for line in standard.questions
        )
        self.fields: tuple[tuple[FormField, _Node], ...] = tuple(
            (line, self._node_of(line.when)) for line in standard.fields
        )
        self.requirements: tuple[_Wanted, ...] = tuple(
            self._wanted(line) for line in standard.requirements
        )
        self.alternatives = any(line.not_needed_with for line in standard.requirements)
        by_kind: dict[type, list[tuple[Leaf, int]]] = defaultdict(list)
        for leaf, bit in self._leaves.items():
            by_kind[type(leaf)].append((leaf, bit))
        self._answers = _word_tables(by_kind.pop(AnswerIs, ()))
        self._words = _word_tables(by_kind.pop(FieldIs, ()))
        self._numbers = _number_tables(by_kind.pop(FieldCompares, ()))
        self._ages = _number_tables(by_kind.pop(AgeCompares, ()))
        self._others = tuple(pair for pairs in by_kind.values() for pair in pairs)

    def known(self, facts: Facts) -> int:
        """Return the bits that these facts set; what is not known sets none."""
        known = 0
        answers, fields = facts.answers, facts.fields
        for code, bits, otherwise in self._answers:
            answer = answers.get(code)
            if answer is not None:
                known |= bits.get(answer, otherwise)
        for code, bits, otherwise in self._words:
            text = fields.get(code)
            if text:
                known |= bits.get(text, otherwise)
        for code, cuts, masks in self._numbers:
            text = fields.get(code)
            if not text:
                continue
            number = int(text) if text.isdecimal() else number_in(text)
            if number is not None:
                at = bisect_left(cuts, number)
                known |= masks[at + at + (cuts[at] == number)]
        if facts.age is not None:
            for _, cuts, masks in self._ages:
                at = bisect_left(cuts, facts.age)
                known |= masks[at + at + (cuts[at] == facts.age)]
        for leaf, bit in self._others:
            truth = leaf.truth(facts)
            if truth is not _UNKNOWN:
                known |= bit if truth is _YES else bit << 1
        return known

    def _wanted(self, line: Requirement) -> _Wanted:
        node = self._node_of(line.when)
        plain = node.every and not node.rest
        return (
            line,
            node.against if node.every else 0,
            None if plain else node,
            line.when is not None and AnswerIs in map(type, leaves_of(line.when)),
        )

    def _node_of(self, condition: Condition | None) -> _Node:
        if condition is None:
            return _ALWAYS
        return self._node(AllOf(of=(condition,)), holds=True)

    def _node(self, condition: AllOf | AnyOf, *, holds: bool) -> _Node:
        """Make a node of a condition, or of its opposite: not all is at least one not."""
        every = isinstance(condition, AllOf) is holds
        need = against = 0
        rest: list[_Node] = []
        for part in condition.of:
            inner, so = part, holds
            while isinstance(inner, Not):
                inner, so = inner.of, not so
            if not isinstance(inner, AllOf | AnyOf):
                bit = self._bit(inner)
                need |= bit if so else bit << 1
                against |= bit << 1 if so else bit
                continue
            below = self._node(inner, holds=so)
            if below.every is every:
                need, against = need | below.need, against | below.against
                rest.extend(below.rest)
            else:
                rest.append(below)
        return _Node(every, need, against, tuple(rest))

    def _bit(self, leaf: Leaf) -> int:
        """Return the bit of yes; the next higher one is that of no."""
        return self._leaves.setdefault(leaf, 1 << (2 * len(self._leaves)))


def index_of(standard: ItemStandard) -> RuleIndex:
    """Return the version's index, which is made once and kept with it."""
    kept = getattr(standard, "index", None)
    if not isinstance(kept, RuleIndex):
        kept = RuleIndex(standard)
        object.__setattr__(standard, "index", kept)  # no field: it follows from all others
    return kept


def _word_tables(leaves: Iterable[tuple[Leaf, int]]) -> tuple[_Words, ...]:
    """Return by fact: the bits of each value that is named, and those of any other."""
    by_fact: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    for leaf, bit in leaves:
        if isinstance(leaf, AnswerIs):
            by_fact[leaf.question].append((leaf.options, bit))
        elif isinstance(leaf, FieldIs):
            by_fact[leaf.field].append((leaf.values, bit))
    found = []
    for code, wanted in by_fact.items():
        otherwise = sum(bit << 1 for _, bit in wanted)
        named = {value for values, _ in wanted for value in values}
        bits = {
            value: sum(bit if value in values else bit << 1 for values, bit in wanted)
            for value in named
        }
        found.append((code, bits, otherwise))
    return tuple(found)


def _number_tables(leaves: Iterable[tuple[Leaf, int]]) -> tuple[_Numbers, ...]:
    """Return by fact: the numbers it is compared with, and the bits at and between them."""
    by_fact: dict[str, list[tuple[Comparison, Decimal, int]]] = defaultdict(list)
    for leaf, bit in leaves:
        if isinstance(leaf, FieldCompares):
            by_fact[leaf.field].append((leaf.comparison, leaf.than, bit))
        elif isinstance(leaf, AgeCompares):
            by_fact[""].append((leaf.comparison, Decimal(leaf.years), bit))
    found = []
    for code, wanted in by_fact.items():
        cuts = sorted({than for _, than, _ in wanted})
        masks = tuple(
            sum(bit if compare(at, word, than) else bit << 1 for word, than, bit in wanted)
            for at in _at_and_between(cuts)
        )
        found.append((code, (*map(_plain, cuts), inf), masks))
    return tuple(found)


def _at_and_between(cuts: list[Decimal]) -> list[Decimal]:
    """Return a number below all ``cuts``, each of them, one between each two, one above all."""
    numbers = [cuts[0] - 1]
    for at, cut in enumerate(cuts):
        above = cuts[at + 1] if at + 1 < len(cuts) else cut + 2
        numbers += [cut, (cut + above) / 2]
    return numbers


def _plain(number: Decimal) -> int | Decimal:
    """Return a whole number as such: most are, and they compare many times faster."""
    return int(number) if number == number.to_integral_value() else number
