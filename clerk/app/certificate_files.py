"""Who opens certificate files for this counter, and whom it trusts to issue to sealers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from clerk import assets
from clerk.settings import Settings
from integrations.certificate_files.reader import CertificateFileReader

FOLDER = "authorities"
"""Where a counter's own lie, one certificate a file named ``*.cer``, as DER or PEM."""
_PRACTICE_ROOTS: Final = (
    "practice/authority/practice-only-root-sm2.cer",
    "practice/authority/practice-only-root-rsa.cer",
    "practice/authority/practice-only-root-seal.cer",
)


def open_certificate_files(settings: Settings) -> CertificateFileReader:
    """Return the reader of certificate files; neither it nor the authorities are loaded yet.

    The practice hall trusts the practice library's own authority and nobody else.
    """
    if settings.counter.practice:
        return CertificateFileReader(authorities=_practice_authorities)
    folder = settings.folder / FOLDER
    return CertificateFileReader(authorities=lambda: _laid_down(folder))


def _laid_down(folder: Path) -> Sequence[bytes]:
    return [file.read_bytes() for file in sorted(folder.glob("*.cer"))]


def _practice_authorities() -> Sequence[bytes]:
    """Read the roots as they lie there: to make them again would hold up the window."""
    return [assets.read_bytes("resources", name) for name in _PRACTICE_ROOTS]
