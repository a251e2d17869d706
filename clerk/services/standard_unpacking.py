"""Opens a package of item standards and says what it changes here (标准包).

A package is read twice: once to find everything that is wrong with it, and once, where nothing is,
to say what it changes.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Final, Protocol

from sqlalchemy import Connection

from clerk.documents import packages
from clerk.domain.errors import BadInput, SamplesFaulty, StandardFaulty
from clerk.domain.identity import Act, Session
from clerk.domain.sample_case import samples_from
from clerk.domain.standard_difference import ItemChange, item_change
from clerk.domain.standard_draft import NewDraft, Plain
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
from clerk.domain.standard_versions import NEW_ITEM
from clerk.domain.standard_writing import table_of
from clerk.services.desk import Desk
from clerk.services.standard_editions import AT_ONCE, Stopped
from clerk.storage import standards
from clerk.storage.plain_table import load_table
from clerk.values import dataclass

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


class PackagedItem:
    """One item of a package: its versions and their sample cases, read where they are asked for."""

    def __init__(
        self, item_code: str, versions: Sequence[bytes], samples: Mapping[int, bytes]
    ) -> None:
        """Take members as they stand in the package; ``samples`` by the number of their version."""
        self.item_code = item_code
        self._versions, self._samples = versions, samples

    def tables(self) -> tuple[Plain, ...]:
        """Return the versions, the one that begins first before the others."""
        found = [_table(one) for one in self._versions]
        return tuple(sorted(found, key=lambda one: str(one.get("effective_on"))))

    def samples(self, version: object) -> Plain | None:
        """Return the sample cases of a version, None where it has none."""
        found = self._samples.get(version) if isinstance(version, int) else None
        return None if found is None else _table(found)


class Packaged(Protocol):
    """A package whose members are those of its manifest; it may be read in another process.

    ``files`` counts its members, ``items`` its items, which are numbered by their codes from 0.
    Each of these raises ``BadInput`` where the package cannot be read any further.
    """

    @property
    def files(self) -> int: ...

    @property
    def items(self) -> int: ...

    @property
    def made_at(self) -> str: ...

    @property
    def made_by(self) -> str: ...

    def faults_from(self, begin: int) -> Sequence[str]:
        """Say what is wrong with ``AT_ONCE`` files, from a number on."""

    def item(self, number: int) -> PackagedItem:
        """Return an item."""

    def letters(self) -> Iterator[tuple[str, bool, bytes]]:
        """Yield code, whether it promises, and the docx of every letter template it has."""

    def differing(self, here: Mapping[str, str]) -> tuple[str, ...]:
        """Return names of calendars, code lists and templates that are other than those ``here``.

        ``here`` are SHA-256 digests by the names they have in a package.
        """


class Package:
    """A ``Packaged`` that is read here; see ``opened``."""

    def __init__(self, reader: packages.PackageReader) -> None:
        """Look at what it says it holds.

        Raises:
            PackageFaulty: something is wrong with that; everything is listed.
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
        self._versions: dict[str, list[int]] = {}
        for listed in self.manifest.files:
            item = item_of(listed.name)
            if item is not None and listed.name.startswith("standards/"):
                self._versions.setdefault(item[0], []).append(item[1])
        self._codes = sorted(self._versions)
        self._listed = {listed.name: listed for listed in self.manifest.files}
        letters = ((name, letter_of(name)) for name in self._listed)
        self._letters = sorted((name, letter) for name, letter in letters if letter is not None)

    @property
    def files(self) -> int:
        return len(self.manifest.files)

    @property
    def items(self) -> int:
        return len(self._codes)

    @property
    def made_at(self) -> str:
        return self.manifest.made_at

    @property
    def made_by(self) -> str:
        return self.manifest.made_by

    def faults_from(self, begin: int) -> Sequence[str]:
        """See ``Packaged``."""
        faults: list[BadInput] = []
        for listed in self.manifest.files[begin : begin + AT_ONCE]:
            content = self._read(listed.name, MOST_MEMBER_BYTES)
            fault = content_fault(listed, content)
            faults.extend([fault] if fault else _faults_in(listed.name, content))
        return [str(fault) for fault in faults]

    def members_of(self, number: int) -> tuple[str, Mapping[int, bytes], Mapping[int, bytes]]:
        """Return code, versions and samples of an item as they stand, by the version's number."""
        code = self._codes[number]
        versions, samples = {}, {}
        for version in self._versions[code]:
            place = f"{code}/{version}.json"
            versions[version] = self._member(f"standards/{place}")
            if f"samples/{place}" in self._listed:
                samples[version] = self._member(f"samples/{place}")
        return code, versions, samples

    def item(self, number: int) -> PackagedItem:
        """See ``Packaged``."""
        code, versions, samples = self.members_of(number)
        return PackagedItem(code, tuple(versions.values()), samples)

    @property
    def letter_count(self) -> int:
        """How many letter templates it has."""
        return len(self._letters)

    def letter(self, number: int) -> tuple[str, bool, bytes]:
        """Return code, whether it promises, and the docx of a letter template."""
        name, (code, promises) = self._letters[number]
        return code, promises, self._member(name)

    def letters(self) -> Iterator[tuple[str, bool, bytes]]:
        """See ``Packaged``."""
        return map(self.letter, range(self.letter_count))

    def digests(self) -> Mapping[str, str]:
        """Return the digests of what is no item and no letter, and of the packer's templates."""
        data = {
            one.name: one.digest
            for one in self.manifest.files
            if item_of(one.name) is None and letter_of(one.name) is None
        }
        return {**data, **self.manifest.templates}

    def differing(self, here: Mapping[str, str]) -> tuple[str, ...]:
        """See ``Packaged``."""
        return differing(self.digests(), here)

    def _manifest(self, faults: list[BadInput]) -> PackageManifest:
        try:
            read = json.loads(self._read(MANIFEST, _MOST_MANIFEST_BYTES))
        except (ValueError, RecursionError) as error:
            raise _faulty([f"{MANIFEST}：读不懂"]) from error
        if not isinstance(read, dict):
            raise _faulty([f"{MANIFEST}：读不懂"])
        return manifest_from(read, faults)

    def _member(self, name: str) -> bytes:
        """Return a member as it was looked at: the file may have been written over since."""
        content = self._read(name, MOST_MEMBER_BYTES)
        fault = content_fault(self._listed[name], content)
        _stop_at([fault] if fault else [])
        return content

    def _read(self, name: str, most_bytes: int) -> bytes:
        try:
            return self._reader.read(name, most_bytes)
        except BadInput as error:
            raise _faulty([str(error)]) from error


def differing(packed: Mapping[str, str], here: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names under which others are packed than are ``here``."""
    return tuple(sorted(name for name, digest in packed.items() if here.get(name) != digest))


@contextmanager
def opened(file: Path | IO[bytes]) -> Iterator[Package]:
    """Open a package; its members are not looked at, see ``look_through``.

    Raises:
        PackageFaulty: it is no package, or does not hold what it says; everything is listed.
    """
    with ExitStack() as held:
        try:
            reader = held.enter_context(packages.opened(file))
        except BadInput as error:
            raise _faulty([str(error)]) from error
        yield Package(reader)


def look_through(package: Packaged, go_on: GoOn) -> None:
    """Look at every member; ``go_on`` is told how many of the files are looked through.

    Raises:
        PackageFaulty: something is wrong with some; everything is listed.
        Stopped: ``go_on`` said so.
    """
    faults: list[str] = []
    for begin in range(0, package.files, AT_ONCE):
        if not go_on(begin, package.files):
            raise Stopped
        faults.extend(package.faults_from(begin))
    if faults:
        raise _faulty(faults)


def changes(desk: Desk, session: Session, package: Packaged) -> Iterator[PackagedChange | None]:
    """Yield what the package changes of what is in force here, item by item; None where nothing.

    Every item of the package is gone through, by its code, then every other one that runs here.

    Raises:
        NotAllowed: the role does not see the catalogue.
    """
    session.require(Act.READ_STANDARDS)
    return _changes(desk, package)


def _changes(desk: Desk, package: Packaged) -> Iterator[PackagedChange | None]:
    with desk.store.read() as tx:
        running: dict[str, list[int]] = {}
        newest: dict[str, int] = {}
        for line in standards.lines(tx):
            newest[line.item_code] = line.version
            if line.ended_on is None or line.ended_on >= desk.today():
                running.setdefault(line.item_code, []).append(line.version)
        for number in range(package.items):
            item = package.item(number)
            here = running.pop(item.item_code, ())
            contents = [_content(tx, item.item_code, version) for version in here]
            yield _change(item, contents, newest.get(item.item_code, NEW_ITEM))
        for item_code, (version, *_) in running.items():
            yield _dropped(_content(tx, item_code, version))


def _change(item: PackagedItem, here: list[Plain], newest: int) -> PackagedChange | None:
    held = here[0] if here else None
    new = [
        table for table in item.tables() if not any(item_change(one, table) is None for one in here)
    ]
    if not new:
        return None
    change = item_change(held, new[0])
    if change is None:
        return None
    samples = item.samples(new[0].get("version"))
    draft = NewDraft(table=new[0], samples=samples, after=newest)
    return PackagedChange(
        change=change,
        before=held or {},
        after=new[0],
        draft=draft,
        later=len(new) - 1,
        base_version=int(str(held["version"])) if held else NEW_ITEM,
    )


def _dropped(held: Plain) -> PackagedChange | None:
    gone = item_change(held, None)
    return None if gone is None else PackagedChange(change=gone, before=held, after={}, draft=None)


def _table(content: bytes) -> Plain:
    return load_table(content.decode("utf-8"))


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
    except RecursionError:  # a condition deeper than anybody writes one
        yield BadInput(f"{name}：读不懂")
    if name.startswith("standards/") and table.get("version") != item[1]:
        yield BadInput(f"{name}：版本号和文件名不符")


def _stop_at(faults: list[BadInput]) -> None:
    if faults:
        raise _faulty([str(fault) for fault in faults])


def _faulty(faults: Sequence[str]) -> PackageFaulty:
    return PackageFaulty(
        f"标准包有{len(faults)}处问题，没有取任何内容。请让打包的单位重新打一份", tuple(faults)
    )
