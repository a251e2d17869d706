"""One call to one peer: written, sent, checked, read, and repeated where that is harmless."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from clerk.domain.call import Call
from clerk.domain.errors import RemoteTrouble, RemoteUnavailable
from clerk.domain.hand_off import RemoteReceipt
from integrations.soap.outcome import Doubt, Kind, RemoteBusy, Sent, trouble
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Fields, Scribe
from integrations.soap.transport import Expected, Transport

PROTOCOL_VERSION: Final = "1"
_HALL: Final = ZoneInfo("Asia/Shanghai")
_LONGEST_WAIT_SECONDS: Final = 10


class Repeat(Enum):
    """How often one call may be sent again, always under its message id (soap.md 6.5)."""

    NEVER = (0, 0)
    READ = (2, 2)
    AUDITED_READ = (2, 1)
    WRITE = (1, 0)

    @property
    def if_not_sent(self) -> int:
        """Repeats where the peer never got it."""
        return self.value[0]

    @property
    def if_unknown(self) -> int:
        """Repeats where it may have acted."""
        return self.value[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: the operation, its values, and the header of this contract.

    ``receipt_of`` is set where the answer brings the receipt of an earlier message.
    """

    operation: str
    context: Fields
    fields: Fields
    receipt_of: UUID | None = None


class Peer:
    """A peer of one profile and one contract; made in a worker, used by several at once."""

    def __init__(self, profile: PeerProfile, contract: str, scribe: Scribe) -> None:
        self.profile = profile
        self._contract = contract
        self._scribe = scribe
        self._transport = Transport(profile)
        self._closing = threading.Event()

    def ask(
        self, call: Call, question: Question, repeat: Repeat, *, seconds: float | None = None
    ) -> Mapping[str, Any]:
        """Return the answer's values, within ``seconds`` or the profile's total.

        Raises:
            RemoteUnavailable: out of reach, too slow or busy, also after the repeats.
            RemoteRefused: the answer is no.
            RemoteGarbled: the answer breaks the contract.
        """
        message = self._scribe.write(
            self.profile.name,
            self._contract,
            question.operation,
            question.context,
            question.fields,
        )
        end = time.monotonic() + (seconds or self.profile.total_seconds)
        tries = 0
        while True:
            try:
                return self._once(call, question, message, end)
            except RemoteUnavailable as error:
                wait = self._wait_before_repeat(call, error, repeat, tries)
                if wait is None or time.monotonic() + wait >= end or self._closing.wait(wait):
                    raise
            tries += 1

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once."""
        self._transport.cancel(message_id)

    def close(self) -> None:
        """End all calls at once and refuse new ones."""
        self._closing.set()
        self._transport.close()

    def context(self, call: Call) -> dict[str, object]:
        """Return the header values that all contracts share."""
        return {
            "protocolVersion": PROTOCOL_VERSION,
            "messageId": str(call.message_id),
            "clientSystem": self.profile.client_system,
            "orgCode": self.profile.org_code,
            "operatorAccount": call.account_id,
            "operatorName": call.display_name,
            "windowNo": call.counter_code,
            "sentAt": call.sent_at,
        }

    def instant(self, value: datetime) -> datetime:
        """Return the instant in UTC; without a zone a peer speaks of the hall's time."""
        aware = value if value.tzinfo is not None else value.replace(tzinfo=_HALL)
        return aware.astimezone(UTC)

    def receipt(self, values: Mapping[str, Any]) -> RemoteReceipt:
        """Return the receipt of an answer; raises ``RemoteGarbled`` where it names nothing."""
        receipt_id = str(values["receiptId"] or "").strip()
        try:
            message_id = UUID(values["messageId"])
        except ValueError as error:
            raise self.implausible(Doubt.RECEIPT) from error
        if not receipt_id:
            raise self.implausible(Doubt.RECEIPT)
        return RemoteReceipt(
            receipt_id=receipt_id,
            message_id=message_id,
            at=self.instant(values["serverTime"]),
            replayed=values["replayed"],
        )

    def implausible(self, what: Doubt) -> RemoteTrouble:
        """Return the error of an answer that keeps the schema and still cannot be."""
        return trouble(self.profile.name, Kind.MODEL, note=what)

    def _once(
        self, call: Call, question: Question, message: tuple[str, bytes], end: float
    ) -> Mapping[str, Any]:
        operation = question.operation
        answer = self._transport.post(
            call.message_id,
            *message,
            seconds=min(self.profile.attempt_seconds, max(end - time.monotonic(), 0.001)),
        )
        expected = Expected(
            response=f"{operation}Response",
            message_id=str(question.receipt_of or call.message_id),
            operation="" if question.receipt_of else operation,
        )
        return self._scribe.read(self.profile.name, self._contract, operation, answer, expected)

    def _wait_before_repeat(
        self, call: Call, error: RemoteUnavailable, repeat: Repeat, tries: int
    ) -> float | None:
        """Return the seconds to wait before the next try, None where there is none."""
        waits = self.profile.retry_waits_seconds
        if error.kind in {Kind.CANCELLED, Kind.TLS_UNTRUSTED} or tries >= len(waits):
            return None
        if error.sent == Sent.ANSWERED:
            return _named_wait(error, repeat)
        allowed = repeat.if_not_sent if error.sent == Sent.NO else repeat.if_unknown
        if tries >= allowed:
            return None
        spread = call.message_id.int % 100 / 1000  # so that counters do not knock in step
        return waits[tries] + spread


def _named_wait(error: RemoteUnavailable, repeat: Repeat) -> float | None:
    named = error.retry_after_seconds if isinstance(error, RemoteBusy) else None
    if repeat not in {Repeat.READ, Repeat.AUDITED_READ} or named is None:
        return None
    return named if named <= _LONGEST_WAIT_SECONDS else None
