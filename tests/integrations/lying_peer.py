"""A peer that answers with bytes of the test's choosing, true or not."""

import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

NAMESPACE = "urn:counter:certlib:1"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_MESSAGE_ID = re.compile(rb"messageId>([^<]+)<")


class Line:
    """One request and the way back to whoever sent it."""

    def __init__(self, connection: socket.socket, request: bytes) -> None:
        self._connection = connection
        found = _MESSAGE_ID.search(request)
        self.message_id = found.group(1).decode() if found else ""

    def send(self, piece: bytes) -> None:
        """Send bytes as they are."""
        self._connection.sendall(piece)

    def answer(self, body: bytes | str, *, status: str = "200 OK", headers: str = "") -> None:
        """Send a whole HTTP answer."""
        content = body.encode() if isinstance(body, str) else body
        head = f"HTTP/1.1 {status}\r\n"
        if "content-type" not in headers.lower():
            headers += "Content-Type: text/xml; charset=utf-8\r\n"
        if "content-length" not in headers.lower():
            headers += f"Content-Length: {len(content)}\r\n"
        self.send((head + headers + "\r\n").encode() + content)

    def until_gone(self, every_seconds: float, piece: bytes) -> None:
        """Send ``piece`` again and again until the other end hangs up."""
        self._connection.settimeout(every_seconds)
        while True:
            try:
                if not self._connection.recv(1):
                    return
            except TimeoutError:
                self._connection.sendall(piece)

    def reset(self) -> None:
        """Break the connection off without a farewell."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Lie = Callable[[Line], None]


class LyingPeer:
    """Tells one lie to everybody who connects; counts them."""

    def __init__(self, lie: Lie, *, tls: ssl.SSLContext | None = None, reads: bool = True) -> None:
        self._lie = lie
        self._tls = tls
        self._reads = reads
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.asked = threading.Event()
        self.visitors = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.port}/certlib"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.visitors += 1
            with suppress(OSError), connection:
                connection.settimeout(5)
                spoken = self._tls.wrap_socket(connection, server_side=True) if self._tls else None
                with spoken or connection as line:
                    request = _read_request(line) if self._reads else b""
                    self.asked.set()
                    self._lie(Line(line, request))


def _read_request(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        request += _received(connection)
    head, _, body = request.partition(b"\r\n\r\n")
    length = int(re.findall(rb"Content-Length: (\d+)", head)[0])
    while len(body) < length:
        body += _received(connection)
    return body


def _received(connection: socket.socket) -> bytes:
    piece = connection.recv(65536)
    if not piece:
        raise ConnectionResetError
    return piece


def envelope(inner: str, *, header: str = "", soap: str = SOAP) -> str:
    """Return a SOAP envelope."""
    return (
        f'<s:Envelope xmlns:s="{soap}" xmlns:c="{NAMESPACE}">{header}'
        f"<s:Body>{inner}</s:Body></s:Envelope>"
    )


def receipt(message_id: str, operation: str) -> str:
    """Return a true receipt."""
    return (
        f"<c:receipt><c:receiptId>HZ-1</c:receiptId><c:messageId>{message_id}</c:messageId>"
        f"<c:operation>{operation}</c:operation><c:serverTime>2026-03-18T01:00:00Z</c:serverTime>"
        "<c:replayed>false</c:replayed></c:receipt>"
    )


CERTIFICATE = (
    "<c:certificate><c:certificateId>ZZ-1</c:certificateId><c:certTypeCode>T1</c:certTypeCode>"
    "<c:certTypeName>营业执照</c:certTypeName><c:certNumber>N1</c:certNumber>"
    "<c:holderName>张示例</c:holderName><c:issuerName>示例县市场监督管理局</c:issuerName>"
    "<c:issuerCode>990123</c:issuerCode><c:issueDate>2025-10-20</c:issueDate>"
    "<c:status>VALID</c:status><c:authorized>true</c:authorized><c:formats>PDF</c:formats>"
    "</c:certificate>"
)


def listing(message_id: str, certificate: str = CERTIFICATE) -> str:
    """Return a true answer to QueryCertificates."""
    return (
        "<c:QueryCertificatesResponse><c:totalCount>1</c:totalCount>"
        f"{certificate}{receipt(message_id, 'QueryCertificates')}</c:QueryCertificatesResponse>"
    )


def piece(message_id: str, *, content: str = "QUJD", offset: int = 0, total: int = 3) -> str:
    """Return a true answer to FetchCertificateFile: the three bytes ``ABC``."""
    return (
        "<c:FetchCertificateFileResponse><c:fileName>a.pdf</c:fileName><c:format>PDF</c:format>"
        f"<c:fileVersion>1</c:fileVersion><c:totalSize>{total}</c:totalSize>"
        f"<c:offset>{offset}</c:offset><c:last>true</c:last><c:digestMethod>SM3</c:digestMethod>"
        f"<c:digestValue>00</c:digestValue><c:content>{content}</c:content>"
        f"{receipt(message_id, 'FetchCertificateFile')}</c:FetchCertificateFileResponse>"
    )


def fault(code: str, *, retryable: bool = False, after: str = "") -> str:
    """Return a coded fault."""
    return (
        "<s:Fault><faultcode>s:Server</faultcode><faultstring>不行</faultstring><detail>"
        f"<c:CertLibFault><c:code>{code}</c:code><c:message>说明文字</c:message>"
        f"<c:retryable>{str(retryable).lower()}</c:retryable>{after}</c:CertLibFault>"
        "</detail></s:Fault>"
    )
