"""A peer that is connected to at its first use: what nobody asks for costs nothing."""

import threading
from collections.abc import Callable
from uuid import UUID

from integrations.soap.peer import Peer
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe


class LatePeer:
    """Makes its ``Peer`` once, in whichever worker asks first."""

    def __init__(self, profile: Callable[[], PeerProfile], contract: str, scribe: Scribe) -> None:
        """``profile`` is called at the first use; ``scribe`` is the caller's to close, after this."""
        self._profile, self._contract, self._scribe = profile, contract, scribe
        self._made: Peer | None = None
        self._closed = False
        self._making = threading.Lock()

    def get(self) -> Peer:
        """Return the peer; raises ``RemoteUnavailable`` where it cannot be connected to."""
        with self._making:
            if self._made is None:
                self._made = Peer(self._profile(), self._contract, self._scribe)
                if self._closed:
                    self._made.close()
            return self._made

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        if self._made is not None:
            self._made.cancel(message_id)

    def close(self) -> None:
        """End all calls at once and refuse new ones."""
        with self._making:
            self._closed = True
            if self._made is not None:
                self._made.close()
