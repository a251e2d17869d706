"""How a result reaches the applicant (领取方式), and the parcels that a courier carries (寄递)."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from clerk.values import dataclass

_POSTCODE: Final = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")


class ResultWay(StrEnum):
    """How a result is to reach the applicant; chosen at intake, changed by an act."""

    WINDOW = "window"
    COURIER = "courier"
    PROXY = "proxy"
    VAN = "van"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPlan:
    """The way that was agreed, and for a courier where to; ``receiver`` takes it in hand.

    The van brings it on ``comes_on`` by ``route`` to the stop that ``address`` names.
    """

    way: ResultWay
    receiver: str = ""
    phone: str = ""
    address: str = ""
    route: str = ""
    comes_on: date | None = None

    @property
    def can_be_sent(self) -> bool:
        """Whether a waybill can be filled in from it."""
        return self.way is ResultWay.COURIER and all((self.receiver, self.phone, self.address))


class ParcelState(StrEnum):
    """Where a parcel is; ``ASKED`` until the courier gave it a waybill number."""

    ASKED = "asked"
    BOOKED = "booked"
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    DELIVERED = "delivered"
    CAME_BACK = "came_back"


def postcode_in(address: str) -> str:
    """Return the postcode (邮编) that was written with an address, empty where none was."""
    found = _POSTCODE.findall(address)
    return found[-1] if found else ""


MOVING = frozenset(
    {ParcelState.ASKED, ParcelState.BOOKED, ParcelState.PICKED_UP, ParcelState.IN_TRANSIT}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One result on its way by courier (GB/T 39046 table 15).

    ``waybill_number`` is empty until the courier gave it; ``taken_by`` is who signed for it there,
    ``trouble`` why it came back. ``at`` is the instant of the last step.
    """

    parcel_id: UUID
    receiver: str
    phone: str
    address: str
    sent_by: str
    sent_at: datetime
    state: ParcelState
    at: datetime
    waybill_number: str = ""
    taken_by: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelEvent:
    """What the courier tells of a parcel; ``event_id`` never changes."""

    event_id: str
    case_id: UUID
    waybill_number: str
    state: ParcelState
    at: datetime
    taken_by: str = ""
    trouble: str = ""

    @property
    def kind(self) -> ParcelState:
        """What it tells, as the inbox asks every event."""
        return self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelEvents:
    """Events after a cursor, oldest first, and the cursor to ask from next time."""

    events: tuple[ParcelEvent, ...]
    cursor: str
