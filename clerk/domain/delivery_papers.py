"""Papers of a result on its way to the applicant: 送达回证 with 领取登记, and 快递单.

What a parcel's slip carries follows GB/T 39046 table 15 (寄递信息).
"""

from datetime import date, datetime
from typing import ClassVar

from clerk.domain.papers import ON_EVERY_PAPER, Paper, PaperKind
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """A result or paper that is handed over."""

    name: str
    number: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Paper):
    """送达回证 and 领取登记: what was handed to whom, how, and how that person was known.

    ``deputy_reason`` says why somebody else signs (代收原因); it is asked for as soon as
    ``deputy`` is not empty. ``identity_check`` is the outcome of comparing face and card.
    """

    kind: ClassVar[PaperKind] = PaperKind.DELIVERY
    _required: ClassVar[frozenset[str]] = frozenset(
        {"number", "results", "way", "place", "identity_check"}
        | {"receiver_name", "receiver_id_kind", "receiver_id_number", "receiver_phone"}
    )
    _given_at_effect: ClassVar[frozenset[str]] = frozenset({"handed_at"})

    results: tuple[ResultRow, ...]
    way: str
    place: str
    receiver_name: str
    receiver_id_kind: str
    receiver_id_number: str
    receiver_phone: str
    identity_check: str
    handed_at: datetime | None = None
    deputy: str = ""
    deputy_reason: str = ""

    def _mandatory(self) -> frozenset[str]:
        deputy = frozenset({"deputy_reason"}) if self.deputy else frozenset[str]()
        return ON_EVERY_PAPER | self._required | {"handed_at"} | deputy


@dataclass(frozen=True, slots=True, kw_only=True)
class CourierSlip(Paper):
    """快递单: who sends what to whom by which courier; the courier's number is its own number.

    ``postage`` is what the courier asks of the receiver, empty where nothing is listed.
    """

    kind: ClassVar[PaperKind] = PaperKind.COURIER_SLIP
    _required: ClassVar[frozenset[str]] = frozenset(
        {"number", "document_number", "courier", "results", "sent_on"}
        | {"sender", "sender_phone", "sender_address", "sender_postcode"}
        | {"receiver", "receiver_mobile", "receiver_address", "receiver_postcode"}
    )

    courier: str
    results: tuple[ResultRow, ...]
    sent_on: date
    sender: str
    sender_phone: str
    sender_address: str
    sender_postcode: str
    receiver: str
    receiver_mobile: str
    receiver_address: str
    receiver_postcode: str
    postage: str = ""
