"""Just enough IPP to print and to ask: one request, one answer, over a socket or a port.

Encoding and operations are those of RFC 8010 and 8011; nothing of a print system has to be
installed for it. What comes back is bounded and checked like any answer from outside.
"""

import http.client
import os
import socket
import struct
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Final

from typing_extensions import override

from clerk.domain.errors import DeviceTrouble
from clerk.values import dataclass

_MOST_BYTES: Final = 2_000_000
"""An answer about every printer of a large house has some 100 kB."""
_SECONDS: Final = 10.0
_SUCCESSFUL: Final = 0x0100
_NOT_FOUND: Final = 0x0406
_NOT_POSSIBLE: Final = 0x0404

_OPERATION, _JOB, _END, _PRINTER = 0x01, 0x02, 0x03, 0x04
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_TEXTS: Final = frozenset(range(0x40, 0x60))

Value = int | bool | str
Group = Mapping[str, tuple[Value, ...]]


class Operation(IntEnum):
    """What is asked of the print system."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB = 0x0009
    GET_PRINTER = 0x000B
    CUPS_DEFAULT = 0x4001
    CUPS_PRINTERS = 0x4002


class PrintSystemDown(DeviceTrouble):
    """The print system does not answer, or answers what cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "这台机器的打印系统没有应答，没有送出新的打印任务。请联系系统管理员，或存成电子件"
        )


class PrintRefused(DeviceTrouble):
    """The print system said no."""

    def __init__(self, status: int) -> None:
        super().__init__(f"打印系统没有收下（代码 {status:04X}）。换一台打印机，或存成电子件")
        self.not_there = status == _NOT_FOUND
        self.too_late = status == _NOT_POSSIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class IppServer:
    """Where the print system listens: a socket of this machine, or a host and port."""

    path: str = ""
    host: str = "localhost"
    port: int = 631


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over a socket of this machine; only its owner is known there, and needs no password."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._path = path

    @override
    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_SECONDS)
        self.sock.connect(self._path)


def person() -> str:
    """Return whom the operating system takes this program for."""
    import pwd  # not on every system

    return pwd.getpwuid(os.getuid()).pw_name


def ask(
    server: IppServer,
    operation: Operation,
    target: tuple[str, str] | None = None,
    given: Sequence[tuple[int, str, Value]] = (),
    job: Sequence[tuple[int, str, Value]] = (),
    document: bytes = b"",
) -> tuple[Group, ...]:
    """Send one request and return the groups of jobs or printers in the answer.

    Args:
        server: the print system.
        operation: what is asked.
        target: name and value of the URI it is about.
        given: further operation attributes, as (tag, name, value).
        job: job attributes.
        document: what is to be printed.

    Raises:
        PrintSystemDown: nobody answers, or not with IPP.
        PrintRefused: it said no.
    """
    body = _request(operation, target, given, job) + document
    headers = {"Content-Type": "application/ipp"}
    if server.path:
        headers["Authorization"] = f"PeerCred {person()}"
    line = (
        _SocketConnection(server.path)
        if server.path
        else http.client.HTTPConnection(server.host, server.port, timeout=_SECONDS)
    )
    try:
        line.request("POST", "/", body, headers)
        answer = line.getresponse()
        content = answer.read(_MOST_BYTES + 1)
        if answer.status != http.client.OK or len(content) > _MOST_BYTES:
            raise PrintSystemDown
        status, groups = decoded(content)
    except (OSError, http.client.HTTPException, AnswerUnreadable) as error:
        raise PrintSystemDown from error
    finally:
        line.close()
    if status >= _SUCCESSFUL:
        raise PrintRefused(status)
    return groups


def name(label: str, value: str) -> tuple[int, str, Value]:
    """A name attribute."""
    return _NAME, label, value


def number(label: str, value: int) -> tuple[int, str, Value]:
    """An integer attribute."""
    return _INTEGER, label, value


def keyword(label: str, value: str) -> tuple[int, str, Value]:
    """A keyword attribute."""
    return _KEYWORD, label, value


def media_type(label: str, value: str) -> tuple[int, str, Value]:
    """A MIME type attribute."""
    return _MIME, label, value


def _request(
    operation: Operation,
    target: tuple[str, str] | None,
    given: Sequence[tuple[int, str, Value]],
    job: Sequence[tuple[int, str, Value]],
) -> bytes:
    told = [
        (_CHARSET, "attributes-charset", "utf-8"),
        (_LANGUAGE, "attributes-natural-language", "zh-cn"),
        *([(_URI, *target)] if target else []),
        (_NAME, "requesting-user-name", person()),
        *given,
    ]
    head = struct.pack(">BBHIB", 2, 0, operation, 1, _OPERATION)
    parts = [head, *(_encoded(*one) for one in told)]
    if job:
        parts += [bytes([_JOB]), *(_encoded(*one) for one in job)]
    return b"".join((*parts, bytes([_END])))


def _encoded(tag: int, label: str, value: Value) -> bytes:
    known = label.encode()
    if isinstance(value, bool):
        held = bytes([value])
    elif isinstance(value, int):
        held = struct.pack(">i", value)
    else:
        held = value.encode()
    return struct.pack(">BH", tag, len(known)) + known + struct.pack(">H", len(held)) + held


class AnswerUnreadable(Exception):
    """These bytes are no IPP answer."""


def decoded(content: bytes) -> tuple[int, tuple[Group, ...]]:
    """Return the status and the groups behind the operation's own.

    Values of kinds that nobody asks for here (dates, ranges, resolutions …) are left out.

    Raises:
        AnswerUnreadable: it ends too early, or says lengths that are not there.
    """
    try:
        return struct.unpack(">H", content[2:4])[0], tuple(_groups(content))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise AnswerUnreadable from error


def _groups(content: bytes) -> Iterator[Group]:
    at, kind, label = 8, 0, ""
    found: dict[str, tuple[Value, ...]] = {}
    while content[at] != _END:
        tag = content[at]
        at += 1
        if tag < 0x10:
            if kind > _OPERATION and found:
                yield found
            found, kind, label = {}, tag, ""
            continue
        known, at = _piece(content, at)
        held, at = _piece(content, at)
        label = known.decode() or label
        value = _value(tag, held)
        if value is not None:
            found[label] = (*found.get(label, ()), value)
    if kind > _OPERATION and found:
        yield found


def _piece(content: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack(">H", content[at : at + 2])
    at += 2
    if at + length >= len(content):
        raise IndexError(length)
    return content[at : at + length], at + length


def _value(tag: int, held: bytes) -> Value | None:
    if tag in {_INTEGER, _ENUM}:
        return int(struct.unpack(">i", held)[0])
    if tag == _BOOLEAN:
        return held != b"\0"
    return held.decode() if tag in _TEXTS else None


def server_of(
    environment: Mapping[str, str], sockets: Sequence[Path] = (), config: Path | None = None
) -> IppServer | None:
    """Return the print system that this machine's programs use, None where there is none.

    As CUPS' own programs find it: ``CUPS_SERVER``, ``ServerName`` of client.conf, its socket.
    """
    named = environment.get("CUPS_SERVER", "") or _named_in(config)
    if named.startswith("/"):
        return IppServer(path=named)
    if named:
        host, _, port = named.partition(":")
        return IppServer(host=host, port=int(port) if port.isdecimal() else 631)
    return next((IppServer(path=str(path)) for path in sockets if path.exists()), None)


def _named_in(config: Path | None) -> str:
    if config is None or not config.is_file():
        return ""
    lines = (line.split() for line in config.read_text("utf-8", "replace").splitlines())
    return next((line[1] for line in lines if len(line) > 1 and line[0] == "ServerName"), "")
