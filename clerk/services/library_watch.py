"""What this window knows of its certificate library: when it was down, whose leave still runs.

In memory only: leave is a secret of the case and ends with it, and what was down yesterday says
nothing today.
"""

import threading
from collections import OrderedDict, deque
from datetime import datetime
from typing import Final
from uuid import UUID

from clerk.domain.certificate import Authorisation
from clerk.domain.errors import RemoteRefused, RemoteTrouble

MOST_STRETCHES: Final = 50
MOST_CASES: Final = 200
_ENDED_BY_US: Final = "cancelled"
_ITS_OWN_WORD: Final = "fault:"


class LibraryWatch:
    """Told of every call and its end; used by several lanes at once."""

    def __init__(self) -> None:
        """Nothing is known before the first call."""
        self._turn = threading.Lock()
        self._down_since: datetime | None = None
        self._was_down: deque[tuple[datetime, datetime]] = deque(maxlen=MOST_STRETCHES)
        self._missed: OrderedDict[UUID, datetime] = OrderedDict()
        self._leaves: OrderedDict[tuple[UUID, str], Authorisation] = OrderedDict()

    def failed(self, trouble: RemoteTrouble, at: datetime, case_id: UUID | None) -> None:
        """A call came to nothing; a refusal and a fault are answers, a call we ended is none."""
        if trouble.kind == _ENDED_BY_US:
            return
        if isinstance(trouble, RemoteRefused) or trouble.kind.startswith(_ITS_OWN_WORD):
            self.answered(at, case_id)
            return
        with self._turn:
            if self._down_since is None:
                self._down_since = at
            if case_id is not None:
                self._missed.setdefault(case_id, at)
                _bounded(self._missed)

    def answered(self, at: datetime, case_id: UUID | None) -> None:
        """The library answered, whatever it said."""
        with self._turn:
            if self._down_since is not None:
                self._was_down.append((self._down_since, at))
                self._down_since = None
            if case_id is not None:
                self._missed.pop(case_id, None)

    def was_down(self, at: datetime, case_id: UUID) -> bool:
        """Whether the library was out of reach then, or for this case since its last answer."""
        with self._turn:
            missed = self._missed.get(case_id)
            if missed is not None and missed <= at:
                return True
            if self._down_since is not None and self._down_since <= at:
                return True
            return any(since <= at < until for since, until in self._was_down)

    def hold(self, case_id: UUID, code: str, leave: Authorisation) -> None:
        """Remember the leave that was given for a material of a case."""
        with self._turn:
            self._leaves[case_id, code] = leave
            _bounded(self._leaves)

    def forget(self, case_id: UUID) -> None:
        """Forget what was given for a case that is no more."""
        with self._turn:
            self._missed.pop(case_id, None)
            for key in [key for key in self._leaves if key[0] == case_id]:
                del self._leaves[key]

    def leave_of(self, case_id: UUID, code: str, at: datetime) -> Authorisation | None:
        """Return the leave for a material that still carries a call; one that ran out is gone."""
        with self._turn:
            for key in [key for key, leave in self._leaves.items() if not leave.granted(at)]:
                del self._leaves[key]
            return self._leaves.get((case_id, code))


def _bounded(
    kept: OrderedDict[UUID, datetime] | OrderedDict[tuple[UUID, str], Authorisation],
) -> None:
    while len(kept) > MOST_CASES:
        kept.popitem(last=False)
