"""A simulated day at one desk: people come, the library is up or down, F9 comes minutes later."""

import heapq
import random
import sys
from collections import Counter as Count
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Protocol
from uuid import UUID

from benchmarks.certificate_drafts import Visitor, company, paper, pensioner
from benchmarks.counter import START_AT, Counter
from clerk.app.edges import uuid7
from clerk.domain import intake
from clerk.domain.case import Case
from clerk.domain.certificate import Authorisation, AuthorisationMode
from clerk.domain.certificate_status import with_statuses
from clerk.domain.errors import ClerkError, NotAllowed, RemoteTrouble
from clerk.domain.findings import NextAct
from clerk.domain.secret import Secret
from clerk.domain.standard import ItemStandard, Way
from clerk.services import (
    acceptance,
    certificate_rechecks,
    certificates,
    drafts,
    hand_off,
    numbers,
)
from clerk.services.certificate_leave import (
    authorise_by_code,
    leaves_at_hand,
    request_authorisation,
)
from clerk.services.certificate_matching import match
from clerk.services.desk import Desk

BETWEEN_CASES_SECONDS = 29
"""A thousand cases in a day of eight hours: a hall of several windows."""

UP_MINUTES, DOWN_MINUTES = 14, 6
"""How long the library is there and how long it is not, on average."""

TROUBLES = ("down", "busy", "html", "truncated")
ROUND = timedelta(minutes=1)
BY_DUTY_AT_MOST = 20

Act = Callable[[], None]
Event = tuple[datetime, int, Act]


class Clock:
    """The simulated clock; it stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Return the simulated instant."""
        return self.at

    def monotonic(self) -> float:
        """Return the same in seconds, for the circuit breaker."""
        return self.at.timestamp()


class Library(Protocol):
    """The practice library as it is steered and looked at."""

    def control(self, order: dict[str, object]) -> None:
        """Tell it to fail, to answer, or what time it is."""

    def state(self) -> dict[str, list[dict[str, str]]]:
        """Return what it holds."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What the day came to; the second half must be nought."""

    cases: int = 0
    down_percent: int = 0
    by_certificate: int = 0
    by_paper: int = 0
    deferred: int = 0
    received_only: int = 0
    statuses_read_again: int = 0
    verified_by_itself: int = 0
    left_to_a_person: int = 0
    differences_shown: int = 0
    uses: int = 0
    lost: int = 0
    blocked: int = 0
    accepted_on_hope: int = 0
    unverified_left: int = 0
    reports_wrong: int = 0
    untold: int = 0
    journal_broken: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        names = [one.name for one in fields(self)]
        return not any(getattr(self, name) for name in names[names.index("lost") :])


@dataclass(slots=True, kw_only=True)
class Day:
    """One simulated day at one desk."""

    desk: Desk
    counter: Counter
    clock: Clock
    library: Library
    chance: random.Random
    up_minutes: float = UP_MINUTES
    down_minutes: float = DOWN_MINUTES
    tally: Tally = field(default_factory=Tally)
    taken: dict[UUID, Case] = field(default_factory=dict)
    used: Count[tuple[str, str]] = field(default_factory=Count)
    by_duty: int = 0
    outages: list[tuple[datetime, datetime]] = field(default_factory=list)
    is_down: bool = False
    over: bool = False
    told_time: datetime = START_AT
    events: list[Event] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def run(self, amount: int) -> Tally:
        """Let ``amount`` people come, then let the library be up, and count."""
        self._plan(self.clock() + timedelta(seconds=amount * BETWEEN_CASES_SECONDS))
        self._expect(amount)
        while self.events:
            at, _, act = heapq.heappop(self.events)
            self.clock.at = max(self.clock.at, at)
            self._weather()
            act()
        self.over = True
        return self.tally

    def was_down(self, at: datetime) -> bool:
        """Whether the library was out of reach at this instant of the day."""
        return any(since <= at < until for since, until in self.outages)

    def behind(self) -> None:
        """Do once what the program does behind the window every few seconds."""
        self._weather()
        session = self.counter.session
        hand_off.deliver(self.desk, session)
        try:
            numbers.lease_numbers(self.desk, session)
            certificate_rechecks.ask_again(self.desk, session)
        except RemoteTrouble:
            return  # the next round asks again

    def _plan(self, end: datetime) -> None:
        """Draw when the library will be out of reach."""
        at, down = self.clock(), timedelta()
        while at < end:
            at += timedelta(minutes=self.chance.expovariate(1 / self.up_minutes))
            until = at + timedelta(minutes=self.chance.expovariate(1 / self.down_minutes))
            if at < end:
                self.outages.append((at, min(until, end)))
                down += min(until, end) - at
            at = until
        self.tally.down_percent = round(100 * down / (end - self.clock()))

    def _expect(self, amount: int) -> None:
        """Put down the arrivals and the rounds behind the window, in the order of their time."""
        begin = self.clock()
        rounds = amount * BETWEEN_CASES_SECONDS // int(ROUND.total_seconds()) + 1
        for number in range(rounds):
            self._at(begin + ROUND * number, self.behind)
        for number in range(amount):
            came_at = begin + timedelta(seconds=number * BETWEEN_CASES_SECONDS)
            self._at(came_at, self._arrives)

    def _at(self, at: datetime, act: Act) -> None:
        heapq.heappush(self.events, (at, next(self._numbers), act))

    def _weather(self) -> None:
        """Let the library be as it is planned for this instant, and know the time."""
        now = self.clock()
        down = not self.over and self.was_down(now)
        if down is not self.is_down:
            self.is_down = down
            fault = self.chance.choice(TROUBLES) if down else "none"
            self.library.control({"fault": fault, "count": 1_000_000})
        if now - self.told_time >= timedelta(seconds=20):
            self.told_time = now
            self.library.control({"now": now.isoformat()})

    def _goes_on(self, seconds: float) -> None:
        self.clock.at += timedelta(seconds=seconds)
        self._weather()

    # At the window

    def _arrives(self) -> None:
        """Somebody comes; what he needs is called or taken; F9 comes minutes later."""
        visitor = self._visitor()
        case = visitor.case
        for code in visitor.certificates:
            case = self._called_or_taken(visitor, case, code)
        case = drafts.save_draft(self.desk, self.counter.session, self._noted(case))
        later = self.clock() + timedelta(minutes=self.chance.uniform(0.3, 12))
        self._at(later, partial(self._decides, visitor, case))

    def _visitor(self) -> Visitor:
        case_id, at = uuid7(), self.clock()
        if self.chance.random() < 0.5:
            return company(self.counter, case_id, at)
        return pensioner(self.counter, case_id, at, mistyped=self.chance.random() < 0.1)

    def _called_or_taken(self, visitor: Visitor, case: Case, code: str) -> Case:
        self._goes_on(self.chance.uniform(1, 6))
        try:
            return self._called(visitor, case, code)
        except RemoteTrouble:
            return self._without_library(case, code)

    def _called(self, visitor: Visitor, case: Case, code: str) -> Case:
        """Leave, list, file: the library may break off between any two of them."""
        desk, session = self.desk, self.counter.session
        leave = self._leave(visitor, case, code)
        self._goes_on(self.chance.uniform(0.5, 3))
        rows = match(desk, session, case, leave).rows
        chosen = next(row.certificate for row in rows if row.material == code and row.usable)
        self._goes_on(self.chance.uniform(0.5, 3))
        use, files = certificates.use_certificate(
            desk, session, case, code, leave, chosen, looked=True
        )
        self.used[str(case.case_id), use.certificate_id] += 1
        held = intake.from_certificate(use, files, session, self.clock())
        case = intake.with_evidence(case, code, held)
        return intake.certificate_was_used(case, session, use)

    def _leave(self, visitor: Visitor, case: Case, code: str) -> Authorisation:
        """The leave that still runs for this case, the code, or now and then by duty."""
        desk, session = self.desk, self.counter.session
        running = leaves_at_hand(desk, session, case)
        if running:
            return running[0]
        if self.by_duty >= BY_DUTY_AT_MOST or self.chance.random() >= 0.1:
            return authorise_by_code(desk, session, case, code, Secret(visitor.use_code))
        self.by_duty += 1
        mode = AuthorisationMode.BY_DUTY
        return request_authorisation(desk, session, case, code, mode, "依职能核验申请材料")

    def _without_library(self, case: Case, code: str) -> Case:
        """Later where the standard allows it, the paper, or nothing yet: never a hope."""
        item, at = self._item(case), self.clock()
        asked, drawn = item.requirement(code), self.chance.random()
        if asked.deferral_workdays is not None and drawn < 0.4:
            session, on = self.counter.session, self.desk.today()
            held = intake.deferred(item, asked, self.counter.calendar, session, at, on)
        elif drawn < 0.8:
            held = paper(self.counter, asked, at)
        else:
            return intake.without_evidence(case, code)
        case = self._noted(intake.with_evidence(case, code, held))
        if held.way is Way.PAPER and self.chance.random() < 0.5:
            return self._agreed(case)
        return case

    def _agreed(self, case: Case) -> Case:
        session = self.counter.session
        return certificate_rechecks.agree_to_later_check(self.desk, session, case)

    def _noted(self, case: Case) -> Case:
        return certificate_rechecks.with_library_state(self.desk, case)

    def _decides(self, visitor: Visitor, case: Case) -> None:
        """F9: read what must be read, then accept; else receive."""
        self.tally.cases += 1
        try:
            case = self._read_again(visitor, case)
            accepts = self._verdict(case) is NextAct.ACCEPT_AND_PASS_ON
            act = NextAct.ACCEPT_AND_PASS_ON if accepts else NextAct.RECEIVE_AND_PASS_ON
            done = acceptance.take_in(self.desk, self.counter.session, case, act)
            self.taken[done.case_id] = done
        except ClerkError as stopped:
            self.tally.blocked += 1
            sys.stderr.write(f"blocked: {stopped}\n")

    def _read_again(self, visitor: Visitor, case: Case) -> Case:
        """Read old statuses; where that fails take the paper, or leave the case to be received."""
        session = self.counter.session
        try:
            reads = certificate_rechecks.read_statuses(self.desk, session, case)
        except NotAllowed:  # the leave ran out: he shows his code once more
            for code in certificate_rechecks.unread_statuses(self.desk, case):
                case = self._called_or_taken(visitor, case, code)
            return self._noted(case)
        except RemoteTrouble:
            for code in certificate_rechecks.unread_statuses(self.desk, case):
                if self.chance.random() < 0.5:
                    held = paper(self.counter, self._item(case).requirement(code), self.clock())
                    case = intake.with_evidence(case, code, held)
            return self._noted(case)
        self.tally.statuses_read_again += len(reads)
        return with_statuses(case, reads, session)

    def _verdict(self, case: Case) -> NextAct:
        """What F9 would do: a status nobody could read lets nothing be accepted."""
        act = self.desk.verdict(self.counter.session, case).act
        stale = certificate_rechecks.unread_statuses(self.desk, case)
        return NextAct.NEXT_GAP if stale else act

    def _item(self, case: Case) -> ItemStandard:
        return self.desk.standard(case.item_code, case.standard_version)
