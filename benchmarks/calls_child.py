"""A library as quick as one can be, in a process of its own: ``python -m benchmarks.calls_child``.

Answers every question at once from text, on connections that may stay open. Its path says how large
the piece of a file is, or ``/drip``, which never ends an answer. Prints its port. What it answers
names the message and the holder that were asked for, so that crossed calls show.
"""

import base64
import random
import re
import socketserver
import sys
import time
from typing import Final

_LIBRARY: Final = "urn:counter:certlib:1"
_SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
_FILE: Final = random.Random(7).randbytes(1 << 20)  # noqa: S311  any bytes will do
_ASKED: Final = re.compile(rb"POST /(\w+) .*?[cC]ontent-[lL]ength: (\d+)", re.DOTALL)
_MESSAGE: Final = re.compile(rb"messageId>([^<]+)<")
_HOLDER: Final = re.compile(rb"idNumber>([^<]+)<")


class _Library(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        """Answer until the other end hangs up."""
        while head := self._head():
            asked = _ASKED.search(head)
            if asked is None:
                return
            request = self.rfile.read(int(asked.group(2)))
            path = asked.group(1).decode()
            if path == "drip":
                self._drip()
                return
            body = _answer(path, request).encode()
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n"
            self.wfile.write(head % len(body) + body)

    def _head(self) -> bytes:
        head = b""
        while (line := self.rfile.readline()) not in {b"\r\n", b""}:
            head += line
        return head

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
        try:
            while True:
                self.wfile.write(b"<")
                time.sleep(0.05)
        except OSError:
            return  # whoever asked has had enough


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64


def _answer(path: str, request: bytes) -> str:
    """Return a whole answer: a list of one certificate, or a piece of a file."""
    found = _MESSAGE.search(request)
    message_id = found.group(1).decode() if found else ""
    if path == "small":
        holder = _HOLDER.search(request)
        number = holder.group(1).decode() if holder else ""
        said = _LISTING.format(number=number)
        operation = "QueryCertificates"
    else:
        size = int(path)
        said = _PIECE.format(size=size, content=base64.b64encode(_FILE[:size]).decode())
        operation = "FetchCertificateFile"
    return (
        f'<s:Envelope xmlns:s="{_SOAP}" xmlns:c="{_LIBRARY}"><s:Body><c:{operation}Response>{said}'
        f"<c:receipt><c:receiptId>R-1</c:receiptId><c:messageId>{message_id}</c:messageId>"
        f"<c:operation>{operation}</c:operation><c:serverTime>2026-03-18T01:00:00Z</c:serverTime>"
        f"<c:replayed>false</c:replayed></c:receipt></c:{operation}Response></s:Body></s:Envelope>"
    )


_LISTING: Final = (
    "<c:totalCount>1</c:totalCount><c:certificate><c:certificateId>ZZ-1</c:certificateId>"
    "<c:certTypeCode>T1</c:certTypeCode><c:certTypeName>T</c:certTypeName>"
    "<c:certNumber>{number}</c:certNumber><c:holderName>H</c:holderName>"
    "<c:issuerName>I</c:issuerName><c:issuerCode>990123</c:issuerCode>"
    "<c:issueDate>2025-10-20</c:issueDate><c:status>VALID</c:status>"
    "<c:authorized>true</c:authorized><c:formats>PDF</c:formats></c:certificate>"
)
_PIECE: Final = (
    "<c:fileName>a.pdf</c:fileName><c:format>PDF</c:format><c:fileVersion>1</c:fileVersion>"
    "<c:totalSize>{size}</c:totalSize><c:offset>0</c:offset><c:last>true</c:last>"
    "<c:digestMethod>SM3</c:digestMethod><c:digestValue>0</c:digestValue>"
    "<c:content>{content}</c:content>"
)


def main() -> None:
    with _Server(("127.0.0.1", 0), _Library) as server:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main()
