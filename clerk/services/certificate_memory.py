"""What certificates a case has in memory: lists and files, bounded, never on disk (soap.md 6.4).

Nothing of one case is ever found under another: every key begins with the case.
"""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from clerk.domain.certificate import Authorisation, CertificateChunk, CertificateSummary
from clerk.domain.certificate_file import FileLook
from clerk.values import dataclass

KEPT_FOR: Final = timedelta(minutes=5)
MOST_BYTES: Final = 48 << 20
MOST_LISTS: Final = 40

Key = tuple[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFile:
    """A file as the library gave it, and what our own look into it found.

    ``restarted`` tells that the library changed the file while it was being fetched.
    """

    content: bytes
    last: CertificateChunk
    look: FileLook
    restarted: bool
    leave: Authorisation
    certificate: CertificateSummary
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldList:
    """What a leave covers, as the library said it."""

    leave: Authorisation
    found: tuple[CertificateSummary, ...]
    at: datetime


class CertificateMemory:
    """Used by several lanes at once; an entry is gone after five minutes, with its case, or used."""

    def __init__(self) -> None:
        """Nothing is held."""
        self._turn = threading.Lock()
        self._files: OrderedDict[Key, HeldFile] = OrderedDict()
        self._lists: OrderedDict[Key, HeldList] = OrderedDict()
        self._fetching: dict[Key, threading.Lock] = {}
        self._calls: dict[UUID, set[UUID]] = {}

    def keep_list(self, case_id: UUID, held: HeldList) -> None:
        """Remember a list, for a few minutes."""
        with self._turn:
            self._lists[case_id, held.leave.authorisation_id] = held
            while len(self._lists) > MOST_LISTS:
                self._lists.popitem(last=False)

    def list_under(self, case_id: UUID, leave: Authorisation, at: datetime) -> HeldList | None:
        """Return the list that a leave brought, if it is not too old."""
        with self._turn:
            held = self._lists.get((case_id, leave.authorisation_id))
        return held if held is not None and at - held.at < KEPT_FOR else None

    def keep_file(self, case_id: UUID, held: HeldFile) -> None:
        """Remember a file; the oldest go where they become too many bytes."""
        with self._turn:
            self._files[case_id, held.certificate.certificate_id] = held
            while sum(len(one.content) for one in self._files.values()) > MOST_BYTES:
                self._files.popitem(last=False)

    def file_of(self, case_id: UUID, certificate_id: str, at: datetime) -> HeldFile | None:
        """Return a file of the case that is still at hand."""
        with self._turn:
            held = self._files.get((case_id, certificate_id))
        return held if held is not None and at - held.at < KEPT_FOR else None

    def drop_old(self, at: datetime) -> tuple[tuple[UUID, HeldFile], ...]:
        """Forget what is too old, of all cases, and return the files with their cases."""
        with self._turn:
            for key in [key for key, one in self._lists.items() if at - one.at >= KEPT_FOR]:
                del self._lists[key]
            old = [key for key, one in self._files.items() if at - one.at >= KEPT_FOR]
            return tuple((key[0], self._files.pop(key)) for key in old)

    def drop_file(self, case_id: UUID, certificate_id: str) -> HeldFile | None:
        """Forget a file and return it."""
        with self._turn:
            return self._files.pop((case_id, certificate_id), None)

    def drop_case(self, case_id: UUID) -> tuple[HeldFile, ...]:
        """Forget everything of a case and return the files that nobody used."""
        with self._turn:
            for kept in (self._lists, self._fetching):
                for key in [key for key in kept if key[0] == case_id]:
                    del kept[key]
            self._calls.pop(case_id, None)
            return tuple(self._files.pop(key) for key in list(self._files) if key[0] == case_id)

    def one_at_a_time(self, case_id: UUID, certificate_id: str) -> threading.Lock:
        """Return what keeps one file from being fetched twice at once."""
        with self._turn:
            return self._fetching.setdefault((case_id, certificate_id), threading.Lock())

    def began(self, case_id: UUID, message_id: UUID) -> None:
        """A call that somebody may cancel is under way."""
        with self._turn:
            self._calls.setdefault(case_id, set()).add(message_id)

    def ended(self, case_id: UUID, message_id: UUID) -> None:
        """It is over."""
        with self._turn:
            self._calls.get(case_id, set()).discard(message_id)

    def under_way(self, case_id: UUID) -> tuple[UUID, ...]:
        """Return the calls of a case that can be cancelled."""
        with self._turn:
            return tuple(self._calls.get(case_id, ()))
