"""Every stored case checked again under its own version: nothing may differ, and how fast it goes."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from statistics import median
from uuid import UUID

from benchmarks.absent_peers import AbsentPeers
from benchmarks.counter import ITEM, START_AT, Counter, new_key, open_store, scratch
from benchmarks.figures import Figure, Goal, in_turn, milliseconds
from benchmarks.sampled_cases import acted_upon, sampled_cases, three_versions
from clerk.app.edges import uuid7
from clerk.domain.days import local_date
from clerk.domain.identity import Role, Session
from clerk.domain.standard import ItemStandard
from clerk.services.desk import Desk
from clerk.services.rechecking import (
    AT_ONCE,
    BEGINNING,
    RecheckedSlice,
    recheck_some,
    recheck_under,
)
from clerk.services.standards_at_hand import StandardsAtHand
from clerk.storage import case_checks, standards
from clerk.storage.engine import Store

CHECKS, MANY_CHECKS = 1_000, 20_000
DAYS = 3
ROUNDS = 3
RECHECK = Goal(number=None, floor=3, reach=2)
"""Checking again may cost twice as much as reading what was kept and the versions it needs."""


def measure(large: bool) -> Sequence[Figure]:
    """Take cases in under three versions of every item and check all of them again."""
    folder = scratch("rechecks")
    wanted = MANY_CHECKS if large else CHECKS
    counter, key = Counter(), new_key()
    try:
        with closing(
            open_store(folder / "kept.db", key, lambda: START_AT, counter.initials)
        ) as store:
            _take_in(counter, store, wanted)
        with closing(
            open_store(folder / "kept.db", key, lambda: START_AT, counter.initials)
        ) as store:
            return [_again(counter, store, wanted)]
    finally:
        shutil.rmtree(folder)


def _take_in(counter: Counter, store: Store, wanted: int) -> None:
    """Take a third of them in on each of three days, each day under another version."""
    today = local_date(START_AT)
    kept = 0
    for day, versions in enumerate(
        zip(*(three_versions(item, today) for item in counter.catalogue), strict=True)
    ):
        at = START_AT + timedelta(days=day)
        with store.begin() as tx:
            for version in versions:
                standards.publish(tx, version, at)
        desk = _desk(counter, store, at)
        drafts = list(sampled_cases(desk, counter.session, versions, uuid7))
        done = (
            saved
            for draft in cycle(drafts)
            if (saved := acted_upon(desk, counter.session, replace(draft, case_id=uuid7())))
        )
        share = wanted // DAYS + (wanted % DAYS if day == 0 else 0)
        kept += sum(1 for _ in islice(done, share))
        print(f"     {kept} cases, {len(versions)} items in their version {day + 1}", flush=True)


def _again(counter: Counter, store: Store, wanted: int) -> Figure:
    desk, auditor = _desk(counter, store), _auditor(counter)
    different = looked_at = 0

    def again() -> None:
        nonlocal different, looked_at
        found = list(_slices(desk, auditor, None))
        looked_at = sum(one.checks for one in found)
        different += sum(len(one.differing) for one in found)

    def read() -> None:
        last: tuple[UUID, int] | None = BEGINNING
        while last is not None:
            with store.read() as tx:
                stored = case_checks.after(tx, last, AT_ONCE)
            for one in stored:
                desk.standard(one.check.case.item_code, one.check.case.standard_version)
            end = stored[-1].check if len(stored) == AT_ONCE else None
            last = (end.case_id, end.case_version) if end else None

    ours, bare = in_turn(ROUNDS, lambda: milliseconds(again), lambda: milliseconds(read))
    planted = _planted(counter)
    under = list(_slices(desk, auditor, planted))
    touched = sum(len(one.differing) for one in under)
    print(
        f"     {looked_at} checked again, {different} differ, {wanted / median(ours) * 1e3:.0f}"
        f" a second; a planted change touches {touched} of {sum(one.checks for one in under)}"
    )
    if different or looked_at != wanted or not touched:
        raise AssertionError(f"{looked_at} of {wanted} looked at, {different} differ")
    return RECHECK.figure("checks made again / reading them and versions", ours, bare, "ms")


def _planted(counter: Counter) -> ItemStandard:
    item = next(one for one in counter.catalogue if one.item_code == ITEM)
    stricter = tuple(replace(one, copies=one.copies + 1) for one in item.requirements)
    return replace(item, requirements=stricter)


def _slices(desk: Desk, auditor: Session, draft: ItemStandard | None) -> Iterator[RecheckedSlice]:
    last: tuple[UUID, int] | None = BEGINNING
    while last is not None:
        found = (
            recheck_some(desk, auditor, last)
            if draft is None
            else recheck_under(desk, auditor, draft, last)
        )
        yield found
        last = found.go_on_after


def _desk(counter: Counter, store: Store, at: datetime = START_AT) -> Desk:
    peers = AbsentPeers()
    desk = counter.desk(
        store,
        now=lambda: at,
        new_id=uuid7,
        certificates=peers,
        back_office=peers,
        platform=peers,
    )
    return replace(desk, standard=StandardsAtHand(store))


def _auditor(counter: Counter) -> Session:
    account = replace(counter.session.account, roles=frozenset({Role.AUDITOR}))
    return replace(counter.session, account=account)
