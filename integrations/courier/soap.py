"""A courier that carries results to applicants and speaks ``wsdl/courier.wsdl``."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from clerk.domain.call import Call
from clerk.domain.hand_off import Message, RemoteReceipt
from clerk.domain.parcel import ParcelEvent, ParcelEvents, ParcelState
from clerk.values import replace
from integrations.soap.correspondent import Correspondent
from integrations.soap.outcome import Doubt
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe


class SoapCourier(Correspondent):
    """Fulfils the port ``Courier``."""

    def __init__(self, profile: Callable[[], PeerProfile], scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        super().__init__(profile, "courier", scribe)

    def book(self, call: Call, message: Message) -> RemoteReceipt:
        """Ask for a parcel to be carried; the waybill's number (运单号) is the receipt's id."""
        answer = self._tell(call, "BookParcel", message, json.loads(message.body))
        number = str(answer["waybillNumber"] or "").strip()
        if not number:
            raise self._peer.implausible(Doubt.RECEIPT)
        return replace(self._peer.receipt(answer["receipt"]), receipt_id=number)

    def events(self, call: Call, cursor: str, limit: int) -> ParcelEvents:
        """Return what happened to our parcels after ``cursor``, oldest first."""
        answer = self._ask(call, "GetEvents", {"cursor": cursor, "limit": limit})
        events = tuple(self._event(row) for row in answer["event"] or ())
        return ParcelEvents(events=events, cursor=answer["cursor"] or "")

    def _event(self, row: Mapping[str, Any]) -> ParcelEvent:
        return ParcelEvent(
            event_id=row["eventId"],
            case_id=self._case_of(row),
            waybill_number=row["waybillNumber"],
            state=ParcelState(row["step"]),
            at=self._peer.instant(row["at"]),
            taken_by=row["takenBy"] or "",
            trouble=row["reason"] or "",
        )
