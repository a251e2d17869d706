"""A certificate library behind a circuit breaker: a dead one is left alone, and asked again by Ping.

Source: soap.md 6.5: five transport failures within a minute, half a minute of rest, one Ping.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol, TypeVar
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    CertificateChunk,
    CertificatePage,
    CertificateSummary,
    Holder,
    LibraryAbilities,
    Purpose,
    UseReport,
)
from clerk.domain.errors import RemoteTrouble, RemoteUnavailable
from clerk.domain.hand_off import RemoteReceipt
from integrations.soap.outcome import Kind, Sent, trouble

FAILURES: Final = 5
WITHIN_SECONDS: Final = 60.0
REST_SECONDS: Final = 30.0
AT_ONCE: Final = 4
QUEUE_SECONDS: Final = 20.0
"""How long a call waits for its turn: the budget of one action."""

_SAID_SOMETHING: Final = f"{Kind.FAULT}:"

T = TypeVar("T")


class CircuitState(StrEnum):
    """How the circuit stands; PROBING is one Ping on its way."""

    CLOSED = "closed"
    OPEN = "open"
    PROBING = "probing"


class ClosableLibrary(Protocol):
    """The library behind the breaker: the port ``CertificateLibrary``, and an end to its calls."""

    @property
    def abilities(self) -> LibraryAbilities:
        """What this library can do."""

    def ping(self, call: Call) -> datetime:
        """Return the library's own time."""

    def verify_use_code(
        self, call: Call, code: str, purpose: Purpose
    ) -> tuple[Authorisation, tuple[CertificateSummary, ...]]:
        """Exchange the code the holder shows."""

    def request_authorisation(
        self,
        call: Call,
        holder: Holder,
        type_codes: tuple[str, ...],
        purpose: Purpose,
        mode: AuthorisationMode,
    ) -> Authorisation:
        """Ask for leave."""

    def authorisation(
        self, call: Call, authorisation_id: str, holder: Holder, mode: AuthorisationMode
    ) -> Authorisation:
        """Return where an asked authorisation stands."""

    def query(
        self,
        call: Call,
        authorisation_id: str,
        holder: Holder,
        type_codes: tuple[str, ...],
        purpose: Purpose,
        page: int,
        page_size: int,
    ) -> CertificatePage:
        """List the holder's certificates."""

    def fetch_chunk(
        self,
        call: Call,
        authorisation_id: str,
        certificate_id: str,
        file_format: str,
        purpose: Purpose,
        offset: int,
        max_bytes: int,
        file_version: str,
    ) -> CertificateChunk:
        """Fetch a piece of the file."""

    def report_use(self, call: Call, use: UseReport) -> RemoteReceipt:
        """Tell the library what became of a certificate."""

    def receipt(self, call: Call, message_id: UUID) -> RemoteReceipt | None:
        """Return the receipt of an earlier message."""

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once."""

    def close(self) -> None:
        """End all calls at once and refuse new ones."""


class BreakingLibrary:
    """Fulfils the port ``CertificateLibrary`` by another one; called by several threads at once.

    An answer of the library, a refusal too, never opens the circuit; a call that the clerk ended
    says nothing of the library.
    """

    def __init__(
        self,
        inner: ClosableLibrary,
        name: str,
        *,
        monotonic: Callable[[], float],
        new_id: Callable[[], UUID],
    ) -> None:
        """``name`` is what sentences call the library; ``new_id`` names the Ping that closes."""
        self._inner, self._name = inner, name
        self._monotonic, self._new_id = monotonic, new_id
        self._turn = threading.Condition()
        self._failed_at: deque[float] = deque(maxlen=FAILURES)
        self._opened_at = 0.0
        self._state = CircuitState.CLOSED
        self._running = 0
        self._closing = False

    @property
    def state(self) -> CircuitState:
        """How the circuit stands."""
        with self._turn:
            return self._state

    @property
    def abilities(self) -> LibraryAbilities:
        """What the library can do."""
        return self._inner.abilities

    def ping(self, call: Call) -> datetime:
        """Return the library's own time; where the circuit is due for its Ping, this is it."""
        return self._probed(call) if self._may_probe() else self._guarded(self._inner.ping, call)

    def verify_use_code(
        self, call: Call, code: str, purpose: Purpose
    ) -> tuple[Authorisation, tuple[CertificateSummary, ...]]:
        """Pass on, where the circuit is closed."""
        return self._asked(call, lambda: self._inner.verify_use_code(call, code, purpose))

    def request_authorisation(
        self,
        call: Call,
        holder: Holder,
        type_codes: tuple[str, ...],
        purpose: Purpose,
        mode: AuthorisationMode,
    ) -> Authorisation:
        """Pass on, where the circuit is closed."""
        return self._asked(
            call,
            lambda: self._inner.request_authorisation(call, holder, type_codes, purpose, mode),
        )

    def authorisation(
        self, call: Call, authorisation_id: str, holder: Holder, mode: AuthorisationMode
    ) -> Authorisation:
        """Pass on, where the circuit is closed."""
        return self._asked(
            call, lambda: self._inner.authorisation(call, authorisation_id, holder, mode)
        )

    def query(
        self,
        call: Call,
        authorisation_id: str,
        holder: Holder,
        type_codes: tuple[str, ...],
        purpose: Purpose,
        page: int,
        page_size: int,
    ) -> CertificatePage:
        """Pass on, where the circuit is closed."""
        return self._asked(
            call,
            lambda: self._inner.query(
                call, authorisation_id, holder, type_codes, purpose, page, page_size
            ),
        )

    def fetch_chunk(
        self,
        call: Call,
        authorisation_id: str,
        certificate_id: str,
        file_format: str,
        purpose: Purpose,
        offset: int,
        max_bytes: int,
        file_version: str,
    ) -> CertificateChunk:
        """Pass on, where the circuit is closed."""
        return self._asked(
            call,
            lambda: self._inner.fetch_chunk(
                call,
                authorisation_id,
                certificate_id,
                file_format,
                purpose,
                offset,
                max_bytes,
                file_version,
            ),
        )

    def report_use(self, call: Call, use: UseReport) -> RemoteReceipt:
        """Pass on, where the circuit is closed; else the outbox sends it later."""
        return self._asked(call, lambda: self._inner.report_use(call, use))

    def receipt(self, call: Call, message_id: UUID) -> RemoteReceipt | None:
        """Pass on, where the circuit is closed."""
        return self._asked(call, lambda: self._inner.receipt(call, message_id))

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once."""
        self._inner.cancel(message_id)

    def close(self) -> None:
        """End all calls at once, also those that wait for their turn, and refuse new ones."""
        with self._turn:
            self._closing = True
            self._turn.notify_all()
        self._inner.close()

    def _asked(self, call: Call, work: Callable[[], T]) -> T:
        """Do the work; where the circuit's rest is over, one Ping goes before it."""
        if self._may_probe():
            self._probed(replace(call, message_id=self._new_id(), case_id=None))
        return self._guarded(lambda _: work(), call)

    def _may_probe(self) -> bool:
        """Take the one Ping if it is due; the others are refused until its answer is there."""
        with self._turn:
            rested = self._monotonic() - self._opened_at >= REST_SECONDS
            if self._state is not CircuitState.OPEN or not rested:
                return False
            self._state = CircuitState.PROBING
            return True

    def _probed(self, call: Call) -> datetime:
        answered = False
        try:
            told = self._inner.ping(call)
            answered = True
        except RemoteTrouble as error:
            answered = not _is_failure(error)
            raise
        finally:
            with self._turn:
                self._failed_at.clear()
                self._opened_at = self._monotonic()
                self._state = CircuitState.CLOSED if answered else CircuitState.OPEN
        return told

    def _guarded(self, work: Callable[[Call], T], call: Call) -> T:
        self._begin()
        try:
            answer = work(call)
        except RemoteTrouble as error:
            self._note(failed=_is_failure(error), heard=not isinstance(error, RemoteUnavailable))
            raise
        else:
            self._note(failed=False, heard=True)
            return answer
        finally:
            with self._turn:
                self._running -= 1
                self._turn.notify()

    def _begin(self) -> None:
        """Wait for one of the four places, or be refused at once while the circuit is open."""
        with self._turn:
            if self._state is not CircuitState.CLOSED:
                raise trouble(self._name, Kind.OPEN_CIRCUIT)
            free = self._turn.wait_for(
                lambda: (
                    self._closing
                    or self._running < AT_ONCE
                    or self._state is not CircuitState.CLOSED
                ),
                QUEUE_SECONDS,
            )
            if self._state is not CircuitState.CLOSED:
                raise trouble(self._name, Kind.OPEN_CIRCUIT)
            if not free or self._closing:
                kind = Kind.CANCELLED if self._closing else Kind.DEADLINE
                raise trouble(self._name, kind, sent=Sent.NO)
            self._running += 1

    def _note(self, *, failed: bool, heard: bool) -> None:
        """Count a failure; an answer forgets those before it."""
        with self._turn:
            if heard:
                self._failed_at.clear()
            if not failed or self._state is not CircuitState.CLOSED:
                return
            now = self._monotonic()
            self._failed_at.append(now)
            full = len(self._failed_at) == FAILURES
            if full and now - self._failed_at[0] <= WITHIN_SECONDS:
                self._state, self._opened_at = CircuitState.OPEN, now
                self._turn.notify_all()


def _is_failure(error: RemoteTrouble) -> bool:
    """Whether this says that the library is out of reach: no fault of its own, no 取消 of ours."""
    if not isinstance(error, RemoteUnavailable):
        return False
    return error.kind != Kind.CANCELLED and not error.kind.startswith(_SAID_SOMETHING)
