"""The statutory clock (法定时钟): a case's events in, its state and its running terms out.

``facts_of`` folds the events, without any calendar; ``terms_of`` counts the days. An event that
the state does not allow changes nothing: it stays in the course for people to read, since what
other systems tell arrives late and out of order.

Source: 行政许可法 art. 32, 42, 44, 45, 82; what governs a case of another kind comes with its
``CaseLaw``, never from here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime, timedelta

from clerk.domain.case import CaseEvent, CaseEventKind, CaseState
from clerk.domain.deadlines import DueDate, Term, WorkCalendar, due_date, workdays_between
from clerk.domain.kind_law import KindLaw
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.standard import ItemStandard
from clerk.values import dataclass, replace

K, S = CaseEventKind, CaseState
_DAY = timedelta(days=1)

_PENDING = frozenset({S.ACCEPTED, S.UNDER_REVIEW})
_OPEN = _PENDING | {S.RECEIVED, S.CORRECTION_DUE, S.SPECIAL_PROCEDURE}

ALLOWED_FROM: Mapping[CaseEventKind, frozenset[CaseState]] = {
    K.RECEIVED: frozenset({S.DRAFT}),
    K.NOTIFIED_ONCE: frozenset({S.RECEIVED, S.CORRECTION_DUE}),
    K.CORRECTED: frozenset({S.CORRECTION_DUE}),
    K.ACCEPTED: frozenset({S.RECEIVED}),
    K.DEEMED_ACCEPTED: frozenset({S.RECEIVED}),
    K.DECLINED: frozenset({S.DRAFT, S.RECEIVED}),
    K.DEFERRED: frozenset({S.ACCEPTED}),
    K.SUPPLIED: _PENDING | {S.SPECIAL_PROCEDURE, S.GRANTED, S.RESULT_WAITING},
    K.DEFERRAL_EXCUSED: _PENDING | {S.SPECIAL_PROCEDURE},
    K.HANDED_OFF: frozenset({S.ACCEPTED}),
    K.PROCEDURE_STARTED: _PENDING,
    K.PROCEDURE_ENDED: frozenset({S.SPECIAL_PROCEDURE}),
    K.EXTENDED: _PENDING,
    K.DECIDED: _PENDING | {S.RECEIVED, S.SPECIAL_PROCEDURE},
    K.DECISION_CORRECTED: frozenset({S.GRANTED, S.REFUSED, S.RESULT_WAITING, S.HANDED_OUT}),
    K.RESULT_READY: frozenset({S.GRANTED, S.REFUSED}),
    K.HANDED_OUT: frozenset({S.RESULT_WAITING}),
    K.WITHDRAWN: _OPEN,
    K.LAPSED: _PENDING | {S.CORRECTION_DUE, S.SPECIAL_PROCEDURE},
    K.VOIDED: _OPEN | {S.DRAFT},
    K.PASSED_ON: _PENDING,
    K.STEP_DONE: _PENDING,
    K.STEP_RETURNED: _PENDING,
    K.CONCLUDED: frozenset({S.ACCEPTED}),
    K.DECISION_REVOKED: frozenset({S.GRANTED, S.RESULT_WAITING, S.HANDED_OUT}),
    K.REVOCATION_SERVED: frozenset({S.REVOKED}),
}
"""From which states an event moves a case. Kinds without a line here never move it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLaw:
    """One level that gives its opinion before the decision (初审、审核、公示), and its own term."""

    code: str
    limit: Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLaw:
    """Every term that governs one case: its item's, its kind's and the office's own.

    ``notice_limit`` is the term for the one complete notice, None where the kind has none;
    ``silence_accepts`` whether it then counts as accepted. ``excluding`` names the special
    procedures whose time does not count, ``extension`` the longest term that may be added.
    ``statement`` is how long the applicant may speak before a refusal (陈述申辩), if he is asked.
    ``chain`` are the levels in their order, ``concludes`` says that acceptance leaves nothing to
    decide (备案, 即收即办). ``deferral_pauses``: the time until a late paper comes does not count.
    """

    notice_limit: Limit | None
    silence_accepts: bool
    promised: Limit
    statutory: Limit
    excluding: frozenset[str]
    extension: Limit | None
    delivery: Limit | None
    statement: Limit | None = None
    chain: tuple[StepLaw, ...] = ()
    concludes: bool = False
    deferral_pauses: bool = False


def case_law(standard: ItemStandard, kind: KindLaw) -> CaseLaw:
    """Return the terms of a case under this version of its item and the law of its kind.

    An item names its special procedures; one that extends bounds the extension (延长审批), the
    others are excluded from the term (行政许可法 art. 42, 45).
    """
    notice = standard.decision_limit_workdays
    longest = [one.days for one in standard.special_procedures if one.extends]
    return CaseLaw(
        notice_limit=None if notice is None else _workdays(notice),
        silence_accepts=kind.silence is not None,
        promised=standard.promised_limit,
        statutory=standard.statutory_limit,
        excluding=frozenset(one.name for one in standard.special_procedures if not one.extends),
        extension=_workdays(max(longest)) if longest else None,
        delivery=kind.delivery_limit,
        statement=kind.statement_limit,
        chain=tuple(StepLaw(code=one.code, limit=one.limit) for one in standard.chain),
        concludes=kind.ends_at_window,
    )


def _workdays(amount: int) -> Limit:
    return Limit(amount=amount, unit=LimitUnit.WORKDAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A special procedure that runs (特别程序); ``until_on`` is the end that was told."""

    name: str
    started_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the events say, before any day is counted.

    ``complete_on`` is the day everything asked for had come in, ``excluded`` the first and last
    days of procedures that do not count, ``deferred`` the last day of each late material.
    ``decided_on`` is the day of what has still to reach the applicant: decision or revocation.
    ``late_since`` is the day from which papers have been late (容缺).
    ``step`` is the level whose opinion is awaited since ``step_on``, empty where none is.
    """

    state: CaseState = CaseState.DRAFT
    received_at: datetime | None = None
    received_on: date | None = None
    complete_on: date | None = None
    accepted_at: datetime | None = None
    accepted_on: date | None = None
    deemed: bool = False
    notified: int = 0
    correct_within: CaseEvent | None = None
    deferred: Mapping[str, date] = field(default_factory=dict)
    procedure: Procedure | None = None
    excluded: tuple[tuple[date, date], ...] = ()
    extended: Limit | None = None
    decided_on: date | None = None
    step: str = ""
    step_on: date | None = None
    late_since: date | None = None


def facts_of(law: CaseLaw, events: Iterable[CaseEvent]) -> CaseFacts:
    """Return what the events say, in the order in which they were written down."""
    facts = CaseFacts()
    for event in events:
        facts = after(law, facts, event)
    return facts


def moves(law: CaseLaw, facts: CaseFacts, event: CaseEvent) -> bool:
    """Whether this event changes a case that stands so."""
    if facts.state not in ALLOWED_FROM.get(event.kind, frozenset()):
        return False
    match event.kind:
        case K.NOTIFIED_ONCE:
            by_the_hall = bool(event.actor and event.detail.get("reason"))
            return facts.state is S.RECEIVED or by_the_hall  # 再次告知, for a written reason
        case K.DEEMED_ACCEPTED:
            return law.silence_accepts
        case K.DEFERRED:
            return event.subject not in facts.deferred  # only an excuse moves a promised day
        case K.SUPPLIED | K.DEFERRAL_EXCUSED:
            return event.subject in facts.deferred
        case K.DECLINED:
            return facts.complete_on is None  # corrected in full: it must be accepted (art. 32 V)
        case K.STEP_DONE:
            return bool(facts.step) and event.subject == facts.step
        case K.STEP_RETURNED:
            return event.subject in _steps_before(law, facts.step)
        case K.CONCLUDED:
            return law.concludes and not facts.deferred
        case K.DECIDED:
            return not law.concludes and not facts.step
        case K.EXTENDED:
            return facts.extended is None and _within(event.limit, law.extension)
        case K.REVOCATION_SERVED:
            return facts.decided_on is not None
        case K.LAPSED:
            return facts.state is S.CORRECTION_DUE or bool(facts.deferred)
        case _:
            return True


def after(law: CaseLaw, facts: CaseFacts, event: CaseEvent) -> CaseFacts:
    """Return the facts with one more event."""
    if not moves(law, facts, event):
        return facts
    day = event.day
    match event.kind:
        case K.RECEIVED:
            return replace(facts, state=S.RECEIVED, received_at=event.at, received_on=day)
        case K.NOTIFIED_ONCE:
            return replace(
                facts,
                state=S.CORRECTION_DUE,
                notified=facts.notified + 1,
                correct_within=event,
            )
        case K.CORRECTED:
            return replace(facts, state=S.RECEIVED, complete_on=day, correct_within=None)
        case K.ACCEPTED:
            return _accepted(law, facts, event, facts.complete_on or day)
        case K.DEEMED_ACCEPTED:
            since = facts.complete_on or facts.received_on
            return replace(_accepted(law, facts, event, since), deemed=True)
        case K.DEFERRED | K.DEFERRAL_EXCUSED:
            last = event.until_on or day
            since = facts.late_since or day
            late = {**facts.deferred, event.subject: last}
            return replace(facts, deferred=late, late_since=since)
        case K.SUPPLIED:
            still = {code: on for code, on in facts.deferred.items() if code != event.subject}
            return _supplied(law, replace(facts, deferred=still), day)
        case K.PROCEDURE_STARTED:
            runs = Procedure(name=event.subject, started_on=day, until_on=event.until_on)
            return replace(facts, state=S.SPECIAL_PROCEDURE, procedure=runs)
        case K.PROCEDURE_ENDED:
            return _procedure_over(law, facts, day, S.UNDER_REVIEW)
        case K.EXTENDED:
            return replace(facts, extended=event.limit)
        case K.STEP_DONE:
            return replace(facts, step=_step_after(law, facts.step), step_on=day)
        case K.STEP_RETURNED:
            return replace(facts, step=event.subject, step_on=day)
        case _:
            return _at_the_end(law, facts, event)


def _supplied(law: CaseLaw, facts: CaseFacts, day: date) -> CaseFacts:
    """Return the facts after a late paper came; with the last one its time is over."""
    if facts.deferred or facts.late_since is None:
        return facts
    if not law.deferral_pauses or day < facts.late_since:
        return replace(facts, late_since=None)
    excluded = (*facts.excluded, (facts.late_since, day))
    return replace(facts, late_since=None, excluded=excluded)


def _at_the_end(law: CaseLaw, facts: CaseFacts, event: CaseEvent) -> CaseFacts:
    """Return the facts after an event by which the decision comes, or without which it ends."""
    day = event.day
    match event.kind:
        case K.CONCLUDED:
            return replace(facts, state=S.RESULT_WAITING, decided_on=day)
        case K.DECIDED | K.DECISION_CORRECTED:
            decided = S.GRANTED if event.granted else S.REFUSED
            return replace(_procedure_over(law, facts, day, decided), decided_on=day)
        case K.DECISION_REVOKED:
            return replace(facts, state=S.REVOKED, decided_on=day)
        case K.REVOCATION_SERVED:
            return replace(facts, decided_on=None)
        case _:
            return replace(facts, state=_NEXT[event.kind])


_NEXT: Mapping[CaseEventKind, CaseState] = {
    K.DECLINED: S.DECLINED,
    K.HANDED_OFF: S.UNDER_REVIEW,
    K.RESULT_READY: S.RESULT_WAITING,
    K.HANDED_OUT: S.HANDED_OUT,
    K.WITHDRAWN: S.WITHDRAWN,
    K.LAPSED: S.LAPSED,
    K.VOIDED: S.VOID,
    K.PASSED_ON: S.PASSED_ON,
}


def _accepted(law: CaseLaw, facts: CaseFacts, event: CaseEvent, on: date | None) -> CaseFacts:
    return replace(
        facts,
        state=S.ACCEPTED,
        accepted_at=event.at,
        accepted_on=on,
        step=_step_after(law, ""),
        step_on=event.day,
    )


def _step_after(law: CaseLaw, step: str) -> str:
    """Return the level that comes after ``step``, the first after none; empty behind the last."""
    codes = ["", *(one.code for one in law.chain), ""]
    return codes[codes.index(step) + 1]


def _steps_before(law: CaseLaw, step: str) -> tuple[str, ...]:
    """Return the levels before ``step``; before the decision, when no step is open, all of them."""
    codes = tuple(one.code for one in law.chain)
    return codes[: codes.index(step)] if step else codes


def terms_of(law: CaseLaw, facts: CaseFacts, calendar: WorkCalendar) -> Mapping[Term, DueDate]:
    """Return the terms that run now and the last day of each (期限届满日).

    While a procedure runs whose time does not count, the promised and the statutory term stand
    still and have no last day.
    """
    running: dict[Term, DueDate] = {}
    match facts.state:
        case S.RECEIVED:
            since = facts.complete_on or facts.received_on
            if law.notice_limit is not None and since is not None:
                running[Term.NOTICE] = due_date(since, law.notice_limit, calendar)
        case S.CORRECTION_DUE:
            told = facts.correct_within
            if told is not None and told.limit is not None:
                running[Term.CORRECTION] = due_date(told.day, told.limit, calendar)
        case S.ACCEPTED | S.UNDER_REVIEW | S.SPECIAL_PROCEDURE:
            running.update(_decision_terms(law, facts, calendar))
        case S.GRANTED | S.REFUSED | S.RESULT_WAITING | S.REVOKED:
            if law.delivery is not None and facts.decided_on is not None:
                running[Term.DELIVERY] = due_date(facts.decided_on, law.delivery, calendar)
    return running


def _decision_terms(
    law: CaseLaw, facts: CaseFacts, calendar: WorkCalendar
) -> Mapping[Term, DueDate]:
    running: dict[Term, DueDate] = {}
    awaited = next((one for one in law.chain if one.code == facts.step), None)
    if awaited is not None and facts.step_on is not None:
        running[Term.STEP] = due_date(facts.step_on, awaited.limit, calendar)
    if facts.deferred:
        last = min(facts.deferred.values())
        running[Term.DEFERRAL] = DueDate(on=last, estimated=not calendar.is_certain(last))
    if facts.procedure is not None and facts.procedure.until_on is not None:
        end = facts.procedure.until_on
        running[Term.PROCEDURE] = DueDate(on=end, estimated=not calendar.is_certain(end))
    stands_still = facts.procedure is not None and facts.procedure.name in law.excluding
    stands_still = stands_still or late_papers_pause(law, facts)
    if facts.accepted_on is not None and not stands_still:
        since = facts.accepted_on
        running[Term.PROMISED] = _decision_due(law.promised, since, facts, calendar)
        running[Term.STATUTORY] = _decision_due(law.statutory, since, facts, calendar)
    return running


def late_papers_pause(law: CaseLaw, facts: CaseFacts) -> bool:
    """Whether the terms stand still because a late paper is still to come."""
    pending = _PENDING | {S.SPECIAL_PROCEDURE}
    return law.deferral_pauses and facts.state in pending and bool(facts.deferred)


def _decision_due(limit: Limit, since: date, facts: CaseFacts, calendar: WorkCalendar) -> DueDate:
    """Return the last day of a limit that runs from acceptance, less what does not count."""
    excluded, counted = 0, since  # day 0 is not counted, so it cannot be excluded
    for first, last in sorted(facts.excluded):  # told of late, and so out of order
        excluded += _length(max(first, counted + _DAY), last, limit.unit, calendar)
        counted = max(counted, last)
    due = due_date(since, replace(limit, amount=limit.amount + excluded), calendar)
    if facts.extended is None:
        return due
    later = due_date(due.on, facts.extended, calendar)
    return replace(later, estimated=due.estimated or later.estimated)


def _length(first: date, last: date, unit: LimitUnit, calendar: WorkCalendar) -> int:
    """Count the days from ``first`` to ``last``, both included, in the unit of the limit."""
    if last < first:
        return 0
    if unit is LimitUnit.DAYS:
        return (last - first).days + 1
    return workdays_between(first - _DAY, last, calendar)


def _procedure_over(law: CaseLaw, facts: CaseFacts, day: date, state: CaseState) -> CaseFacts:
    """End the procedure that runs, if one does; a day that it began too late counts for none."""
    runs = facts.procedure
    if runs is None or runs.name not in law.excluding or day < runs.started_on:
        return replace(facts, state=state, procedure=None)
    excluded = (*facts.excluded, (runs.started_on, day))
    return replace(facts, state=state, procedure=None, excluded=excluded)


def _within(asked: Limit | None, cap: Limit | None) -> bool:
    """Whether a term may be added: in the unit of the cap, and no longer."""
    if asked is None or cap is None:
        return False
    return asked.unit is cap.unit and 0 < asked.amount <= cap.amount
