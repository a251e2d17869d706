"""One call to one peer: written, sent, checked, read, and repeated where that is harmless."""

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, Final, TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from clerk.domain.call import Call
from clerk.domain.errors import RemoteRefused, RemoteTrouble, RemoteUnavailable
from clerk.domain.hand_off import RemoteReceipt
from clerk.values import dataclass, replace
from integrations.soap.call_traces import CallTraces, receipt_id_of
from integrations.soap.outcome import (
    CLOCK_SKEW,
    Doubt,
    Kind,
    RemoteBusy,
    Sent,
    clock_skew,
    trouble,
)
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Fields, Scribe
from integrations.soap.security import SecurityMode
from integrations.soap.transport import Expected, Transport

PROTOCOL_VERSION: Final = "1"
_HALL: Final = ZoneInfo("Asia/Shanghai")
_LONGEST_WAIT_SECONDS: Final = 10
_NONCE_BYTES: Final = 16
T = TypeVar("T")


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

    def __init__(
        self,
        profile: PeerProfile,
        contract: str,
        scribe: Scribe,
        traces: CallTraces | None = None,
    ) -> None:
        self.profile = profile
        self._traces = traces
        self._contract = contract
        self._scribe = scribe
        self._transport = Transport(profile, traces)
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
        begun = time.monotonic()
        end = begun + (seconds or self.profile.total_seconds)
        patience = Patience(self.profile, call, repeat, end)
        try:
            return patience.ask(lambda: self._once(call, question, begun, end), self._closing)
        except RemoteRefused as error:
            if error.kind != CLOCK_SKEW:
                raise
            raise self._measured(call, error, begun, end) from error

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

    def _once(self, call: Call, question: Question, begun: float, end: float) -> Mapping[str, Any]:
        operation, name = question.operation, self.profile.name
        message = self._scribe.write(
            name,
            self._contract,
            operation,
            question.context,
            question.fields,
            self._stamp(_now(call, begun)),
        )
        answer = self._transport.post(
            call.message_id,
            *message,
            seconds=min(self.profile.attempt_seconds, max(end - time.monotonic(), 0.001)),
        )
        expected = Expected(
            response=f"{operation}Response",
            message_id=str(question.receipt_of or call.message_id),
            operation="" if question.receipt_of else operation,
            at=_now(call, begun),
        )
        demands = self.profile.demands
        values = self._scribe.read(name, self._contract, operation, answer, expected, demands)
        if self._traces is not None and not question.receipt_of:
            self._traces.receipted(call.message_id, receipt_id_of(values))
        return values

    def _stamp(self, at: datetime) -> Fields | None:
        """Return what secures one send, with a nonce and an instant of its own."""
        security = self.profile.security
        if security.mode is SecurityMode.NONE:
            return None
        return asdict(security) | {"at": at, "nonce": secrets.token_bytes(_NONCE_BYTES)}

    def _measured(
        self, call: Call, refusal: RemoteRefused, begun: float, end: float
    ) -> RemoteTrouble:
        """Return ``refusal`` with the difference of the clocks, if the peer still tells its own.

        Only told: nothing is sent again under a time that we were talked into.
        """
        asking = replace(call, message_id=uuid5(call.message_id, "clock"))
        fields = {"echo": str(asking.message_id)}
        question = Question(operation="Ping", context=self.context(asking), fields=fields)
        try:
            theirs = self._once(asking, question, begun, end)["serverTime"]
        except RemoteTrouble:
            return refusal
        ahead = round((_now(call, begun) - self.instant(theirs)).total_seconds())
        return clock_skew(self.profile.name, ahead) if ahead else refusal


class Patience:
    """How long one call is worth repeating: never past ``end`` of the steady clock."""

    def __init__(self, profile: PeerProfile, call: Call, repeat: Repeat, end: float) -> None:
        self._waits = profile.retry_waits_seconds
        self._spread = call.message_id.int % 100 / 1000  # so that counters do not knock in step
        self._repeat = repeat
        self._end = end

    def ask(self, once: Callable[[], T], closing: threading.Event) -> T:
        """Return what ``once`` does, repeated where that is harmless; ``closing`` ends the wait."""
        tries = 0
        while True:
            try:
                return once()
            except RemoteUnavailable as error:
                wait = self._wait_before_repeat(error, tries)
                if wait is None or time.monotonic() + wait >= self._end or closing.wait(wait):
                    raise
            tries += 1

    def _wait_before_repeat(self, error: RemoteUnavailable, tries: int) -> float | None:
        """Return the seconds to wait before the next try, None where there is none."""
        if error.kind in {Kind.CANCELLED, Kind.TLS_UNTRUSTED} or tries >= len(self._waits):
            return None
        if error.sent == Sent.ANSWERED:
            return _named_wait(error, self._repeat)
        allowed = self._repeat.if_not_sent if error.sent == Sent.NO else self._repeat.if_unknown
        if tries >= allowed:
            return None
        return self._waits[tries] + self._spread


def _now(call: Call, begun: float) -> datetime:
    """Return the counter's time: the call's own, and what has passed since it ``begun``."""
    return call.sent_at + timedelta(seconds=time.monotonic() - begun)


def _named_wait(error: RemoteUnavailable, repeat: Repeat) -> float | None:
    named = error.retry_after_seconds if isinstance(error, RemoteBusy) else None
    if repeat not in {Repeat.READ, Repeat.AUDITED_READ} or named is None:
        return None
    return named if named <= _LONGEST_WAIT_SECONDS else None
