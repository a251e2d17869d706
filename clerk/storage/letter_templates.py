"""A bureau's letter templates and the bytes of every template that was used, by their SHA-256."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from clerk.domain.errors import BadInput
from clerk.domain.letter_template import LetterTemplate, TemplateState
from clerk.storage import upsert
from clerk.storage.codec import dump, load
from clerk.storage.letter_tables import letter_files, letter_templates
from clerk.storage.trouble import StoreDamaged

_HERE = letter_templates.c


def put(tx: Connection, one: LetterTemplate) -> None:
    """Write a template as it is now."""
    upsert.put(
        tx,
        letter_templates,
        {"template_id": one.template_id},
        {
            "code": one.code,
            "version": one.version,
            "state": one.state.value,
            "sha256": one.sha256,
            "body": dump(one),
        },
    )


def find(tx: Connection, template_id: UUID) -> LetterTemplate:
    """Return a template.

    Raises:
        BadInput: there is none.
    """
    found = tx.execute(select(_HERE.body).where(_HERE.template_id == template_id)).scalar()
    if found is None:
        raise BadInput("没有这份模板，没有改动。请刷新列表再试")
    return load(found, LetterTemplate)


def of_code(tx: Connection, code: str, *, to_change: bool = False) -> Sequence[LetterTemplate]:
    """Return the versions of a code, the newest first.

    ``to_change`` holds them on a hall's server until the transaction ends.
    """
    wanted = select(_HERE.body).where(_HERE.code == code).order_by(_HERE.version.desc())
    found = tx.execute(wanted.with_for_update() if to_change else wanted)
    return [load(body, LetterTemplate) for body in found.scalars()]


def in_use(tx: Connection, code: str) -> Sequence[LetterTemplate]:
    """Return the versions of a code that are in use, now or from their day on."""
    wanted = select(_HERE.body).where(_HERE.code == code, _HERE.state == TemplateState.IN_USE.value)
    return [load(body, LetterTemplate) for body in tx.execute(wanted).scalars()]


def listed(tx: Connection) -> Sequence[LetterTemplate]:
    """Return all but the dropped ones by code, the newest version of each first."""
    wanted = (
        select(_HERE.body)
        .where(_HERE.state != TemplateState.DROPPED.value)
        .order_by(_HERE.code, _HERE.version.desc())
    )
    return [load(body, LetterTemplate) for body in tx.execute(wanted).scalars()]


def next_version(tx: Connection, code: str) -> int:
    """Return the number that the next version of a code gets."""
    newest = tx.execute(select(func.max(_HERE.version)).where(_HERE.code == code)).scalar()
    return int(newest or 0) + 1


def keep_file(tx: Connection, sha256: str, content: bytes, code: str, at: datetime) -> None:
    """Keep the bytes of a template once."""
    row = {"sha256": sha256, "code": code, "kept_at": at, "body": content}
    upsert.put_new(tx, letter_files, row)


def content_of(tx: Connection, sha256: str) -> bytes:
    """Return the bytes of a template, compared with their digest.

    Raises:
        StoreDamaged: they are not the ones that were put in.
    """
    wanted = select(letter_files.c.body).where(letter_files.c.sha256 == sha256)
    content = bytes(tx.execute(wanted).scalar_one())
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StoreDamaged
    return content
