"""Where the files of a case lie in its archive package, under names that every system takes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from clerk.domain.case import Case
from clerk.domain.material import StoredFile
from clerk.values import field_names, is_value

MATERIALS, OTHERS = "materials", "others"
LONGEST: Final = 80
"""So long may one name be; with the folders before it a path of Windows holds it."""

_ENDINGS: Final[Mapping[str, str]] = {
    "application/json": "json",
    "application/pdf": "pdf",
    "application/ofd": "ofd",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "text/plain": "txt",
}
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{of}{n}" for of in ("com", "lpt") for n in range(10))}
)
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_SILENT = frozenset({"evidence", "files"})


def safe_name(text: str, instead: str = "file") -> str:
    """Return ``text`` as a name of ASCII letters, digits, ``-`` and ``_`` that is no device."""
    name = _UNSAFE.sub("-", text).strip("-_")[:LONGEST].rstrip("-_") or instead
    return f"{instead}-{name}" if name.lower() in _DEVICES else name


def ending_of(media_type: str) -> str:
    """Return the ending of files of this type, ``bin`` where it is none we know."""
    return _ENDINGS.get(media_type.partition(";")[0].strip().lower(), "bin")


def files_of(case: Case) -> Iterator[tuple[str, str, StoredFile]]:
    """Yield every file that the case names anywhere: folder, name without ending, file.

    Whatever later part of a case's life keeps a file is found as well, by looking through all of
    its values; the same place always has the same name.
    """
    for place, file in _found(case, ()):
        folder = MATERIALS if place[0] == "evidence" else OTHERS
        yield folder, safe_name("-".join(one for one in place if one not in _SILENT)), file


def _found(value: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], StoredFile]]:
    if isinstance(value, StoredFile):
        yield place, value
        return
    for name, inner in _parts(value):
        yield from _found(inner, (*place, name))


def _parts(value: object) -> Iterable[tuple[str, object]]:
    if is_value(value) and not isinstance(value, type):
        return [(name, getattr(value, name)) for name in field_names(value)]
    if isinstance(value, Mapping):
        return [(str(key), value[key]) for key in sorted(value)]
    if isinstance(value, tuple):
        return [(str(number), inner) for number, inner in enumerate(value, 1)]
    return ()


def unused(path: str, taken: set[str]) -> str:
    """Return ``path``, numbered where another file has it already; case does not tell apart."""
    stem, dot, ending = path.rpartition(".")
    name, number = path, 2
    while name.lower() in taken:
        name, number = f"{stem}-{number}{dot}{ending}", number + 1
    taken.add(name.lower())
    return name
