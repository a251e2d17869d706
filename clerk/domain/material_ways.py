"""Two more ways of a material: several files at once, and nothing at all by the standard (免提交)."""

from collections.abc import Sequence
from datetime import datetime

from clerk.domain.errors import BadInput
from clerk.domain.identity import Session
from clerk.domain.intake import from_file
from clerk.domain.material import Evidence, Origin, StoredFile
from clerk.domain.standard import Requirement, Way
from clerk.values import replace


def from_files(
    asked: Requirement,
    files: Sequence[StoredFile],
    origin: Origin,
    session: Session,
    at: datetime,
) -> Evidence:
    """Files stand for the paper, their pages in this order; there is at least one."""
    first = from_file(asked, files[0], origin, session, at)
    return replace(first, files=tuple(files))


def exempted(asked: Requirement, session: Session, at: datetime) -> Evidence:
    """The standard lets this applicant off: a person says that its reason holds here.

    Raises:
        BadInput: the standard names no reason to go without the material.
    """
    if not asked.exemption or Way.EXEMPT not in asked.ways:
        raise BadInput(f"{asked.name}按标准不能免，没有改动。收原件，或一次性告知")
    return Evidence(way=Way.EXEMPT, origin=Origin.BY_RULE, at=at, by=session.account.account_id)
