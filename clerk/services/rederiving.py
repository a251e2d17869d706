"""Works every case's state and dates out from its events again, and says where the store differs.

Nothing is changed: a difference is for people to look into. Read in slices, so that the lane is
free for the clerk in between.
"""

from typing import Final
from uuid import UUID

from clerk.domain.course import derived_again
from clerk.domain.identity import Act, Session
from clerk.services.desk import Desk
from clerk.storage import cases
from clerk.values import dataclass

AT_ONCE: Final = 200
BEGINNING: Final = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A case whose row or body does not say what its events say; ``what`` names the columns."""

    case_id: UUID
    label: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rederived:
    """One slice: how many cases were looked at, what differs, and where to go on; None at the end."""

    cases: int
    differences: tuple[Difference, ...]
    go_on_after: UUID | None


def rederive_some(desk: Desk, session: Session, after: UUID = BEGINNING) -> Rederived:
    """Work out the next cases again and compare them with what the store holds.

    Raises:
        NotAllowed: the role does not look into the store's truth.
    """
    session.require(Act.VERIFY_JOURNAL)
    with desk.store.read() as tx:
        stored = cases.bodies_after(tx, after, AT_ONCE)
        differences = [
            Difference(case_id=one.case.case_id, label=one.case.label, what=what)
            for one in stored
            if (what := cases.differing(tx, one, derived_again(desk.rules(one.case), one.case)))
        ]
    last = stored[-1].case.case_id if len(stored) == AT_ONCE else None
    return Rederived(cases=len(stored), differences=tuple(differences), go_on_after=last)
