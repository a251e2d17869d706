"""A result that nobody fetches (催领): reminded by a ladder of days, then offered to be brought.

Nothing is ever thrown away or closed because time passes.
"""

from datetime import date, datetime
from typing import Final

from clerk.domain.case import Case, CaseEvent, CaseEventKind, CaseState
from clerk.domain.course import CaseRules, done, event_by, settled
from clerk.domain.deadlines import due_date
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.reminder import Reminder, ReminderWay
from clerk.domain.tasks import TaskKind, subjects_open, task_done, task_set
from clerk.values import replace

LADDER: Final = (5, 15, 30)
"""Working days after the result lies there, one reminder each."""

LAST_LOOK: Final = Limit(amount=LADDER[-1], unit=LimitUnit.WORKDAYS)


_AT_THE_WINDOW: Final = frozenset({CaseEventKind.RESULT_READY, CaseEventKind.CONCLUDED})
"""By which a result comes to lie at the window."""


def lies_there(rules: CaseRules, case: Case, at: datetime) -> Case:
    """Set the first rung of the ladder for a result that has come to the window."""
    if case.state is not CaseState.RESULT_WAITING or _asked_before(case):
        return case
    return settled(rules, case, (_rung(rules, case, 1, at),))


def open_rung(case: Case) -> int | None:
    """Return the reminder that is due next, from 1; None where none is."""
    return min(
        (int(subject) for subject in subjects_open(case, TaskKind.REMIND_RESULT)), default=None
    )


def remind(
    rules: CaseRules,
    case: Case,
    to: str,
    way: ReminderWay,
    proof: str,
    session: Session | None,
    at: datetime,
) -> Case:
    """Note that somebody was reminded to fetch the result, with the proof.

    Raises:
        NotAcceptable: no result is waiting.
        BadInput: who was reached, or what shows it, is missing.
    """
    if case.state is not CaseState.RESULT_WAITING:
        raise NotAcceptable("没有等着领的结果，没有登记催领。按 F5 刷新后看最新进度")
    if not to.strip() or not proof.strip():
        raise BadInput("还没写提醒了谁、凭什么证明，没有登记。填上姓名和通话或短信的凭据")
    rung = open_rung(case)
    about = f"{TaskKind.REMIND_RESULT.value}/{rung}" if rung else TaskKind.REMIND_RESULT.value
    noted = Reminder(
        about=about,
        to=to.strip(),
        way=way,
        at=at,
        by=session.account.account_id if session else "",
        proof=proof.strip(),
    )
    after = replace(case, reminders=(*case.reminders, noted))
    told = _told(rules, case, noted, rung, session)
    # a receipt's instant is the other end's, and may lie before our last act
    return done(rules, after, *told) if session else settled(rules, after, told)


def _told(
    rules: CaseRules, case: Case, noted: Reminder, rung: int | None, session: Session | None
) -> list[CaseEvent]:
    detail = {"to": noted.to, "way": noted.way.value, "proof": noted.proof}
    kind = CaseEventKind.REMINDED
    if session is None:
        said = CaseEvent(kind=kind, at=noted.at, actor="", actor_name="", detail=detail)
    else:
        said = replace(event_by(session, kind, noted.at), detail=detail)
    events = [replace(said, subject=noted.about)]
    if rung is not None:
        events.append(task_done(TaskKind.REMIND_RESULT, session, noted.at, str(rung)))
        events.append(_after_rung(rules, case, rung, noted.at))
    return events


def _after_rung(rules: CaseRules, case: Case, rung: int, at: datetime) -> CaseEvent:
    if rung < len(LADDER):
        return _rung(rules, case, rung + 1, at)
    return task_set(
        TaskKind.UNCLAIMED_RESULT, due_date(_since(case), LAST_LOOK, rules.calendar).on, at
    )


def _rung(rules: CaseRules, case: Case, rung: int, at: datetime) -> CaseEvent:
    limit = Limit(amount=LADDER[rung - 1], unit=LimitUnit.WORKDAYS)
    due = due_date(_since(case), limit, rules.calendar).on
    return task_set(TaskKind.REMIND_RESULT, due, at, str(rung))


def _since(case: Case) -> date:
    """Return the day on which the result came to the window, the last time it did."""
    ready = [event.day for event in case.events if event.kind in _AT_THE_WINDOW]
    back = [
        event.day
        for event in case.events
        if event.kind is CaseEventKind.PARCEL_MOVED and event.detail.get("state") == "came_back"
    ]
    return max((*ready, *back))


def _asked_before(case: Case) -> bool:
    """Whether the ladder was begun since the result came to the window."""
    name = TaskKind.REMIND_RESULT.value
    for event in reversed(case.events):
        if event.kind in _AT_THE_WINDOW:
            return False
        if event.kind is CaseEventKind.TASK_SET and event.subject.startswith(name):
            return True
    return False


def no_more_reminders(case: Case, session: Session | None, at: datetime) -> tuple[CaseEvent, ...]:
    """Return the events that do every reminder that is still open: the result left the window."""
    return tuple(
        task_done(kind, session, at, subject)
        for kind in (TaskKind.REMIND_RESULT, TaskKind.UNCLAIMED_RESULT, TaskKind.BRING_RESULT)
        for subject in sorted(subjects_open(case, kind))
    )


def waits_again(rules: CaseRules, case: Case, at: datetime) -> CaseEvent:
    """Return the first rung, anew, for a result that a courier brought back."""
    return _rung(rules, case, 1, at)
