"""Acts that carry a case through its levels (初审、审核、转报、即收即办), and 督办 on the way."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from clerk.domain import chain, concluding, urging
from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import CaseRules
from clerk.domain.errors import BadInput
from clerk.domain.identity import Session

Doer = Callable[[CaseRules, Case, ActWords, Session, datetime], Case]

AGREED: Final = "agreed"
DISAGREED: Final = "disagreed"


def _give_opinion(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    if words.choice not in {AGREED, DISAGREED}:
        raise BadInput("还没选同意还是不同意，没有转下一级。选一项再办")
    agreed = words.choice == AGREED
    return chain.give_opinion(rules, case, agreed, words.note, session, at)


def _send_down(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    return chain.send_down(rules, case, words.choice, words.reason, session, at)


def _pass_on(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    return chain.pass_on(rules, case, words.note, words.reason, session, at)


def _conclude(rules: CaseRules, case: Case, _: ActWords, session: Session, at: datetime) -> Case:
    return concluding.conclude(rules, case, session, at)


def _urge(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    if words.until_on is None:
        raise BadInput("还没写哪天前回复，没有发督办。选一天再发")
    return urging.urge(rules, case, words.note, words.until_on, session, at)


def _answer_urging(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    return urging.answer(rules, case, words.note, session, at)


DOES: Mapping[CaseAct, Doer] = MappingProxyType(
    {
        CaseAct.GIVE_OPINION: _give_opinion,
        CaseAct.SEND_DOWN: _send_down,
        CaseAct.PASS_ON: _pass_on,
        CaseAct.CONCLUDE: _conclude,
        CaseAct.URGE: _urge,
        CaseAct.ANSWER_URGING: _answer_urging,
    }
)
