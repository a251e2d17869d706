"""What time alone brings: silence that accepts, and alarms before a term ends.

Run at the start, every few minutes, and when the day changes; needs no network. A clock that was
set back, or that jumped further ahead than any holiday, stops the round until a person has looked,
since silence that accepted cannot be taken back.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from clerk.domain.alarms import HORIZON_WORKDAYS, AlarmLine, alarms_of
from clerk.domain.deadlines import due_date
from clerk.domain.errors import ClerkError
from clerk.domain.identity import Act, Session
from clerk.domain.life import let_time_pass
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.tasks import TaskKind
from clerk.domain.urging import gone_up
from clerk.services.bag_alarms import tell_of_bags
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import alarms, cases, settings, tasks
from clerk.values import dataclass

LAST_SEEN: Final = "clock.last_seen_at"
SET_BACK: Final = timedelta(minutes=5)
"""Less is a clock that was put right."""
JUMPED: Final = timedelta(days=31)
"""Longer than any holiday; a machine that was off so long is looked at by a person."""
UNSEEN_AT_ONCE: Final = 50
LATE_AT_ONCE: Final = 500

_HORIZON: Final = Limit(amount=HORIZON_WORKDAYS, unit=LimitUnit.WORKDAYS)


class ClockDoubtful(ClerkError):
    """The computer's clock cannot be right, so nothing is counted by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPassed:
    """What a round found: cases that silence accepted, new alarms, 督办 that went up unanswered."""

    accepted: int
    raised: int
    went_up: int = 0


def let_the_day_pass(desk: Desk) -> DayPassed:
    """Write down what time has brought since the last round; a second round adds nothing.

    Raises:
        ClockDoubtful: the clock was set back or jumped ahead; nothing was counted.
        StoreTrouble: nothing was kept.
    """
    _look_at_the_clock(desk)
    accepted = sum(_accept_by_silence(desk))
    went_up = sum(_let_urgings_go_up(desk))
    today = desk.today()
    horizon = due_date(today, _HORIZON, desk.calendar).on
    with desk.store.read() as tx:
        running = alarms.terms_ending_by(tx, horizon)
        unsure = desk.rounds.not_looked_at(today, running)
        before = alarms.known(tx, horizon, [row for row, _ in unsure])
    reached = cache(lambda text: tuple(alarms_of(alarms.terms_in(text), desk.calendar, today)))
    new = [
        (row, alarm)
        for row, terms in unsure
        for alarm in reached(terms)
        if (row, alarm) not in before
    ]
    if new:
        with desk.store.begin() as tx:
            alarms.keep(tx, new, desk.now())
            record(desk, tx, None, "alarms.raised", count=len(new))
    desk.rounds.keep(today, running)
    raised = len(new) + tell_of_bags(desk)
    return DayPassed(accepted=accepted, raised=raised, went_up=went_up)


def trust_the_clock(desk: Desk, session: Session) -> None:
    """A person has compared the computer's time with the wall and says that it is right."""
    session.require(Act.READ_CASE)
    with desk.store.begin() as tx:
        settings.put(tx, settings.COUNTER, LAST_SEEN, desk.now().isoformat())
        taken_back = alarms.raised_in_the_future(tx, desk.now())
        record(desk, tx, session, "clock.trusted", alarms_taken_back=taken_back)
    desk.rounds.forget()


def unseen_alarms(desk: Desk, session: Session) -> list[AlarmLine]:
    """Return the alarms that nobody has seen yet, the most urgent first."""
    session.require(Act.LIST_CASES)
    with desk.store.read() as tx:
        return alarms.unseen(tx, UNSEEN_AT_ONCE)


def see_alarms(desk: Desk, session: Session, case_id: UUID) -> None:
    """Note that this person has seen the alarms of a case; they are not shown again."""
    session.require(Act.LIST_CASES)
    with desk.store.begin() as tx:
        if alarms.seen(tx, case_id, session.account.account_id):
            record(desk, tx, session, "alarms.seen", case_id)


def _look_at_the_clock(desk: Desk) -> None:
    now = desk.now()
    with desk.store.begin() as tx:
        said = settings.get(tx, settings.COUNTER, LAST_SEEN)
        last = datetime.fromisoformat(said) if said else now
        if now < last - SET_BACK or now > last + JUMPED:
            record(desk, tx, None, "clock.jumped", last=last.isoformat(), now=now.isoformat())
        elif now > last or not said:
            settings.put(tx, settings.COUNTER, LAST_SEEN, now.isoformat())
    if now < last - SET_BACK:
        raise ClockDoubtful("电脑时间被调到了以前，时限没有接着算。请核对电脑时间，对了再继续")
    if now > last + JUMPED:
        raise ClockDoubtful(
            "电脑时间比上次用机晚了一个多月，时限没有接着算。请核对电脑时间，对了再继续"
        )


def _accept_by_silence(desk: Desk) -> list[bool]:
    today = desk.today()
    with desk.store.read() as tx:
        waiting = alarms.unanswered_since(tx, today)
    done = []
    for case_id in waiting:
        with desk.store.begin() as tx:
            case = cases.load(tx, case_id)
            after = let_time_pass(desk.rules(case), case, today, desk.now())
            if after is not case:
                cases.save(tx, after)
                record(desk, tx, None, "case.deemed_accepted", case_id)
            done.append(after is not case)
    return done


def _let_urgings_go_up(desk: Desk) -> list[bool]:
    """Tell the next one named of each 督办 whose answer did not come by its day."""
    today = desk.today()
    with desk.store.read() as tx:
        late = tasks.due_by(tx, today - timedelta(days=1), {TaskKind.ANSWER_URGING}, LATE_AT_ONCE)
    done = []
    for line in late:
        with desk.store.begin() as tx:
            case = cases.load(tx, line.case_id)
            after = gone_up(desk.rules(case), case, today, desk.now())
            if after is not case:
                cases.save(tx, after)
                record(desk, tx, None, "case.urging_went_up", line.case_id)
            done.append(after is not case)
    return done
