"""A signed-in session with a library that wants one: opened at the first use, renewed once."""

import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar

from clerk.domain.call import Call
from clerk.domain.errors import RemoteRefused
from integrations.soap.outcome import Kind, Sent, trouble

SESSION_OVER: Final = "SESSION_OVER"

_OVER: Final = f"{Kind.FAULT}:{SESSION_OVER}"

T = TypeVar("T")
SignIn = Callable[[Call, float], str]


class LibrarySession:
    """One session for all threads; its token lives in memory only.

    ``sign_in`` returns a new token within so many seconds. The clerk never sees that a session
    ran out: whoever hears it first signs in again, the others take the new token.
    """

    def __init__(self, peer: str, sign_in: SignIn) -> None:
        self._peer = peer
        self._sign_in = sign_in
        self._token = ""
        self._turn = threading.Lock()

    def carry(self, call: Call, end: float, ask: Callable[[str], T]) -> T:
        """Return what ``ask`` says with a token; asked again once where the session was over.

        ``end`` is the instant of the steady clock until which all of this may last.

        Raises:
            RemoteRefused: the library does not let us in, or ends each session at once.
            RemoteTrouble: whatever ``ask`` raises.
        """
        token = self._held(call, end, worn_out="")
        try:
            return ask(token)
        except RemoteRefused as error:
            if error.kind != _OVER:
                raise
        return ask(self._held(call, end, worn_out=token))

    def _held(self, call: Call, end: float, *, worn_out: str) -> str:
        """Return the token that everybody uses, a new one in place of ``worn_out``."""
        if not self._turn.acquire(timeout=max(end - time.monotonic(), 0.001)):
            raise trouble(self._peer, Kind.DEADLINE, sent=Sent.NO)
        try:
            if self._token in {"", worn_out}:
                self._token = ""
                self._token = self._sign_in(call, max(end - time.monotonic(), 0.001))
            return self._token
        finally:
            self._turn.release()
