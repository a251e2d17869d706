"""Laws of several kinds, the calendar, and events of a case, for the tests of its clock."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from clerk import assets
from clerk.domain.case import CaseEvent, CaseEventKind
from clerk.domain.clock import CaseFacts, CaseLaw, StepLaw, terms_of
from clerk.domain.days import HALL_ZONE
from clerk.domain.deadlines import calendar_from
from clerk.domain.limits import Limit, LimitUnit
from tests.domain.law_of_the_counter import Row
from tests.domain.law_reader import Almanac, Day, Standing, running, told

NOTICES = [
    tomllib.loads(assets.read_text("resources", f"calendar/{year}.toml")) for year in (2025, 2026)
]
CALENDAR = calendar_from(NOTICES)
ALMANAC = Almanac(NOTICES)


def workdays(amount: int) -> Limit:
    return Limit(amount=amount, unit=LimitUnit.WORKDAYS)


def days(amount: int) -> Limit:
    return Limit(amount=amount, unit=LimitUnit.DAYS)


PERMIT = CaseLaw(
    notice_limit=workdays(5),
    silence_accepts=True,
    promised=workdays(5),
    statutory=workdays(20),
    excluding=frozenset({"听证", "检验"}),
    extension=workdays(10),
    delivery=workdays(10),
)
BENEFIT = CaseLaw(
    notice_limit=None,
    silence_accepts=False,
    promised=days(20),
    statutory=days(30),
    excluding=frozenset({"公示"}),
    extension=days(15),
    delivery=None,
)
CHAINED = CaseLaw(
    notice_limit=workdays(5),
    silence_accepts=True,
    promised=workdays(20),
    statutory=days(60),
    excluding=frozenset({"检验"}),
    extension=None,
    delivery=workdays(10),
    chain=(
        StepLaw(code="village", limit=workdays(3)),
        StepLaw(code="publicity", limit=days(7)),
        StepLaw(code="township", limit=workdays(5)),
    ),
)
CONFIRMATION = CaseLaw(
    notice_limit=workdays(3),
    silence_accepts=False,
    promised=workdays(7),
    statutory=days(60),
    excluding=frozenset({"检验", "公示"}),
    extension=workdays(5),
    delivery=days(10),
    deferral_pauses=True,
)
REGISTRATION = CaseLaw(
    notice_limit=None,
    silence_accepts=False,
    promised=workdays(0),
    statutory=workdays(3),
    excluding=frozenset({"检验"}),
    extension=workdays(3),
    delivery=None,
)
FILING = CaseLaw(
    notice_limit=None,
    silence_accepts=False,
    promised=days(0),
    statutory=days(5),
    excluding=frozenset(),
    extension=None,
    delivery=workdays(1),
    concludes=True,
)
LAWS = (PERMIT, BENEFIT, CHAINED, CONFIRMATION, REGISTRATION, FILING)


def happens(kind: CaseEventKind | str, day: date | str, **said: Any) -> CaseEvent:
    """Return an event at noon of that day in the hall, where ``said`` gives no other instant."""
    noon = datetime.combine(_day(day), time(12), HALL_ZONE).astimezone(UTC)
    until = said.pop("until_on", None)
    return CaseEvent(
        kind=CaseEventKind(kind),
        at=said.pop("at", noon),
        actor="zhang",
        actor_name="张示例",
        until_on=None if until is None else _day(until),
        **said,
    )


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def by_the_law(law: CaseLaw, now: Standing) -> tuple[str, dict[str, Day]]:
    """Return the state and every term that runs, as the table says."""
    return now.state, running(law, now, ALMANAC)


def by_the_program(law: CaseLaw, facts: CaseFacts) -> tuple[str, dict[str, Day]]:
    """Return the state and every term that runs, as the clock says."""
    terms = terms_of(law, facts, CALENDAR)
    return facts.state.value, {one.value: (due.on, due.estimated) for one, due in terms.items()}


ACCEPTED = "received accepted"
WAYS = (
    "",
    "declined",
    "received",
    "received declined",
    "received notified_once",
    "received notified_once lapsed",
    "received notified_once notified_again",
    "received notified_once corrected",
    "received deemed_accepted",
    ACCEPTED,
    f"{ACCEPTED} deferred",
    f"{ACCEPTED} handed_off",
    f"{ACCEPTED} deferred handed_off",
    f"{ACCEPTED} handed_off extended",
    f"{ACCEPTED} procedure_started",
    f"{ACCEPTED} deferred procedure_started",
    f"{ACCEPTED} procedure_started procedure_ended",
    f"{ACCEPTED} decided",
    f"{ACCEPTED} refused",
    f"{ACCEPTED} decided result_ready",
    f"{ACCEPTED} decided result_ready handed_out",
    f"{ACCEPTED} deferred decided",
    f"{ACCEPTED} deferred decided result_ready",
    f"{ACCEPTED} decided decision_revoked",
    f"{ACCEPTED} decided decision_revoked revocation_served",
    f"{ACCEPTED} withdrawn",
    f"{ACCEPTED} voided",
    f"{ACCEPTED} passed_on",
    f"{ACCEPTED} village_done",
    f"{ACCEPTED} handed_off village_done",
    f"{ACCEPTED} village_done publicity_done",
    f"{ACCEPTED} village_done publicity_done township_done",
    f"{ACCEPTED} concluded",
)
"""To every state, and to the conditions that an event may meet there."""

SAID: Mapping[str, Mapping[str, object]] = {
    "village_done": {"kind": "step_done", "subject": "village"},
    "publicity_done": {"kind": "step_done", "subject": "publicity"},
    "township_done": {"kind": "step_done", "subject": "township"},
    "back_to_village": {"kind": "step_returned", "subject": "village"},
    "back_to_township": {"kind": "step_returned", "subject": "township"},
    "notified_again": {
        "kind": "notified_once",
        "detail": {"reason": "漏了一份"},
        "limit": workdays(7),
    },
    "refused": {"kind": "decided", "granted": False},
    "corrected_to_refused": {"kind": "decision_corrected", "granted": False},
    "other_deferred": {"kind": "deferred", "subject": "PLAN"},
    "other_supplied": {"kind": "supplied", "subject": "PLAN"},
    "other_excused": {"kind": "deferral_excused", "subject": "PLAN"},
    "extended_too_long": {"kind": "extended", "limit": workdays(11)},
    "deferred": {"subject": "LEASE"},
    "supplied": {"subject": "LEASE"},
    "deferral_excused": {"subject": "LEASE"},
}
STEPS = (*CaseEventKind, *SAID)


def said_in(step: str, day: date) -> dict[str, Any]:
    """Return what the event of a step says where it happens as the law foresees it."""
    until_on = day + timedelta(days=9)
    plain: dict[str, Any] = {
        "kind": step,
        "subject": "听证",
        "limit": workdays(4),
        "granted": True,
        "until_on": until_on,
    }
    return {**plain, **SAID.get(step, {})}


def course(way: str) -> tuple[CaseEvent, ...]:
    """Return the events of a way, three days after each other."""
    events = []
    day = date(2026, 3, 2)
    for step in way.split():
        events.append(happens(day=day, **said_in(step, day)))
        day += timedelta(days=3)
    return tuple(events)


def _row_at_the_end(law: CaseLaw, way: str) -> Row | None:
    now, row = Standing(), None
    for event in course(way):
        row = told(law, now, event)
    return row


@cache
def begins_of_rows() -> Mapping[str, tuple[str, CaseLaw]]:
    """Return by row a way whose last step happens by it, and the law under which it does."""
    found: dict[str, tuple[str, CaseLaw]] = {}
    for way in WAYS:
        for step in STEPS:
            for law in LAWS:
                row = _row_at_the_end(law, f"{way} {step}")
                if row is not None:
                    found.setdefault(row.id, (f"{way} {step}", law))
    return found
