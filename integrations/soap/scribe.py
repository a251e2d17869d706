"""The scribe: writes our messages and reads other people's answers, in one child process.

zeep and the parser of XML never run in this process: a foreign document would have the run of the
window, would hold its interpreter while it is read, and their libraries would stay in its memory.
The child sees documents and nothing else: ``integrations.soap.transport`` sends and receives here.
It remembers nothing between two requests, so one that dies is replaced and asked again.
"""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from clerk import assets
from integrations.soap.frames import Frame, FrameBroken, receive, send
from integrations.soap.outcome import Kind, Sent, told_trouble, trouble
from integrations.soap.transport import Answer, Expected

Fields = Mapping[str, object]

_COMMAND: Final = (sys.executable, "-E", "-s", "-m", "integrations.soap.scribe_child")
_PASSED_ON: Final = ("SYSTEMROOT",)
_ROOT: Final = Path(__file__).parents[2]
_MOST_BYTES: Final = 256 << 20
_DIED: Final = (FrameBroken, OSError)

_log = logging.getLogger(__name__)


class Scribe:
    """One child for all contracts, one request at a time; any thread may call and waits its turn.

    ``seconds`` bounds one request, including the start of a child where one is needed. A child
    that is slower is killed; one that dies by itself is replaced and asked again, once.
    """

    def __init__(self, *, seconds: float = 20.0, command: Sequence[str] = _COMMAND) -> None:
        self._seconds = seconds
        self._command = tuple(command)
        self._turn = threading.Lock()
        self._child: _RunningChild | None = None
        self._closed = False

    def start(self) -> None:
        """Start the child; it loads its libraries while nobody waits for them."""
        with self._turn:
            if self._child is None and not self._closed:
                self._child = _RunningChild(self._command)

    def write(
        self, peer: str, contract: str, operation: str, context: Fields, fields: Fields
    ) -> tuple[str, bytes]:
        """Return the SOAPAction and the envelope that ask for ``operation``.

        Raises:
            RemoteUnavailable: it could not be written; nothing was sent.
        """
        written = self._ask(
            peer,
            Sent.NO,
            {
                "do": "write",
                "contract": contract,
                "operation": operation,
                "context": context,
                "fields": fields,
            },
        )
        return written["action"], written["envelope"]

    def read(
        self, peer: str, contract: str, operation: str, answer: Answer, expected: Expected
    ) -> Mapping[str, Any]:
        """Return the values of an answer that keeps the contract, by their XML names.

        Raises:
            RemoteRefused: the peer answered with a fault, or does not let us in.
            RemoteUnavailable: it is busy, or its answer could not be read to the end.
            RemoteGarbled: the answer breaks the contract.
        """
        read = self._ask(
            peer,
            Sent.UNKNOWN,
            {
                "do": "read",
                "peer": peer,
                "contract": contract,
                "operation": operation,
                "answer": asdict(answer),
                "expected": asdict(expected),
            },
        )
        if "trouble" in read:
            raise told_trouble(read["trouble"])
        values: Mapping[str, Any] = read["values"]
        return values

    def close(self) -> None:
        """End the child and refuse new requests; one under way is finished first."""
        with self._turn:
            self._closed = True
            self._drop_child()

    def _ask(self, peer: str, sent: Sent, request: Mapping[str, object]) -> Frame:
        """``sent`` is what we know of the message where no child answers."""
        with self._turn:
            if self._closed:
                raise trouble(peer, Kind.CANCELLED, sent=sent)
            try:
                return self._try(request)
            except TimeoutError as error:
                raise trouble(peer, Kind.UNREAD, sent=sent) from error
            except _DIED:
                _log.warning("the scribe died and was started again")
            try:
                return self._try(request)
            except _DIED as error:
                raise trouble(peer, Kind.UNREAD, sent=sent) from error

    def _try(self, request: Mapping[str, object]) -> Frame:
        """Ask the child once; raises ``TimeoutError`` where it was too slow."""
        if self._child is None:
            self._child = _RunningChild(self._command)
        child = self._child
        alarm = threading.Timer(self._seconds, child.kill_as_late)
        alarm.daemon = True
        alarm.start()
        try:
            return child.ask(request)
        except _DIED as error:
            self._drop_child()
            if child.late:
                raise TimeoutError from error
            raise
        finally:
            alarm.cancel()

    def _drop_child(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _RunningChild:
    """The process and its two pipes."""

    def __init__(self, command: Sequence[str]) -> None:
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what it would complain about has people in it
            cwd=_ROOT,
            env=passed_on | assets.environment(),
            start_new_session=True,
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self.late = False

    def ask(self, request: Mapping[str, object]) -> Frame:
        """Return its answer; raises ``FrameBroken`` or ``OSError`` where it died."""
        send(self._requests, request)
        answer = receive(self._answers, most_bytes=_MOST_BYTES)
        if answer is None:
            raise FrameBroken
        return answer

    def kill_as_late(self) -> None:
        """End a request that took too long; the reader then sees the pipe closed."""
        self.late = True
        self._process.kill()

    def end(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        with suppress(BrokenPipeError):  # a request it never read
            self._requests.close()
        self._answers.close()
