"""The columns of a bureau's worksheet (实施清单表): what each heading means.

Bureaus name and order their columns as they please; the vocabulary is data, and what it does not
know is kept under its own heading and exported again.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from clerk.domain.errors import BadInput
from clerk.values import dataclass


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell that computes instead of saying something; ``text`` is the formula."""

    text: str


SheetValue = str | int | float | bool | date | FormulaCell | None
"""What stands in a cell as the worksheet holds it."""


class SheetLevel(StrEnum):
    """What a column speaks of."""

    ITEM = "item"
    MATERIAL = "material"


class SheetKind(StrEnum):
    """How a cell of the column is read."""

    TEXT = "text"
    CODE = "code"
    DAY = "day"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One meaning a column may have.

    ``code_set`` names the list of a choice's short codes, ``whose`` the set that they belong to.
    """

    code: str
    label: str
    names: tuple[str, ...]
    level: SheetLevel
    kind: SheetKind
    code_set: str = ""
    whose: str = "P"
    most_characters: int = 200
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetVocabulary:
    """All meanings by their code, the code sets (code to label), and the words people write.

    ``units`` are what may stand behind a number, with the code of a limit's unit where it is one;
    ``catch_all`` what no material may be called; ``online`` how a list says that one need not come.
    ``minimum`` is what a draft begins with where the list is silent.
    """

    columns: Mapping[str, SheetColumn]
    code_sets: Mapping[str, Mapping[str, str]]
    yes: frozenset[str]
    no: frozenset[str]
    units: Mapping[str, str]
    catch_all: tuple[str, ...]
    online: tuple[str, ...]
    minimum: Mapping[str, Any]

    def labels(self, column: SheetColumn, national_set: "NationalSet") -> Mapping[str, str]:
        """Return the codes and labels of a column in the national set that the list uses."""
        found = self.code_sets.get(f"{column.code_set}_{national_set}")
        return found if found is not None else self.code_sets.get(column.code_set, {})

    def set_of(self, column: SheetColumn, national_set: "NationalSet") -> str:
        """Return the name of the set that a code of the column belongs to."""
        own = f"{column.code_set}_{national_set}" in self.code_sets
        return national_set.value if own else column.whose


class MaterialTypeMeaning(StrEnum):
    """The two meanings in use for the one column 材料类型 (domain rule: a person says which)."""

    COPY_KIND = "a"
    MATERIAL_KIND = "b"


class NationalSet(StrEnum):
    """Whose codes the digits of a list are: the platform's or GB/T 39046-2020 Annex A's."""

    PLATFORM = "P"
    STANDARD = "G"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMapping:
    """What each column of one worksheet means; the first row is number 1.

    ``meanings`` has a column code per position, empty where the column is only kept. ``from_1904``
    says that the file counts its days from 1904 on, also in cells that show them as plain numbers.
    """

    sheet: str
    headings: tuple[str, ...]
    meanings: tuple[str, ...]
    first_row: int
    material_type: MaterialTypeMeaning | None = None
    national_set: NationalSet = NationalSet.PLATFORM
    from_1904: bool = False


_MOST_HEADING_ROWS: Final = 4
_LOOKED_THROUGH: Final = 15
_FEWEST_KNOWN: Final = 3
_NO_COLUMNS: Final = frozenset({"words", "codes", "minimum"})


def vocabulary_from(mapping: Mapping[str, Any]) -> SheetVocabulary:
    """Return the vocabulary of ``resources/sheet/columns.toml``; a fault in it is our own bug."""
    words = mapping["words"]
    columns = {
        code: _column(code, found) for code, found in mapping.items() if code not in _NO_COLUMNS
    }
    return SheetVocabulary(
        columns=columns,
        code_sets=mapping["codes"],
        yes=frozenset(words["yes"]),
        no=frozenset(words["no"]),
        units=words["units"],
        catch_all=tuple(words["catch_all"]),
        online=tuple(words["online"]),
        minimum=mapping["minimum"],
    )


def _column(code: str, found: Mapping[str, Any]) -> SheetColumn:
    names = (found["label"], *found.get("also", ()))
    return SheetColumn(
        code=code,
        label=found["label"],
        names=tuple(dict.fromkeys(bare(name) for name in names)),
        level=SheetLevel(found["of"]),
        kind=SheetKind(found["kind"]),
        code_set=found.get("codes", ""),
        whose=found.get("set", "P"),
        most_characters=found.get("most", 200),
        required=found.get("required", False),
    )


def bare(heading: str) -> str:
    """Return a heading without spaces, punctuation, stars and what stands in brackets."""
    text = unicodedata.normalize("NFKC", heading)
    kept: list[str] = []
    depth = 0
    for character in text:
        if character in "([【〔":
            depth += 1
        elif character in ")]】〕":
            depth = max(0, depth - 1)
        elif depth == 0 and unicodedata.category(character)[0] in "LN":
            kept.append(character.lower())
    return "".join(kept)


def guess_mapping(
    sheet: str, rows: Sequence[Sequence[SheetValue]], vocabulary: SheetVocabulary
) -> SheetMapping:
    """Find the headings among the first rows and what they mean.

    Several rows of headings are read as one path, so that 法定办结时限 over 单位 is told from
    承诺办结时限 over 单位; the reader has filled merged cells.

    Raises:
        BadInput: no row of the sheet looks like headings.
    """
    by_name = {name: column.code for column in vocabulary.columns.values() for name in column.names}
    best: tuple[int, int, int] = (0, 0, 0)
    for last in range(min(len(rows), _LOOKED_THROUGH)):
        for first in range(max(0, last - _MOST_HEADING_ROWS + 1), last + 1):
            paths = _paths(rows[first : last + 1])
            known = len(set(_meanings(paths, by_name)) - {""})
            best = max(best, (known, first, -last))
    known, first, minus_last = best
    if known < _FEWEST_KNOWN:
        raise BadInput(
            f"工作表“{sheet}”里没有找到表头（至少要认得{_FEWEST_KNOWN}个栏目名），没有读入。"
            "请确认选的是实施清单那一张，表头在前十五行"
        )
    last = -minus_last
    paths = _paths(rows[first : last + 1])
    return SheetMapping(
        sheet=sheet,
        headings=tuple("".join(path) for path in paths),
        meanings=_meanings(paths, by_name),
        first_row=last + 2,
    )


def _paths(rows: Sequence[Sequence[SheetValue]]) -> list[tuple[str, ...]]:
    """Return the texts above each column from top to bottom, each once."""
    width = max((len(row) for row in rows), default=0)
    paths = []
    for place in range(width):
        texts = [
            str(row[place]).strip()
            for row in rows
            if place < len(row) and row[place] is not None and str(row[place]).strip()
        ]
        paths.append(tuple(dict.fromkeys(texts)))
    return paths


def _meanings(paths: Sequence[tuple[str, ...]], by_name: Mapping[str, str]) -> tuple[str, ...]:
    """Return what each path means; a meaning that is taken already stays with the first."""
    taken: set[str] = set()
    meanings = []
    for path in paths:
        whole = by_name.get("".join(map(bare, path)), "") if path else ""
        meaning = whole or (by_name.get(bare(path[-1]), "") if path else "")
        if meaning in taken:
            meaning = ""
        taken.add(meaning)
        meanings.append(meaning)
    return tuple(meanings)


def column_letter(place: int) -> str:
    """Return how a worksheet names the column at ``place``, counted from 0 (``A``, ``AB``)."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
