"""The program's clock against the law as a table: after every event, the same state and dates."""

import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, ClassVar

from hypothesis import HealthCheck, currently_in_test_context, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from clerk.domain.case import CaseEvent, CaseEventKind
from clerk.domain.clock import CaseLaw, after, facts_of, moves
from clerk.domain.days import HALL_ZONE
from tests.domain.at_the_clock import (
    CHAINED,
    FILING,
    LAWS,
    PERMIT,
    begins_of_rows,
    by_the_law,
    by_the_program,
    days,
    happens,
    said_in,
    workdays,
)
from tests.domain.law_of_the_counter import LAW
from tests.domain.law_reader import Standing, told

EXAMPLES = 500
"""In a run of all tests; the profile ``soak`` plays its own number, and other ones each time."""

DEFERRALS = {
    CaseEventKind.DEFERRED,
    CaseEventKind.SUPPLIED,
    CaseEventKind.DEFERRAL_EXCUSED,
}
OF_LEVELS = {CaseEventKind.STEP_DONE, CaseEventKind.STEP_RETURNED}
LEVELS = tuple(level.code for level in CHAINED.chain)
ONE_PROCEDURE = "procedure_started procedure_ended"
THE_END = {"40", "41", "42", "90", "92", "93", "94", "95"}
MATERIALS = ("LEASE", "PLAN")
PROCEDURES = ("听证", "检验", "检验", "公示", "现场核查")
PAUSES = (0, 0, 1, 1, 2, 3, 4, 6, 10, 25)
TERMS = (None, workdays(0), workdays(1), workdays(3), workdays(10), days(5), days(15), days(90))

NUMBERS = st.integers(0, (1 << 32) - 1)
"""One number for all lots of an event: a strategy for each takes ten times as long."""


@cache
def ways() -> tuple[str, ...]:
    """What a case has behind it when the random part begins: each row of the law, and some more."""
    return (
        "",
        *(begins_of_rows()[row.id][0] for row in LAW),
        f"received accepted {ONE_PROCEDURE} {ONE_PROCEDURE}",
        "received accepted village_done publicity_done",
        f"received accepted deferred extended {ONE_PROCEDURE}",
    )


def dated(lots: Random, today: date) -> dict[str, Any]:
    """Draw when it happens: at the edges of a day, and at times to be counted on another."""
    at = datetime.combine(today, time(lots.choice((9, 0, 23)), 30), HALL_ZONE).astimezone(UTC)
    counted = lots.choice((None, None, None, -8, -2, 1))
    on = None if counted is None else today + timedelta(days=counted)
    return {"day": today, "at": at, "on": on}


def anything(lots: Random, kind: CaseEventKind, today: date) -> CaseEvent:
    """Draw an event of this kind, with whatever such an event may say."""
    until = today + timedelta(days=lots.choice((0, 3, 9, 20)))
    says_until = kind in DEFERRALS or lots.choice((True, False))
    return happens(
        kind,
        **dated(lots, today),
        subject=lots.choice(_subjects(kind)),
        granted=lots.choice((True, False)),
        limit=lots.choice(TERMS),
        until_on=until if says_until else None,
        detail=_reason(lots) if kind is CaseEventKind.NOTIFIED_ONCE else {},
    )


def _reason(lots: Random) -> dict[str, str]:
    return lots.choice(({}, {"reason": "漏了一份"}))


def _subjects(kind: CaseEventKind) -> tuple[str, ...]:
    if kind in DEFERRALS:
        return MATERIALS
    return LEVELS if kind in OF_LEVELS else PROCEDURES


@cache
def likely(state: str) -> tuple[CaseEventKind, ...]:
    """Return every kind of event; those that take a case further come up most often."""
    rows = [row for row in LAW if state in row.states]
    onward = {row.event for row in rows if row.to not in THE_END}
    final = {row.event for row in rows} - onward
    return (*CaseEventKind, *map(CaseEventKind, [*sorted(onward) * 20, *sorted(final) * 12]))


class CaseAtTheCounter(RuleBasedStateMachine):
    """One case, from a draft on, through events that the law knows here and any others."""

    exercised: ClassVar[Counter[str]] = Counter()

    @initialize(
        law=st.sampled_from((PERMIT, CHAINED, CHAINED, CHAINED, FILING, *LAWS)),
        on=st.dates(date(2025, 1, 1), date(2026, 12, 20)),
        way=st.deferred(lambda: st.sampled_from(ways())),
        number=NUMBERS,
    )
    def come_so_far(self, law: CaseLaw, on: date, way: str, number: int) -> None:
        self.play(law, on, way, number)

    def play(self, law: CaseLaw, on: date, way: str, number: int) -> None:
        """Let the steps of a way happen on days drawn by ``number``."""
        self.exercised["cases"] += 1
        self.law, self.today = law, on
        self.now, self.facts = Standing(), facts_of(law, ())
        self.events: list[CaseEvent] = []
        lots = Random(number)
        for step in way.split():
            self.today += timedelta(days=lots.choice(PAUSES))
            said = said_in(step, self.today)
            self._happens(happens(**{**dated(lots, self.today), **said}))
            self.the_program_and_the_law_agree()

    @rule(number=NUMBERS)
    def something_happens(self, number: int) -> None:
        lots = Random(number)
        kind = lots.choice(likely(self.now.state))
        self.today += timedelta(days=lots.choice(PAUSES))
        self._happens(anything(lots, kind, self.today))

    def _happens(self, event: CaseEvent) -> None:
        if currently_in_test_context():
            note(f"{event}")
        self.events.append(event)
        row = told(self.law, self.now, event)
        assert moves(self.law, self.facts, event) is (row is not None)
        self.exercised.update(["events", *([row.id] if row else [])])
        self.facts = after(self.law, self.facts, event)

    @invariant()
    def the_program_and_the_law_agree(self) -> None:
        assert by_the_program(self.law, self.facts) == by_the_law(self.law, self.now)

    def teardown(self) -> None:
        if hasattr(self, "law"):
            assert facts_of(self.law, self.events) == self.facts


def test_after_any_order_of_events_the_clock_says_what_the_law_says():
    """Every row of the law is exercised in the run, in a short one at least by a way of its own."""
    soaking = settings.get_current_profile_name() == "soak"
    CaseAtTheCounter.exercised.clear()
    for number, row in enumerate([] if soaking else LAW):
        way, law = begins_of_rows()[row.id]
        CaseAtTheCounter().play(law, date(2026, 3, 2), way, number)

    run_state_machine_as_test(
        CaseAtTheCounter,
        settings=settings(
            max_examples=settings().max_examples if soaking else EXAMPLES,
            derandomize=not soaking,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )

    times = CaseAtTheCounter.exercised
    sys.stdout.write(f"{times['cases']} cases, {times['events']} events, by row:\n")
    for row in LAW:
        sys.stdout.write(f"{times[row.id]:>8}  {row.id}  {row.line}\n")
    assert [row.id for row in LAW if not times[row.id]] == []
