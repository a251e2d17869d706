"""What must be true after the simulated day, read from the store, the outbox and the library itself."""

import json
import urllib.request
from collections import Counter as Count
from datetime import timedelta
from typing import Any

from benchmarks.certificate_hall import Day
from clerk.domain.case import Case, CaseEventKind, CaseState
from clerk.domain.certificate import UseOutcome
from clerk.domain.certificate_recheck import unverified
from clerk.domain.certificate_status import FRESH, certificates_held, read_at
from clerk.domain.findings import Group, Outcome
from clerk.domain.standard import ItemStandard, Way
from clerk.domain.tasks import TaskKind, subjects_open
from clerk.services import hand_off
from clerk.storage import cases, journal, outbox

BETWEEN_ROUNDS = timedelta(minutes=5)
MOST_ROUNDS = 400
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_ON_PAPER = frozenset({Way.PAPER, Way.SCAN, Way.FILE})


class Steering:
    """The practice library, told what to do and asked what it holds."""

    def __init__(self, url: str) -> None:
        """``url`` is where its controls are."""
        self._url = url

    def control(self, order: dict[str, object]) -> None:
        """Tell it to fail, to answer, or what time it is."""
        request = urllib.request.Request(self._url, json.dumps(order).encode())  # noqa: S310
        with _OPENER.open(request, timeout=30) as answer:
            answer.read()

    def state(self) -> dict[str, Any]:
        """Return what it holds."""
        with _OPENER.open(f"{self._url}/state", timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


def afterwards(day: Day) -> None:
    """Let the library be up until everything was told and everything was asked again."""
    for _ in range(MOST_ROUNDS):
        day.clock.at += BETWEEN_ROUNDS
        day.behind()
        with day.desk.store.read() as tx:
            left = outbox.waiting(tx)
        if left.stuck:
            hand_off.try_stuck_again(day.desk, day.counter.session)
        elif not left.waiting and not any(_waits(case) for case in _stored(day)):
            return


def count(day: Day) -> None:
    """Fill the tally: what the cases came to, and everything that may not be."""
    tally, at = day.tally, day.clock()
    stored = _stored(day)
    tally.lost = len(day.taken) - sum(_still_there(day.taken[one.case_id], one) for one in stored)
    for case in stored:
        _sort(day, case)
        tally.accepted_on_hope += case.accepted_at is not None and _on_hope(day, case)
        open_for_people = _for_people(case)
        tally.unverified_left += len(set(unverified(_item(day, case), case, at)) - open_for_people)
        tally.left_to_a_person += len(subjects_open(case, TaskKind.VERIFY_CERTIFICATE))
        tally.differences_shown += len(subjects_open(case, TaskKind.LOOK_AT_CERTIFICATE))
        tally.verified_by_itself += sum(_verified(case))
    tally.uses = sum(day.used.values())
    tally.reports_wrong = _reports_wrong(day)
    with day.desk.store.read() as tx:
        left = outbox.waiting(tx)
        tally.untold = left.waiting + left.stuck
        tally.journal_broken = int(journal.verify(tx, day.desk.station) is not None)


def _stored(day: Day) -> list[Case]:
    with day.desk.store.read() as tx:
        return [cases.load(tx, case_id) for case_id in day.taken]


def _still_there(taken: Case, stored: Case) -> bool:
    """Whether the case bears its number, and in its file is what was taken in."""
    numbers = {stored.provisional_number, stored.number.text if stored.number else ""}
    return taken.label in numbers and taken.evidence == stored.evidence


def _waits(case: Case) -> bool:
    return bool(subjects_open(case, TaskKind.RECHECK_CERTIFICATE))


def _for_people(case: Case) -> set[str]:
    kinds = (TaskKind.VERIFY_CERTIFICATE, TaskKind.LOOK_AT_CERTIFICATE)
    return {code for kind in kinds for code in subjects_open(case, kind)}


def _verified(case: Case) -> list[bool]:
    return [
        event.detail.get("outcome") == "same"
        for event in case.events
        if event.kind is CaseEventKind.CERTIFICATE_RECHECKED
    ]


def _sort(day: Day, case: Case) -> None:
    ways = {
        held.way
        for asked in _item(day, case).requirements
        if asked.certificate and (held := case.evidence.get(asked.code)) is not None
    }
    if case.state is CaseState.RECEIVED:
        day.tally.received_only += 1
    elif Way.DEFERRAL in ways:
        day.tally.deferred += 1
    elif ways & _ON_PAPER:
        day.tally.by_paper += 1
    else:
        day.tally.by_certificate += 1


def _on_hope(day: Day, case: Case) -> bool:
    """Whether an accepted case stands on nothing, or on a status nobody read in time.

    That the library was there when it is said to have been read is known by the plan of the day.
    """
    accepted_at = case.accepted_at or day.clock()
    found = day.desk.verdict(day.counter.session, case).findings
    lacking = any(
        one.hard and one.group is Group.MATERIALS and one.outcome is not Outcome.PASS
        for one in found
    )
    unread = any(
        accepted_at - read_at(use) > FRESH or day.was_down(read_at(use))
        for use in certificates_held(case).values()
    )
    return lacking or unread


def _reports_wrong(day: Day) -> int:
    """Count uses that the library was not told of exactly once, by its own word."""
    told = Count(
        (one["business_number"], one["certificate_id"])
        for one in day.library.state()["uses"]
        if one["outcome"] == UseOutcome.ATTACHED.value
    )
    mine = {case_number for case_number, _ in day.used}
    told = Count({key: times for key, times in told.items() if key[0] in mine})
    return sum(((told - day.used) + (day.used - told)).values())


def _item(day: Day, case: Case) -> ItemStandard:
    return day.desk.standard(case.item_code, case.standard_version)
