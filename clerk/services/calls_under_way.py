"""Which calls this very process is making now: their missing end is no trace of a crash."""

from dataclasses import field
from datetime import date, datetime, timedelta
from threading import Lock
from uuid import UUID

from clerk.values import dataclass

ASK_AGAIN_SECONDS = 30
"""A library that could not be asked about an open call is asked again after so long."""
ANSWERS_SECONDS = 30
"""Issuers take days to answer; so often the platform is asked whether one has."""
COMPARE_AGAIN_SECONDS = 600
"""And a platform that did not give the list of a day."""


@dataclass(slots=True, kw_only=True)
class CallsUnderWay:
    """Kept in memory only: whatever was under way when a program died is nobody's any more."""

    _ids: set[UUID] = field(default_factory=set)
    _not_before: datetime | None = None
    _compare_at: datetime | None = None
    _answers_at: datetime | None = None
    _compared_on: date | None = None
    _lock: Lock = field(default_factory=Lock)

    def begin(self, message_id: UUID) -> None:
        """A call is being made."""
        with self._lock:
            self._ids.add(message_id)

    def end(self, message_id: UUID) -> None:
        """It is over, however it ended."""
        with self._lock:
            self._ids.discard(message_id)

    def holds(self, message_id: UUID) -> bool:
        """Whether the call is being made now."""
        with self._lock:
            return message_id in self._ids

    def wait(self, at: datetime) -> None:
        """The library did not answer: let it be for a while."""
        with self._lock:
            self._not_before = at + timedelta(seconds=ASK_AGAIN_SECONDS)

    def may_ask(self, at: datetime) -> bool:
        """Whether the library may be asked about open calls again."""
        with self._lock:
            return self._not_before is None or at >= self._not_before

    def may_look_for_answers(self, at: datetime) -> bool:
        """Whether the platform may be asked for answers to reports now."""
        with self._lock:
            if self._answers_at is not None and at < self._answers_at:
                return False
            self._answers_at = at + timedelta(seconds=ANSWERS_SECONDS)
            return True

    def may_compare(self, on: date, at: datetime) -> bool:
        """Whether this day's list may be asked for now; asked once, it may be again much later."""
        with self._lock:
            early = self._compare_at is not None and at < self._compare_at
            if self._compared_on == on or early:
                return False
            self._compare_at = at + timedelta(seconds=COMPARE_AGAIN_SECONDS)
            return True

    def compared(self, on: date) -> None:
        """The day is done with, as far as this process knows."""
        with self._lock:
            self._compared_on = on
