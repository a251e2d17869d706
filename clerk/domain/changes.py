"""What changed between two looks at a case (补正、补核前后对照): field by field, page by page.

Old values stay in the snapshot and old pages below the new ones, so that both can be shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from itertools import zip_longest

from clerk.domain.material import Evidence
from clerk.values import dataclass


class ChangeKind(StrEnum):
    """What a change is about."""

    FIELD = "field"
    MATERIAL = "material"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field or one material; ``code`` is the standard's.

    A field has its text ``before`` and ``after``, empty where there was none; a material the ways
    it was satisfied in, and ``pages``, counted from 1, that were added, replaced or left out.
    """

    kind: ChangeKind
    code: str
    before: str
    after: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """How a case stood: text by field, way and file digests by material."""

    values: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def snapshot(values: Mapping[str, str], evidence: Mapping[str, Evidence]) -> Snapshot:
    """Return how it stands now; a file counts once for each of its pages."""
    return Snapshot(
        values=dict(values),
        ways={code: held.way.value for code, held in evidence.items()},
        files={code: tuple(_pages(held)) for code, held in evidence.items() if held.files},
    )


def changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """Return every difference, fields first, each in the order of its code."""
    return (*_fields(before, after), *_materials(before, after))


def _pages(held: Evidence) -> Iterator[str]:
    for file in held.files:
        for page in range(max(1, file.pages)):
            yield f"{file.sha256}/{page}"


def _fields(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    for code in sorted({*before.values, *after.values}):
        was, now = before.values.get(code, ""), after.values.get(code, "")
        if was != now:
            yield Change(kind=ChangeKind.FIELD, code=code, before=was, after=now)


def _materials(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    for code in sorted({*before.ways, *after.ways}):
        was, now = before.ways.get(code, ""), after.ways.get(code, "")
        pages = _changed_pages(before.files.get(code, ()), after.files.get(code, ()))
        if was != now or pages:
            yield Change(kind=ChangeKind.MATERIAL, code=code, before=was, after=now, pages=pages)


def _changed_pages(before: Sequence[str], after: Sequence[str]) -> tuple[int, ...]:
    return tuple(
        number
        for number, (was, now) in enumerate(zip_longest(before, after), start=1)
        if was != now
    )
