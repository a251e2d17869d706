"""Checks of the rules across a case: what must hold, agree, or not come together."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, time
from typing import Final

from clerk.domain.case import Case
from clerk.domain.compared import compared_by, numbers_close, there_together
from clerk.domain.condition import evaluate, leaves_of, paths_in
from clerk.domain.days import HALL_ZONE
from clerk.domain.facts import Facts, Truth
from clerk.domain.findings import Check, Finding, Group, Outcome, Remedy
from clerk.domain.moved_day import day_in
from clerk.domain.path_values import value_at
from clerk.domain.rule import Rule, RuleKind
from clerk.domain.standard import ItemStandard

_GROUPS: Final = {group.value: group for group in Group}
_OUTCOMES: Final = {
    Truth.YES: Outcome.PASS,
    Truth.NO: Outcome.FAIL,
    Truth.UNKNOWN: Outcome.CANNOT_TELL,
}


def check_rules(standard: ItemStandard, case: Case, facts: Facts) -> Iterator[Finding]:
    """Say of every rule that applies whether it holds, and what was compared."""
    for rule in standard.rules:
        if evaluate(rule.when, facts) is not Truth.YES:
            continue
        truth, given, wanted = _compared(rule, standard, case, facts)
        if truth is Truth.UNKNOWN and _seen_by_a_person(rule, case, facts):
            truth = Truth.YES
        yield Finding(
            outcome=_OUTCOMES[truth],
            check=Check.RULE,
            group=_GROUPS.get(rule.group, Group.FORM),
            subject=rule.code,
            subject_name=rule.text,
            basis=rule.basis,
            rule_version=standard.version,
            hard=rule.hard,
            given=given,
            wanted=wanted,
            text=rule.text,
            remedy_text=rule.remedy,
            remedies=(Remedy.DECLINE,) if rule.ends and truth is Truth.NO else (),
        )


def _compared(
    rule: Rule, standard: ItemStandard, case: Case, facts: Facts
) -> tuple[Truth, str, str]:
    """Return whether the rule holds, and the two values that were compared."""
    match rule.kind:
        case RuleKind.HOLDS:
            if rule.must is None:
                return Truth.YES, "", ""
            truth = rule.must.truth(facts)
            given, wanted = compared_by(rule.must, standard, facts, truth)
            return truth, given, wanted
        case RuleKind.FIELDS_EQUAL | RuleKind.NAME_MATCHES_CERTIFICATE:
            first, second = _texts(rule, standard, case, facts)
            if not (first and second):
                return Truth.UNKNOWN, first, second
            return (Truth.YES if first == second else Truth.NO), first, second
        case RuleKind.NUMBERS_CLOSE:
            first, second = _texts(rule, standard, case, facts)
            truth, tolerance = numbers_close(rule, first, second)
            allowed = f"±{tolerance.normalize():f}" if tolerance else ""
            return truth, first, f"{second}{allowed}"
        case RuleKind.DATE_NOT_BEFORE_TODAY:
            (text,) = _texts(rule, standard, case, facts)
            day, today = day_in(text), facts.on
            if day is None:
                return Truth.UNKNOWN, text, today.isoformat()
            return (Truth.YES if day >= today else Truth.NO), text, today.isoformat()
        case RuleKind.NOT_TOGETHER:
            there = there_together(rule, standard, case)
            return (Truth.NO if len(there) > 1 else Truth.YES), "/".join(there), "≤1"


def _texts(rule: Rule, standard: ItemStandard, case: Case, facts: Facts) -> list[str]:
    noon = datetime.combine(facts.on, time(12), tzinfo=HALL_ZONE)
    found = (value_at(path, standard, case, noon) for path in rule.subjects)
    return [held.value if held else "" for held in found]


def _seen_by_a_person(rule: Rule, case: Case, facts: Facts) -> bool:
    """Whether all that is unknown is what a source would say where a person took the paper instead.

    Comparing with a certificate that nobody called, or with shared data that nobody asked or that
    is contested, would block every case on paper; what a person must compare then stands among the
    material's review points.
    """
    held = case.evidence.values()
    called = {one.certificate.type_code for one in held if one.certificate}
    called |= {one.shared.source.value for one in held if one.shared}
    if rule.must is None:
        return _uncalled(rule.subjects, called)
    unknown = [leaf for leaf in leaves_of(rule.must) if leaf.truth(facts) is Truth.UNKNOWN]
    return bool(unknown) and all(_uncalled(paths_in(leaf), called) for leaf in unknown)


def _uncalled(paths: Iterable[str], called: Collection[str]) -> bool:
    """Whether one of ``paths`` leads to a certificate or a source of data that was not called."""
    asked = (path.split(":")[1] for path in paths if path.startswith(("certificate:", "shared:")))
    return any(one not in called for one in asked)
