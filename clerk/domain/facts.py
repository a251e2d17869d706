"""What a condition may look at, and how one value is compared with another."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from clerk.domain.deadlines import WEEKENDS, WorkCalendar
from clerk.domain.party import PartyKind


class Truth(StrEnum):
    """The answer of a condition."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Comparison(StrEnum):
    """How two numbers or two dates are compared."""

    LESS = "less"
    AT_MOST = "at_most"
    EQUAL = "equal"
    AT_LEAST = "at_least"
    MORE = "more"


_HOLDS: Final[Mapping[Comparison, Callable[[Any, Any], bool]]] = {
    Comparison.LESS: operator.lt,
    Comparison.AT_MOST: operator.le,
    Comparison.EQUAL: operator.eq,
    Comparison.AT_LEAST: operator.ge,
    Comparison.MORE: operator.gt,
}
_FIELD: Final = "field:"


def _nowhere(_path: str) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a condition may look at; ``age`` in completed years on the day of the check.

    ``counter`` is the window that took the case in, ``materials`` the way of every material that
    is there and fit, ``calendar`` what working days are counted by. ``look`` says what any other
    path leads to (a certificate's value, a party's address), empty where nothing is known: most
    conditions ask for none of it, so it is looked up only when one does.
    """

    answers: Mapping[str, str]
    fields: Mapping[str, str]
    applicant_kind: PartyKind | None
    age: int | None
    has_handler: bool
    on: date
    counter: str = ""
    materials: Mapping[str, str] = field(default_factory=dict)
    calendar: WorkCalendar = WEEKENDS
    look: Callable[[str], str] = field(default=_nowhere, compare=False)

    @cached_property
    def numbers(self) -> Mapping[str, Decimal]:
        """The fields that hold a number; read once, as many conditions compare the same one."""
        read = ((code, number_in(text)) for code, text in self.fields.items())
        return {code: number for code, number in read if number is not None}

    def text_at(self, path: str) -> str:
        """Return what a path leads to, empty where nothing is known; ``today`` is ``on``."""
        if path.startswith(_FIELD):
            return self.fields.get(path.removeprefix(_FIELD), "")
        return self.on.isoformat() if path == "today" else self.look(path)


def compare(left: Decimal | date, comparison: Comparison, right: Decimal | date) -> bool:
    """Compare two numbers or two days by one of the five words of the vocabulary."""
    return _HOLDS[comparison](left, right)


def number_in(text: str) -> Decimal | None:
    """Return the number a field holds, None where it holds none."""
    bare = text.strip()
    if not bare or not (bare[0].isdecimal() or bare[0] in "+-."):
        return None  # most fields are words; asking Decimal costs more than the whole condition
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def measure_in(text: str, units: tuple[str, ...]) -> Decimal | None:
    """Return the number before one of ``units`` or alone, None where there is none."""
    bare = text.strip()
    unit = next((unit for unit in units if unit and bare.endswith(unit)), "")
    return number_in(bare.removesuffix(unit))
