"""The published versions of one item: which follows which, and until when each is in force."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from clerk.values import dataclass

NEW_ITEM: Final = 0
"""The base version of a draft for an item that was never published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionEntry:
    """A published version in the history of its item; ``ended_on`` as later ones made it."""

    item_code: str
    version: int
    name: str
    effective_on: date
    ended_on: date | None
    published_at: datetime
    published_by_name: str
    proposed_by_name: str
    reason: str
    taken_back: bool


def ends_of(begins: Iterable[tuple[int, date, date | None]]) -> dict[int, date | None]:
    """Return the last day of each version of one item.

    A version ends the day before the next one begins, or on its own last day if that is earlier;
    of two that begin on one day only the later version is ever in force.

    Args:
        begins: version, first day and own last day of each.
    """
    ordered = sorted(begins, key=lambda one: (one[1], one[0]))
    found: dict[int, date | None] = {}
    for at, (version, _, own_end) in enumerate(ordered):
        following = ordered[at + 1][1] - timedelta(days=1) if at + 1 < len(ordered) else None
        known = [day for day in (own_end, following) if day is not None]
        found[version] = min(known, default=None)
    return found
