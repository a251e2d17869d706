"""The versions that one publication brought, as they are taken back or reverted together."""

from typing import Final
from uuid import UUID

from sqlalchemy import Connection, exists, select, update

from clerk.storage.catalogue_tables import standard_lines
from clerk.values import dataclass

_MOST_NAMED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A version that was taken back, and who had written it."""

    item_code: str
    version: int
    hands: tuple[str, ...]


def take_back(tx: Connection, proposal_id: UUID) -> list[TakenBack]:
    """Let the versions of a publication never be in force, and say which they are.

    Where the versions before them end is settled by ``standards.settle_ends`` afterwards, lot by lot.
    """
    here = standard_lines.c
    of_proposal = here.proposal_id == proposal_id
    tx.execute(update(standard_lines).where(of_proposal).values(taken_back=True))
    wanted = select(here.item_code, here.version, here.hands).where(of_proposal)
    return [
        TakenBack(item_code=row.item_code, version=row.version, hands=tuple(row.hands.split("\n")))
        for row in tx.execute(wanted.order_by(here.item_code))
    ]


def based_on(tx: Connection, proposal_id: UUID) -> list[tuple[str, int, int]]:
    """Return item, version and the version it followed, of every version of a publication."""
    here = standard_lines.c
    wanted = select(here.item_code, here.version, here.base_version).where(
        here.proposal_id == proposal_id
    )
    found = tx.execute(wanted.order_by(here.item_code))
    return [(row.item_code, row.version, row.base_version) for row in found]


def followed(tx: Connection, proposal_id: UUID) -> list[str]:
    """Return the names of items that got yet another version after this publication."""
    here, later = standard_lines.c, standard_lines.alias("later").c
    wanted = (
        select(here.name)
        .where(
            here.proposal_id == proposal_id,
            exists().where(
                later.item_code == here.item_code,
                later.version > here.version,
                later.taken_back.is_(False),
            ),
        )
        .order_by(here.item_code)
        .limit(_MOST_NAMED)
    )
    return list(tx.execute(wanted).scalars())
