"""What counters gave the library (存量入库): read from the platform's folder beside the library's.

A certificate that was taken in is listed and fetched like every other; one that was withdrawn is
listed as revoked.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from clerk.domain.certificate import CertificateStatus
from integrations.practice.certificate_types import TYPES
from integrations.practice.holding import Holding

_PLATFORM: Final = Path("platform", "province.sqlite")
_FIRST_SERIAL: Final = 9_000_000_000


def taken_in(folder: Path) -> Sequence[Holding]:
    """Return what counters have submitted so far; ``folder`` is the library's own."""
    file = folder.parent / _PLATFORM
    if not file.exists():
        return ()
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as platform:
        known = platform.execute("SELECT 1 FROM sqlite_master WHERE name = 'issued'").fetchone()
        rows = platform.execute("SELECT body, withdrawn FROM issued") if known else ()
        return tuple(_holdings(rows))


def _holdings(rows: Iterator[tuple[str, str]] | sqlite3.Cursor | tuple[()]) -> Iterator[Holding]:
    for text, withdrawn in rows:
        body = json.loads(text)
        if body["type_name"] not in TYPES:
            continue  # a kind that this province's catalogue does not know
        until = body["valid_until_on"]
        yield Holding(
            owner=body["holder"]["id_number"],
            serial=_serial(body["certificate_number"]),
            type_name=body["type_name"],
            number=body["certificate_number"],
            holder_name=body["holder"]["name"],
            issuer_name=body["issuer_name"],
            issued_on=date.fromisoformat(body["issued_on"]),
            valid_until_on=date.fromisoformat(until) if until else None,
            status=CertificateStatus.REVOKED if withdrawn else CertificateStatus.VALID,
            fields=body["fields"],
        )


def _serial(number: str) -> str:
    """Return ten digits that no certificate of the library's own has, the same for a number."""
    digest = hashlib.sha256(number.encode()).digest()
    return str(_FIRST_SERIAL + int.from_bytes(digest[:4]) % 1_000_000_000)
