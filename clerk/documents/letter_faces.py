"""The styles of a Word file with the faces that stand for its own (``templates/fonts.toml``)."""

import tomllib
from functools import lru_cache

from clerk import assets
from clerk.documents.letter_package import read_part
from clerk.documents.letter_style import Faces, Styles


@lru_cache(maxsize=8)
def styles_of(raw: bytes | None) -> Styles:
    """Read a file's styles once; they are the template's, and no letter changes them."""
    return Styles.of(None if raw is None else read_part(raw), _faces())


@lru_cache(maxsize=1)
def _faces() -> Faces:
    listed = tomllib.loads(assets.read_text("templates", "fonts.toml"))
    bold = {name: tuple(families) for name, families in listed["bold"].items()}
    rare = tuple(listed["rare"]["characters"])
    plain = {name: (*families, *rare) for name, families in listed["faces"].items()}
    return Faces(plain, bold)
