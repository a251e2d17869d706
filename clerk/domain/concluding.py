"""Items that leave nothing to decide (备案, 即收即办): what is complete is done when it is accepted."""

from datetime import datetime

from clerk.domain.after_check import checks_to_set
from clerk.domain.case import Case, CaseEventKind, CaseState, Decision
from clerk.domain.clock import facts_of
from clerk.domain.course import CaseRules, done, event_by, must_be, settled
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.papers import PaperKind
from clerk.domain.unclaimed import lies_there
from clerk.values import replace


def concludes(rules: CaseRules, case: Case) -> bool:
    """Whether the case is done as soon as somebody says so: accepted, nothing late, no decision."""
    if not rules.law.concludes or case.state is not CaseState.ACCEPTED:
        return False
    return not facts_of(rules.law, case.events).deferred


def conclude(rules: CaseRules, case: Case, session: Session, at: datetime) -> Case:
    """Conclude an accepted case; its result waits at the window, under the number of its paper.

    Raises:
        NotAcceptable: the law of its kind wants a decision, or a late paper is still open.
    """
    must_be(case, CaseState.ACCEPTED)
    if not rules.law.concludes:
        raise NotAcceptable("这个事项要经审批决定，没有办结。按流程审批")
    if not concludes(rules, case):
        raise NotAcceptable("容缺材料还没补齐，没有办结。等材料补齐再办")
    number = case.paper_numbers[PaperKind.DECISION.value]
    noted = Decision(
        granted=True,
        opinion="",
        at=at,
        by=session.account.account_id,
        by_name=session.account.display_name,
        number=number,
    )
    told = event_by(session, CaseEventKind.CONCLUDED, at, number=number)
    concluded = done(rules, replace(case, decision=noted, with_whom=""), told)
    promised = settled(rules, concluded, checks_to_set(rules, concluded, told.day, at))
    return lies_there(rules, promised, at)
