"""What a library's leave opened, kept in memory until it ends: auth codes are secrets."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Final

from clerk.domain.certificate import AuthorisationMode, Holder
from clerk.values import dataclass

_MOST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCertificate:
    """One certificate and the auth code (用证码) for one use of it."""

    type_code: str
    auth_code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLeave:
    """Whose leave it is, until when it counts here, and its certificates by their ids."""

    holder: Holder
    mode: AuthorisationMode
    until_at: datetime
    opened: Mapping[str, OpenedCertificate]


class OpenedLeaves:
    """The leaves of one library; any number of threads may use it."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, OpenedLeave] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, authorisation_id: str, leave: OpenedLeave) -> None:
        """Keep a leave, in place of what it opened before; the oldest ones fall out."""
        with self._lock:
            self._kept.pop(authorisation_id, None)
            self._kept[authorisation_id] = leave
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def held(self, authorisation_id: str, at: datetime) -> OpenedLeave | None:
        """Return a leave that counts at this instant; those that have ended are forgotten."""
        with self._lock:
            for ended in [key for key, leave in self._kept.items() if leave.until_at <= at]:
                del self._kept[ended]
            return self._kept.get(authorisation_id)

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._kept.clear()
