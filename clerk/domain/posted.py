"""Papers that came by post (寄来的材料): one parcel, and what was found in it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from clerk.domain.material import StoredFile
from clerk.values import dataclass


class PostedFinding(StrEnum):
    """How a paper stands after the parcel was opened; a paper nobody looked for is a line too."""

    THERE = "there"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedParcel:
    """A parcel as it was opened at the window, before the camera (当面开拆).

    ``found`` says of each material of the case whether it lay in it, by its code; ``not_asked``
    names what lay in it besides. ``files`` are the pictures of the opening. ``arrived_at`` is when
    it reached the office: that day counts for what is in it.
    """

    sender: str
    waybill_number: str
    arrived_at: datetime
    opened_at: datetime
    opened_by: str
    opened_by_name: str
    found: Mapping[str, PostedFinding]
    not_asked: tuple[str, ...] = ()
    files: tuple[StoredFile, ...] = ()
    why_unseen: str = ""
    """Why there is no picture of the opening, where there is none."""
