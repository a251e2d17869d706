"""Packs item standards for another counter: test to production, hall to van (打标准包).

The same store packs the same bytes: members are sorted, their days fixed, and nothing of this
machine is in them but who packed and when.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from clerk.documents import packages
from clerk.domain.identity import Act, Session
from clerk.domain.standard_draft import Plain
from clerk.domain.standard_package import (
    MANIFEST,
    PackagedFile,
    PackageManifest,
    letter_name,
    manifest_table,
    packaged,
)
from clerk.domain.standard_writing import table_of
from clerk.services.desk import Desk
from clerk.storage import letter_templates, standards
from clerk.storage.codec import canonical_json
from clerk.storage.plain_table import dump_table
from clerk.values import dataclass

SamplesOf = Callable[[Connection, str, int], Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What a package holds."""

    items: int
    versions: int
    samples: int
    letters: int = 0


def pack_standards(
    desk: Desk,
    session: Session,
    target: Path,
    samples_of: SamplesOf,
    data: Mapping[str, bytes],
    templates: Mapping[str, str],
) -> Packed:
    """Write every version that is in force or still to come, with its samples, to ``target``.

    With them go the bureau's own letter templates, of each code the newest in use or to come.

    Args:
        desk: what the window has at hand.
        session: who packs.
        target: the file to be written; one that is there is written over.
        samples_of: the sample cases a version was published with, empty where it has none.
        data: calendars and code lists, by their name in the package.
        templates: digests of the templates, by name.

    Raises:
        NotAllowed: the role does not see the catalogue.
        BadInput: the file cannot be written.
    """
    session.require(Act.READ_STANDARDS)
    listed: list[PackagedFile] = []
    items: set[str] = set()
    versions = samples = letters = 0
    with packages.written(target) as package, desk.store.read() as tx:
        for name, content in _members(desk, tx, samples_of, data):
            package.write(name, content)
            listed.append(packaged(name, content))
            kind, _, rest = name.partition("/")
            versions += kind == "standards"
            samples += kind == "samples"
            letters += kind == "letters"
            if kind == "standards":
                items.add(rest.partition("/")[0])
        manifest = PackageManifest(
            made_at=desk.now().isoformat(),
            made_by=session.account.display_name,
            files=tuple(listed),
            templates=templates,
        )
        package.write(MANIFEST, _bytes(canonical_json(manifest_table(manifest))))
    return Packed(items=len(items), versions=versions, samples=samples, letters=letters)


def _members(
    desk: Desk, tx: Connection, samples_of: SamplesOf, data: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    yield from sorted(data.items())
    today = desk.today()
    for line in list(standards.lines(tx)):
        over = line.ended_on is not None and line.ended_on < today
        standard = None if over else standards.find(tx, line.item_code, line.version)
        if standard is None:
            continue
        place = f"{line.item_code}/{line.version}.json"
        yield f"standards/{place}", _bytes(dump_table(table_of(standard)))
        samples = samples_of(tx, line.item_code, line.version)
        if samples:
            yield f"samples/{place}", _bytes(dump_table(samples))
    yield from _letters(tx, today)


def _letters(tx: Connection, today: date) -> Iterator[tuple[str, bytes]]:
    packed: set[str] = set()
    for one in letter_templates.listed(tx):
        if one.code not in packed and (one.used_on(today) or one.is_coming(today)):
            packed.add(one.code)
            content = letter_templates.content_of(tx, one.sha256)
            yield letter_name(one.code, promises=one.promises), content


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")
