"""Originals that were laid on the counter (原件), and where each of them is."""

from datetime import datetime
from enum import StrEnum

from clerk.values import dataclass


class OriginalPlace(StrEnum):
    """Where an original is; only what is ``KEPT`` or ``HANDED_ON`` has still to go back."""

    SEEN = "seen"
    KEPT = "kept"
    HANDED_ON = "handed_on"
    FILED = "filed"
    RETURNED = "returned"


class TransferKind(StrEnum):
    """Why originals go on to the department (流转类型)."""

    WITH_CASE = "with_case"
    SUPPLEMENT = "supplement"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalHeld:
    """What became of the originals of one material.

    ``number`` is that of the transfer slip (材料流转单) where they were handed on, ``to`` who took
    them: the department, or whoever got them back. ``bag`` is the bag they went in (袋号),
    ``by_name`` who brought it, ``signed_by`` and ``signed_at`` who signed for it there, and when.
    """

    place: OriginalPlace
    count: int
    at: datetime
    by: str
    number: str = ""
    to: str = ""
    note: str = ""
    bag: str = ""
    transfer: TransferKind | None = None
    by_name: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None
