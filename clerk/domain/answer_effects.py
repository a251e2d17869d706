"""What each answer does to the list: the materials and form lines it asks for, and those it drops.

Found by asking the form twice, with the answer and without it, so that nothing has to be kept: it
says what the check says, also years later under the version of the case.
"""

from collections.abc import Sequence

from clerk.domain.case import Case
from clerk.domain.condition import AnswerIs, Condition, Facts, Truth, evaluate, leaves_of
from clerk.domain.form import Asked, asked_of
from clerk.domain.standard import FormField, ItemStandard, Question, Requirement
from clerk.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEffects:
    """One answer and all that it did, each in the standard's order.

    What falls away does so by the clause of the question, which tells the situations apart; what
    is asked for brings its own.
    """

    question: Question
    option: str
    materials: tuple[Requirement, ...] = ()
    dropped_materials: tuple[Requirement, ...] = ()
    fields: tuple[FormField, ...] = ()
    dropped_fields: tuple[FormField, ...] = ()

    @property
    def label(self) -> str:
        """The answer in the standard's words."""
        options = self.question.options
        return next((one.label for one in options if one.code == self.option), self.option)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What the form asks for under these facts."""

    facts: Facts
    asked: Asked


@dataclass(frozen=True, slots=True)
class _Look:
    """Tells of a condition whether the answer settled it."""

    question: str
    without: Facts
    given: Facts

    def turned(self, condition: Condition | None, truth: Truth) -> bool:
        """Whether it came to be so by the answer, and was not known before."""
        looks = any(
            isinstance(leaf, AnswerIs) and leaf.question == self.question
            for leaf in leaves_of(condition)
        )
        return (
            looks
            and evaluate(condition, self.given) is truth
            and evaluate(condition, self.without) is Truth.UNKNOWN
        )


def effects(standard: ItemStandard, facts: Facts, question: str) -> AnswerEffects | None:
    """Return what the answer to ``question`` does beside all others; None while it is open.

    A material counts as asked for once it is certain, though it stood on the list before:
    nothing is left out while nobody can tell.
    """
    found = next((one for one in standard.questions if one.code == question), None)
    if found is None or question not in facts.answers:
        return None
    others = {code: option for code, option in facts.answers.items() if code != question}
    without = _asking(standard, replace(facts, answers=others))
    return _between(standard, found, without, _asking(standard, facts))


def all_effects(standard: ItemStandard, facts: Facts) -> tuple[AnswerEffects, ...]:
    """Return what each answer does after those before it, in the standard's order.

    So each line that fell away by an answer stands at exactly one: at the first that sufficed.
    """
    given: dict[str, str] = {}
    before = _asking(standard, replace(facts, answers=dict(given)))
    found: list[AnswerEffects] = []
    for question in standard.questions:
        if question.code not in facts.answers:
            continue
        given[question.code] = facts.answers[question.code]
        after = _asking(standard, replace(facts, answers=dict(given)))
        if question in after.asked.questions:
            found.append(_between(standard, question, before, after))
        before = after
    return tuple(found)


def last_answered(case: Case, questions: Sequence[str]) -> str:
    """Return which of ``questions`` was answered last, empty while none was."""
    given = [(case.answers[code].at, code) for code in case.answers if code in questions]
    latest = max((at for at, _ in given), default=None)
    return next((code for at, code in reversed(given) if at == latest), "")


def _asking(standard: ItemStandard, facts: Facts) -> _Asking:
    return _Asking(facts, asked_of(standard, facts))


def _between(
    standard: ItemStandard, question: Question, without: _Asking, given: _Asking
) -> AnswerEffects:
    before, now = _codes(without.asked.requirements), _codes(given.asked.requirements)
    lines_before, lines_now = _codes(without.asked.fields), _codes(given.asked.fields)
    look = _Look(question.code, without.facts, given.facts)
    return AnswerEffects(
        question=question,
        option=given.facts.answers[question.code],
        materials=tuple(
            one
            for one in given.asked.requirements
            if one.code not in before or look.turned(one.when, Truth.YES)
        ),
        dropped_materials=tuple(one for one in without.asked.requirements if one.code not in now),
        fields=tuple(line for line in given.asked.fields if line.code not in lines_before),
        dropped_fields=tuple(
            line
            for line in standard.fields
            if line.code not in lines_now
            and (line.code in lines_before or look.turned(line.when, Truth.NO))
        ),
    )


def _codes(lines: Sequence[Requirement] | Sequence[FormField]) -> frozenset[str]:
    return frozenset(line.code for line in lines)
