"""Checks that were acted upon, with what lay on the desk then (留存的核对)."""

from uuid import UUID

from sqlalchemy import Connection, insert, select, tuple_

from clerk.domain.kept_check import KeptCheck
from clerk.storage.codec import dump, load
from clerk.storage.prepared import Prepared
from clerk.storage.tables import case_checks, cases
from clerk.values import dataclass

_INSERT = Prepared(insert(case_checks))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCheck:
    """A kept check and the number of its case, empty where it has none."""

    label: str
    check: KeptCheck


def put(tx: Connection, kept: KeptCheck) -> None:
    """Keep a check; its case must be in the store already."""
    row = {
        "case_id": kept.case_id,
        "case_version": kept.case_version,
        "item_code": kept.case.item_code,
        "standard_version": kept.case.standard_version,
        "body": dump(kept),
    }
    _INSERT.run(tx, row)


def after(
    tx: Connection, place: tuple[UUID, int], limit: int, item_code: str = ""
) -> list[StoredCheck]:
    """Return checks behind ``place`` (case and its version), of one item where it is named."""
    there = tuple_(case_checks.c.case_id, case_checks.c.case_version)
    found = tx.execute(
        select(case_checks.c.body, cases.c.number, cases.c.provisional_number)
        .join_from(case_checks, cases, case_checks.c.case_id == cases.c.case_id)
        .where(there > place, *([case_checks.c.item_code == item_code] if item_code else []))
        .order_by(case_checks.c.case_id, case_checks.c.case_version)
        .limit(limit)
    )
    return [
        StoredCheck(
            label=row.number or row.provisional_number or "", check=load(row.body, KeptCheck)
        )
        for row in found
    ]


def of_case(tx: Connection, case_id: UUID) -> list[KeptCheck]:
    """Return the checks of a case, oldest first."""
    bodies = tx.execute(
        select(case_checks.c.body)
        .where(case_checks.c.case_id == case_id)
        .order_by(case_checks.c.case_version)
    )
    return [load(body, KeptCheck) for body in bodies.scalars()]
