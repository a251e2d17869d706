"""Turns what hands type into what the form holds: ``0401`` becomes ``2026-04-01``."""

import re
from datetime import date

from clerk.domain.identifiers import check_mobile, normal_number
from clerk.domain.standard import FieldKind, FormField

_NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.INTEGER, FieldKind.MONEY})
_DIGITS_WITHOUT_YEAR = 4
_CODES = frozenset({FieldKind.RESIDENT_ID, FieldKind.CREDIT_CODE, FieldKind.BANK_ACCOUNT})


def normal_text(line: FormField, text: str, on: date) -> str:
    """Return ``text`` in the form's own spelling; what cannot be read stays as it was typed."""
    text = text.strip()
    if line.kind is FieldKind.DATE:
        return _date(text, on)
    if line.kind is FieldKind.MOBILE:
        return check_mobile(text).number
    if line.kind in _CODES:
        return normal_number(text)
    if line.kind in _NUMBERS:
        return normal_number(text, dashes=True).replace(",", "")
    return text


def day_before(text: str, on: date) -> date | None:
    """Return the day a paper bears, typed like any other; without a year the last one that was."""
    typed = _date(text, on)
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    has_year = len(re.findall(r"[0-9]", normal_number(text))) > _DIGITS_WITHOUT_YEAR
    return day if has_year or day <= on else day.replace(year=day.year - 1)


def _date(text: str, on: date) -> str:
    """Read ``0401``, ``20260401``, ``4.1``, ``2026-4-1`` and ``2026年4月1日``.

    A day without a year is the next one to come, at most eleven months ahead.
    """
    parts = [int(part) for part in re.findall(r"[0-9]+", normal_number(text, dashes=True))]
    digits = "".join(re.findall(r"[0-9]", normal_number(text)))
    if len(parts) == 1 and len(digits) == 4:
        parts = [int(digits[:2]), int(digits[2:])]
    elif len(parts) == 1 and len(digits) == 8:
        parts = [int(digits[:4]), int(digits[4:6]), int(digits[6:])]
    if len(parts) == 2:
        parts = [_year(parts[0], on), *parts]
    try:
        return date(*parts).isoformat() if len(parts) == 3 else text
    except ValueError:
        return text


def _year(month: int, on: date) -> int:
    return on.year + 1 if month < on.month and on.month - month > 6 else on.year
