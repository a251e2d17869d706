"""Every situation a condition can meet in its standard: for the lint.

A condition that holds in none of them is never asked; one that holds in all of them changes
nothing. What nobody can list (a certificate's value, an address, a day) is taken to be free: it may
hold and it may not, so nothing is called impossible that is not.
"""

from collections.abc import Iterator
from dataclasses import field
from datetime import date
from decimal import Decimal
from itertools import product
from math import prod
from typing import Final

from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    ApplicantIs,
    Condition,
    FieldCompares,
    FieldIs,
    HandlerActs,
    Not,
)
from clerk.domain.facts import Facts, Truth
from clerk.domain.party import PartyKind
from clerk.domain.standard import FieldKind, ItemStandard, Question
from clerk.values import dataclass, replace

MOST: Final = 20_000
"""So many situations are looked through; a condition with more is not decided."""

_OLDEST: Final = 120
_NOT_NAMED: Final = "\x00"
"""Stands for every text that no condition names; with a name behind it, for what is free."""
_HOLDS: Final = ("holds",)
_NOBODY: Final = Facts(
    answers={},
    fields={},
    applicant_kind=None,
    age=None,
    has_handler=False,
    on=date(2026, 1, 1),
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What conditions look at, each with the values that make a difference."""

    questions: dict[str, None] = field(default_factory=dict)
    texts: dict[str, set[str]] = field(default_factory=dict)
    ages: set[int] = field(default_factory=set)
    kinds: list[PartyKind | None] = field(default_factory=lambda: [None])
    handlers: list[bool] = field(default_factory=lambda: [False])


class Situations:
    """The situations of one standard, worked out for the conditions that are asked about."""

    def __init__(self, standard: ItemStandard) -> None:
        """Take the standard; nothing is worked out yet."""
        self._kinds = standard.applicant_kinds
        self._questions = {question.code: question for question in standard.questions}
        self._choices = {
            line.code: {option.label for option in line.options}
            for line in standard.fields
            if line.kind is FieldKind.CHOICE
        }

    def truths(
        self, condition: Condition, given: Condition | None = None
    ) -> frozenset[Truth] | None:
        """Return every truth ``condition`` has where ``given`` holds; None if there are too many.

        Empty where ``given`` never holds.
        """
        asked = _listed(condition)
        where = None if given is None else _listed(given)
        seen = _Seen()
        for one in (asked, where):
            if one is not None:
                self._look(one, seen)
        if self._number(seen) > MOST:
            return None
        return frozenset(
            asked.truth(facts)
            for facts in self._facts(seen)
            if where is None or where.truth(facts) is Truth.YES
        )

    def can_hold(self, condition: Condition | None) -> bool:
        """Whether there is a situation in which it holds, or nobody can tell."""
        if condition is None:
            return True
        found = self.truths(condition)
        return found is None or Truth.YES in found

    def _look(self, condition: Condition, seen: _Seen) -> None:
        match condition:
            case AnswerIs(question=code):
                self._look_at_question(code, seen)
            case FieldIs(field=code, values=values):
                others = self._choices.get(code, {_NOT_NAMED})
                seen.texts.setdefault(code, set()).update({*values, *others})
            case FieldCompares(field=code, than=than):
                near = (than - Decimal("0.5"), than, than + Decimal("0.5"))
                seen.texts.setdefault(code, set()).update(map(str, near))
            case AgeCompares(years=years):
                seen.ages.update({max(years - 1, 0), years, years + 1, _OLDEST})
            case ApplicantIs():
                seen.kinds[:] = self._kinds
            case HandlerActs():
                seen.handlers[:] = [False, True]
            case Not(of=inner):
                self._look(inner, seen)
            case AllOf(of=inners) | AnyOf(of=inners):
                for one in inners:
                    self._look(one, seen)

    def _look_at_question(self, code: str, seen: _Seen) -> None:
        question = self._questions.get(code)
        if question is None or code in seen.questions:
            return
        if question.when is not None:
            self._look(_listed(question.when), seen)
        kind, _, bounds = question.known_from.partition(":")
        if kind == "applicant.kind":
            seen.kinds[:] = self._kinds
        elif kind == "handler":
            seen.handlers[:] = [False, True]
        elif kind == "applicant.age":
            for _, low in _bounds(bounds):
                seen.ages.update({max(low - 1, 0), low})
        seen.questions[code] = None  # behind those it depends on

    def _number(self, seen: _Seen) -> int:
        answers = prod(len(self._questions[code].options) + 1 for code in seen.questions)
        texts = prod(len(values) for values in seen.texts.values())
        return answers * texts * max(len(seen.ages), 1) * len(seen.kinds) * len(seen.handlers)

    def _facts(self, seen: _Seen) -> Iterator[Facts]:
        codes = list(seen.texts)
        ages: list[int | None] = [*sorted(seen.ages)] or [None]
        for texts in product(*(sorted(seen.texts[code]) for code in codes)):
            fields = dict(zip(codes, texts, strict=True))
            for kind, age, handler in product(seen.kinds, ages, seen.handlers):
                facts = replace(
                    _NOBODY, fields=fields, applicant_kind=kind, age=age, has_handler=handler
                )
                yield from self._answered(facts, list(seen.questions))

    def _answered(self, facts: Facts, questions: list[str]) -> Iterator[Facts]:
        """Answer the questions in every way in which they are put, those before first."""
        if not questions:
            yield facts
            return
        question = self._questions[questions[0]]
        if question.when is not None and _listed(question.when).truth(facts) is not Truth.YES:
            yield from self._answered(facts, questions[1:])
            return
        known = _known(question, facts)
        for option in [known] if known else [one.code for one in question.options]:
            answers = {**facts.answers, question.code: option}
            yield from self._answered(replace(facts, answers=answers), questions[1:])


def _listed(condition: Condition) -> Condition:
    """Return the condition with a free field in place of whatever cannot be listed."""
    match condition:
        case Not(of=inner):
            return Not(of=_listed(inner))
        case AllOf(of=inners):
            return AllOf(of=tuple(map(_listed, inners)))
        case AnyOf(of=inners):
            return AnyOf(of=tuple(map(_listed, inners)))
        case AnswerIs() | ApplicantIs() | FieldIs() | FieldCompares() | AgeCompares():
            return condition
        case HandlerActs():
            return condition
        case free:
            return FieldIs(field=f"{_NOT_NAMED}{free}", values=_HOLDS)


def _known(question: Question, facts: Facts) -> str:
    """Return the option that a fact answers beforehand, empty where none does."""
    kind, _, bounds = question.known_from.partition(":")
    if kind == "applicant.kind" and facts.applicant_kind is not None:
        return facts.applicant_kind.value
    if kind == "handler":
        return "handler" if facts.has_handler else "self"
    if kind == "applicant.age" and facts.age is not None:
        reached = [(low, option) for option, low in _bounds(bounds) if facts.age >= low]
        return max(reached)[1] if reached else ""
    return ""


def _bounds(text: str) -> Iterator[tuple[str, int]]:
    for part in text.split(","):
        option, _, low = part.partition("=")
        if low.isdecimal():
            yield option, int(low)
