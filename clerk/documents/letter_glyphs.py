"""Which characters the faces of papers have, the pinned ones of ``templates/fonts.toml``."""

import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from clerk import assets

_FIND_SECONDS: Final = 10


def pinned_faces() -> Callable[[str], bool]:
    """Return whether one of the pinned faces that are installed has a character.

    Reads their tables once, some tenths of a second. Where no face is found at all, nothing is
    known of any character and every one is said to be there.
    """
    codes: set[int] = set()
    for family in _families():
        found = _file_of(family)
        if found is not None:
            with TTFont(found[0], fontNumber=found[1], lazy=True) as face:
                codes |= set(face.getBestCmap())
    return lambda character: not codes or ord(character) in codes


def _families() -> list[str]:
    listed = tomllib.loads(assets.read_text("templates", "fonts.toml"))
    groups = (*listed["faces"].values(), *listed["rare"].values())
    return list(dict.fromkeys(family for families in groups for family in families))


def _file_of(family: str) -> tuple[Path, int] | None:
    """Ask fontconfig where a face lies; None where it has none of that name."""
    told = subprocess.run(
        ("fc-match", "-f", "%{family}\n%{file}\n%{index}", family),  # noqa: S607  where it lies differs
        capture_output=True,
        check=True,
        timeout=_FIND_SECONDS,
    ).stdout.decode()
    families, file, index = told.split("\n")
    return (Path(file), int(index)) if family in families.split(",") else None
