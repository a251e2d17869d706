"""What a person once said of a list's headings is said again for the next list with the same ones."""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from clerk.domain.sheet_columns import (
    MaterialTypeMeaning,
    NationalSet,
    SheetMapping,
    SheetValue,
    SheetVocabulary,
)
from clerk.values import replace

_KEY: Final = "sheet_mapping:"
_DIGEST_LENGTH: Final = 32


def memory_key(mapping: SheetMapping) -> str:
    """Return under which name a mapping is remembered: the set of headings, in any order."""
    headings = "\n".join(sorted(heading for heading in mapping.headings if heading))
    return _KEY + hashlib.sha256(headings.encode()).hexdigest()[:_DIGEST_LENGTH]


def remembered(mapping: SheetMapping) -> str:
    """Return a mapping as text to be kept."""
    return json.dumps(
        {
            "meanings": dict(zip(mapping.headings, mapping.meanings, strict=True)),
            "material_type": mapping.material_type,
            "national_set": mapping.national_set,
        },
        ensure_ascii=False,
    )


def recalled(mapping: SheetMapping, kept: str, vocabulary: SheetVocabulary) -> SheetMapping:
    """Return the guessed mapping with what a person said before, as far as it is still known."""
    found = json.loads(kept)
    meanings = [
        said if (said := found["meanings"].get(heading, guessed)) in vocabulary.columns else ""
        for heading, guessed in zip(mapping.headings, mapping.meanings, strict=True)
    ]
    meaning = found["material_type"]
    return replace(
        mapping,
        meanings=_each_once(meanings),
        material_type=MaterialTypeMeaning(meaning) if meaning else None,
        national_set=NationalSet(found["national_set"]),
    )


def _each_once(meanings: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        meaning if meaning not in meanings[:place] else "" for place, meaning in enumerate(meanings)
    )


def with_meaning(mapping: SheetMapping, place: int, meaning: str) -> SheetMapping:
    """Return the mapping with another meaning at one place; it leaves the place it had before."""
    meanings = ["" if one == meaning else one for one in mapping.meanings]
    meanings[place] = meaning
    return replace(mapping, meanings=tuple(meanings))


def guess_material_type(
    mapping: SheetMapping, rows: Sequence[Sequence[SheetValue]], vocabulary: SheetVocabulary
) -> MaterialTypeMeaning | None:
    """Return which meaning 材料类型 has where the cells say it in words; digits say nothing."""
    if "material_type" not in mapping.meanings:
        return None
    place = mapping.meanings.index("material_type")
    said = {
        str(row[place]).strip().lstrip("0123456789 -")
        for row in rows[mapping.first_row - 1 :]
        if place < len(row) and row[place] is not None
    } - {""}
    fitting = [
        meaning
        for meaning in MaterialTypeMeaning
        if said <= set(vocabulary.code_sets[f"material_type_{meaning.value}"].values())
    ]
    return fitting[0] if said and len(fitting) == 1 else None
