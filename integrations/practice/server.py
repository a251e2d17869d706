"""HTTP around a practice peer: SOAP by POST, its controls, its log."""

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from typing_extensions import override

from integrations.practice.envelope import Refused
from integrations.practice.lies import ACTED, NOT_ACTED, Plan
from integrations.practice.service import PracticePeer

_LONGEST_REQUEST_BYTES: Final = 256 * 1024 * 1024


class PracticeServer(ThreadingHTTPServer):
    """Serves one peer on the loopback."""

    daemon_threads = True

    def __init__(self, service: PracticePeer, port: int) -> None:
        """Bind to ``port``, 0 for a free one."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.service = service
        self.plan = Plan()
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        """Where the peer is asked."""
        return f"http://127.0.0.1:{self.server_port}/{self.service.contract}"

    def stop(self) -> None:
        """End every answer under way and the server."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        self.service.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    server: PracticeServer

    def do_POST(self) -> None:
        """Serve a message or a control."""
        self.close_connection = True
        length = self.headers.get("Content-Length", "")
        if not (length.isdigit() and int(length) <= _LONGEST_REQUEST_BYTES):
            self.reply(411, b"", {})
            return
        content = self.rfile.read(int(length))
        if self.path == "/control":
            self._control(content)
        elif self._below() is not None:
            self._message(content, self._below() or "")
        else:
            self.reply(404, b"", {})

    def _below(self) -> str | None:
        """Return what stands behind the peer's own path, None on another path."""
        own = f"/{self.server.service.contract}"
        below = self.path.removeprefix(own)
        return below if self.path.startswith(own) and below[:1] in {"", "/"} else None

    def do_GET(self) -> None:
        """Show the log or what the peer holds."""
        self.close_connection = True
        service = self.server.service
        address = urlsplit(self.path)
        asked = dict(parse_qsl(address.query))
        if address.path == "/control/log":
            self._json(200, service.log(int(asked.get("after", "0"))))
        elif self.path == "/control/heard":
            self._json(200, service.heard())
        elif self.path == "/control/state":
            self._json(200, service.witness())
        else:
            told = service.asked(address.path, asked)
            if told is None:
                self.reply(404, b"", {})
            else:
                self._json(200, told)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a practice run's people belong in no log either."""

    def reply(
        self, status: int, body: bytes, headers: Mapping[str, str], *, length: int | None = None
    ) -> None:
        """Send a whole answer, of a ``length`` that may be a lie."""
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            return  # the client is gone; whatever was done is kept

    def raw(self, piece: bytes) -> bool:
        """Send bytes as they are; False once the client is gone."""
        try:
            self.wfile.write(piece)
        except OSError:
            return False
        return True

    @property
    def answer_headers(self) -> Mapping[str, str]:
        """What goes with an answer of this peer."""
        return {"Content-Type": self.server.service.media_type}

    def _message(self, content: bytes, below: str) -> None:
        service, stopping = self.server.service, self.server.stopping
        fault = self.server.plan.take(service.operation(content, below))
        if fault in NOT_ACTED:
            NOT_ACTED[fault](self, 200, b"", stopping)
            return
        if fault.startswith("fault:"):
            refused = service.fault(fault.removeprefix("fault:"), content, below)
            self.reply(*refused, self.answer_headers)
            return
        status, answer = service.answer(content, below)
        if fault:
            ACTED[fault](self, status, answer, stopping)
        else:
            self.reply(status, answer, self.answer_headers)

    def _control(self, content: bytes) -> None:
        try:
            order = json.loads(content)
            if not isinstance(order, dict):
                raise Refused("INVALID_ARGUMENT", "控制不是对象")
            if "fault" in order:
                self.server.plan.add(order)
            else:
                self.server.service.control(order)
        except Refused as refusal:
            self._json(400, {"ok": False, "message": refusal.message})
        except ValueError:
            self._json(400, {"ok": False, "message": "控制不能解析"})
        else:
            self._json(200, {"ok": True})

    def _json(self, status: int, value: object) -> None:
        body = json.dumps(value, ensure_ascii=False).encode()
        self.reply(status, body, {"Content-Type": "application/json; charset=utf-8"})
