"""Which cases of one applicant hold papers that he left for re-use (留用), by his number (盲索引)."""

from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from clerk.domain.case import CaseState
from clerk.storage.blind_index import index_of
from clerk.storage.tables import case_materials, cases


def cases_with_left(tx: Connection, id_number: str, *, but: UUID, limit: int) -> list[UUID]:
    """Return the newest cases with a left paper and the newest after the oldest of them.

    A later case may hold another paper for the same material. Newest first, no drafts, without
    the case ``but``; at most ``limit`` of either.
    """
    person = index_of(tx, id_number)
    if not person:
        return []
    his = (
        cases.c.applicant_index == person,
        cases.c.case_id != but,
        cases.c.state != CaseState.DRAFT.value,
    )
    left = select(case_materials.c.case_id).where(case_materials.c.left_at.is_not(None))
    found = _newest(tx, limit, *his, cases.c.case_id.in_(left))
    if found:
        found |= _newest(tx, limit, *his, cases.c.row_number > min(found))
    return [found[row] for row in sorted(found, reverse=True)]


def _newest(tx: Connection, limit: int, *where: ColumnElement[bool]) -> dict[int, UUID]:
    newest = select(cases.c.row_number, cases.c.case_id).where(*where)
    rows = tx.execute(newest.order_by(cases.c.row_number.desc()).limit(limit))
    return {row.row_number: row.case_id for row in rows}
