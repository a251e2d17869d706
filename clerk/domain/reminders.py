"""Reminding an applicant of a paper that is still to come (催补), each time with its proof.

The ladder says on which days somebody is set the task. A message, a call or a visit answers it;
what proves it is kept with the case. Nothing follows when nobody reminds: that is a person's too.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.clock import facts_of
from clerk.domain.course import CaseRules, settled
from clerk.domain.days import local_date
from clerk.domain.deadlines import Term, WorkCalendar
from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Session
from clerk.domain.reminder import Reminder, ReminderWay
from clerk.domain.tasks import TaskKind, subjects_open, task_done, task_set
from clerk.values import replace

K = CaseEventKind
LADDER_WORKDAYS: Final = (3, 1, 0)
"""Working days before a late paper's last day on which its applicant is reminded."""

_SAID_UNTIL_WHEN: Final = frozenset({K.DEFERRED, K.DEFERRAL_EXCUSED})
_DAY: Final = timedelta(days=1)


def with_reminders(rules: CaseRules, case: Case, at: datetime) -> Case:
    """Return the case with the tasks to remind that its late papers ask for, and no others."""
    wanted = _wanted(rules, case)
    held = subjects_open(case, TaskKind.REMIND_DEFERRAL)
    events = [
        *(_done(code, None, at) for code in sorted(held) if code not in wanted),
        *(
            task_set(TaskKind.REMIND_DEFERRAL, on, at, code)
            for code, on in sorted(wanted.items())
            if held.get(code) != on
        ),
    ]
    return settled(rules, case, events) if events else case


def remind(
    rules: CaseRules,
    case: Case,
    way: ReminderWay,
    proof: str,
    session: Session | None,
    at: datetime,
) -> Case:
    """Note that the applicant was reminded of everything that is still to come.

    Args:
        rules: what governs the case.
        case: one with papers that are still to come.
        way: how he was reached.
        proof: what shows it later: number called and who answered, a message's receipt.
        session: who reminded, None for a message that the program sent by itself.
        at: when; a message's own time, where its receipt came later.

    Raises:
        NotAcceptable: nothing is still to come, or nothing shows that he was reminded.
    """
    still = _open(rules, case)
    if not still:
        raise NotAcceptable("这件没有没补的容缺材料，没有登记提醒。按 F5 刷新后看最新进度")
    if not proof.strip():
        raise NotAcceptable("还没写提醒的凭据，没有登记。写明号码、接听人或回执再办")
    by = session.account if session else None
    who = by.account_id if by else ""
    kept = tuple(
        Reminder(
            about=_about(code),
            to=case.applicant_name,
            way=way,
            at=at,
            by=who,
            proof=proof.strip(),
        )
        for code in sorted(still)
    )
    told = [
        CaseEvent(
            kind=K.REMINDED,
            at=at,
            actor=who,
            actor_name=by.display_name if by else "",
            detail={"to": one.to, "way": way.value, "proof": one.proof},
            subject=one.about,
        )
        for one in kept
    ]
    reminded = settled(rules, replace(case, reminders=(*case.reminders, *kept)), told)
    return with_reminders(rules, reminded, at)


def _open(rules: CaseRules, case: Case) -> Mapping[str, date]:
    """What is still to come while a decision is: nobody is reminded after the end."""
    return facts_of(rules.law, case.events).deferred if Term.DEFERRAL in case.terms else {}


def _wanted(rules: CaseRules, case: Case) -> dict[str, date]:
    found = {
        code: _next_step(until_on, _told_on(case.events, code), rules.calendar)
        for code, until_on in _open(rules, case).items()
    }
    return {code: on for code, on in found.items() if on is not None}


def _next_step(until_on: date, told_on: date, calendar: WorkCalendar) -> date | None:
    """The first day of the ladder on which he was not yet told."""
    days = (_before(until_on, workdays, calendar) for workdays in LADDER_WORKDAYS)
    return next((day for day in days if day > told_on), None)


def _before(on: date, workdays: int, calendar: WorkCalendar) -> date:
    while workdays > 0:
        on -= _DAY
        workdays -= calendar.is_working(on)
    return on


def _told_on(events: Iterable[CaseEvent], code: str) -> date:
    """The last day on which he was told of this paper: when it was put off, or since then."""
    days = [
        local_date(event.at)
        for event in events
        if (event.kind in _SAID_UNTIL_WHEN and event.subject == code)
        or (event.kind is K.REMINDED and event.subject == _about(code))
    ]
    return max(days, default=date.min)


def _about(code: str) -> str:
    return f"{TaskKind.REMIND_DEFERRAL.value}/{code}"


def _done(code: str, session: Session | None, at: datetime) -> CaseEvent:
    return task_done(TaskKind.REMIND_DEFERRAL, session, at, code)
