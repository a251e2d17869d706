"""A package of item standards (事项标准包): what is in it, and what is wrong with one that came.

A zip with a manifest that names every other member with its size and digest; the bureau signs the
whole file as it signs a calendar. Members are mappings of docs/standard-format.md as JSON, sample
cases, the calendars and code lists that the items were written with, and the bureau's own letter
templates. Of the templates that ship only the digests travel: whoever takes the items sees which of
his differ.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from clerk.domain.errors import BadInput
from clerk.domain.toml_reading import Table
from clerk.values import dataclass

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
MOST_MEMBERS: Final = 500_000
MOST_MEMBER_BYTES: Final = 8 << 20
MOST_BYTES: Final = 4 << 30
MOST_RATIO: Final = 200
"""Text packs ten to twenty times; what packs more is made to fill a disk."""

_MEMBER: Final = re.compile(
    r"(?:standards|samples)/(?P<item>[0-9A-Za-z_-]{1,60})/(?P<version>[1-9][0-9]{0,5})\.json"
    r"|(?:calendar|codes|sheet)/[0-9a-z_]{1,40}\.toml"
    r"|letters/(?P<kind>promise|other)/(?P<code>[a-z][a-z0-9_]{1,39})\.docx"
)


class PackageFaulty(BadInput):
    """A package is not taken; ``faults`` lists everything that is wrong with it."""

    def __init__(self, message: str, faults: tuple[str, ...]) -> None:
        super().__init__(message)
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedFile:
    """A member of a package, by its name; ``digest`` is its SHA-256, hex, lower case."""

    name: str
    size_bytes: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageManifest:
    """What a package says it holds; ``templates`` are digests of the packer's, by name."""

    made_at: str
    made_by: str
    files: tuple[PackagedFile, ...]
    templates: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSize:
    """What a zip says of a member before it is read."""

    name: str
    size_bytes: int
    packed_bytes: int
    encrypted: bool


def packaged(name: str, content: bytes) -> PackagedFile:
    """Return the line of the manifest for a member."""
    return PackagedFile(name=name, size_bytes=len(content), digest=sha256(content).hexdigest())


def item_of(name: str) -> tuple[str, int] | None:
    """Return item and version of a member that is a standard or its samples, else None."""
    found = _MEMBER.fullmatch(name)
    if found is None or found["item"] is None:
        return None
    return found["item"], int(found["version"])


def letter_name(code: str, *, promises: bool) -> str:
    """Return the name of the member that is a letter template of that code."""
    return f"letters/{'promise' if promises else 'other'}/{code}.docx"


def letter_of(name: str) -> tuple[str, bool] | None:
    """Return code, and whether it promises, of a member that is a letter template, else None."""
    found = _MEMBER.fullmatch(name)
    if found is None or found["code"] is None:
        return None
    return found["code"], found["kind"] == "promise"


def manifest_table(manifest: PackageManifest) -> dict[str, object]:
    """Return the manifest as it stands in the package."""
    return {
        "format": FORMAT,
        "made_at": manifest.made_at,
        "made_by": manifest.made_by,
        "files": [
            {"name": one.name, "size_bytes": one.size_bytes, "digest": one.digest}
            for one in manifest.files
        ],
        "templates": dict(manifest.templates),
    }


def manifest_from(mapping: Mapping[str, object], faults: list[BadInput]) -> PackageManifest:
    """Read a manifest; everything wrong with it is added to ``faults``."""
    table = Table(mapping, MANIFEST, faults)
    if table.integer("format") > FORMAT:
        faults.append(BadInput(f"{MANIFEST}：标准包的格式比本程序新，请先升级程序"))
    files = []
    for line in table.tables("files", required=True):
        files.append(
            PackagedFile(
                name=line.text("name"),
                size_bytes=line.integer("size_bytes"),
                digest=line.text("digest"),
            )
        )
        line.close()
    manifest = PackageManifest(
        made_at=table.text("made_at"),
        made_by=table.text("made_by"),
        files=tuple(files),
        templates=table.plain_texts("templates"),
    )
    table.close()
    return manifest


def size_faults(members: tuple[MemberSize, ...]) -> Iterator[BadInput]:
    """Yield what forbids to read a zip at all, by what it says of its members (压缩炸弹)."""
    if len(members) > MOST_MEMBERS:
        yield BadInput(f"有{len(members)}个文件，超过{MOST_MEMBERS}个")
    if sum(one.size_bytes for one in members) > MOST_BYTES:
        yield BadInput(f"解开后超过{MOST_BYTES >> 30}GB")
    seen: set[str] = set()
    for one in members:
        if one.name != MANIFEST and not _MEMBER.fullmatch(one.name):
            yield BadInput(f"{one.name!r}：不该有这个文件")
        if one.name in seen:
            yield BadInput(f"{one.name}：出现两次")
        seen.add(one.name)
        if one.encrypted:
            yield BadInput(f"{one.name}：加了密码")
        most = MOST_BYTES if one.name == MANIFEST else MOST_MEMBER_BYTES
        swollen = one.size_bytes > MOST_RATIO * max(one.packed_bytes, 1)
        if one.size_bytes > most or (swollen and one.size_bytes > 1 << 20):
            yield BadInput(f"{one.name}：解开后大得不正常（{one.size_bytes}字节）")
    if MANIFEST not in seen:
        yield BadInput(f"{MANIFEST}：缺少")


def listing_faults(
    manifest: PackageManifest, members: tuple[MemberSize, ...]
) -> Iterator[BadInput]:
    """Yield in what the manifest and the zip do not name the same files."""
    listed = [one.name for one in manifest.files]
    there = {one.name for one in members} - {MANIFEST}
    yield from (BadInput(f"{name}：清单里有，包里没有") for name in sorted(set(listed) - there))
    yield from (BadInput(f"{name}：包里有，清单里没有") for name in sorted(there - set(listed)))


def content_fault(listed: PackagedFile, content: bytes) -> BadInput | None:
    """Return what is wrong with a member's bytes, None where they are those of the manifest."""
    if packaged(listed.name, content) == listed:
        return None
    return BadInput(f"{listed.name}：内容和清单不符")
