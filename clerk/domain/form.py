"""What this case is asked, out of everything its standard could ask."""

from dataclasses import dataclass
from datetime import date

from clerk.domain.case import Case
from clerk.domain.condition import (
    AllOf,
    AnswerIs,
    AnyOf,
    Condition,
    Facts,
    Not,
    Truth,
    evaluate,
)
from clerk.domain.residents import age_on
from clerk.domain.standard import FormField, ItemStandard, Question, Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A line an answer took away, and the question that was answered."""

    requirement: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Questions, form lines and materials of one case, each in the standard's order.

    A material stays on the list while nobody can tell whether it is needed, so that the list
    only ever grows shorter as questions are answered.
    """

    questions: tuple[Question, ...]
    fields: tuple[FormField, ...]
    requirements: tuple[Requirement, ...]
    dropped: tuple[Dropped, ...]


def facts_of(case: Case, on: date) -> Facts:
    """Collect what conditions may look at; only filled fields and given answers count."""
    party = case.applicant.party if case.applicant else None
    born = party.birth_on if party else None
    return Facts(
        answers={code: answer.option for code, answer in case.answers.items()},
        fields={code: held.value for code, held in case.values.items()},
        applicant_kind=party.kind if party else None,
        age=age_on(born, on) if born else None,
        has_handler=case.handler is not None,
        on=on,
    )


def asked_of(standard: ItemStandard, facts: Facts) -> Asked:
    """Cut the standard down to what these facts ask for."""
    questions = tuple(
        question for question in standard.questions if evaluate(question.when, facts) is Truth.YES
    )
    needed = [(asked, evaluate(asked.when, facts)) for asked in standard.requirements]
    dropped = tuple(
        Dropped(requirement=asked.code, question=_question_in(asked.when, facts))
        for asked, truth in needed
        if truth is Truth.NO
    )
    return Asked(
        questions=questions,
        fields=tuple(line for line in standard.fields if evaluate(line.when, facts) is Truth.YES),
        requirements=tuple(asked for asked, truth in needed if truth is not Truth.NO),
        dropped=dropped,
    )


def _question_in(condition: Condition | None, facts: Facts, truth: Truth = Truth.NO) -> str:
    """Return the answered question that gives ``condition`` its ``truth``; empty where none does.

    Of several parts that must all hold, it is one that does not, not merely one that was asked.
    """
    match condition:
        case AnswerIs(question=question) if question in facts.answers:
            return question
        case Not(of=inner):
            return _question_in(inner, facts, Truth.YES if truth is Truth.NO else Truth.NO)
        case AllOf(of=inners) | AnyOf(of=inners):
            telling = (inner for inner in inners if inner.truth(facts) is truth)
            named = (_question_in(inner, facts, truth) for inner in telling)
            return next((question for question in named if question), "")
        case _:
            return ""
