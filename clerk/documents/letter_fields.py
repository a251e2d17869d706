"""What a letter can be filled with: fields, lists, pictures (``templates/commitments/fields.toml``)."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from clerk import assets
from clerk.values import dataclass

FOLDER = "commitments/"
"""Where the templates lie."""

_USUAL_LONGEST = 30

LetterValues = Mapping[str, str | Sequence[Mapping[str, str]]]
"""By placeholder: the text of a field, or the rows of a list, each by its column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value a letter can take; ``empty`` is printed where there is none, None refuses.

    ``longest`` is how many characters its longest real value has; ``names`` are all values it can
    have as they are printed, none where it can have any.
    """

    placeholder: str
    empty: str | None
    longest: int
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListField:
    """Rows a letter can repeat; ``columns`` by their name in the row, ``may_be_empty`` or refuses."""

    placeholder: str
    columns: Mapping[str, Field]
    may_be_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureField:
    """A place for a picture, as large as it is kept free; ``value`` names the text of a code."""

    placeholder: str
    width_mm: float
    height_mm: float
    value: str = ""


@lru_cache(maxsize=1)
def fields_file() -> Mapping[str, Mapping[str, Any]]:
    """Return the file as it stands."""
    return tomllib.loads(assets.read_text("templates", f"{FOLDER}fields.toml"))


@lru_cache(maxsize=1)
def known_fields() -> Mapping[str, Field]:
    """Return every value a letter can take, by its name in what is filled in."""
    return {name: _field(line) for name, line in fields_file()["fields"].items()}


@lru_cache(maxsize=1)
def known_lists() -> Mapping[str, ListField]:
    """Return every list a letter can repeat, by its name in what is filled in."""
    return {
        name: ListField(
            placeholder=line["placeholder"],
            columns={column: _field(told) for column, told in line["columns"].items()},
            may_be_empty=line.get("may_be_empty", False),
        )
        for name, line in fields_file()["lists"].items()
    }


@lru_cache(maxsize=1)
def known_pictures() -> Mapping[str, PictureField]:
    """Return every picture a letter can hold, by its placeholder."""
    return {
        line["placeholder"]: PictureField(**line) for line in fields_file()["pictures"].values()
    }


@lru_cache(maxsize=1)
def by_mark() -> Mapping[str, Field]:
    """Return every field by what stands between its brackets, columns as ``list.column``."""
    found = {field.placeholder: field for field in known_fields().values()}
    for listed in known_lists().values():
        for column in listed.columns.values():
            found[f"{listed.placeholder}.{column.placeholder}"] = column
    return found


def list_named(placeholder: str) -> ListField | None:
    """Return the list of that name, None where there is none."""
    return next((one for one in known_lists().values() if one.placeholder == placeholder), None)


def _field(line: Mapping[str, Any]) -> Field:
    return Field(
        placeholder=line["placeholder"],
        empty=line.get("empty"),
        longest=line.get("longest", _USUAL_LONGEST),
        names=line.get("names", {}),
    )
