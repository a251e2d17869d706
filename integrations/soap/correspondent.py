"""What every peer of our own contracts is asked alike, whatever it does besides."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.hand_off import Message, RemoteReceipt
from clerk.values import replace
from integrations.soap.digest import sm3
from integrations.soap.late_peer import LatePeer
from integrations.soap.outcome import Doubt
from integrations.soap.peer import Peer, Question, Repeat
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Fields, Scribe


class Correspondent:
    """A peer that takes messages about cases; repeats are the outbox's, under the same id.

    ``profile`` is called at the first use, in a worker: a practice peer is started by it, so
    that a day without a late paper or a parcel never pays for one.
    """

    def __init__(self, profile: Callable[[], PeerProfile], contract: str, scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        self._late = LatePeer(profile, contract, scribe)

    @property
    def _peer(self) -> Peer:
        return self._late.get()

    def ping(self, call: Call) -> datetime:
        """Return its own time."""
        answer = self._ask(call, "Ping", {"echo": str(call.message_id)})
        return self._peer.instant(answer["serverTime"])

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        self._late.cancel(message_id)

    def close(self) -> None:
        """End all calls at once and refuse new ones."""
        self._late.close()

    def _ask(
        self, call: Call, operation: str, fields: Fields, context: Fields | None = None
    ) -> Mapping[str, Any]:
        """Ask once; ``context`` is what the header bears besides what all headers do."""
        header = self._peer.context(call) | dict(context or {})
        question = Question(operation=operation, context=header, fields=fields)
        return self._peer.ask(call, question, Repeat.NEVER)

    def _tell(
        self, call: Call, operation: str, message: Message, fields: Fields
    ) -> Mapping[str, Any]:
        """Send a message with its place in the case's sequence and return the answer.

        The message's own id goes out whatever the call is named: repeats must carry it.
        """
        call = replace(call, message_id=message.message_id, case_id=message.case_id)
        place = {
            "caseId": str(message.case_id),
            "sequence": message.sequence,
            "schemaVersion": message.schema_version,
        }
        return self._ask(call, operation, fields, place)

    def _report(
        self, operation: str, call: Call, message: Message, fields: Fields | None = None
    ) -> RemoteReceipt:
        """Send a message's body with its digest, and return what proves that it arrived."""
        body = {"body": message.body, "bodyDigest": sm3(message.body.encode())}
        answer = self._tell(call, operation, message, body | dict(fields or {}))
        return self._peer.receipt(answer["receipt"])

    def _case_of(self, row: Mapping[str, Any]) -> UUID:
        """Return the case that an event names; one that names none is not believed."""
        try:
            return UUID(row["caseId"])
        except ValueError as error:
            raise self._peer.implausible(Doubt.CASE_ID) from error
