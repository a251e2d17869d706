"""One question to a peer that speaks JSON over HTTP: sent, checked, read, repeated where harmless."""

import json
import threading
import time
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.errors import RemoteTrouble
from clerk.values import dataclass
from integrations.certificates import strict_json
from integrations.certificates.json_model import Model, NotFitting, one_of, several, text
from integrations.certificates.strict_json import JsonRefused
from integrations.soap import outcome
from integrations.soap.call_traces import CallTraces
from integrations.soap.outcome import Doubt, Kind, Sent
from integrations.soap.peer import Patience, Repeat
from integrations.soap.profile import PeerProfile
from integrations.soap.transport import Answer, Manner, Transport

_MEDIA_TYPE: Final = "application/json"
_JSON_TYPES: Final = frozenset({_MEDIA_TYPE, "text/json", ""})
_SUCCESS: Final = "SUCCESS"
_RETRYABLE: Final = frozenset({"BUSY", "INTERNAL"})

_ERROR: Final = Model(must={"code": text(most=64)}, may={"message": text(), "inner_code": text()})
_HEAD: Final = Model(
    must={"ack_code": one_of(_SUCCESS, "FAILURE"), "correlation_id": text(most=128)},
    may={"errors": several(_ERROR.read, most=20)},
)
_FORMALITIES: Final = {
    "response_id": text(most=128),
    "timestamp": text(most=64),
    "sign": text(),
    "sign_method": text(most=64),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonQuestion:
    """What is asked: the way below the endpoint, the values, and what the answer must hold.

    ``request_id`` is what the answer must name; the same on every send.
    """

    request_id: UUID
    path: str
    fields: Mapping[str, object]
    holds: Model


class JsonPeer:
    """A peer of one profile; made in a worker, used by several at once."""

    def __init__(
        self, profile: PeerProfile, codes: Mapping[str, str], traces: CallTraces | None = None
    ) -> None:
        """``codes`` are the peer's own error codes and what they are called here."""
        self.profile = profile
        self._codes = codes
        self._transport = Transport(profile, traces)
        self._closing = threading.Event()

    def ask(
        self, call: Call, question: JsonQuestion, repeat: Repeat, end: float
    ) -> Mapping[str, Any]:
        """Return the answer's values until ``end`` of the steady clock.

        Raises:
            RemoteUnavailable: out of reach, too slow or busy, also after the repeats.
            RemoteRefused: the answer is no.
            RemoteGarbled: the answer is not what it should be.
        """
        asked = {"request_id": str(question.request_id), **question.fields}
        message = json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace")
        manner = Manner(media_type=_MEDIA_TYPE, below=f"/{question.path}")

        def once() -> Mapping[str, Any]:
            left = max(end - time.monotonic(), 0.001)
            answer = self._transport.post(
                call.message_id,
                question.path,
                message,
                seconds=min(self.profile.attempt_seconds, left),
                manner=manner,
            )
            return self._read(answer, question)

        return Patience(self.profile, call, repeat, end).ask(once, self._closing)

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once."""
        self._transport.cancel(message_id)

    def close(self) -> None:
        """End all calls at once and refuse new ones."""
        self._closing.set()
        self._transport.close()

    def garbled(self, kind: Kind, what: Doubt | None = None) -> RemoteTrouble:
        """Return the error of an answer that is of no use."""
        return outcome.trouble(self.profile.name, kind, note=what or "")

    def refused(self, code: str, *, said: str = "", sent: Sent = Sent.ANSWERED) -> RemoteTrouble:
        """Return the error of a no; ``sent`` where it was said on this side of the line."""
        error = outcome.fault(
            self.profile.name,
            code=code,
            text=said,
            retryable=code in _RETRYABLE,
            retry_after_seconds=None,
        )
        if sent is not Sent.ANSWERED:
            return type(error)(str(error), kind=error.kind, sent=sent)
        return error

    def _read(self, answer: Answer, question: JsonQuestion) -> Mapping[str, Any]:
        value = self._value(answer)
        tolerate = self.profile.demands.tolerate_additions
        try:
            head = _HEAD.read(value, True)
            if head["correlation_id"] != str(question.request_id):
                raise self.garbled(Kind.WRONG_REPLY)
            if head["ack_code"] != _SUCCESS:
                raise self._no(head["errors"] or ())
            if head["errors"]:
                raise self.garbled(Kind.SCHEMA)  # it went well and it did not
            whole = Model(
                must={**_HEAD.must, **question.holds.must},
                may={**_HEAD.may, **_FORMALITIES, **question.holds.may},
            )
            return whole.read(value, tolerate)
        except NotFitting as error:
            raise self.garbled(Kind.SCHEMA) from error

    def _value(self, answer: Answer) -> object:
        """Return what the body says; raises the error of an answer that is no JSON of a 200."""
        name = self.profile.name
        if answer.status != 200:
            raise outcome.bad_status(name, answer.status, answer.retry_after_seconds)
        content = answer.body.strip()
        if not content:
            raise self.garbled(Kind.EMPTY)
        if answer.media_type not in _JSON_TYPES or content.startswith(b"<"):
            raise outcome.not_soap(name, answer.media_type)
        try:
            return strict_json.read(content)
        except JsonRefused as error:
            raise self.garbled(Kind.MALFORMED) from error

    def _no(self, errors: tuple[Mapping[str, Any], ...]) -> RemoteTrouble:
        """Return what the first error means; a code that nobody knows goes into the sentence."""
        first = next(iter(errors), {})
        raw, said = str(first.get("code") or ""), str(first.get("message") or "")
        code = self._codes.get(raw, "")
        return self.refused(code, said=said if code else f"{raw} {said}")
