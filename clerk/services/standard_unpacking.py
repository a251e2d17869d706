"""Opens a package of item standards and says what it changes here (标准包).

A package is read twice: once to find everything that is wrong with it, and once, where nothing is,
to say what it changes.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from clerk.documents import packages
from clerk.domain.errors import BadInput, SamplesFaulty, StandardFaulty
from clerk.domain.identity import Act, Session
from clerk.domain.sample_case import samples_from
from clerk.domain.standard_difference import ItemChange, item_change
from clerk.domain.standard_draft import NEW_ITEM, NewDraft, Plain
from clerk.domain.standard_package import (
    MANIFEST,
    MOST_MEMBER_BYTES,
    PackageFaulty,
    PackageManifest,
    content_fault,
    item_of,
    letter_of,
    listing_faults,
    manifest_from,
    size_faults,
)
from clerk.domain.standard_parsing import standard_from
from clerk.domain.standard_writing import table_of
from clerk.services.desk import Desk
from clerk.services.standard_editions import AT_ONCE, Stopped
from clerk.storage import standards
from clerk.storage.plain_table import load_table

GoOn = Callable[[int, int], bool]
"""Told how many of how many are done; False stops it."""

_MOST_MANIFEST_BYTES: Final = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedChange:
    """What a package would change of one item; ``before`` and ``after`` are what is compared.

    ``later`` counts further versions of it in the package: they are taken once this one is
    published. ``draft`` is None for an item that the package does not have. ``base_version`` is
    what it was compared with, 0 for a new item.
    """

    change: ItemChange
    before: Plain
    after: Plain
    draft: NewDraft | None
    later: int = 0
    base_version: int = NEW_ITEM


class Package:
    """A package whose members are those of its manifest, and parse; see ``opened``."""

    def __init__(self, reader: packages.PackageReader, go_on: GoOn) -> None:
        """Look through the whole package.

        Raises:
            PackageFaulty: something is wrong with it; everything is listed.
            Stopped: ``go_on`` said so.
        """
        self._reader = reader
        faults: list[BadInput] = []
        members = reader.members
        faults.extend(size_faults(members))
        _stop_at(faults)
        self.manifest = self._manifest(faults)
        _stop_at(faults)
        faults.extend(listing_faults(self.manifest, members))
        _stop_at(faults)
        files = len(self.manifest.files)
        for done, listed in enumerate(self.manifest.files):
            if done % AT_ONCE == 0 and not go_on(done, files):
                raise Stopped
            content = self._read(listed.name, MOST_MEMBER_BYTES)
            fault = content_fault(listed, content)
            faults.extend([fault] if fault else _faults_in(listed.name, content))
        _stop_at(faults)
        self._versions: dict[str, list[int]] = {}
        for listed in self.manifest.files:
            item = item_of(listed.name)
            if item is not None and listed.name.startswith("standards/"):
                self._versions.setdefault(item[0], []).append(item[1])
        self._names = {listed.name for listed in self.manifest.files}

    @property
    def item_codes(self) -> tuple[str, ...]:
        """The items it has, sorted."""
        return tuple(sorted(self._versions))

    def has(self, item_code: str) -> bool:
        """Whether it has any version of an item."""
        return item_code in self._versions

    def tables(self, item_code: str) -> tuple[Plain, ...]:
        """Return the versions of an item, the one that begins first before the others."""
        found = [
            self._table(f"standards/{item_code}/{version}.json")
            for version in self._versions[item_code]
        ]
        return tuple(sorted(found, key=lambda one: str(one.get("effective_on"))))

    def samples(self, item_code: str, version: object) -> Plain | None:
        """Return the sample cases of a version, None where it has none."""
        name = f"samples/{item_code}/{version}.json"
        return self._table(name) if name in self._names else None

    def letters(self) -> Iterator[tuple[str, bool, bytes]]:
        """Yield code, whether it promises, and the docx of every letter template it has."""
        for listed in self.manifest.files:
            letter = letter_of(listed.name)
            if letter is not None:
                yield (*letter, self._read(listed.name, MOST_MEMBER_BYTES))

    def differing(self, here: Mapping[str, str]) -> tuple[str, ...]:
        """Return names of calendars, code lists and templates that are other than those ``here``.

        ``here`` are SHA-256 digests by the names they have in a package.
        """
        data = {
            one.name: one.digest
            for one in self.manifest.files
            if item_of(one.name) is None and letter_of(one.name) is None
        }
        packed = {**data, **self.manifest.templates}
        return tuple(sorted(name for name, digest in packed.items() if here.get(name) != digest))

    def _manifest(self, faults: list[BadInput]) -> PackageManifest:
        try:
            read = json.loads(self._read(MANIFEST, _MOST_MANIFEST_BYTES))
        except (ValueError, RecursionError) as error:
            raise _faulty([BadInput(f"{MANIFEST}：读不懂")]) from error
        if not isinstance(read, dict):
            raise _faulty([BadInput(f"{MANIFEST}：读不懂")])
        return manifest_from(read, faults)

    def _table(self, name: str) -> Plain:
        return load_table(self._read(name, MOST_MEMBER_BYTES).decode("utf-8"))

    def _read(self, name: str, most_bytes: int) -> bytes:
        try:
            return self._reader.read(name, most_bytes)
        except BadInput as error:
            raise _faulty([error]) from error


@contextmanager
def opened(file: Path, go_on: GoOn) -> Iterator[Package]:
    """Open a package that is whole; ``go_on`` is told how many of its files are looked through.

    Raises:
        PackageFaulty: it is no package, or something is wrong with it; everything is listed.
        Stopped: ``go_on`` said so.
    """
    with ExitStack() as held:
        try:
            reader = held.enter_context(packages.opened(file))
        except BadInput as error:
            raise _faulty([error]) from error
        yield Package(reader, go_on)


def changes(desk: Desk, session: Session, package: Package) -> Iterator[PackagedChange | None]:
    """Yield what the package changes of what is in force here, item by item; None where nothing.

    Every item of the package and every one that runs here is gone through, by its code.

    Raises:
        NotAllowed: the role does not see the catalogue.
    """
    session.require(Act.READ_STANDARDS)
    return _changes(desk, package)


def _changes(desk: Desk, package: Package) -> Iterator[PackagedChange | None]:
    with desk.store.read() as tx:
        running: dict[str, list[int]] = {}
        for line in standards.lines(tx):
            if line.ended_on is None or line.ended_on >= desk.today():
                running.setdefault(line.item_code, []).append(line.version)
        for item_code in sorted({*package.item_codes, *running}):
            here = [_content(tx, item_code, version) for version in running.get(item_code, ())]
            yield _change(package, item_code, here)


def _change(package: Package, item_code: str, here: list[Plain]) -> PackagedChange | None:
    held = here[0] if here else None
    if not package.has(item_code):
        gone = item_change(held, None)
        return (
            PackagedChange(change=gone, before=held or {}, after={}, draft=None) if gone else None
        )
    new = [
        table
        for table in package.tables(item_code)
        if not any(item_change(one, table) is None for one in here)
    ]
    if not new:
        return None
    change = item_change(held, new[0])
    if change is None:
        return None
    draft = NewDraft(table=new[0], samples=package.samples(item_code, new[0].get("version")))
    return PackagedChange(
        change=change,
        before=held or {},
        after=new[0],
        draft=draft,
        later=len(new) - 1,
        base_version=int(str(held["version"])) if held else NEW_ITEM,
    )


def _content(tx: Connection, item_code: str, version: int) -> Plain:
    standard = standards.find(tx, item_code, version)
    return {} if standard is None else table_of(standard)


def _faults_in(name: str, content: bytes) -> Iterator[BadInput]:
    """Yield what is wrong with a standard or its samples; of other members nothing is asked."""
    item = item_of(name)
    if item is None:
        return
    try:
        table: object = load_table(content.decode("utf-8"))
    except (ValueError, ArithmeticError, RecursionError):
        table = None
    if not isinstance(table, dict):
        yield BadInput(f"{name}：读不懂")
        return
    if table.get("item_code") != item[0]:
        yield BadInput(f"{name}：写的是另一个事项 {table.get('item_code')}")
    try:
        if name.startswith("standards/"):
            standard_from(table)
        else:
            samples_from(table)
    except (StandardFaulty, SamplesFaulty) as error:
        yield from (BadInput(f"{name} {fault}") for fault in error.faults)
    if name.startswith("standards/") and table.get("version") != item[1]:
        yield BadInput(f"{name}：版本号和文件名不符")


def _stop_at(faults: list[BadInput]) -> None:
    if faults:
        raise _faulty(faults)


def _faulty(faults: list[BadInput]) -> PackageFaulty:
    return PackageFaulty(
        f"标准包有{len(faults)}处问题，没有取任何内容。请让打包的单位重新打一份",
        tuple(map(str, faults)),
    )
