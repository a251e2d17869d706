"""Opens certificate files for the counter: the parent of the child that really opens them.

Nothing of a foreign file is taken apart in this process. Of what the child tells, numbers and
words are taken and nothing else: it may be no longer itself after a file that means harm.
"""

import base64
import logging
import math
import struct
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import Any, Final

from clerk.child.frames import Head, exchange
from clerk.child.process import ChildClosed, ChildDied, ChildProcess, ChildTooSlow
from clerk.domain.certificate_file import FileLook, SealFinding, SealState
from integrations.certificate_files.guard import (
    MOST_PAGES,
    PNG_MAGIC,
    FileFlawed,
    Flaw,
    check_outside,
)

_CHILD: Final = "integrations.certificate_files.reader_child"
_MOST_TOLD: Final = 60
_MOST_CHARACTERS: Final = 200
_MOST_PIXELS: Final = 40_000_000
_MOST_DPI: Final = 600.0
_PNG_SIZE: Final = struct.Struct(">4xII")
_MISTOLD: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError, struct.error)

_log = logging.getLogger(__name__)


def _nobody() -> Sequence[bytes]:
    return ()


class CertificateFileReader:
    """One child, started with the first file; any thread may call and waits its turn.

    ``authorities`` are read once, with the first file: the certificates (DER or PEM) of those whom
    this counter trusts to issue to sealers. A file that takes longer than ``seconds`` is refused.
    """

    def __init__(
        self,
        *,
        authorities: Callable[[], Sequence[bytes]] = _nobody,
        seconds: float = 15.0,
        command: Sequence[str] = (),
    ) -> None:
        self._read_authorities = authorities
        self._child = ChildProcess(_CHILD, seconds=seconds, command=command)

    def look(self, content: bytes, file_format: str) -> FileLook:
        """Return pages and seals of a file; ``file_format`` is ``PDF``, ``OFD`` or ``PNG``.

        Raises:
            CertificateFileRefused: it cannot or may not be opened; nothing of it is used.
        """
        head = {"do": "look", "format": file_format, "authorities": self._authorities}
        told, _ = self._ask(head, content)
        if told.get("unread_authorities"):
            _log.warning("%s authorities cannot be read", told["unread_authorities"])
        try:
            return _look(told["look"])
        except _MISTOLD as error:
            raise FileFlawed(Flaw.BROKE_DOWN) from error

    def picture(self, content: bytes, file_format: str, *, page: int, dpi: float) -> bytes:
        """Return one page, counted from 1, as a PNG.

        Raises:
            CertificateFileRefused: it cannot or may not be opened, or has no such page.
        """
        if not 0 < dpi <= _MOST_DPI:
            raise FileFlawed(Flaw.PAGE_TOO_LARGE)
        head = {"do": "picture", "format": file_format, "page": page, "dpi": dpi}
        _, picture = self._ask(head, content)
        _check_picture(picture)
        return picture

    def start(self) -> None:
        """Start the child and read whom this counter trusts, before anybody waits for a file."""
        self._child.start()
        _ = self._authorities

    def close(self) -> None:
        """End the child and refuse new files; one that is being opened is finished first."""
        self._child.close()

    @cached_property
    def _authorities(self) -> list[str]:
        return [base64.b64encode(one).decode() for one in self._read_authorities()]

    def _ask(self, head: Head, content: bytes) -> tuple[Head, bytes]:
        check_outside(content, head["format"])
        try:
            told, picture = self._child.ask(partial(exchange, head, content))
        except ChildTooSlow as error:
            raise FileFlawed(Flaw.TOO_SLOW) from error
        except ChildDied as error:
            raise FileFlawed(Flaw.BROKE_DOWN) from error
        except ChildClosed as error:
            raise FileFlawed(Flaw.CLOSED) from error
        try:
            flaw = told.get("flaw")
        except AttributeError as error:
            raise FileFlawed(Flaw.BROKE_DOWN) from error
        if flaw is not None:
            raise FileFlawed(next((one for one in Flaw if one == flaw), Flaw.BROKE_DOWN))
        return told, picture


def _look(told: Mapping[str, Any]) -> FileLook:
    pages = _number(told["pages"])
    if not 1 <= pages <= MOST_PAGES or len(told["seals"]) > _MOST_TOLD:
        raise ValueError
    return FileLook(
        pages=pages,
        seals=tuple(_seal(seal) for seal in told["seals"]),
        undrawn=tuple(_words(words) for words in told["undrawn"][:_MOST_TOLD]),
    )


def _seal(told: Mapping[str, Any]) -> SealFinding:
    signed_at, trusted = told["signed_at"], told["trusted"]
    if trusted is not None and type(trusted) is not bool:
        raise ValueError
    return SealFinding(
        state=SealState(told["state"]),
        name=_words(told["name"]),
        signer=_words(told["signer"]),
        method=_words(told["method"]),
        signed_at=datetime.fromisoformat(signed_at) if signed_at is not None else None,
        covered=_number(told["covered"]),
        parts=_number(told["parts"]),
        why=_words(told["why"]),
        trusted=trusted,
        issuers=tuple(_words(words) for words in told["issuers"][:_MOST_TOLD]),
    )


def _number(told: object) -> int:
    if type(told) is not int or told < 0:
        raise ValueError
    return told


def _words(told: str) -> str:
    """Return what can be shown in one line, and no more of it than fits."""
    return "".join(one for one in told[:_MOST_CHARACTERS] if one.isprintable())


def _check_picture(picture: bytes) -> None:
    """Refuse what is no PNG, or one that would take too much of the window's memory."""
    head = picture[: len(PNG_MAGIC) + 16]
    try:
        width, height = _PNG_SIZE.unpack_from(head, len(PNG_MAGIC) + 4)
    except struct.error as error:
        raise FileFlawed(Flaw.BROKE_DOWN) from error
    if not head.startswith(PNG_MAGIC) or not 0 < math.prod((width, height)) <= _MOST_PIXELS:
        raise FileFlawed(Flaw.BROKE_DOWN)
