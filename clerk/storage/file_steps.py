"""How far the file of a closed case has come (案卷): reviewed, archived; found across all cases."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, func, select

from clerk.domain.case import Case
from clerk.domain.file_review import was_archived, was_reviewed
from clerk.storage.tables import cases


class FileStep(StrEnum):
    """What was done last with the file; nothing while the case runs."""

    NONE = ""
    REVIEWED = "reviewed"
    ARCHIVED = "archived"


def step_of(case: Case) -> FileStep:
    """Return how far the file of the case has come."""
    if not case.closed:
        return FileStep.NONE
    if was_archived(case):
        return FileStep.ARCHIVED
    return FileStep.REVIEWED if was_reviewed(case) else FileStep.NONE


def not_reviewed(tx: Connection, after: int, limit: int) -> list[tuple[int, UUID]]:
    """Return closed cases whose file nobody has reviewed, behind row ``after``, oldest first."""
    found = tx.execute(
        select(cases.c.row_number, cases.c.case_id)
        .where(
            cases.c.closed.is_(True),
            cases.c.file_step == FileStep.NONE.value,
            cases.c.row_number > after,
        )
        .order_by(cases.c.row_number)
        .limit(limit)
    )
    return [(row.row_number, row.case_id) for row in found]


def to_archive(tx: Connection, limit: int) -> list[UUID]:
    """Return closed cases of which no package was made, oldest first."""
    found = tx.execute(
        select(cases.c.case_id).where(*_WAITING).order_by(cases.c.row_number).limit(limit)
    )
    return list(found.scalars())


def waiting(tx: Connection) -> int:
    """Count the closed cases of which no package was made."""
    return int(tx.execute(select(func.count()).where(*_WAITING)).scalar_one())


_WAITING = (
    cases.c.closed.is_(True),
    cases.c.file_step.in_([FileStep.NONE.value, FileStep.REVIEWED.value]),
)
