"""Two bugs the soak must see, or it proves nothing. They exist nowhere else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from itertools import count
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.hand_off import Attachment, Message, RemoteEvents, RemoteReceipt
from clerk.services.ports import BackOffice


class Planted(StrEnum):
    """What is wrong with a counter."""

    NOTHING = "nothing"
    ACKNOWLEDGES_FIRST = "acknowledge before commit"
    SENDS_WITHOUT_ID = "send without id"


class SendsWithoutId:
    """A back office as somebody would call it who numbers each send, not each message."""

    def __init__(self, inner: BackOffice, new_id: Callable[[], UUID], first: int) -> None:
        """``first`` is greater than any number an earlier process used."""
        self._inner = inner
        self._new_id = new_id
        self._sends = count(first)

    def ping(self, call: Call) -> datetime:
        """Pass on."""
        return self._inner.ping(call)

    def submit_case(
        self, call: Call, message: Message, attachments: tuple[Attachment, ...]
    ) -> RemoteReceipt:
        """Send under an id made for this send."""
        sent = replace(message, message_id=self._new_id(), sequence=next(self._sends))
        receipt = self._inner.submit_case(call, sent, attachments)
        return replace(receipt, message_id=message.message_id)

    def submit_decision(
        self, call: Call, message: Message, attachments: tuple[Attachment, ...]
    ) -> RemoteReceipt:
        """Pass on."""
        return self._inner.submit_decision(call, message, attachments)

    def events(self, call: Call, cursor: str, limit: int) -> RemoteEvents:
        """Pass on."""
        return self._inner.events(call, cursor, limit)
