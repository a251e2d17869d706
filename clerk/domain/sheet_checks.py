"""The platform's quality checks (I1 to I9) on a bureau's list, row by row.

Errors keep an item out; warnings and hints are for the bureau to look at.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from clerk.domain.identifiers import check_task_code
from clerk.domain.sheet_columns import NationalSet, SheetKind, SheetMapping, SheetVocabulary
from clerk.domain.sheet_faults import FaultLevel, SheetFault, SheetRule
from clerk.domain.sheet_plain import parts_of
from clerk.domain.sheet_reading import SheetItem
from clerk.domain.sheet_values import YES

_ON_THE_SPOT: Final = "1"
_BY_GOVERNMENT: Final = "20"
_NUMBERS: Final = ("originals", "copies", "pieces")
_ASKED_OF_MATERIAL: Final = ("source", "material_form", "pieces", "material_basis")


def check_mapping(mapping: SheetMapping, vocabulary: SheetVocabulary) -> Iterator[SheetFault]:
    """Name every column that a list cannot do without, and a meaning that nobody has chosen."""
    for column in vocabulary.columns.values():
        if column.required and column.code not in mapping.meanings:
            yield _of_headings(mapping, SheetRule.COLUMN_MISSING, column.label)
    if "material_type" in mapping.meanings and mapping.material_type is None:
        label = vocabulary.columns["material_type"].label
        yield _of_headings(mapping, SheetRule.MEANING_UNSAID, label)


def _of_headings(mapping: SheetMapping, rule: SheetRule, label: str) -> SheetFault:
    return SheetFault(
        sheet=mapping.sheet,
        row=mapping.first_row - 1,
        column="",
        rule=rule,
        level=FaultLevel.ERROR,
        detail={"label": label},
    )


def checked(
    items: Iterable[SheetItem],
    vocabulary: SheetVocabulary,
    today: date,
    national_set: NationalSet = NationalSet.PLATFORM,
) -> Iterator[tuple[SheetItem, tuple[SheetFault, ...]]]:
    """Return each item with everything found at it, also what its cells already told.

    Only the codes of earlier items are remembered, so a list of any length can be checked.
    """
    codes = _ListedCodes(vocabulary, national_set)
    first_rows: dict[tuple[str, str, str], int] = {}
    for item in items:
        told = {(fault.row, fault.column) for fault in item.faults}
        found = (
            *_required(item, vocabulary),
            *codes.unknown(item),
            *check_item(item, vocabulary, today),
        )
        faults = [*item.faults, *(one for one in found if not _is_told(one, told))]
        first = first_rows.setdefault(item.key, item.row)
        if first != item.row:
            faults.append(
                item.fault(SheetRule.DOUBLE_ITEM, FaultLevel.ERROR, "task_code", first=str(first))
            )
        yield item, tuple(faults)


def _is_told(fault: SheetFault, told: Collection[tuple[int, str]]) -> bool:
    """Whether its cell is only empty because what stands there cannot be used."""
    return fault.rule is SheetRule.EMPTY and (fault.row, fault.column) in told


def _required(item: SheetItem, vocabulary: SheetVocabulary) -> Iterator[SheetFault]:
    for column in vocabulary.columns.values():
        if column.required and column.code in item.places and not item.values.get(column.code):
            yield item.fault(SheetRule.EMPTY, FaultLevel.ERROR, column.code, label=column.label)


class _ListedCodes:
    """The columns whose cells list several codes, joined with ``^``."""

    def __init__(self, vocabulary: SheetVocabulary, national_set: NationalSet) -> None:
        self._columns = [
            (column, vocabulary.labels(column, national_set))
            for column in vocabulary.columns.values()
            if column.kind is SheetKind.TEXT and column.code_set
        ]

    def unknown(self, item: SheetItem) -> Iterator[SheetFault]:
        """Name the bare digits that no code of the set are."""
        for column, labels in self._columns:
            text = item.values.get(column.code, "")
            for part in parts_of(text) if text else ():
                if part.isdigit() and part not in labels:
                    known = ", ".join(f"{code} {label}" for code, label in labels.items())
                    yield item.fault(
                        SheetRule.CODE_UNKNOWN,
                        FaultLevel.ERROR,
                        column.code,
                        label=column.label,
                        value=part,
                        known=known,
                    )


def check_item(item: SheetItem, vocabulary: SheetVocabulary, today: date) -> Iterator[SheetFault]:
    """Say of one item what the checks I1 to I9 find."""
    yield from _check_limits(item)
    online = _online(item.values.get("handling_forms", ""), vocabulary)
    if online and _amount(item, "visits") and not item.values.get("visit_reason"):
        yield item.fault(SheetRule.VISIT_UNEXPLAINED, FaultLevel.WARNING, "visits")
    if item.values.get("charged") == YES and not item.values.get("fees"):
        yield item.fault(SheetRule.FEE_UNLISTED, FaultLevel.ERROR, "charged")
    yield from _check_days(item, today)
    code = item.values.get("task_code", "")
    if code and not check_task_code(code).valid:
        yield item.fault(SheetRule.TASK_CODE, FaultLevel.WARNING, "task_code")
    yield from _check_materials(item, vocabulary)


def _online(forms: str, vocabulary: SheetVocabulary) -> bool:
    """Whether one need not come; the digits of both national sets for it are 2, and G's 3."""
    labels = vocabulary.labels(vocabulary.columns["handling_forms"], NationalSet.PLATFORM)
    named = "".join(labels.get(part, part) for part in parts_of(forms))
    return any(word in named for word in vocabulary.online)


def _check_limits(item: SheetItem) -> Iterator[SheetFault]:
    promised, statutory = _amount(item, "promised_days"), _amount(item, "statutory_days")
    if promised is None:
        return
    same_unit = item.values.get("promised_unit") == item.values.get("statutory_unit")
    if statutory and same_unit and promised > statutory:
        yield item.fault(
            SheetRule.PROMISED_TOO_LONG,
            FaultLevel.ERROR,
            "promised_days",
            promised=str(promised),
            statutory=str(statutory),
        )
    if item.values.get("project_type") == _ON_THE_SPOT and promised > 1:
        yield item.fault(
            SheetRule.ON_THE_SPOT_TOO_LONG,
            FaultLevel.WARNING,
            "promised_days",
            promised=str(promised),
        )


def _check_days(item: SheetItem, today: date) -> Iterator[SheetFault]:
    begins, ends = _day(item, "effective_on"), _day(item, "ended_on")
    if begins and begins < today:
        yield item.fault(
            SheetRule.BEGINS_EARLIER, FaultLevel.ERROR, "effective_on", begins=str(begins)
        )
    if ends and ends <= max(today, begins or today):
        yield item.fault(SheetRule.NOT_OFFERED, FaultLevel.ERROR, "ended_on", ends=str(ends))


def _check_materials(item: SheetItem, vocabulary: SheetVocabulary) -> Iterator[SheetFault]:
    names: dict[str, int] = {}
    for material in item.materials:
        name, row = material.values.get("material_name", ""), material.row
        if not name:
            label = vocabulary.columns["material_name"].label
            yield item.fault(SheetRule.EMPTY, FaultLevel.ERROR, "material_name", row, label=label)
        if any(word in name for word in vocabulary.catch_all):
            yield item.fault(
                SheetRule.CATCH_ALL, FaultLevel.WARNING, "material_name", row, name=name
            )
        if names.setdefault(name, row) != row:
            yield item.fault(
                SheetRule.DOUBLE_MATERIAL,
                FaultLevel.WARNING,
                "material_name",
                row,
                name=name,
                first=str(names[name]),
            )
        lacking = "、".join(_lacking(material.values, vocabulary))
        if lacking:
            yield item.fault(
                SheetRule.MATERIAL_LACKS,
                FaultLevel.WARNING,
                "material_name",
                row,
                name=name,
                lacking=lacking,
            )
        linked = material.values.get("certificate_name") or material.values.get("certificate_code")
        if material.values.get("source") == _BY_GOVERNMENT and not linked:
            yield item.fault(
                SheetRule.CERTIFICATE_UNLINKED, FaultLevel.HINT, "source", row, name=name
            )


def _lacking(values: Mapping[str, str], vocabulary: SheetVocabulary) -> Iterator[str]:
    """Name what a material does not say; originals or copies say how many as well as 份数 does."""
    for code in _ASKED_OF_MATERIAL:
        said = _NUMBERS if code in _NUMBERS else (code,)
        if not any(values.get(one) for one in said):
            yield vocabulary.columns[code].label


def _day(item: SheetItem, code: str) -> date | None:
    try:
        return date.fromisoformat(item.values.get(code, ""))
    except ValueError:
        return None


def _amount(item: SheetItem, code: str) -> int | None:
    text = item.values.get(code, "")
    return int(text) if text.isdigit() else None
