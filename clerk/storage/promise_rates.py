"""Counts of promises over all cases, by item."""

from sqlalchemy import Connection, Label, case, func, select

from clerk.domain.case import CaseState
from clerk.domain.check_records import CheckFinding
from clerk.domain.promise_rate import PromiseRate
from clerk.domain.standard import Way
from clerk.storage.tables import case_materials, cases


def rates(tx: Connection) -> list[PromiseRate]:
    """Return one line an item that was promised for, by its code; drafts are not counted."""
    rows = tx.execute(
        select(
            cases.c.item_code,
            func.max(cases.c.item_name).label("item_name"),
            func.count().label("promised"),
            *(_how_many(finding) for finding in CheckFinding),
        )
        .join_from(cases, case_materials, cases.c.case_id == case_materials.c.case_id)
        .where(case_materials.c.way == Way.COMMITMENT.value, cases.c.state != CaseState.DRAFT.value)
        .group_by(cases.c.item_code)
        .order_by(cases.c.item_code)
    )
    return [
        PromiseRate(
            item_code=row.item_code,
            item_name=row.item_name,
            promised=row.promised,
            found_true=getattr(row, CheckFinding.TRUE.value),
            found_false=getattr(row, CheckFinding.FALSE.value),
            unclear=getattr(row, CheckFinding.UNCLEAR.value),
        )
        for row in rows
    ]


def _how_many(finding: CheckFinding) -> Label[int]:
    found = case((case_materials.c.finding == finding.value, 1), else_=0)
    return func.sum(found).label(finding.value)
