"""Who has proved himself for decisions, and for how much longer; in memory only."""

from dataclasses import field
from datetime import datetime, timedelta
from threading import Lock

from clerk.domain.errors import PinNeeded
from clerk.domain.identity import Session
from clerk.values import dataclass

LEASE_MINUTES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lease:
    account_id: str
    signed_in_at: datetime
    given_at: datetime


@dataclass(slots=True, kw_only=True)
class Leases:
    """The one lease of a window: a second person's takes the place of the first."""

    minutes: int = LEASE_MINUTES
    _held: _Lease | None = None
    _lock: Lock = field(default_factory=Lock)

    def give(self, session: Session, at: datetime) -> None:
        """Begin a lease for this person and this session."""
        with self._lock:
            self._held = _Lease(
                account_id=session.account.account_id,
                signed_in_at=session.signed_in_at,
                given_at=at,
            )

    def end(self) -> None:
        """Nobody may decide until a PIN is typed again."""
        with self._lock:
            self._held = None

    def left_seconds(self, session: Session, at: datetime) -> int:
        """Return how long the lease of this session still holds; a clock set back ends it."""
        with self._lock:
            held = self._held
        if held is None or at < held.given_at:
            return 0
        mine = (session.account.account_id, session.signed_in_at)
        if (held.account_id, held.signed_in_at) != mine:
            return 0
        left = held.given_at + timedelta(minutes=self.minutes) - at
        return max(0, int(left.total_seconds()))

    def require(self, session: Session, at: datetime) -> None:
        """Raise ``PinNeeded`` unless this person has proved himself for decisions."""
        if self.left_seconds(session, at) <= 0:
            raise PinNeeded("作出决定要输审批密码，这次没有作出决定。再按一次 F9，输密码")
