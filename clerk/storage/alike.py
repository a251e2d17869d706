"""Which cases stand in the store for one applicant, told by his identity number (盲索引)."""

from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from clerk.domain.case_list import CaseLine
from clerk.storage import case_list
from clerk.storage.blind_index import index_of
from clerk.storage.tables import cases


def open_of_item(
    tx: Connection, id_number: str, item_code: str, *, but: UUID, limit: int
) -> list[CaseLine]:
    """Return his open cases of an item, drafts too, the newest first, without the case ``but``."""
    of_item = (cases.c.item_code == item_code, cases.c.closed.is_(False))
    return _newest(tx, id_number, but, limit, *of_item)


def under_other_name(
    tx: Connection, id_number: str, name: str, *, but: UUID, limit: int
) -> list[CaseLine]:
    """Return cases, closed ones too, with this number and another name, the newest first."""
    return _newest(tx, id_number, but, limit, cases.c.applicant_name != name)


def _newest(
    tx: Connection, id_number: str, but: UUID, limit: int, *more: ColumnElement[bool]
) -> list[CaseLine]:
    same_number = cases.c.applicant_index == index_of(tx, id_number)
    found = (
        select(cases.c.case_id)
        .where(same_number, cases.c.case_id != but, *more)
        .order_by(cases.c.row_number.desc())
        .limit(limit)
    )
    return case_list.lines(tx, tx.execute(found).scalars().all())
