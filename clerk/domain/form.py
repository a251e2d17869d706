"""What this case is asked, out of everything its standard could ask."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache, partial

from clerk.domain.case import Case
from clerk.domain.condition import (
    AllOf,
    AnswerIs,
    AnyOf,
    Condition,
    Facts,
    MaterialGiven,
    Not,
    Truth,
)
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.path_values import text_at
from clerk.domain.residents import age_on
from clerk.domain.rule_index import index_of
from clerk.domain.standard import FormField, ItemStandard, Question, Requirement
from clerk.values import dataclass


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that fell away: by the answer to ``question``, or as ``material`` is there instead."""

    requirement: str
    question: str
    material: str = ""


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


def facts_of(case: Case, on: date, calendar: WorkCalendar) -> Facts:
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
        counter=case.counter_code,
        materials={code: held.way for code, held in case.evidence.items() if not held.fault},
        calendar=calendar,
        look=partial(text_at, case),
    )


def asked_of(standard: ItemStandard, facts: Facts) -> Asked:
    """Cut the standard down to what these facts ask for."""
    index = index_of(standard)
    known = index.known(facts)
    requirements: list[Requirement] = []
    dropped: list[Dropped] = []
    for asked, against, node, by_answer in index.requirements:
        if known & against or (node is not None and node.truth(known) is Truth.NO):
            question = _question_in(asked.when, facts) if by_answer else ""
            dropped.append(_fallen(asked.code, question))
        else:
            requirements.append(asked)
    replaced = _replaced(requirements, facts) if index.alternatives else {}
    if replaced:
        dropped += [Dropped(code, "", by) for code, by in replaced.items()]
        requirements = [asked for asked in requirements if asked.code not in replaced]
    return Asked(
        questions=tuple(line for line, node in index.questions if node.truth(known) is Truth.YES),
        fields=tuple(line for line, node in index.fields if node.truth(known) is Truth.YES),
        requirements=tuple(requirements),
        dropped=tuple(dropped),
    )


@lru_cache(maxsize=1024)  # after every key the same lines fall away for the same reasons
def _fallen(requirement: str, question: str) -> Dropped:
    return Dropped(requirement, question)


def _replaced(requirements: Sequence[Requirement], facts: Facts) -> Mapping[str, str]:
    """Return which materials need not come, each with the one that is there instead.

    In the standard's order: of two that may each stand for the other, and are both there, the
    later one stays on the list.
    """
    there = {
        asked.code
        for asked in requirements
        if MaterialGiven(material=asked.code).truth(facts) is Truth.YES
    }
    found: dict[str, str] = {}
    for asked in requirements:
        instead = [code for code in asked.not_needed_with if code in there and code not in found]
        if instead:
            found[asked.code] = instead[0]
    return found


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
