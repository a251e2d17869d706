"""寄送材料签收单: what came in a parcel, what was missing and what nobody had asked for."""

from datetime import datetime
from typing import ClassVar

from clerk.domain.papers import NUMBERED, SEALED, Paper, PaperKind
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedReceipt(Paper):
    """The parcel as it was opened, line by line; nothing is accepted by it.

    ``next_step`` says what becomes of what is missing, and by when.
    """

    kind: ClassVar[PaperKind] = PaperKind.POSTED_RECEIPT
    _required: ClassVar[frozenset[str]] = (
        SEALED | NUMBERED | {"sender", "arrived_at", "opened_at", "next_step"}
    )

    sender: str
    waybill_number: str
    arrived_at: datetime
    opened_at: datetime
    there: tuple[str, ...]
    lacking: tuple[str, ...]
    not_asked: tuple[str, ...]
    pictures: int
    why_unseen: str
    next_step: str
