"""A certificate library behind a circuit breaker: a dead one is left alone, and asked again by Ping.

Source: soap.md 6.5: five transport failures within a minute, half a minute of rest, one Ping.
"""

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final, Protocol, TypeVar, cast
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.certificate import LibraryAbilities
from clerk.domain.errors import RemoteTrouble, RemoteUnavailable
from clerk.values import replace
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


class Answering(Protocol):
    """What the breaker itself needs of a library; its operations pass through whatever they are."""

    @property
    def abilities(self) -> LibraryAbilities:
        """What this library can do."""

    def ping(self, call: Call) -> datetime:
        """Return the library's own time."""

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once."""

    def close(self) -> None:
        """End all calls at once and refuse new ones."""


L = TypeVar("L", bound=Answering)


def breaking(
    inner: L, name: str, *, monotonic: Callable[[], float], new_id: Callable[[], UUID]
) -> L:
    """Return the same library behind a breaker; the arguments are those of ``BreakingLibrary``."""
    return cast(L, BreakingLibrary(inner, name, monotonic=monotonic, new_id=new_id))


class BreakingLibrary:
    """A library that is asked through a circuit breaker; called by several threads at once.

    Every operation that the library has and this class does not name goes through the circuit, so
    that none can be forgotten. An answer of the library, a refusal too, never opens it; a call
    that the clerk ended says nothing of the library.
    """

    def __init__(
        self,
        inner: Answering,
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

    def __getattr__(self, operation: str) -> Callable[..., object]:
        """Return an operation of the library with the circuit before it."""
        asked: Callable[..., object] = getattr(self._inner, operation)
        return partial(self._asked, asked)

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
        if self._may_probe():
            return self._probed(call)
        return self._guarded(partial(self._inner.ping, call))

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once."""
        self._inner.cancel(message_id)

    def close(self) -> None:
        """End all calls at once, also those that wait for their turn, and refuse new ones."""
        with self._turn:
            self._closing = True
            self._turn.notify_all()
        self._inner.close()

    def _asked(self, operation: Callable[..., T], call: Call, *told: object, **named: object) -> T:
        """Do what is asked; where the circuit's rest is over, one Ping goes before it."""
        if self._may_probe():
            self._probed(replace(call, message_id=self._new_id(), case_id=None))
        return self._guarded(partial(operation, call, *told, **named))

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

    def _guarded(self, work: Callable[[], T]) -> T:
        self._begin()
        try:
            answer = work()
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
