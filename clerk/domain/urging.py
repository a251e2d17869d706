"""督办: a supervisor names the person a case lies with and the clock that runs, and is answered.

It moves neither state nor term. A person urges; where no answer comes by its day, the next one
named hears of it, once.
"""

from datetime import date, datetime

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.course import CaseRules, done, event_by, settled
from clerk.domain.days import local_date
from clerk.domain.deadlines import Term, due_date
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.tasks import TaskKind, is_open, subjects_open, task_done, task_set

K = CaseEventKind


def nearest(case: Case) -> tuple[Term, date] | None:
    """Return the running term that ends first, and its last day; None where none runs."""
    running = [(due.on, term) for term, due in case.terms.items()]
    if not running:
        return None
    on, term = min(running)
    return term, on


def urge(
    rules: CaseRules, case: Case, words: str, answer_by_on: date, session: Session, at: datetime
) -> Case:
    """Urge whoever the case lies with, and ask for an answer by a day (催办、督办).

    Raises:
        NotAcceptable: nobody has to act on it, nothing was written, the day has passed, or an
            answer is still awaited.
    """
    if not case.with_whom:
        raise NotAcceptable("这件现在不在谁手里，没有发督办。按 F5 刷新后看最新进度")
    if not words.strip():
        raise NotAcceptable("还没写督办什么，没有发出。写清楚再发")
    if answer_by_on < local_date(at):
        raise NotAcceptable("回复的日子已经过了，没有发督办。改日期再发")
    if is_open(case, TaskKind.ANSWER_URGING):
        raise NotAcceptable("上一次督办还没回复，没有再发。等回复后再办")
    clock = nearest(case)
    told = event_by(
        session,
        K.URGED,
        at,
        subject=case.with_whom,
        until_on=answer_by_on,
        words=words.strip(),
        term=clock[0].value if clock else "",
        term_ends_on=clock[1].isoformat() if clock else "",
    )
    return done(rules, case, told, task_set(TaskKind.ANSWER_URGING, answer_by_on, at))


def answer(rules: CaseRules, case: Case, words: str, session: Session, at: datetime) -> Case:
    """Say what was done about it (回复督办).

    Raises:
        NotAcceptable: nothing was urged, or nothing is said.
    """
    if not is_open(case, TaskKind.ANSWER_URGING):
        raise NotAcceptable("这件没有要回复的督办，没有改动。按 F5 刷新后看最新进度")
    if not words.strip():
        raise NotAcceptable("还没写怎么处理的，没有回复。写清楚再发")
    said = event_by(session, K.URGING_ANSWERED, at, words=words.strip())
    told = [
        task_done(TaskKind.URGING_UNANSWERED, session, at, account_id)
        for account_id in subjects_open(case, TaskKind.URGING_UNANSWERED)
    ]
    return done(rules, case, said, task_done(TaskKind.ANSWER_URGING, session, at), *told)


def gone_up(rules: CaseRules, case: Case, today: date, at: datetime) -> Case:
    """Tell the next one named of a 督办 that was not answered by its day; the same case if none is.

    Each is told once, and has his own days before the next one is: it moves no state and no term,
    and nothing follows for the person it names but that somebody above him sees it.
    """
    asked_by = case.tasks.get(TaskKind.ANSWER_URGING.value)
    told = _told_since_urged(case)
    ladder = rules.office.urging_ladder
    if asked_by is None or len(told) >= len(ladder):
        return case
    last = told[-1] if told else None
    day = last.until_on if last is not None and last.until_on is not None else asked_by
    if today <= day:
        return case
    rung = ladder[len(told)]
    look_by = due_date(today, Limit(amount=rung.workdays, unit=LimitUnit.WORKDAYS), rules.calendar)
    clock = nearest(case)
    went_up = CaseEvent(
        kind=K.URGING_WENT_UP,
        at=at,
        actor="",
        actor_name="",
        subject=rung.name,
        until_on=look_by.on,
        detail={
            "person": case.with_whom,
            "asked_by_on": asked_by.isoformat(),
            "term": clock[0].value if clock else "",
            "term_ends_on": clock[1].isoformat() if clock else "",
        },
    )
    before = [
        task_done(TaskKind.URGING_UNANSWERED, None, at, account_id)
        for account_id in subjects_open(case, TaskKind.URGING_UNANSWERED)
    ]
    task = task_set(TaskKind.URGING_UNANSWERED, look_by.on, at, rung.account_id)
    return settled(rules, case, (went_up, *before, task))


def _told_since_urged(case: Case) -> list[CaseEvent]:
    """Return the times it went up since it was last urged, the first before the others."""
    found: list[CaseEvent] = []
    for event in reversed(case.events):
        if event.kind is K.URGED:
            break
        if event.kind is K.URGING_WENT_UP:
            found.insert(0, event)
    return found


def last_urging(case: Case) -> CaseEvent | None:
    """Return the last time it was urged, None where it never was."""
    return next((event for event in reversed(case.events) if event.kind is K.URGED), None)
