"""Remembers of each message the digests of its bytes, until whoever keeps the journal takes them."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from clerk.domain.call_trace import NO_TRACE, CallTrace
from clerk.values import replace
from integrations.soap.digest import sm3

MOST: Final = 512
"""So many messages are remembered; pings and polls, which nobody takes, fall out by age."""


class CallTraces:
    """Fulfils the port of the same name; any number of threads may use it at once."""

    def __init__(self, most: int = MOST) -> None:
        """Remember nothing yet, and never more than ``most`` messages."""
        self._most = most
        self._kept: OrderedDict[UUID, CallTrace] = OrderedDict()
        self._lock = threading.Lock()

    def sent(self, message_id: UUID, content: bytes) -> None:
        """Note that these bytes go out now; an answer to an earlier send counts no longer."""
        sha256, digest = hashlib.sha256(content).hexdigest(), sm3(content)
        with self._lock:
            before = self._kept.get(message_id, NO_TRACE)
            self._kept[message_id] = CallTrace(
                sends=before.sends + 1, request_sha256=sha256, request_sm3=digest
            )
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def answered(self, message_id: UUID, content: bytes) -> None:
        """Note the bytes that came back, whatever they are worth."""
        sha256, digest = hashlib.sha256(content).hexdigest(), sm3(content)
        with self._lock:
            before = self._kept.get(message_id, NO_TRACE)
            self._kept[message_id] = replace(before, answer_sha256=sha256, answer_sm3=digest)

    def receipted(self, message_id: UUID, receipt_id: str) -> None:
        """Note the id of the receipt that the answer brought."""
        with self._lock:
            before = self._kept.get(message_id, NO_TRACE)
            self._kept[message_id] = replace(before, receipt_id=receipt_id.strip())

    def take(self, message_id: UUID) -> CallTrace:
        """Return what is known of a message and forget it."""
        with self._lock:
            return self._kept.pop(message_id, NO_TRACE)


def receipt_id_of(values: Mapping[str, Any]) -> str:
    """Return the receipt's id of an answer's values, empty where it brings none."""
    receipt = values.get("receipt")
    return str(receipt["receiptId"] or "") if isinstance(receipt, Mapping) else ""
