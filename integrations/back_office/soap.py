"""The departments' side that speaks ``wsdl/back_office.wsdl``."""

from collections.abc import Mapping
from typing import Any

from clerk.domain.call import Call
from clerk.domain.hand_off import (
    Attachment,
    Message,
    RemoteEvent,
    RemoteEventKind,
    RemoteEvents,
    RemoteReceipt,
)
from integrations.soap.correspondent import Correspondent
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe


class SoapBackOffice(Correspondent):
    """Fulfils the port ``BackOffice``."""

    def __init__(self, profile: PeerProfile, scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        super().__init__(lambda: profile, "back_office", scribe)

    def submit_case(
        self, call: Call, message: Message, attachments: tuple[Attachment, ...]
    ) -> RemoteReceipt:
        """Hand a case over; a repeat with the same message id changes nothing."""
        return self._report("SubmitCase", call, message, _files(attachments))

    def submit_decision(
        self, call: Call, message: Message, attachments: tuple[Attachment, ...]
    ) -> RemoteReceipt:
        """Tell a chief representative's decision; repeats change nothing."""
        return self._report("SubmitDecision", call, message, _files(attachments))

    def events(self, call: Call, cursor: str, limit: int) -> RemoteEvents:
        """Return what happened after ``cursor`` (empty: from the beginning), oldest first."""
        answer = self._ask(call, "GetEvents", {"cursor": cursor, "limit": limit})
        events = tuple(self._event(row) for row in answer["event"] or ())
        return RemoteEvents(events=events, cursor=answer["cursor"] or "")

    def _event(self, row: Mapping[str, Any]) -> RemoteEvent:
        return RemoteEvent(
            event_id=row["eventId"],
            case_id=self._case_of(row),
            kind=RemoteEventKind(row["kind"]),
            at=self._peer.instant(row["at"]),
            actor=row["actor"] or "",
            detail={each["name"]: each["value"] or "" for each in row["detail"] or ()},
        )


def _files(attachments: tuple[Attachment, ...]) -> dict[str, object]:
    return {
        "attachment": [
            {
                "sha256": file.sha256,
                "name": file.name,
                "mediaType": file.media_type,
                "content": file.content,
            }
            for file in attachments
        ]
    }
