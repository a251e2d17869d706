"""The faults a practice peer can be told to show, and how each goes over the wire."""

import re
import threading
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from clerk.values import dataclass
from integrations.practice.envelope import Refused

_DRIP_SECONDS: Final = 0.05
_LATE_SECONDS: Final = 3.0
_LOGIN_PAGE: Final = "<!DOCTYPE html><html><body>请先登录</body></html>".encode()
_WHOSE: Final = re.compile(
    rb"(messageId>|echo>|<HolderID>|&lt;HolderID&gt;|\"correlation_id\": \")[0-9a-zA-Z-]{16,64}"
)
"""What tells in each protocol to whose question an answer belongs."""
_NOBODYS: Final = b"0000000000000000000"


class Line(Protocol):
    """The way back to the client."""

    @property
    def answer_headers(self) -> Mapping[str, str]:
        """What goes with an answer of this peer."""

    def reply(
        self, status: int, body: bytes, headers: Mapping[str, str], *, length: int | None = None
    ) -> None:
        """Send a whole answer, of a ``length`` that may be a lie."""

    def raw(self, piece: bytes) -> bool:
        """Send bytes as they are; False once the client is gone."""


def _cut(line: Line, status: int, answer: bytes, _stop: threading.Event) -> None:
    line.reply(status, answer[: len(answer) // 2], line.answer_headers, length=len(answer))


def _truncated(line: Line, status: int, answer: bytes, _stop: threading.Event) -> None:
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n"
    half = answer[: len(answer) // 2]
    line.raw(head.encode() + b"%x\r\n%b\r\n" % (len(half), half))


def _slow(line: Line, status: int, answer: bytes, stop: threading.Event) -> None:
    head = (
        f"HTTP/1.1 {status} OK\r\nContent-Type: text/xml\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    alive = line.raw(head.encode())
    for place in range(len(answer)):
        if not alive or stop.wait(_DRIP_SECONDS):
            return
        alive = line.raw(answer[place : place + 1])


def _wrong_reply(line: Line, status: int, answer: bytes, _stop: threading.Event) -> None:
    other = _WHOSE.sub(rb"\g<1>" + _NOBODYS, answer)
    line.reply(status, other, line.answer_headers)


def _nothing(_line: Line, _status: int, _answer: bytes, _stop: threading.Event) -> None:
    return


def _silent(_line: Line, _status: int, _answer: bytes, stop: threading.Event) -> None:
    stop.wait(60)


def _html(line: Line, _status: int, _answer: bytes, _stop: threading.Event) -> None:
    line.reply(200, _LOGIN_PAGE, {"Content-Type": "text/html; charset=utf-8"})


def _busy(line: Line, _status: int, _answer: bytes, _stop: threading.Event) -> None:
    line.reply(503, b"", {"Retry-After": "1"})


def _redirect(line: Line, _status: int, _answer: bytes, _stop: threading.Event) -> None:
    line.reply(307, b"", {"Location": "http://127.0.0.1:9/elsewhere"})


def _malformed(line: Line, status: int, answer: bytes, _stop: threading.Event) -> None:
    line.reply(status, answer[:-5], line.answer_headers)


def _late(line: Line, status: int, answer: bytes, stop: threading.Event) -> None:
    stop.wait(_LATE_SECONDS)
    line.reply(status, answer, line.answer_headers)


Tell = Callable[[Line, int, bytes, threading.Event], None]

ACTED: Final[Mapping[str, Tell]] = {
    "slow": _slow,
    "late": _late,
    "cut": _cut,
    "truncated": _truncated,
    "wrong_reply": _wrong_reply,
    "malformed": _malformed,
    "drop_answer": _nothing,
}
"""Faults after the peer has acted and kept the message."""

NOT_ACTED: Final[Mapping[str, Tell]] = {
    "down": _nothing,
    "silent": _silent,
    "html": _html,
    "busy": _busy,
    "redirect": _redirect,
}
"""Faults of a peer that did nothing; ``fault:<code>`` is one more."""


@dataclass(slots=True)
class _Planned:
    name: str
    operation: str
    left: int


class Plan:
    """Which faults come next; a fault serves ``count`` messages, of one operation or of any."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self._lock = threading.Lock()

    def add(self, order: Mapping[str, object]) -> None:
        """Plan the fault of a control; the fault ``none`` forgets all of them."""
        name, count = order.get("fault"), order.get("count", 1)
        if not isinstance(name, str) or not isinstance(count, int):
            raise Refused("INVALID_ARGUMENT", "故障名或次数不对")
        known = name in ACTED or name in NOT_ACTED or name.startswith("fault:") or name == "none"
        if not known:
            raise Refused("INVALID_ARGUMENT", "没有这种故障")
        with self._lock:
            if name == "none":
                self._planned.clear()
            else:
                self._planned.append(_Planned(name, str(order.get("operation", "")), count))

    def take(self, operation: str) -> str:
        """Return the fault for a message, empty where it is to be served well."""
        with self._lock:
            for planned in self._planned:
                if planned.operation in {"", operation}:
                    planned.left -= 1
                    if planned.left <= 0:
                        self._planned.remove(planned)
                    return planned.name
        return ""
