"""The departments' side that speaks ``wsdl/back_office.wsdl``."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.hand_off import (
    Attachment,
    Message,
    RemoteEvent,
    RemoteEventKind,
    RemoteEvents,
    RemoteReceipt,
)
from integrations.soap.messages import message_body, message_context
from integrations.soap.outcome import Doubt
from integrations.soap.peer import Peer, Question, Repeat
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe


class SoapBackOffice:
    """Fulfils the port ``BackOffice``; repeats are the outbox's, under the same message id."""

    def __init__(self, profile: PeerProfile, scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        self._peer = Peer(profile, "back_office", scribe)

    def ping(self, call: Call) -> datetime:
        """Return its own time."""
        question = Question(
            operation="Ping",
            context=self._peer.context(call),
            fields={"echo": str(call.message_id)},
        )
        return self._peer.instant(self._peer.ask(call, question, Repeat.NEVER)["serverTime"])

    def submit_case(
        self, call: Call, message: Message, attachments: tuple[Attachment, ...]
    ) -> RemoteReceipt:
        """Hand a case over; a repeat with the same message id changes nothing."""
        return self._submit("SubmitCase", call, message, attachments)

    def submit_decision(
        self, call: Call, message: Message, attachments: tuple[Attachment, ...]
    ) -> RemoteReceipt:
        """Tell a chief representative's decision; repeats change nothing."""
        return self._submit("SubmitDecision", call, message, attachments)

    def events(self, call: Call, cursor: str, limit: int) -> RemoteEvents:
        """Return what happened after ``cursor`` (empty: from the beginning), oldest first."""
        question = Question(
            operation="GetEvents",
            context=self._peer.context(call),
            fields={"cursor": cursor, "limit": limit},
        )
        answer = self._peer.ask(call, question, Repeat.NEVER)
        events = tuple(self._event(row) for row in answer["event"] or ())
        return RemoteEvents(events=events, cursor=answer["cursor"] or "")

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        self._peer.cancel(message_id)

    def close(self) -> None:
        """End all calls at once and refuse new ones."""
        self._peer.close()

    def _submit(
        self, operation: str, call: Call, message: Message, attachments: tuple[Attachment, ...]
    ) -> RemoteReceipt:
        call = replace(call, message_id=message.message_id, case_id=message.case_id)
        files = [
            {
                "sha256": file.sha256,
                "name": file.name,
                "mediaType": file.media_type,
                "content": file.content,
            }
            for file in attachments
        ]
        question = Question(
            operation=operation,
            context=message_context(self._peer, call, message),
            fields=message_body(message) | {"attachment": files},
        )
        return self._peer.receipt(self._peer.ask(call, question, Repeat.NEVER)["receipt"])

    def _event(self, row: dict[str, Any]) -> RemoteEvent:
        try:
            case_id = UUID(row["caseId"])
        except ValueError as error:
            raise self._peer.implausible(Doubt.CASE_ID) from error
        return RemoteEvent(
            event_id=row["eventId"],
            case_id=case_id,
            kind=RemoteEventKind(row["kind"]),
            at=self._peer.instant(row["at"]),
            actor=row["actor"] or "",
            detail={each["name"]: each["value"] or "" for each in row["detail"] or ()},
        )
