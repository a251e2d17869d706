"""What must be true after every kill, read from the store and from the other ends."""

import json
import urllib.request
from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from clerk.domain.case import CaseState
from clerk.domain.hand_off import MessageKind
from clerk.services.desk import Desk
from clerk.storage import journal, outbox
from clerk.storage.tables import cases, leased_numbers
from clerk.storage.tables import outbox as outbox_table

TOLD = {MessageKind.SUBMIT_CASE.value, MessageKind.CLAIM_NUMBER.value}


@dataclass(slots=True, kw_only=True)
class Findings:
    """What is wrong after a round; nothing of it may be."""

    lost: set[UUID] = field(default_factory=set)
    doubled: set[UUID] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.broken)


def peer_state(control_url: str) -> dict[str, Any]:
    """Return what a peer holds, by its own word."""
    with urllib.request.urlopen(f"{control_url}/state", timeout=30) as answer:  # noqa: S310
        found: dict[str, Any] = json.load(answer)
    return found


def look(
    desk: Desk,
    acknowledged: Mapping[UUID, str],
    back_office: Mapping[str, Any],
    platform: Mapping[str, Any],
) -> Findings:
    """Compare acknowledgements, store, and what the other ends hold after the outbox drained.

    A case counts as lost unless it is in the store, accepted and handed off, under the number
    that was acknowledged, every message of it has its receipt, and the back office has it.
    """
    found = Findings()
    kept = _accepted(desk)
    at_back_office = Tally(
        UUID(one["case_id"]) for one in back_office["submissions"] if one["kind"] == "case"
    )
    found.lost = (acknowledged.keys() - kept.keys()) | (kept.keys() - at_back_office.keys())
    found.lost |= {
        case_id
        for case_id, number in acknowledged.items()
        if case_id in kept and number and number not in kept[case_id]
    }
    found.lost |= kept.keys() - _fully_told(desk)
    found.doubled = {case_id for case_id, times in at_back_office.items() if times > 1}
    found.doubled |= _with_two_numbers(platform)
    found.broken += _broken(desk)
    unknown = at_back_office.keys() - kept.keys()
    if unknown:
        found.broken.append(f"{len(unknown)} cases told that the store does not have")
    return found


def _accepted(desk: Desk) -> dict[UUID, set[str]]:
    """Return the numbers of every case that was accepted and handed off, final and temporary."""
    with desk.store.read() as tx:
        rows = tx.execute(
            select(cases.c.case_id, cases.c.number, cases.c.provisional_number).where(
                cases.c.state == CaseState.UNDER_REVIEW.value
            )
        )
        return {row.case_id: {row.number, row.provisional_number} - {None} for row in rows}


def _fully_told(desk: Desk) -> set[UUID]:
    with desk.store.read() as tx:
        rows = tx.execute(
            select(outbox_table.c.case_id, outbox_table.c.kind).where(
                outbox_table.c.state == outbox.SendState.DELIVERED.value,
                outbox_table.c.receipt_json.is_not(None),
            )
        )
        told: dict[UUID, set[str]] = {}
        for row in rows:
            told.setdefault(row.case_id, set()).add(row.kind)
    return {case_id for case_id, kinds in told.items() if kinds >= TOLD}


def _with_two_numbers(platform: Mapping[str, Any]) -> set[UUID]:
    final = Tally(
        UUID(claim["case_id"])
        for claim in platform["claims"]
        if not claim["number"].startswith("LS")
    )
    return {case_id for case_id, times in final.items() if times > 1}


def _broken(desk: Desk) -> list[str]:
    found = []
    desk.store.verify_pages()
    with desk.store.read() as tx:
        line = journal.verify(tx, desk.station)
        if line is not None:
            found.append(f"the journal's chain breaks at line {line}")
        given = tx.execute(
            select(leased_numbers.c.number, leased_numbers.c.case_id).where(
                leased_numbers.c.case_id.is_not(None)
            )
        ).all()
        bearing = {
            row.number: row.case_id
            for row in tx.execute(
                select(cases.c.number, cases.c.case_id).where(cases.c.number.is_not(None))
            )
        }
        if {row.number: row.case_id for row in given} != bearing:
            found.append("numbers given and numbers borne differ")
        left = outbox.waiting(tx)
    if left.waiting or left.stuck:
        found.append(f"{left.waiting + left.stuck} messages were not taken")
    return found
