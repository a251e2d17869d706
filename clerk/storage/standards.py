"""Published versions of item standards; a version never changes, a change is a new version."""

from datetime import date, datetime

from sqlalchemy import Connection, or_, select

from clerk.domain.errors import StandardFaulty
from clerk.domain.standard import ItemStandard
from clerk.storage import upsert
from clerk.storage.codec import dump, load
from clerk.storage.digest import sm3
from clerk.storage.tables import standards


def publish(tx: Connection, standard: ItemStandard, at: datetime) -> bool:
    """Keep a version for ever; False where this very version was published before.

    Raises:
        StandardFaulty: that version number was published with other content.
    """
    body = dump(standard)
    digest = sm3(body.encode())
    row = {
        "item_code": standard.item_code,
        "version": standard.version,
        "effective_on": standard.effective_on,
        "ended_on": standard.ended_on,
        "digest": digest,
        "published_at": at,
        "body": body,
    }
    if upsert.put_new(tx, standards, row):
        return True
    if digest_of(tx, standard.item_code, standard.version) != digest:
        raise StandardFaulty(
            f"事项{standard.name}的第{standard.version}版已经发布过，内容不同，没有写入。"
            "请把改动作为新版本发布",
            (f"{standard.item_code} {standard.version}",),
        )
    return False


def find(tx: Connection, item_code: str, version: int) -> ItemStandard | None:
    """Return one version, None where it was never published here."""
    body = tx.execute(
        select(standards.c.body).where(
            standards.c.item_code == item_code, standards.c.version == version
        )
    ).scalar_one_or_none()
    return None if body is None else load(body, ItemStandard)


def digest_of(tx: Connection, item_code: str, version: int) -> str:
    """Return the SM3 digest of a published version."""
    found = tx.execute(
        select(standards.c.digest).where(
            standards.c.item_code == item_code, standards.c.version == version
        )
    )
    return str(found.scalar_one())


def in_force(tx: Connection, on: date) -> list[ItemStandard]:
    """Return of every item the newest version that is in force on ``on``, by item code."""
    rows = tx.execute(
        select(standards.c.item_code, standards.c.body)
        .where(
            standards.c.effective_on <= on,
            or_(standards.c.ended_on.is_(None), standards.c.ended_on >= on),
        )
        .order_by(standards.c.item_code, standards.c.version)
    )
    newest = {row.item_code: row.body for row in rows}
    return [load(body, ItemStandard) for body in newest.values()]


def every(tx: Connection) -> list[ItemStandard]:
    """Return every version ever published, by item code and version."""
    rows = tx.execute(select(standards.c.body).order_by(standards.c.item_code, standards.c.version))
    return [load(body, ItemStandard) for body in rows.scalars()]
