"""Reads the table of the law slowly and plainly: row by row, and day by day.

It shares no rule with ``clerk.domain.clock`` and no counting with ``clerk.domain.deadlines``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from clerk.domain.case import CaseEvent
from clerk.domain.clock import CaseLaw
from clerk.domain.limits import Limit
from tests.domain.law_of_the_counter import (
    DAY_ALL_WAS_IN,
    DAY_OF_THE_NOTICE_TERM,
    ITS_DAY,
    LAW,
    PENDING,
    Row,
)

Day = tuple[date, bool]
"""The last day of a term, and whether a calendar it needs is missing."""


@dataclass(slots=True, kw_only=True)
class Standing:
    """Where a case stands by the law: its state, the terms that run, and since when."""

    state: str = "00"
    since: dict[str, date] = field(default_factory=dict)
    all_in_on: date | None = None
    correction: Limit | None = None
    deferred: dict[str, date] = field(default_factory=dict)
    procedure: CaseEvent | None = None
    excluded: set[date] = field(default_factory=set)
    extension: Limit | None = None
    levels_done: int = 0
    late_since: date | None = None
    level_since: date | None = None


def _may_be_extended(law: CaseLaw, now: Standing, event: CaseEvent) -> bool:
    cap, asked = law.extension, event.limit
    if cap is None or asked is None or now.extension is not None:
        return False
    return asked.unit == cap.unit and 1 <= asked.amount <= cap.amount


def _undecided(law: CaseLaw, now: Standing) -> bool:
    """Whether it is for a decision now: no level's opinion is awaited, and there is one to take."""
    awaited = now.level_since is not None and now.levels_done < len(law.chain)
    return not law.concludes and not awaited


def _of_this_level(law: CaseLaw, now: Standing, event: CaseEvent) -> bool:
    left = law.chain[now.levels_done :] if now.level_since is not None else ()
    return bool(left) and left[0].code == event.subject


def _of_a_level_before(law: CaseLaw, now: Standing, event: CaseEvent) -> bool:
    return any(one.code == event.subject for one in law.chain[: now.levels_done])


CONDITIONS: Mapping[str, Callable[[CaseLaw, Standing, CaseEvent], bool]] = {
    "always": lambda _law, _now, _event: True,
    "nothing was corrected": lambda _law, now, _event: now.all_in_on is None,
    "corrected in full": lambda _law, now, _event: now.all_in_on is not None,
    "the hall writes down why": (
        lambda _law, _now, event: bool(event.actor and event.detail.get("reason"))
    ),
    "silence accepts": lambda law, _now, _event: law.silence_accepts,
    "the material is not deferred": lambda _law, now, event: event.subject not in now.deferred,
    "the material is deferred": lambda _law, now, event: event.subject in now.deferred,
    "a material is deferred": lambda _law, now, _event: bool(now.deferred),
    "a paper has still to reach the applicant": lambda _law, now, _event: "delivery" in now.since,
    "it may be extended by that": _may_be_extended,
    "it is of the level it lies with": _of_this_level,
    "it goes to a level before": _of_a_level_before,
    "nothing is left to decide and nothing is late": (
        lambda law, now, _event: law.concludes and not now.deferred
    ),
    "it grants what is left to decide": (
        lambda law, now, event: event.granted is True and _undecided(law, now)
    ),
    "it refuses what is left to decide": (
        lambda law, now, event: event.granted is False and _undecided(law, now)
    ),
    "it grants": lambda _law, _now, event: event.granted is True,
    "it refuses": lambda _law, _now, event: event.granted is False,
}


def _corrected(_law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    now.all_in_on = event.day


def _term_is_set(_law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    now.correction = event.limit


def _deferral_opens(_law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    assert event.until_on is not None
    now.deferred[event.subject] = event.until_on
    now.late_since = now.late_since or event.day


def _deferral_closes(law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    now.deferred.pop(event.subject, None)
    if now.deferred or now.late_since is None:
        return
    day = now.late_since
    while law.deferral_pauses and day <= event.day:
        now.excluded.add(day)
        day += timedelta(days=1)
    now.late_since = None


def _procedure_begins(_law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    now.procedure = event


def _pauses(law: CaseLaw, now: Standing) -> bool:
    runs = now.procedure if "procedure" in now.since else None
    return runs is not None and runs.subject in law.excluding


def _stands_still(law: CaseLaw, now: Standing) -> bool:
    return _pauses(law, now) or (law.deferral_pauses and bool(now.deferred))


def _days_are_excluded(law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    if _pauses(law, now):
        day = now.since["procedure"]
        while day <= event.day:
            now.excluded.add(day)
            day += timedelta(days=1)


def _extended(_law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    now.extension = event.limit


def _first_level(_law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    now.levels_done, now.level_since = 0, event.day


def _next_level(_law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    now.levels_done, now.level_since = now.levels_done + 1, event.day


def _level_again(law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    for place, level in enumerate(law.chain):
        if level.code == event.subject:
            now.levels_done, now.level_since = place, event.day


DEEDS: Mapping[str, Callable[[CaseLaw, Standing, CaseEvent], None]] = {
    "corrected in full": _corrected,
    "a term is set for it": _term_is_set,
    "a deferral opens": _deferral_opens,
    "a deferral closes": _deferral_closes,
    "a procedure begins": _procedure_begins,
    "its days are excluded": _days_are_excluded,
    "both terms are extended": _extended,
    "the first level begins": _first_level,
    "the next level begins": _next_level,
    "that level begins again": _level_again,
}


def told(law: CaseLaw, now: Standing, event: CaseEvent, rows: Iterable[Row] = LAW) -> Row | None:
    """Let an event happen to ``now``; returns the row it happened by, None where no row has it."""
    for row in rows:
        meant = row.event == event.kind.value and now.state in row.states
        if meant and _holds(row.when, law, now, event):
            _follow(row, law, now, event)
            return row
    return None


def _holds(condition: str, law: CaseLaw, now: Standing, event: CaseEvent) -> bool:
    if condition.startswith("not: "):
        return not _holds(condition.removeprefix("not: "), law, now, event)
    return CONDITIONS[condition](law, now, event)


def _follow(row: Row, law: CaseLaw, now: Standing, event: CaseEvent) -> None:
    first_day = {
        ITS_DAY: event.day,
        DAY_ALL_WAS_IN: now.all_in_on,
        DAY_OF_THE_NOTICE_TERM: now.since.get("notice"),
    }
    begun = {term: first_day[which] for term, which in row.begins.items()}
    for deed in row.does:
        DEEDS[deed](law, now, event)
    for term in row.stops:
        if term == "everything":
            now.since.clear()  # a paper that is still to come stays so: a result waits for it
        else:
            now.since.pop(term, None)
    now.since.update({term: day for term, day in begun.items() if day is not None})
    now.state = now.state if row.to == "=" else row.to


class Almanac:
    """The working days, one by one, out of the holiday notices."""

    def __init__(self, notices: Iterable[Mapping[str, Any]]) -> None:
        by_year = {notice["year"]: notice for notice in notices}
        self.years = set(by_year)
        self.working: set[date] = set()
        day = date(2024, 1, 1)
        while day.year < 2029:
            if self._worked(day, by_year.values()):
                self.working.add(day)
            day += timedelta(days=1)

    @staticmethod
    def _worked(day: date, notices: Iterable[Mapping[str, Any]]) -> bool:
        for notice in notices:
            if day in notice["work"]:
                return True
            if any(free["from"] <= day <= free["until"] for free in notice["rest"]):
                return False
        return day.strftime("%a") not in {"Sat", "Sun"}

    def doubtful(self, day: date) -> bool:
        """Whether a notice that is not out yet could still change this day."""
        in_the_last_three_days = day.month == 12 and day.day in {29, 30, 31}
        return day.year not in self.years or (
            in_the_last_three_days and day.year + 1 not in self.years
        )

    def named(self, day: date) -> Day:
        """A day that a paper names stays; it may still turn out to be a free one."""
        return day, self.doubtful(day)

    def last_day(self, since: date, limit: Limit, excluded: Iterable[date] = ()) -> Day:
        """Walk from the day after ``since``; every excluded day puts the end off by one."""
        in_workdays = limit.unit.value == "workdays"
        left = limit.amount
        for day in excluded:
            if day > since and (day in self.working or not in_workdays):
                left += 1
        if left == 0:
            return since, False
        day, doubt = since, False
        while left:
            day += timedelta(days=1)
            if day in self.working or not in_workdays:
                left -= 1
            doubt = in_workdays and (doubt or self.doubtful(day))
        doubt = doubt or self.doubtful(day)
        while day not in self.working:
            day += timedelta(days=1)
            doubt = doubt or self.doubtful(day)
        return day, doubt


def running(law: CaseLaw, now: Standing, almanac: Almanac) -> dict[str, Day]:
    """Return every term that runs, by name, with its last day."""
    terms: dict[str, Day] = {}
    if "notice" in now.since and law.notice_limit is not None:
        terms["notice"] = almanac.last_day(now.since["notice"], law.notice_limit)
    if "correction" in now.since and now.correction is not None:
        terms["correction"] = almanac.last_day(now.since["correction"], now.correction)
    if now.deferred and now.state in PENDING:
        terms["deferral"] = almanac.named(min(now.deferred.values()))
    runs = now.procedure if "procedure" in now.since else None
    if runs is not None and runs.until_on is not None:
        terms["procedure"] = almanac.named(runs.until_on)
    if "decision" in now.since and not _stands_still(law, now):
        for name, limit in (("promised", law.promised), ("statutory", law.statutory)):
            day, doubt = almanac.last_day(now.since["decision"], limit, now.excluded)
            if now.extension is not None:
                day, later = almanac.last_day(day, now.extension)
                doubt = doubt or later
            terms[name] = day, doubt
    awaited = law.chain[now.levels_done : now.levels_done + 1]
    if "decision" in now.since and awaited and now.level_since is not None:
        terms["step"] = almanac.last_day(now.level_since, awaited[0].limit)
    if "delivery" in now.since and law.delivery is not None:
        terms["delivery"] = almanac.last_day(now.since["delivery"], law.delivery)
    return terms
