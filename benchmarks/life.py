"""The life of a case: every state worked out from its events again, and the round of alarms."""

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID

from sqlalchemy import String, cast, literal, select, update

from benchmarks.absent_peers import AbsentPeers
from benchmarks.counter import START_AT, Counter, new_key, open_store, scratch
from benchmarks.figures import Figure, Goal, in_turn, milliseconds
from benchmarks.large_store import make_large
from clerk.app.edges import uuid7
from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.clock import ALLOWED_FROM, after, facts_of, moves
from clerk.domain.course import CaseRules, settled
from clerk.domain.deadlines import due_date
from clerk.domain.identity import Role, Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.services.desk import Desk
from clerk.services.rederiving import BEGINNING, Rederived, rederive_some
from clerk.services.time_passing import let_the_day_pass
from clerk.storage import cases
from clerk.storage.engine import Store
from clerk.storage.tables import cases as case_rows

CASES, MANY_CASES = 2_000, 100_000
STEPS = 9
"""A course ends after so many events at most, wherever it stands."""
AT_ONCE = 500
SAID_EVERY = 10_000
ROUNDS = 7
REREAD_ROUNDS = 3

REREAD = Goal(number=None, floor=3, reach=2)
"""Working a case out from its events may cost twice as much as reading it, never more."""
ALARMS = Goal(number=None, floor=6, reach=3)


def measure(large: bool) -> Sequence[Figure]:
    """Make the stores and measure; ``large`` takes as many cases as a district has in a year."""
    wanted = MANY_CASES if large else CASES
    folder = scratch("life")
    try:
        return [_rederived(folder / "courses.db", wanted), *_alarms(folder / "open.db", wanted)]
    finally:
        shutil.rmtree(folder)


def _rederived(path: Path, wanted: int) -> Figure:
    counter = Counter()
    with closing(open_store(path, new_key(), lambda: START_AT, counter.initials)) as store:
        desk = _desk(counter, store, START_AT)
        counter.publish(store)
        _keep_courses(desk, counter, wanted)
        different = 0

        def again() -> None:
            nonlocal different
            looked_at = 0
            for slice_ in _slices(desk, counter):
                _say("worked out again", looked_at, wanted)
                different += len(slice_.differences)
                looked_at += slice_.cases
            if looked_at != wanted:
                raise AssertionError("not every case was looked at")

        def read() -> None:
            last: UUID | None = BEGINNING
            while last is not None:
                with store.read() as tx:
                    stored = cases.bodies_after(tx, last, AT_ONCE)
                last = stored[-1].case.case_id if len(stored) == AT_ONCE else None

        rounds = 1 if wanted == MANY_CASES else REREAD_ROUNDS
        ours, bare = in_turn(rounds, lambda: milliseconds(again), lambda: milliseconds(read))
    a_second = wanted / median(ours) * 1e3
    print(f"     {wanted} cases worked out again, {different} differences, {a_second:.0f} a second")
    if different:
        raise AssertionError(f"{different} cases differ from their events")
    return REREAD.figure("states from events / reading the cases", ours, bare, "ms")


def _slices(desk: Desk, counter: Counter) -> Iterator[Rederived]:
    last: UUID | None = BEGINNING
    session = _auditor(counter)
    while last is not None:
        found = rederive_some(desk, session, last)
        yield found
        last = found.go_on_after


def _alarms(path: Path, wanted: int) -> Sequence[Figure]:
    counter, key = Counter(), new_key()
    make_large(path, key, counter, wanted)
    at = START_AT
    with closing(open_store(path, key, lambda: at, counter.initials)) as store:
        with store.begin() as tx:
            tx.execute(
                update(case_rows).values(
                    closed=False,
                    state="30",
                    next_due_on=case_rows.c.due_on,
                    terms=literal("promised:") + cast(case_rows.c.due_on, String),
                )
            )
        desk = _desk(counter, store, at)
        raised = let_the_day_pass(desk).raised
        horizon = due_date(at.date(), Limit(amount=3, unit=LimitUnit.WORKDAYS), counter.calendar).on
        bare_query = select(case_rows.c.case_id, case_rows.c.terms).where(
            case_rows.c.closed.is_(False), case_rows.c.next_due_on <= horizon
        )

        def query() -> None:
            with store.read() as tx:
                tx.execute(bare_query).all()

        def after_a_start() -> None:
            desk.rounds.forget()
            let_the_day_pass(desk)

        bare = partial(milliseconds, query)
        first = in_turn(ROUNDS, lambda: milliseconds(after_a_start), bare)
        later = in_turn(ROUNDS, lambda: milliseconds(lambda: let_the_day_pass(desk)), bare)
    print(f"     {wanted} open cases, {raised} alarms in the first round")
    return [
        ALARMS.figure("round of alarms after a start / bare query", *first, "ms"),
        ALARMS.figure("a later round of alarms / bare indexed query", *later, "ms"),
    ]


def _say(what: str, done: int, wanted: int) -> None:
    """Say how far a long run has come."""
    if wanted == MANY_CASES and done % SAID_EVERY == 0:
        print(f"     {done} of {wanted} cases {what}", flush=True)


def _desk(counter: Counter, store: Store, at: datetime) -> Desk:
    peers = AbsentPeers()
    return counter.desk(
        store,
        now=lambda: at,
        new_id=uuid7,
        certificates=peers,
        back_office=peers,
        platform=peers,
    )


def _auditor(counter: Counter) -> Session:
    account = replace(counter.session.account, roles=frozenset({Role.AUDITOR}))
    return replace(counter.session, account=account)


def _keep_courses(desk: Desk, counter: Counter, wanted: int) -> None:
    """Keep cases that each went a way of their own, as far as it goes."""
    drawn = random.Random(wanted)  # noqa: S311
    draft = counter.draft(uuid7(), START_AT)
    for first in range(0, wanted, AT_ONCE):
        _say("kept", first, wanted)
        with desk.store.begin() as tx:
            for _ in range(first, min(first + AT_ONCE, wanted)):
                begun = replace(draft, case_id=uuid7())
                cases.add(tx, _course(desk.rules(begun), begun, drawn))


def _course(rules: CaseRules, case: Case, drawn: random.Random) -> Case:
    at = START_AT - timedelta(days=drawn.randrange(200))
    facts = facts_of(rules.law, case.events)
    for _ in range(drawn.randrange(1, STEPS)):
        at += timedelta(hours=drawn.randrange(1, 90))
        kinds = [kind for kind, states in ALLOWED_FROM.items() if facts.state in states]
        drawn.shuffle(kinds)
        possible = (_event(rules, kind, at, drawn) for kind in kinds)
        told = next((one for one in possible if moves(rules.law, facts, one)), None)
        if told is None:
            break
        facts = after(rules.law, facts, told)
        case = settled(rules, case, (told,))
    return case


def _event(rules: CaseRules, kind: CaseEventKind, at: datetime, drawn: random.Random) -> CaseEvent:
    named = {
        CaseEventKind.DEFERRED: "RULES",
        CaseEventKind.SUPPLIED: "RULES",
        CaseEventKind.DEFERRAL_EXCUSED: "RULES",
        CaseEventKind.PROCEDURE_STARTED: drawn.choice([*sorted(rules.law.excluding), "现场核查"]),
    }
    return CaseEvent(
        kind=kind,
        at=at,
        actor="",
        actor_name="",
        limit=Limit(amount=drawn.randrange(1, 12), unit=LimitUnit.WORKDAYS),
        until_on=at.date() + timedelta(days=drawn.randrange(1, 20)),
        subject=named.get(kind, ""),
        granted=drawn.random() < 0.9,
    )
