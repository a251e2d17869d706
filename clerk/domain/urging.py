"""督办: a supervisor names the person a case lies with and the clock that runs, and is answered.

It moves neither state nor term, and follows from nothing by itself: a person urges.
"""

from datetime import date, datetime

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.course import CaseRules, done, event_by
from clerk.domain.days import local_date
from clerk.domain.deadlines import Term
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.tasks import TaskKind, is_open, task_done, task_set

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
    return done(rules, case, said, task_done(TaskKind.ANSWER_URGING, session, at))


def last_urging(case: Case) -> CaseEvent | None:
    """Return the last time it was urged, None where it never was."""
    return next((event for event in reversed(case.events) if event.kind is K.URGED), None)
