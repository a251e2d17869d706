"""A courier that carries results to applicants and speaks ``wsdl/courier.wsdl``."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.hand_off import Message, RemoteReceipt
from clerk.domain.parcel import ParcelEvent, ParcelEvents, ParcelState
from integrations.soap.late_peer import LatePeer
from integrations.soap.messages import message_context
from integrations.soap.outcome import Doubt
from integrations.soap.peer import Peer, Question, Repeat
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe


class SoapCourier:
    """Fulfils the port ``Courier``; repeats are the outbox's, under the same message id."""

    def __init__(self, profile: Callable[[], PeerProfile], scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        self._late = LatePeer(profile, "courier", scribe)

    def ping(self, call: Call) -> datetime:
        """Return its own time."""
        question = Question(
            operation="Ping",
            context=self._peer.context(call),
            fields={"echo": str(call.message_id)},
        )
        return self._peer.instant(self._peer.ask(call, question, Repeat.NEVER)["serverTime"])

    def book(self, call: Call, message: Message) -> RemoteReceipt:
        """Ask for a parcel to be carried; the waybill's number (运单号) is the receipt's id."""
        call = replace(call, message_id=message.message_id, case_id=message.case_id)
        question = Question(
            operation="BookParcel",
            context=message_context(self._peer, call, message),
            fields=json.loads(message.body),
        )
        answer = self._peer.ask(call, question, Repeat.NEVER)
        number = str(answer["waybillNumber"] or "").strip()
        if not number:
            raise self._peer.implausible(Doubt.RECEIPT)
        return replace(self._peer.receipt(answer["receipt"]), receipt_id=number)

    def events(self, call: Call, cursor: str, limit: int) -> ParcelEvents:
        """Return what happened to our parcels after ``cursor``, oldest first."""
        question = Question(
            operation="GetEvents",
            context=self._peer.context(call),
            fields={"cursor": cursor, "limit": limit},
        )
        answer = self._peer.ask(call, question, Repeat.NEVER)
        events = tuple(self._event(row) for row in answer["event"] or ())
        return ParcelEvents(events=events, cursor=answer["cursor"] or "")

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        self._late.cancel(message_id)

    def close(self) -> None:
        """End all calls at once and refuse new ones."""
        self._late.close()

    @property
    def _peer(self) -> Peer:
        return self._late.get()

    def _event(self, row: dict[str, Any]) -> ParcelEvent:
        try:
            case_id = UUID(row["caseId"])
        except ValueError as error:
            raise self._peer.implausible(Doubt.CASE_ID) from error
        return ParcelEvent(
            event_id=row["eventId"],
            case_id=case_id,
            waybill_number=row["waybillNumber"],
            state=ParcelState(row["step"]),
            at=self._peer.instant(row["at"]),
            taken_by=row["takenBy"] or "",
            trouble=row["reason"] or "",
        )
