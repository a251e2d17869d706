"""A channel for short messages that speaks ``wsdl/messages.wsdl``."""

from collections.abc import Callable

from clerk.domain.call import Call
from clerk.domain.hand_off import Message, RemoteReceipt
from integrations.soap.correspondent import Correspondent
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe


class SoapMessages(Correspondent):
    """Fulfils the port ``MessageChannel``."""

    def __init__(self, profile: Callable[[], PeerProfile], scribe: Scribe) -> None:
        """``scribe`` is the caller's to close, after this."""
        super().__init__(profile, "messages", scribe)

    def send(self, call: Call, message: Message) -> RemoteReceipt:
        """Hand a text over to be sent; the receipt proves that the channel has it."""
        return self._report("SendMessage", call, message)
