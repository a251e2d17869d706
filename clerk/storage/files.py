"""Files of cases (scans, photographs, certificates, papers), named by their SHA-256.

They lie inside the encrypted store: beside it they would be readable on the disk.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from clerk.domain.material import StoredFile
from clerk.storage import upsert
from clerk.storage.tables import case_files, file_bodies, files, papers
from clerk.storage.trouble import StoreDamaged


def keep(
    tx: Connection, content: bytes, *, name: str, media_type: str, at: datetime, pages: int = 1
) -> StoredFile:
    """Keep ``content`` once, whatever it is called, and return what a case refers to it by."""
    sha256 = hashlib.sha256(content).hexdigest()
    row = {
        "sha256": sha256,
        "media_type": media_type,
        "size_bytes": len(content),
        "added_at": at,
    }
    if upsert.put_new(tx, files, row):
        tx.execute(insert(file_bodies), {"sha256": sha256, "body": content})
    return StoredFile(
        sha256=sha256, name=name, media_type=media_type, size_bytes=len(content), pages=pages
    )


def content_of(tx: Connection, sha256: str) -> bytes:
    """Return the bytes of a file, compared with its name.

    Raises:
        StoreDamaged: they are not the ones that were put in.
    """
    content = bytes(
        tx.execute(select(file_bodies.c.body).where(file_bodies.c.sha256 == sha256)).scalar_one()
    )
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StoreDamaged
    return content


def held(tx: Connection, names: Collection[str]) -> frozenset[str]:
    """Return which of these files the store has."""
    return frozenset(tx.execute(select(files.c.sha256).where(files.c.sha256.in_(names))).scalars())


def media_type_of(tx: Connection, sha256: str) -> str:
    """Return what kind of file it is."""
    found = tx.execute(select(files.c.media_type).where(files.c.sha256 == sha256))
    return str(found.scalar_one())


def sweep(tx: Connection, before: datetime) -> int:
    """Remove files that no case and no paper refers to and that were put in before ``before``.

    A picture taken for a case that was never saved would stay for ever otherwise.
    """
    used = select(case_files.c.sha256).union(
        select(papers.c.pdf_sha256),
        select(papers.c.docx_sha256).where(papers.c.docx_sha256.is_not(None)),
    )
    gone = tx.execute(delete(files).where(files.c.added_at < before, files.c.sha256.not_in(used)))
    return gone.rowcount
