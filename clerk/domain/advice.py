"""咨询: what an item would ask of somebody, told without opening a case.

What is told counts for the answers that were given and the day it was asked; it promises nothing
and no clock begins with it.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from clerk.domain.condition import evaluate
from clerk.domain.facts import Facts, Truth
from clerk.domain.form import Asked, asked_of
from clerk.domain.party import PartyKind
from clerk.domain.rule import Rule
from clerk.domain.standard import ItemStandard, Question
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Who would apply, whether somebody acts for him, and the options that were answered.

    ``have`` are the codes of the materials he has with him already.
    """

    applicant_kind: PartyKind | None = None
    handler: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    have: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to bring on that day; ``ends`` are the rules by which it is the wrong item.

    ``open`` are the questions nobody has answered: the list may still become shorter.
    """

    standard: ItemStandard
    inquiry: Inquiry
    on: date
    asked: Asked
    ends: tuple[Rule, ...]
    open: tuple[Question, ...]

    @property
    def lacking(self) -> int:
        """How many of the materials he still has to bring."""
        return sum(one.code not in self.inquiry.have for one in self.asked.requirements)


def advise(standard: ItemStandard, inquiry: Inquiry, on: date) -> Advice:
    """Cut the standard down to what was answered; answers to questions not put are left out."""
    put = {one.code for one in asked_of(standard, _facts(inquiry, inquiry.answers, on)).questions}
    answers = {code: option for code, option in inquiry.answers.items() if code in put}
    facts = _facts(inquiry, answers, on)
    asked = asked_of(standard, facts)
    ends = (
        rule
        for rule in standard.rules
        if rule.ends and rule.must is not None and evaluate(rule.when, facts) is Truth.YES
    )
    return Advice(
        standard=standard,
        inquiry=Inquiry(
            applicant_kind=inquiry.applicant_kind,
            handler=inquiry.handler,
            answers=answers,
            have=inquiry.have & {one.code for one in asked.requirements},
        ),
        on=on,
        asked=asked,
        ends=tuple(rule for rule in ends if evaluate(rule.must, facts) is Truth.NO),
        open=tuple(one for one in asked.questions if one.code not in answers),
    )


def _facts(inquiry: Inquiry, answers: Mapping[str, str], on: date) -> Facts:
    return Facts(
        answers=answers,
        fields={},
        applicant_kind=inquiry.applicant_kind,
        age=None,
        has_handler=inquiry.handler,
        on=on,
    )
