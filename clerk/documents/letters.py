"""Commitment letters (告知承诺书): what is filled in, and what comes of it.

How a template is filled is in ``letter_filling``, which the press's child alone loads.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from clerk import assets
from clerk.domain.commitment import Commitment

FOLDER = "commitments/"
"""Where the templates lie."""

_USUAL_LONGEST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledLetter:
    """A letter as it will be signed: the docx, which template made it, and its words.

    ``text`` is the body, a line per paragraph, tables in reading order; the two hashes, hex, fix
    what was shown and what it was made from.
    """

    docx: bytes
    template: str
    template_version: str
    template_sha256: str
    text: str
    text_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value a letter can take; ``empty`` is printed where there is none, None refuses.

    ``longest`` is how many characters its longest real value has.
    """

    placeholder: str
    empty: str | None
    longest: int


def values_for(commitment: Commitment) -> dict[str, str]:
    """Return what each placeholder stands for; what may be missing reads as its ``empty``."""
    given = {name: getattr(commitment, name, "") for name in known_fields()}
    marks = _fields_file()["marks"]
    if not commitment.effective:
        given["mark"] = str(marks["preview"])
    elif commitment.practice:
        given["mark"] = str(marks["practice"])
    return {
        field.placeholder: given[name] or field.empty or ""
        for name, field in known_fields().items()
    }


def agrees_to_online_check(text: str) -> bool:
    """Whether the letter says that the certificate library may be asked for the check later.

    A bureau's own template may not say it; then the library is not asked.
    """
    return str(_fields_file()["consent"]["online_check"]) in text


@lru_cache(maxsize=1)
def _fields_file() -> dict[str, dict[str, object]]:
    return tomllib.loads(assets.read_text("templates", f"{FOLDER}fields.toml"))


@lru_cache(maxsize=1)
def known_fields() -> dict[str, Field]:
    """Return every value a letter can take, by its name in ``Commitment``."""
    found = {}
    for name, line in _fields_file()["fields"].items():
        assert isinstance(line, dict)  # noqa: S101  the file is ours
        found[name] = Field(
            placeholder=line["placeholder"],
            empty=line.get("empty"),
            longest=line.get("longest", _USUAL_LONGEST),
        )
    return found
