"""What libraries share that give leave at once, hand out whole files and keep no receipts."""

import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from typing import Final, NoReturn, TypeVar
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    CertificateChunk,
    Holder,
    Purpose,
    UseReport,
)
from clerk.domain.errors import RemoteUnavailable
from clerk.domain.hand_off import RemoteReceipt
from integrations.certificates.whole_files import Wanted, WholeFiles
from integrations.soap.outcome import Kind, Lacking, Sent, code_perhaps_used_up, trouble
from integrations.soap.profile import PeerProfile

_REMEMBERED: Final = 64
"""So many cancelled calls are remembered; each asks several questions in a row."""

T = TypeVar("T")


class PlainLibrary(ABC):
    """Half of the port ``CertificateLibrary``: the refusals, and files in pieces."""

    def __init__(self, profile: PeerProfile) -> None:
        self._profile = profile
        self._files = WholeFiles(profile.name)
        self._cancelled: deque[UUID] = deque(maxlen=_REMEMBERED)

    def authorisation(
        self,
        call: Call,  # noqa: ARG002
        authorisation_id: str,  # noqa: ARG002
        holder: Holder,  # noqa: ARG002
        mode: AuthorisationMode,  # noqa: ARG002
    ) -> Authorisation:
        """Refuse: what such a library grants, it grants at once, and cannot be asked for later."""
        self._lacks(Lacking.AUTHORISATION)

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
        """Return a piece of the file; the whole is fetched for its first one."""
        wanted = Wanted(
            authorisation_id=authorisation_id,
            certificate_id=certificate_id,
            file_format=file_format,
            offset=offset,
            max_bytes=max_bytes,
            file_version=file_version,
        )
        return self._files.piece(wanted, lambda: self._file(call, wanted, purpose))

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets ``RemoteUnavailable``."""
        self._cancelled.append(message_id)

    def report_use(self, call: Call, use: UseReport) -> RemoteReceipt:  # noqa: ARG002
        """Refuse: such a library takes no reports."""
        self._lacks(Lacking.USE_REPORT)

    def receipt(self, call: Call, message_id: UUID) -> RemoteReceipt | None:  # noqa: ARG002
        """Refuse: such a library cannot tell whether it ever acted on a message."""
        self._lacks(Lacking.RECEIPT)

    @abstractmethod
    def _file(self, call: Call, wanted: Wanted, purpose: Purpose) -> bytes:
        """Return the whole file; raises a remote error."""

    def _go_on(self, call: Call) -> None:
        """Stand between two questions of one call; raises where somebody has ended it."""
        if call.message_id in self._cancelled:
            raise trouble(self._profile.name, Kind.CANCELLED)

    def _once(self, ask: Callable[[], T], *, used: bool = False) -> T:
        """Return what is asked with a code; a lost answer may have used it up.

        ``used`` tells that the code was taken already: what fails behind it costs the code, too.
        """
        try:
            return ask()
        except RemoteUnavailable as error:
            safe = error.sent != Sent.UNKNOWN and not used
            if safe or error.kind == Kind.CANCELLED:
                raise
            raise code_perhaps_used_up(self._profile.name, error) from error

    def _end(self) -> float:
        """Return until when a call that begins now may last, by the steady clock."""
        return time.monotonic() + self._profile.total_seconds

    def _lacks(self, what: Lacking) -> NoReturn:
        raise trouble(self._profile.name, Kind.NOT_OFFERED, note=what)
