"""Serves in pieces what a library gives only whole.

Nothing is written anywhere: a file stays in memory from its first piece to its last, for a few
minutes at most. Its version is its own SHA-256, and so is its digest: that holds the pieces of one
file together and proves nothing about the library, which sent no digest (``LOCAL_DIGEST``).
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from clerk.domain.certificate import LOCAL_DIGEST, CertificateChunk
from clerk.values import dataclass
from integrations.soap import outcome
from integrations.soap.outcome import Doubt, Kind

_LASTS_SECONDS: Final = 180.0
_MOST_BYTES: Final = 64 << 20
_BEGINNINGS: Final = {"PDF": b"%PDF-", "OFD": b"PK\x03\x04", "PNG": b"\x89PNG\r\n\x1a\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A piece of a file as the port asks for it."""

    authorisation_id: str
    certificate_id: str
    file_format: str
    offset: int
    max_bytes: int
    file_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    content: bytes
    version: str
    since: float


class WholeFiles:
    """The files of one library that are being handed out; any number of threads may ask."""

    def __init__(self, peer: str, *, most_bytes: int = _MOST_BYTES) -> None:
        self._peer = peer
        self._most_bytes = most_bytes
        self._held: OrderedDict[tuple[str, str, str], _Held] = OrderedDict()
        self._lock = threading.Lock()

    def piece(self, wanted: Wanted, fetch: Callable[[], bytes]) -> CertificateChunk:
        """Return a piece; ``fetch`` brings the whole file where it is not at hand.

        Raises:
            RemoteRefused: the file is no longer the one whose pieces were handed out.
            RemoteGarbled: it is another kind of file, or shorter than what is asked for.
        """
        whole = self._at_hand(wanted) or self._fetched(wanted, fetch)
        content = whole.content[wanted.offset : wanted.offset + wanted.max_bytes]
        last = wanted.offset + len(content) == len(whole.content)
        if wanted.offset < 0 or not content:
            raise outcome.trouble(self._peer, Kind.MODEL, note=Doubt.PIECE)
        self._settle(wanted, whole, last=last)
        return CertificateChunk(
            file_name=f"{wanted.certificate_id}.{wanted.file_format.lower()}",
            format=wanted.file_format,
            file_version=whole.version,
            total_bytes=len(whole.content),
            offset=wanted.offset,
            last=last,
            digest_method=LOCAL_DIGEST,
            digest=whole.version,
            content=content,
        )

    def clear(self) -> None:
        """Forget all files."""
        with self._lock:
            self._held.clear()

    def _at_hand(self, wanted: Wanted) -> _Held | None:
        self._drop_the_old()
        with self._lock:
            held = self._held.get(_key(wanted))
        return held if held is not None and held.version == wanted.file_version else None

    def _fetched(self, wanted: Wanted, fetch: Callable[[], bytes]) -> _Held:
        content = fetch()
        if not content.startswith(_BEGINNINGS[wanted.file_format]):
            raise outcome.trouble(self._peer, Kind.MODEL, note=Doubt.FILE)
        version = hashlib.sha256(content).hexdigest()
        if wanted.file_version not in {"", version}:
            raise outcome.fault(
                self._peer,
                code="FILE_CHANGED",
                text="",
                retryable=False,
                retry_after_seconds=None,
            )
        return _Held(content=content, version=version, since=time.monotonic())

    def _settle(self, wanted: Wanted, whole: _Held, *, last: bool) -> None:
        """Keep the file for its next piece, or drop it behind its last one."""
        with self._lock:
            self._held.pop(_key(wanted), None)
            if last:
                return
            self._held[_key(wanted)] = whole
            while sum(len(held.content) for held in self._held.values()) > self._most_bytes:
                self._held.popitem(last=False)

    def _drop_the_old(self) -> None:
        begin = time.monotonic() - _LASTS_SECONDS
        with self._lock:
            for key in [key for key, held in self._held.items() if held.since < begin]:
                del self._held[key]


def _key(wanted: Wanted) -> tuple[str, str, str]:
    return wanted.authorisation_id, wanted.certificate_id, wanted.file_format
