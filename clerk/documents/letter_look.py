"""A Word file from outside looked at in the press's child: its faults, its title, its marks."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from lxml import etree

from clerk.child.frames import Head
from clerk.documents.letter_filling import fields
from clerk.documents.letter_glyphs import pinned_faces
from clerk.documents.letter_lint import lint
from clerk.documents.letter_package import PackageRefused, open_package, read_part

_CORE: Final = "docProps/core.xml"
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"


def look(content: bytes, *, promises: bool) -> tuple[Head, bytes]:
    """Return the answer of the press's child to ``lint``; no marks of a file that is refused."""
    faults = lint(content, promises=promises, drawn=_drawn())
    refused = any(one.kind.refuses for one in faults)
    told = {
        "faults": [[one.kind.value, one.what, one.place, one.nearest] for one in faults],
        "title": _title(content),
        "fields": [] if refused else fields("", content),
    }
    return {"ok": True, **told}, b""


def _title(content: bytes) -> str:
    """Return what its author called it, empty where that is not said or cannot be read."""
    try:
        core = open_package(content).get(_CORE)
        return "" if core is None else read_part(core).findtext(_TITLE, "").strip()
    except (PackageRefused, etree.XMLSyntaxError):
        return ""


@lru_cache(maxsize=1)
def _drawn() -> Callable[[str], bool]:
    return pinned_faces()
