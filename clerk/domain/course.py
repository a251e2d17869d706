"""How an act or a message moves a case: its events are the truth, all else follows from them."""

from collections.abc import Sequence
from dataclasses import field
from datetime import date, datetime

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.changes import Change, Snapshot, changes, snapshot
from clerk.domain.clock import (
    ALLOWED_FROM,
    CaseFacts,
    CaseLaw,
    after,
    facts_of,
    late_papers_pause,
    moves,
    terms_of,
)
from clerk.domain.deadlines import Term, WorkCalendar
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.limits import Limit
from clerk.domain.office import OfficeRules, counted_on
from clerk.domain.standard import ItemStandard
from clerk.domain.tasks import standing_tasks, tasks_after
from clerk.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRules:
    """What governs one case: its item's version, the law of its kind, the calendar, the hall."""

    standard: ItemStandard
    law: CaseLaw
    calendar: WorkCalendar
    office: OfficeRules = field(default_factory=OfficeRules)


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
    changed: tuple[Change, ...] = (),
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
        changed=changed,
    )


def standing(case: Case) -> Snapshot:
    """Return how the fields and materials of the case stand now."""
    texts = {code: held.value for code, held in case.values.items()}
    return snapshot(texts, case.evidence)


def changed_since_asked(case: Case) -> tuple[Change, ...]:
    """Return what is different from when something was asked for, nothing where nothing was."""
    return () if case.asked_at is None else changes(case.asked_at, standing(case))


def must_be(case: Case, *states: CaseState) -> None:
    """Raise ``NotAcceptable`` unless the case is in one of these states."""
    if case.state not in states:
        raise _not_now()


def done(rules: CaseRules, case: Case, *events: CaseEvent) -> Case:
    """Return the case after an act of ours, which its law and its state must allow.

    An event that never moves a case (a note in its course) is allowed in every state.

    Raises:
        NotAcceptable: the act is not allowed now, or the clock stands before the last event.
    """
    events = tuple(case.stamped(_on_its_day(rules, event)) for event in events)
    facts = facts_of(rules.law, case.events)
    ours = (event.at for event in reversed(case.events) if event.actor)
    last_at = next(ours, events[0].at)  # what others told bears the time of their own clock
    for event in events:
        if event.at < last_at:
            raise NotAcceptable("电脑时间比这件的上一步还早，没有改动。请核对电脑时间，对了再办")
        if event.kind in ALLOWED_FROM and not moves(rules.law, facts, event):
            raise _not_now()
        facts, last_at = after(rules.law, facts, event), event.at
    return _standing(rules, case, events, facts)


_BY_THE_HALLS_DAY = frozenset(
    {
        CaseEventKind.RECEIVED,
        CaseEventKind.NOTIFIED_ONCE,
        CaseEventKind.CORRECTED,
        CaseEventKind.ACCEPTED,
    }
)
"""Acts at the window whose day the hall's own rule decides, where they come after hours."""


def _on_its_day(rules: CaseRules, event: CaseEvent) -> CaseEvent:
    if event.kind not in _BY_THE_HALLS_DAY or event.on is not None:
        return event
    day = counted_on(rules.office, event.at, rules.calendar)
    return event if day is None else replace(event, on=day)


def settled(rules: CaseRules, case: Case, told: Sequence[CaseEvent] = ()) -> Case:
    """Return the case with what it was told, and everything that follows from all its events.

    What the law or the state does not allow moves nothing and only stands in the course. Told of
    nothing, everything is worked out again, by the calendar as it is now.
    """
    if told and not any(event.kind in ALLOWED_FROM for event in told):
        return _noted(case, told)
    facts = facts_of(rules.law, (*case.events, *told))
    return _standing(rules, case, told, facts)


def _noted(case: Case, told: Sequence[CaseEvent]) -> Case:
    """Return the case with notes in its course: of all that follows, they change its tasks only."""
    tasks = standing_tasks(tasks_after(case.tasks, told), case.state)
    return replace(case, events=(*case.events, *told), tasks=tasks)


def _standing(rules: CaseRules, case: Case, told: Sequence[CaseEvent], facts: CaseFacts) -> Case:
    terms = terms_of(rules.law, facts, rules.calendar)
    promised, statutory = terms.get(Term.PROMISED), terms.get(Term.STATUTORY)
    stopped = promised is None and (
        facts.state is CaseState.SPECIAL_PROCEDURE or late_papers_pause(rules.law, facts)
    )
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
        tasks=standing_tasks(tasks_after(case.tasks, told), facts.state),
    )


def _not_now() -> NotAcceptable:
    return NotAcceptable("这件现在的状态不能这样办，没有改动。按 F5 刷新后看最新进度")


def derived_again(rules: CaseRules, case: Case) -> Case:
    """Return the case with everything that follows from its events worked out from nothing.

    Event by event, so that a due date which the decision ended is found as it last stood.
    """
    bare = replace(
        case,
        events=(),
        state=CaseState.DRAFT,
        terms={},
        tasks={},
        due_on=None,
        statutory_due_on=None,
    )
    facts = facts_of(rules.law, ())
    for event in case.events:
        facts = after(rules.law, facts, event)
        bare = _standing(rules, bare, (event,), facts)
    return bare if case.events else _standing(rules, bare, (), facts)
