"""One POST over one connection, with a deadline over all of it and a limit on every byte.

Neither the environment nor a peer can change where the bytes go: no proxy, no redirect, no
authority but our own file. ``requests`` is not used: its timeout counts single reads, so a peer
that drips never ends (reliability.md 1.8).
"""

import http.client
import io
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final
from uuid import UUID

from clerk.domain.errors import BadInput, RemoteTrouble
from clerk.values import dataclass
from integrations.soap.call_traces import CallTraces
from integrations.soap.outcome import Kind, Sent, trouble
from integrations.soap.profile import PeerProfile

_PIECE_BYTES: Final = 64 * 1024
_LONGEST_RETRY_AFTER_SECONDS: Final = 3600

_Address = tuple[socket.AddressFamily, tuple[str | int | bytes, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, read to its end."""

    status: int
    media_type: str
    retry_after_seconds: int | None
    body: bytes
    framed: bool = True
    """Whether its end was announced; else a cut one looks like one that ended so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a message that is no SOAP goes out; ``below`` stands behind the profile's path."""

    media_type: str
    below: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Which answer we wait for.

    ``message_id`` is what its receipt must name, or what a ping must echo. ``operation`` empty on
    a receipt means that any will do: it is the receipt of an earlier message.
    """

    response: str
    message_id: str
    operation: str
    at: datetime
    """Our own time when it came, for what is signed."""


class _Deadline:
    """An instant of the steady clock that every single wait is measured against."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left; raises ``TimeoutError`` where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Incoming(io.RawIOBase):
    """The reading side of a socket; no wait outlasts the deadline, however small the pieces."""

    def __init__(self, connection: socket.socket, deadline: _Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        """Return True: that is what it is for."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is 3.12
        """Read what is there, waiting no longer than the deadline."""
        self._connection.settimeout(self._deadline.left())
        return self._connection.recv_into(buffer)


class _ReadOnlySocket:
    """As much of a socket as ``http.client.HTTPResponse`` asks for."""

    def __init__(self, connection: socket.socket, deadline: _Deadline) -> None:
        self._incoming = _Incoming(connection, deadline)

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002  http.client passes it
        """Return the buffered reading side."""
        return io.BufferedReader(self._incoming, _PIECE_BYTES)


class _Conversation:
    """A call under way; another thread may end it at any instant."""

    def __init__(self) -> None:
        self.begun_sending = False
        self.cancelled = False
        self._connection: socket.socket | None = None
        self._lock = threading.Lock()

    def hold(self, connection: socket.socket) -> None:
        """Make ``connection`` the one that ``cancel`` ends."""
        with self._lock:
            self._connection = connection
            if self.cancelled:
                _hang_up(connection)

    def cancel(self) -> None:
        """End the call; its thread wakes up at once."""
        with self._lock:
            self.cancelled = True
            if self._connection is not None:
                _hang_up(self._connection)


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # not connected yet, or the other end was quicker


class Transport:
    """Sends messages to one peer; any number of threads may use it at once."""

    def __init__(self, profile: PeerProfile, traces: CallTraces | None = None) -> None:
        """``traces`` is told the digests of all bytes, where somebody keeps them."""
        self._profile = profile
        self._traces = traces
        self._tls = tls_context(profile) if profile.secure else None
        self._under_way: dict[UUID, _Conversation] = {}
        self._lock = threading.Lock()
        self._closed = False

    def post(
        self,
        message_id: UUID,
        action: str,
        envelope: bytes,
        *,
        seconds: float,
        manner: Manner | None = None,
    ) -> Answer:
        """Send ``envelope`` and return the whole answer within ``seconds``.

        A peer that speaks no SOAP is written to in a ``manner`` of its own; ``action`` says no
        more than what is asked then, and is not sent.

        Raises:
            RemoteUnavailable: no connection, no answer, or not all of it.
            RemoteGarbled: an answer that is too large, compressed or a redirect.
        """
        if self._profile.barred:
            raise self._trouble(Kind.UNREACHABLE)
        conversation = _Conversation()
        with self._listed(message_id, conversation):
            try:
                head = self._head(action, len(envelope), manner)
                return self._traced(message_id, conversation, _Deadline(seconds), head, envelope)
            except TimeoutError as error:
                raise self._ended(conversation, Kind.DEADLINE) from error
            except ssl.SSLCertVerificationError as error:
                raise self._trouble(Kind.TLS_UNTRUSTED) from error
            except http.client.IncompleteRead as error:
                raise self._ended(conversation, Kind.TRUNCATED) from error
            except OSError as error:
                raise self._ended(conversation, Kind.BROKEN_CONNECTION) from error
            except http.client.HTTPException as error:
                wordless = http.client.HTTPException(type(error).__name__)  # it cites the peer
                raise self._ended(conversation, Kind.BROKEN_CONNECTION) from wordless

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id, if there is one; its thread gets ``cancelled``."""
        with self._lock:
            conversation = self._under_way.get(message_id)
        if conversation is not None:
            conversation.cancel()

    def close(self) -> None:
        """End all calls and refuse new ones."""
        with self._lock:
            self._closed = True
            under_way = tuple(self._under_way.values())
        for conversation in under_way:
            conversation.cancel()

    @contextmanager
    def _listed(self, message_id: UUID, conversation: _Conversation) -> Iterator[None]:
        with self._lock:
            if self._closed:
                raise self._trouble(Kind.CANCELLED, sent=Sent.NO)
            self._under_way[message_id] = conversation
        try:
            yield
        finally:
            with self._lock:
                self._under_way.pop(message_id, None)

    def _traced(
        self,
        message_id: UUID,
        conversation: _Conversation,
        deadline: _Deadline,
        head: bytes,
        envelope: bytes,
    ) -> Answer:
        if self._traces is None:
            return self._talk(conversation, deadline, head + envelope)
        self._traces.sent(message_id, envelope)
        answer = self._talk(conversation, deadline, head + envelope)
        self._traces.answered(message_id, answer.body)
        return answer

    def _talk(self, conversation: _Conversation, deadline: _Deadline, message: bytes) -> Answer:
        with self._connected(conversation, deadline) as connection:
            conversation.begun_sending = True
            _send(connection, deadline, message)
            answer = http.client.HTTPResponse(
                _ReadOnlySocket(connection, deadline),  # type: ignore[arg-type]  # makefile is all it uses
                method="POST",
            )
            answer.begin()
            return self._read(answer)

    @contextmanager
    def _connected(
        self, conversation: _Conversation, deadline: _Deadline
    ) -> Iterator[socket.socket]:
        patience = _Deadline(min(self._profile.connect_seconds, deadline.left()))
        plain = self._connect(conversation, patience)
        connection = plain
        try:
            if self._tls is not None:
                plain.settimeout(patience.left())
                connection = self._tls.wrap_socket(plain, server_hostname=self._profile.host)
                conversation.hold(connection)
            yield connection
        finally:
            connection.close()

    def _connect(self, conversation: _Conversation, patience: _Deadline) -> socket.socket:
        refused: OSError | None = None
        for family, address in _addresses(self._profile.host, self._profile.port, patience):
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                conversation.hold(connection)
                connection.settimeout(patience.left())
                connection.connect(address)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                connection.close()
                refused = error
            else:
                return connection
        raise refused or OSError

    def _head(self, action: str, length: int, manner: Manner | None) -> bytes:
        profile = self._profile
        host = f"[{profile.host}]" if ":" in profile.host else profile.host
        media_type, below = (manner.media_type, manner.below) if manner else ("text/xml", "")
        named = "" if manner else f'SOAPAction: "{action}"\r\n'
        return (
            f"POST {profile.path}{below} HTTP/1.1\r\n"
            f"Host: {host}:{profile.port}\r\n"
            f"Content-Type: {media_type}; charset=utf-8\r\n"
            f"{named}"
            f"Content-Length: {length}\r\n"
            f"Accept: {media_type}\r\n"
            "Accept-Encoding: identity\r\n"
            "Connection: close\r\n\r\n"
        ).encode("ascii")

    def _read(self, answer: http.client.HTTPResponse) -> Answer:
        if 300 <= answer.status < 400:
            raise self._trouble(Kind.REDIRECT)
        if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise self._trouble(Kind.CONTENT_CODING)
        limit = self._profile.max_answer_bytes
        if answer.length is not None and answer.length > limit:
            raise self._trouble(Kind.TOO_LARGE)
        framed = answer.chunked or answer.length is not None
        body = bytearray()
        while piece := answer.read(_PIECE_BYTES):
            body += piece
            if len(body) > limit:
                raise self._trouble(Kind.TOO_LARGE)
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
        return Answer(
            status=answer.status,
            media_type=answer.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            retry_after_seconds=_seconds(answer.headers.get("Retry-After", "")),
            body=bytes(body),
            framed=framed,
        )

    def _ended(self, conversation: _Conversation, kind: Kind) -> RemoteTrouble:
        sent = Sent.UNKNOWN if conversation.begun_sending else Sent.NO
        if conversation.cancelled:
            return self._trouble(Kind.CANCELLED, sent=sent)
        return self._trouble(kind if conversation.begun_sending else Kind.UNREACHABLE, sent=sent)

    def _trouble(self, kind: Kind, *, sent: Sent | None = None) -> RemoteTrouble:
        return trouble(self._profile.name, kind, sent=sent)


def _send(connection: socket.socket, deadline: _Deadline, message: bytes) -> None:
    left = memoryview(message)
    while left:
        connection.settimeout(deadline.left())
        left = left[connection.send(left[:_PIECE_BYTES]) :]


def _seconds(text: str) -> int | None:
    """Read a Retry-After in seconds; a date is not believed, an hour is the most."""
    if not (text.isascii() and text.isdigit()):
        return None
    return min(int(text[:9]), _LONGEST_RETRY_AFTER_SECONDS)


def tls_context(profile: PeerProfile) -> "ssl.SSLContext":
    """Return what a connection to the peer is secured by: its authorities, and our certificate.

    Raises:
        BadInput: one of the files is none, or the key does not open.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(cafile=profile.ca_file, cadata=profile.ca_data or None)
    except OSError as error:
        raise BadInput(f"{profile.name}的根证书打不开，未连接，请系统管理员核对证书文件") from error
    shown = profile.client_certificate
    if shown is not None:
        try:
            # a password that is given keeps OpenSSL from asking for one on a terminal
            context.load_cert_chain(
                shown.certificate_file, shown.key_file, password=lambda: shown.password
            )
        except OSError as error:  # ssl.SSLError among them
            raise BadInput(
                f"{profile.name}的客户端证书或私钥打不开，未连接，请系统管理员核对证书文件和口令"
            ) from error
    return context


def _addresses(host: str, port: int, patience: _Deadline) -> list[_Address]:
    """Look the name up; the system's own look-up knows no deadline, so it waits in a thread."""
    try:
        numeric = ipaddress.ip_address(host)
    except ValueError:
        return _look_up(host, port, patience)
    family = socket.AF_INET if numeric.version == 4 else socket.AF_INET6
    return [(family, (host, port))]


def _look_up(host: str, port: int, patience: _Deadline) -> list[_Address]:
    found: queue.SimpleQueue[list[_Address] | OSError] = queue.SimpleQueue()

    def look() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            found.put(error)
        else:
            found.put([(row[0], tuple(row[4])) for row in rows])

    threading.Thread(target=look, name="look-up", daemon=True).start()
    try:
        result = found.get(timeout=patience.left())
    except queue.Empty as error:
        raise TimeoutError from error
    if isinstance(result, OSError):
        raise result
    return result
