"""The invented case with which a letter template is looked at before its use (样张)."""

import tomllib
from collections.abc import Mapping
from typing import Any

from clerk import assets
from clerk.documents.letter_fields import (
    FOLDER,
    Field,
    LetterValues,
    fields_file,
    known_fields,
    known_lists,
)


def sample_values() -> LetterValues:
    """Return a value for every field and two rows for every list, marked as a preview."""
    sample: Mapping[str, Any] = tomllib.loads(assets.read_text("templates", f"{FOLDER}sample.toml"))
    written, otherwise = sample["fields"], str(sample["otherwise"])
    fields = {
        field.placeholder: str(written.get(name) or _otherwise(field, otherwise))
        for name, field in known_fields().items()
    }
    lists = {
        listed.placeholder: [
            {field.placeholder: str(row.get(name, "")) for name, field in listed.columns.items()}
            for row in sample["lists"].get(listed_name, ())
        ]
        for listed_name, listed in known_lists().items()
    }
    fields[known_fields()["mark"].placeholder] = str(fields_file()["marks"]["preview"])
    return {**fields, **lists}


def _otherwise(field: Field, words: str) -> str:
    return next(iter(field.names.values()), words.format(placeholder=field.placeholder))
