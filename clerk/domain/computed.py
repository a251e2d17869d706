"""Lines of the form that are worked out from other lines: a closed list, no expressions."""

from decimal import Decimal
from enum import StrEnum
from math import prod

from clerk.domain.facts import Facts, number_in
from clerk.domain.moved_day import MovedDay, day_in
from clerk.domain.residents import age_on
from clerk.values import dataclass


class ComputedKind(StrEnum):
    """How a line is worked out."""

    SUM = "sum"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    AGE = "age"
    DATE = "date"


ARITHMETIC = frozenset({ComputedKind.SUM, ComputedKind.DIFFERENCE, ComputedKind.PRODUCT})
"""The kinds that work on numbers of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What a line is worked out from.

    SUM, DIFFERENCE and PRODUCT: the lines ``of``; a difference is the first less all others. AGE:
    the completed years since the day at ``path``, on the day of the check. DATE: ``day``.
    """

    kind: ComputedKind
    of: tuple[str, ...] = ()
    path: str = ""
    day: MovedDay | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """Codes of the lines it is worked out from."""
        paths = (self.path, self.day.path if self.day else "")
        named = (path.partition(":") for path in paths)
        return (*self.of, *(code for word, _, code in named if word == "field"))

    def value(self, facts: Facts) -> str:
        """Return the value as text, empty while anything it needs is not known."""
        match self.kind:
            case ComputedKind.AGE:
                born = day_in(facts.text_at(self.path))
                known = born is not None and born <= facts.on
                return str(age_on(born, facts.on)) if born and known else ""
            case ComputedKind.DATE:
                day = self.day.on(facts) if self.day else None
                return day.isoformat() if day else ""
            case _:
                return self._number(facts)

    def _number(self, facts: Facts) -> str:
        read = [number_in(facts.fields.get(code, "")) for code in self.of]
        numbers = [number for number in read if number is not None]
        if not numbers or len(numbers) < len(read):
            return ""
        match self.kind:
            case ComputedKind.SUM:
                result = sum(numbers, Decimal(0))
            case ComputedKind.DIFFERENCE:
                result = numbers[0] - sum(numbers[1:], Decimal(0))
            case _:
                result = prod(numbers, start=Decimal(1))
        return f"{result:f}"
