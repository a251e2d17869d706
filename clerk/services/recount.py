"""Counts every open case anew when the calendar has changed, and says which days have moved."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.case import Case
from clerk.domain.course import settled
from clerk.domain.deadlines import Term
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import cases, settings
from clerk.storage.codec import canonical_json
from clerk.storage.digest import sm3
from clerk.values import dataclass

COUNTED_BY: Final = "calendar.counted_by"
AT_ONCE: Final = 50
"""Cases in one transaction: the lane is free for the clerk in between."""

_BEGINNING: Final = "0" * 32
_END: Final = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedTerm:
    """A running term whose last day is another one by the new calendar."""

    case_id: UUID
    label: str
    term: Term
    before_on: date
    after_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recounted:
    """What one round found; ``finished`` once every open case was counted by this calendar."""

    moved: tuple[MovedTerm, ...]
    finished: bool


def recount_some(desk: Desk) -> Recounted:
    """Count the next open cases by the calendar at hand; call again until it is finished.

    Only what is not decided yet can move; what a paper already told the applicant stays in the
    course. Broken off half way it goes on where it was.

    Raises:
        StoreTrouble: what was not kept is counted the next time.
    """
    digest = _digest(desk)
    with desk.store.begin() as tx:
        counted = settings.get(tx, settings.COUNTER, COUNTED_BY, {})
        after = counted.get("after", "") if counted.get("calendar") == digest else _BEGINNING
        if after == _END:
            return Recounted(moved=(), finished=True)
        running = cases.with_running_terms(tx, UUID(after), AT_ONCE)
        moved = _recounted(desk, tx, running)
        finished = len(running) < AT_ONCE
        at = _END if finished else running[-1].hex
        settings.put(tx, settings.COUNTER, COUNTED_BY, {"calendar": digest, "after": at})
        if finished:
            record(desk, tx, None, "calendar.counted", calendar=digest)
    return Recounted(moved=tuple(moved), finished=finished)


def _recounted(desk: Desk, tx: Connection, ids: list[UUID]) -> list[MovedTerm]:
    moved: list[MovedTerm] = []
    for case_id in ids:
        case = cases.load(tx, case_id)
        anew = settled(desk.rules(case), case)
        if anew.terms == case.terms:
            continue
        cases.save(tx, anew)
        found = _moved(case, anew)
        moved += found
        said = [f"{one.term.value} {one.before_on}→{one.after_on}" for one in found]
        record(desk, tx, None, "case.recounted", case_id, moved=said)
    return moved


def _moved(before: Case, after: Case) -> list[MovedTerm]:
    return [
        MovedTerm(
            case_id=before.case_id,
            label=before.label,
            term=term,
            before_on=due.on,
            after_on=after.terms[term].on,
        )
        for term, due in sorted(before.terms.items())
        if term in after.terms and after.terms[term].on != due.on
    ]


def _digest(desk: Desk) -> str:
    calendar = desk.calendar
    told = {
        "years": sorted(calendar.years),
        "rest": sorted(day.isoformat() for day in calendar.rest_on),
        "work": sorted(day.isoformat() for day in calendar.work_on),
    }
    return sm3(canonical_json(told).encode())
