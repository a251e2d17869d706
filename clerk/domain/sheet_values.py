"""Reads one cell of a bureau's worksheet, and says what the spreadsheet has done to it."""

import re
from datetime import date, timedelta
from typing import Final

from clerk.domain.sheet_columns import (
    FormulaCell,
    SheetColumn,
    SheetKind,
    SheetValue,
    SheetVocabulary,
)
from clerk.domain.sheet_faults import CellTrouble, SheetRule
from clerk.values import dataclass

YES: Final = "1"
NO: Final = "0"
"""How a column of the kind yes or no is kept, whatever word stood there."""

_EXACT_DIGITS: Final = 15
"""A spreadsheet's number keeps so many digits; a longer code has lost its end."""

DAYS_TO_1904: Final = 1462
"""Between the first days of the two ways in which spreadsheets count days."""

_EPOCH: Final = date(1899, 12, 30)
_SERIAL_DAYS: Final = range(20_000, 80_000)
_ERRORS: Final = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_DAY: Final = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?(?:\s.*)?")
_AMOUNT: Final = re.compile(r"(\d+)\s*(\D*)")


@dataclass(frozen=True, slots=True)
class ReadCell:
    """What a cell says, as text: ISO day, plain number, code of its set, 1 or 0 for yes and no.

    ``trouble`` says why it cannot be used, ``unit`` the code of the unit a number brought along.
    """

    text: str = ""
    trouble: CellTrouble | None = None
    unit: str = ""


def read_cell(value: SheetValue, column: SheetColumn, vocabulary: SheetVocabulary) -> ReadCell:
    """Read a cell as its column asks."""
    if isinstance(value, FormulaCell):
        return _unusable("", column, SheetRule.FORMULA)
    plain = _plain(value)
    if not plain:
        return ReadCell()
    if plain in _ERRORS:
        return _unusable("", column, SheetRule.ERROR_VALUE, value=plain)
    match column.kind:
        case SheetKind.TEXT:
            return _text(plain, column)
        case SheetKind.CODE:
            return _code(value, plain, column)
        case SheetKind.DAY:
            return _day(value, plain, column)
        case SheetKind.NUMBER:
            return _number(plain, column, vocabulary)
        case SheetKind.YES_NO:
            return _yes_no(plain, column, vocabulary)
        case SheetKind.CHOICE:
            return _choice(plain, column, vocabulary)


def _plain(value: SheetValue) -> str:
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case float() if value.is_integer():
            return str(int(value))
        case date():
            return value.isoformat()
    return str(value).strip()


def _unusable(text: str, column: SheetColumn, rule: SheetRule, **detail: str) -> ReadCell:
    trouble = CellTrouble(rule=rule, detail={"label": column.label, **detail})
    return ReadCell(text=text, trouble=trouble)


def _text(plain: str, column: SheetColumn) -> ReadCell:
    long, most = len(plain), column.most_characters
    if long > most:
        return _unusable(plain, column, SheetRule.TOO_LONG, long=str(long), most=str(most))
    return ReadCell(text=plain)


def _code(value: SheetValue, plain: str, column: SheetColumn) -> ReadCell:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and (len(plain) > _EXACT_DIGITS or not plain.isdigit()):
        return _unusable(plain, column, SheetRule.DIGITS_LOST)
    if not re.fullmatch(r"[0-9A-Za-z-]+", plain):
        return _unusable(plain, column, SheetRule.CODE_FORM)
    return _text(plain, column)


def _day(value: SheetValue, plain: str, column: SheetColumn) -> ReadCell:
    if isinstance(value, int | float) and int(value) in _SERIAL_DAYS:
        return ReadCell(text=(_EPOCH + timedelta(days=int(value))).isoformat())
    found = _DAY.fullmatch(plain)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        return _unusable(plain, column, SheetRule.DAY_UNKNOWN, value=plain)
    return ReadCell(text=day.isoformat())


def _number(plain: str, column: SheetColumn, vocabulary: SheetVocabulary) -> ReadCell:
    found = _AMOUNT.fullmatch(plain)
    behind = found[2].strip() if found else ""
    if not found or (behind and behind not in vocabulary.units):
        return _unusable(plain, column, SheetRule.NUMBER_UNKNOWN, value=plain)
    return ReadCell(text=str(int(found[1])), unit=vocabulary.units.get(behind, ""))


def _yes_no(plain: str, column: SheetColumn, vocabulary: SheetVocabulary) -> ReadCell:
    said = plain.lower()
    if said in vocabulary.yes:
        return ReadCell(text=YES)
    if said in vocabulary.no:
        return ReadCell(text=NO)
    return _unusable(plain, column, SheetRule.YES_OR_NO, value=plain)


def _choice(plain: str, column: SheetColumn, vocabulary: SheetVocabulary) -> ReadCell:
    labels = vocabulary.code_sets.get(column.code_set)
    if labels is None:
        return ReadCell(text=plain)
    for code in (plain, plain.zfill(2)):
        if code in labels:
            return ReadCell(text=code)
    for code, label in labels.items():
        if plain in {label, f"{code}{label}", f"{code} {label}", f"{code}-{label}"}:
            return ReadCell(text=code)
    known = ", ".join(f"{code} {label}" for code, label in labels.items())
    return _unusable(plain, column, SheetRule.CODE_UNKNOWN, value=plain, known=known)
