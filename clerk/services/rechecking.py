"""Checks every stored case again under its own version, or under another one: what would differ.

Nothing is changed: a difference is for people to look into. Read in slices, so that the lane is
free for the clerk in between.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.case import Case
from clerk.domain.findings import Verdict
from clerk.domain.identity import Act, Session
from clerk.domain.kept_check import CheckDifference, KeptCheck, as_in_force, difference, kept_check
from clerk.domain.standard import ItemStandard
from clerk.services.desk import Desk
from clerk.services.records import keep_case
from clerk.storage import case_checks
from clerk.storage.json_text import each_written_once
from clerk.values import dataclass

AT_ONCE: Final = 200
BEGINNING: Final = (UUID(int=0), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked:
    """One check that comes out otherwise, of the case that bears the number ``label``."""

    check: KeptCheck
    label: str
    difference: CheckDifference


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckedSlice:
    """How many checks were looked at, which differ, and where to go on; None at the end."""

    checks: int
    differing: tuple[Rechecked, ...]
    go_on_after: tuple[UUID, int] | None


def keep_checked(
    desk: Desk,
    session: Session,
    tx: Connection,
    before: Case,
    changed: Case,
    verdict: Verdict,
    at: datetime,
) -> Case:
    """Keep what became of ``before`` and the check under which it did, in the act's transaction.

    Raises:
        CaseChanged: another window saved the case meanwhile.
    """
    with each_written_once():
        saved = keep_case(tx, changed)
        kept = kept_check(before, saved, verdict, session.counter_code, desk.today(), at)
        case_checks.put(tx, kept)
    return saved


def recheck_some(
    desk: Desk, session: Session, after: tuple[UUID, int] = BEGINNING
) -> RecheckedSlice:
    """Check the next cases again, each under the version it was taken in under.

    Raises:
        NotAllowed: the role does not look into the store's truth.
    """
    session.require(Act.VERIFY_JOURNAL)
    return _some(desk, after, "", lambda check: _own(desk, check))


def recheck_under(
    desk: Desk, session: Session, standard: ItemStandard, after: tuple[UUID, int] = BEGINNING
) -> RecheckedSlice:
    """Check the next cases of an item as if ``standard`` had been in force on their day.

    Raises:
        NotAllowed: the role does not look into the store's truth.
    """
    session.require(Act.VERIFY_JOURNAL)
    code = standard.item_code
    return _some(desk, after, code, lambda check: as_in_force(standard, check.on))


def _own(desk: Desk, check: KeptCheck) -> ItemStandard:
    return desk.standard(check.case.item_code, check.case.standard_version)


def _some(
    desk: Desk,
    after: tuple[UUID, int],
    item_code: str,
    version_for: Callable[[KeptCheck], ItemStandard],
) -> RecheckedSlice:
    with desk.store.read() as tx:
        stored = case_checks.after(tx, after, AT_ONCE, item_code)
    differing = []
    for one in stored:
        check = one.check
        verdict = desk.checked.of(
            version_for(check), check.case, check.counter_code, check.on, desk.calendar
        )
        found = difference(check, verdict)
        if found is not None:
            differing.append(Rechecked(check=check, label=one.label, difference=found))
    last = stored[-1].check if len(stored) == AT_ONCE else None
    return RecheckedSlice(
        checks=len(stored),
        differing=tuple(differing),
        go_on_after=(last.case_id, last.case_version) if last else None,
    )
