"""For whom a paper is printed (份数去向): so many copies, and where each of them goes."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from clerk.domain.papers import PaperKind

K = PaperKind


class CopyFor(StrEnum):
    """Who keeps a copy."""

    APPLICANT = "applicant"
    FILE = "file"
    DEPARTMENT = "department"
    COURIER = "courier"
    SENDER = "sender"
    AGENT = "agent"


_BOTH: Final = (CopyFor.APPLICANT, CopyFor.FILE)

COPIES_FOR: Final[Mapping[PaperKind, tuple[CopyFor, ...]]] = MappingProxyType(
    dict.fromkeys(PaperKind, _BOTH)
    | {
        K.APPLICATION: (CopyFor.FILE,),
        K.CREDIT_NOTICE: (CopyFor.APPLICANT,),
        K.DELIVERY: (CopyFor.FILE,),
        K.COURIER_SLIP: (CopyFor.COURIER, CopyFor.FILE),
        K.TRANSFER_SLIP: (CopyFor.FILE, CopyFor.DEPARTMENT),
        K.ROSTER: (CopyFor.FILE, CopyFor.DEPARTMENT),
        K.POSTED_RECEIPT: (CopyFor.SENDER, CopyFor.FILE),
        K.AGENCY_MANDATE: (CopyFor.APPLICANT, CopyFor.AGENT, CopyFor.FILE),
        K.AGENCY_END: (CopyFor.APPLICANT, CopyFor.AGENT, CopyFor.FILE),
    }
)


def copies_of(kind: PaperKind) -> int:
    """Return how many are printed of a paper."""
    return len(COPIES_FOR[kind])
