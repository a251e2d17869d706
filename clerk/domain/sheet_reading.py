"""Puts the rows of a bureau's worksheet together: one item with its materials at a time.

A list of 100,000 rows is never whole in memory: rows come in, items go out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Final

from clerk.domain.sheet_columns import (
    FormulaCell,
    MaterialTypeMeaning,
    SheetColumn,
    SheetKind,
    SheetLevel,
    SheetMapping,
    SheetValue,
    SheetVocabulary,
    column_letter,
)
from clerk.domain.sheet_faults import CellTrouble, FaultLevel, SheetFault, SheetRule
from clerk.domain.sheet_values import DAYS_TO_1904, read_cell
from clerk.values import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row of the worksheet, merged cells filled; ``number`` as the worksheet counts."""

    number: int
    cells: tuple[SheetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMaterial:
    """One material as the list says it; ``values`` by column code."""

    row: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetItem:
    """One item as the list says it, with what was found wrong in its cells.

    ``kept`` holds what nobody here knows, under its own heading. ``places`` tells in which column
    a value stands.
    """

    sheet: str
    row: int
    values: Mapping[str, str]
    kept: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    materials: tuple[SheetMaterial, ...] = ()
    faults: tuple[SheetFault, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells one item of a list from another."""
        named = self.values.get("name", "") + self.values.get("sub_name", "")
        code = self.values.get("task_code", "")
        return (code, self.values.get("handle_item_code", ""), "" if code else named)

    def fault(
        self, rule: SheetRule, level: FaultLevel, code: str, row: int = 0, **detail: str
    ) -> SheetFault:
        """Return a fault at the column of ``code``, in this item's row or another."""
        return SheetFault(
            sheet=self.sheet,
            row=row or self.row,
            column=self.places.get(code, ""),
            rule=rule,
            level=level,
            detail=detail,
        )


_NUMERALS: Final = r"[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}"
_NUMBERED: Final = re.compile(
    r"\s*[\u2460-\u2473]\s*"  # circled
    r"|(?:^|(?<=[\n；;。]))\s*"
    rf"(?:[（(](?:\d{{1,2}}|{_NUMERALS})[)）]|\d{{1,2}}[.．、](?!\d)|{_NUMERALS}、)"
    r"\s*"
)
_IDENTIFYING: Final = ("task_code", "handle_item_code", "name", "sub_name")
_UNIT_OF: Final = {"statutory_days": "statutory_unit", "promised_days": "promised_unit"}


def items_of(
    rows: Iterable[SheetRow], mapping: SheetMapping, vocabulary: SheetVocabulary
) -> Iterator[SheetItem]:
    """Return the items in the order of the list, each with its materials and its faults."""
    reading = _Reading(mapping, vocabulary)
    for row in rows:
        if row.number < mapping.first_row or not any(cell not in (None, "") for cell in row.cells):
            continue
        yield from reading.take(row)
    yield from reading.rest()


def numbered_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a numbered list in one cell; a text without numbers by its line breaks."""
    marks = list(_NUMBERED.finditer(text))
    if not marks:
        parts = re.split(r"[\n；;]", text)
    else:
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        parts = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    return tuple(stripped for part in parts if (stripped := part.strip(" \t\r\n；;。")))


class _Reading:
    """The item at hand, until the next one begins."""

    def __init__(self, mapping: SheetMapping, vocabulary: SheetVocabulary) -> None:
        self._mapping, self._vocabulary = mapping, vocabulary
        columns = (vocabulary.columns.get(code) for code in mapping.meanings)
        self._columns = [column and self._meant(column) for column in columns]
        by_rows = {"material_name", "originals", "copies"} & set(mapping.meanings)
        self._materials_are_rows = bool(by_rows)
        self._item: SheetItem | None = None
        self._materials: list[SheetMaterial] = []
        self._faults: list[SheetFault] = []

    def take(self, row: SheetRow) -> Iterator[SheetItem]:
        item, material = self._read(row)
        if not self._goes_on(item):
            yield from self.rest()
            self._item = item
            self._materials.extend(self._listed(item))
        if material.values:
            self._materials.append(material)
        self._faults.extend(item.faults)

    def rest(self) -> Iterator[SheetItem]:
        if self._item is not None:
            yield replace(self._item, materials=tuple(self._materials), faults=tuple(self._faults))
        self._item = None
        self._materials.clear()
        self._faults.clear()

    def _goes_on(self, item: SheetItem) -> bool:
        """Whether the row only brings a further material of the item at hand."""
        held = self._item
        if held is None or not self._materials_are_rows:
            return False
        said = {code: item.values[code] for code in _IDENTIFYING if item.values.get(code)}
        return all(held.values.get(code) == value for code, value in said.items())

    def _listed(self, item: SheetItem) -> Iterator[SheetMaterial]:
        """Take the materials out of the one cell that lists them, where they are not rows."""
        listed = "" if self._materials_are_rows else item.values.get("materials_text", "")
        for line in numbered_lines(listed) if listed else ():
            yield SheetMaterial(row=item.row, values={"material_name": line})

    def _read(self, row: SheetRow) -> tuple[SheetItem, SheetMaterial]:
        values: dict[str, str] = {}
        of_material: dict[str, str] = {}
        kept: dict[str, str] = {}
        places: dict[str, str] = {}
        faults: list[SheetFault] = []
        shifted = self._mapping.from_1904
        for place, said in enumerate(row.cells):
            column = self._columns[place] if place < len(self._columns) else None
            if column is None:
                if isinstance(said, FormulaCell):
                    faults.append(self._unread(row, place))
                elif said not in (None, ""):
                    kept[self._heading(place)] = str(said).strip()
                continue
            places[column.code] = column_letter(place)
            value = said
            if shifted and column.kind is SheetKind.DAY and isinstance(said, int | float):
                value = said + DAYS_TO_1904
            cell = read_cell(value, column, self._vocabulary)
            if cell.trouble:
                faults.append(self._fault(row, place, cell.trouble))
            if not cell.text:
                continue
            into = values if column.level is SheetLevel.ITEM else of_material
            into[column.code] = cell.text
            unit = _UNIT_OF.get(column.code)
            if unit and cell.unit:
                values.setdefault(unit, cell.unit)
        item = SheetItem(
            sheet=self._mapping.sheet,
            row=row.number,
            values=values,
            kept=kept,
            places=places,
            faults=tuple(faults),
        )
        return item, SheetMaterial(row=row.number, values=of_material)

    def _meant(self, column: SheetColumn) -> SheetColumn:
        """Give a column the codes that a person chose for this list."""
        code_set = column.code_set
        if column.code == "material_type":
            meaning = self._mapping.material_type or MaterialTypeMeaning.COPY_KIND
            code_set = f"{code_set}_{meaning.value}"
        own = f"{code_set}_{self._mapping.national_set}"
        return replace(column, code_set=own if own in self._vocabulary.code_sets else code_set)

    def _heading(self, place: int) -> str:
        headings = self._mapping.headings
        return (headings[place] if place < len(headings) else "") or column_letter(place)

    def _unread(self, row: SheetRow, place: int) -> SheetFault:
        """A formula in a column that nobody knows, often the number of the line (序号)."""
        trouble = CellTrouble(rule=SheetRule.FORMULA, detail={"label": self._heading(place)})
        return self._fault(row, place, trouble, FaultLevel.HINT)

    def _fault(
        self,
        row: SheetRow,
        place: int,
        trouble: CellTrouble,
        level: FaultLevel = FaultLevel.ERROR,
    ) -> SheetFault:
        return SheetFault(
            sheet=self._mapping.sheet,
            row=row.number,
            column=column_letter(place),
            rule=trouble.rule,
            level=level,
            detail=trouble.detail,
        )
