"""How an act or a message moves a case: its events are the truth, all else follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.clock import CaseFacts, CaseLaw, after, facts_of, moves, terms_of
from clerk.domain.deadlines import Term, WorkCalendar
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.standard import ItemStandard, Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRules:
    """What governs one case: the version of its item, the law of its kind, the calendar."""

    standard: ItemStandard
    law: CaseLaw
    calendar: WorkCalendar


def event_by(
    session: Session,
    kind: CaseEventKind,
    at: datetime,
    *,
    on: date | None = None,
    limit: Limit | None = None,
    until_on: date | None = None,
    subject: str = "",
    granted: bool | None = None,
    **detail: str,
) -> CaseEvent:
    """Return the line that this person adds to the course of a case."""
    return CaseEvent(
        kind=kind,
        at=at,
        actor=session.account.account_id,
        actor_name=session.account.display_name,
        detail=detail,
        on=on,
        limit=limit,
        until_on=until_on,
        subject=subject,
        granted=granted,
    )


def must_be(case: Case, *states: CaseState) -> None:
    """Raise ``NotAcceptable`` unless the case is in one of these states."""
    if case.state not in states:
        raise _not_now()


def done(rules: CaseRules, case: Case, *events: CaseEvent) -> Case:
    """Return the case after an act of ours, which its law and its state must allow.

    Raises:
        NotAcceptable: the act is not allowed now, or the clock stands before the last event.
    """
    facts = facts_of(rules.law, case.events)
    last_at = case.events[-1].at if case.events else events[0].at
    for event in events:
        if event.at < last_at:
            raise NotAcceptable("电脑时间比这件的上一步还早，没有改动。请核对电脑时间，对了再办")
        if not moves(rules.law, facts, event):
            raise _not_now()
        facts, last_at = after(rules.law, facts, event), event.at
    return _standing(rules, case, events, facts)


def settled(rules: CaseRules, case: Case, told: Sequence[CaseEvent] = ()) -> Case:
    """Return the case with what it was told, and everything that follows from all its events.

    What the law or the state does not allow moves nothing and only stands in the course.
    """
    facts = facts_of(rules.law, (*case.events, *told))
    return _standing(rules, case, told, facts)


def _standing(rules: CaseRules, case: Case, told: Sequence[CaseEvent], facts: CaseFacts) -> Case:
    terms = terms_of(rules.law, facts, rules.calendar)
    promised, statutory = terms.get(Term.PROMISED), terms.get(Term.STATUTORY)
    stopped = promised is None and facts.state is CaseState.SPECIAL_PROCEDURE
    return replace(
        case,
        events=(*case.events, *told),
        state=facts.state,
        received_at=facts.received_at,
        accepted_at=facts.accepted_at,
        received_on=facts.received_on,
        accepted_on=facts.accepted_on,
        terms=terms,
        due_on=promised.on if promised else None if stopped else case.due_on,
        statutory_due_on=statutory.on if statutory else None if stopped else case.statutory_due_on,
        dates_estimated=any(due.estimated for due in terms.values()),
    )


def _not_now() -> NotAcceptable:
    return NotAcceptable("这件现在的状态不能这样办，没有改动。按 F5 刷新后看最新进度")
