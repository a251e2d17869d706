"""The two values that a rule compared, as plain text: what there is and what is asked for."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from clerk.domain.case import Case
from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    ApplicantIs,
    CertificateUsed,
    Condition,
    CounterIs,
    DateCompares,
    FieldCompares,
    FieldIs,
    HandlerActs,
    Leaf,
    MaterialGiven,
    Not,
    PlaceWithin,
    ValueCompares,
    ValueContains,
    ValueIs,
)
from clerk.domain.facts import Comparison, Facts, Truth, measure_in
from clerk.domain.rule import Rule
from clerk.domain.standard import ItemStandard

_SIGNS: Final = {
    Comparison.LESS: "<",
    Comparison.AT_MOST: "≤",
    Comparison.EQUAL: "=",
    Comparison.AT_LEAST: "≥",
    Comparison.MORE: ">",
}
NOT: Final = "≠"
ACTS_FOR: Final = "handler"
ACTS_HIMSELF: Final = "self"
"""Who stands at the window, as the options of a question known from it are called."""

_OPPOSITE: Final = {"<": "≥", "≤": ">", "=": NOT, "≥": "<", ">": "≤"}
_OPPOSITE_TRUTH: Final = {
    Truth.YES: Truth.NO,
    Truth.NO: Truth.YES,
    Truth.UNKNOWN: Truth.UNKNOWN,
}


def compared_by(
    condition: Condition, standard: ItemStandard, facts: Facts, truth: Truth
) -> tuple[str, str]:
    """Return what there is and what was asked for, of the first part that gives the ``truth``."""
    found = next(_deciding(condition, facts, truth, holds=True), None)
    if found is None:
        return "", ""
    leaf, holds = found
    given, wanted = _values(leaf, standard, facts)
    return given, wanted if holds else _opposite(wanted)


def numbers_close(rule: Rule, first: str, second: str) -> tuple[Truth, Decimal | None]:
    """Say whether two numbers differ by no more than the rule lets them, and by how much it does.

    The tolerance in per cent is of the first number.
    """
    left, right = measure_in(first, rule.units), measure_in(second, rule.units)
    if left is None or right is None:
        return Truth.UNKNOWN, None
    tolerance = rule.tolerance or Decimal(0)
    if rule.tolerance_percent is not None:
        tolerance = max(tolerance, abs(left) * rule.tolerance_percent / 100)
    return (Truth.YES if abs(left - right) <= tolerance else Truth.NO), tolerance


def there_together(rule: Rule, standard: ItemStandard, case: Case) -> tuple[str, ...]:
    """Return by name which of the rule's materials are there, in the ways that it names."""
    found = []
    for subject in rule.subjects:
        _, code, *way = subject.split(":")
        held = case.evidence.get(code)
        if held is not None and not held.fault and (not way or held.way.value == way[0]):
            found.append(standard.requirement(code).name)
    return tuple(found)


def _deciding(
    condition: Condition, facts: Facts, truth: Truth, *, holds: bool
) -> Iterator[tuple[Leaf, bool]]:
    """Yield the leaves that give ``condition`` its ``truth``, and whether they should hold."""
    match condition:
        case Not(of=inner):
            yield from _deciding(inner, facts, _OPPOSITE_TRUTH[truth], holds=not holds)
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                if part.truth(facts) is truth:
                    yield from _deciding(part, facts, truth, holds=holds)
        case leaf:
            yield leaf, holds


def _values(leaf: Leaf, standard: ItemStandard, facts: Facts) -> tuple[str, str]:
    match leaf:
        case AnswerIs(question=question, options=options):
            labels = _labels(standard, question)
            given = facts.answers.get(question, "")
            return labels.get(given, given), _listed(labels.get(one, one) for one in options)
        case HandlerActs():
            return (ACTS_FOR if facts.has_handler else ACTS_HIMSELF), ACTS_FOR
        case ApplicantIs(kinds=kinds):
            return facts.applicant_kind or "", _listed(kinds)
        case FieldIs(field=field, values=values):
            return facts.fields.get(field, ""), _listed(values)
        case FieldCompares(field=field, comparison=comparison, than=than):
            return facts.fields.get(field, ""), f"{_SIGNS[comparison]}{than:f}"
        case AgeCompares(comparison=comparison, years=years):
            age = "" if facts.age is None else str(facts.age)
            return age, f"{_SIGNS[comparison]}{years}"
        case CounterIs(counters=counters):
            return facts.counter, _listed(counters)
        case PlaceWithin(path=path, places=places):
            return facts.text_at(path), _listed(places)
        case DateCompares(path=path, comparison=comparison, than=moved):
            day = moved.on(facts)
            wanted = f"{_SIGNS[comparison]}{day.isoformat()}" if day else ""
            return facts.text_at(path), wanted
        case ValueIs(path=path, values=values):
            return facts.text_at(path), _listed(values)
        case ValueContains(path=path, words=words):
            return facts.text_at(path), _listed(words)
        case ValueCompares(path=path, comparison=comparison, than=than):
            return facts.text_at(path), f"{_SIGNS[comparison]}{than:f}"
        case CertificateUsed(type_code=type_code):
            return facts.look(f"certificate:{type_code}:number"), _type_name(standard, type_code)
        case MaterialGiven(material=code):
            there = leaf.truth(facts) is Truth.YES
            name = standard.requirement(code).name
            return (name if there else ""), name


def _listed(values: Iterator[str] | tuple[str, ...]) -> str:
    return "/".join(values)


def _labels(standard: ItemStandard, question: str) -> dict[str, str]:
    asked = next((one for one in standard.questions if one.code == question), None)
    return {option.code: option.label for option in asked.options} if asked else {}


def _type_name(standard: ItemStandard, type_code: str) -> str:
    links = (asked.certificate for asked in standard.requirements if asked.certificate)
    return next((link.type_name for link in links if link.type_code == type_code), type_code)


def _opposite(wanted: str) -> str:
    """Say what is asked for where a comparison must not hold."""
    if wanted == ACTS_FOR:
        return ACTS_HIMSELF
    if wanted[:1] in _OPPOSITE:
        return f"{_OPPOSITE[wanted[0]]}{wanted[1:]}"
    return f"{NOT}{wanted}" if wanted else ""
