"""A channel for short messages that speaks ``wsdl/messages.wsdl``."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.hand_off import Message, RemoteReceipt
from integrations.soap.late_peer import LatePeer
from integrations.soap.messages import message_body, message_context
from integrations.soap.peer import Question, Repeat
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe


class SoapMessages:
    """Fulfils the port ``MessageChannel``; repeats are the outbox's, under the same message id."""

    def __init__(self, profile: Callable[[], PeerProfile], scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        self._late = LatePeer(profile, "messages", scribe)

    def ping(self, call: Call) -> datetime:
        """Return its own time."""
        peer = self._late.get()
        question = Question(
            operation="Ping", context=peer.context(call), fields={"echo": str(call.message_id)}
        )
        return peer.instant(peer.ask(call, question, Repeat.NEVER)["serverTime"])

    def send(self, call: Call, message: Message) -> RemoteReceipt:
        """Hand a text over to be sent; the receipt proves that the channel has it."""
        peer = self._late.get()
        call = replace(call, message_id=message.message_id, case_id=message.case_id)
        question = Question(
            operation="SendMessage",
            context=message_context(peer, call, message),
            fields=message_body(message),
        )
        return peer.receipt(peer.ask(call, question, Repeat.NEVER)["receipt"])

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        self._late.cancel(message_id)

    def close(self) -> None:
        """End all calls at once and refuse new ones."""
        self._late.close()
