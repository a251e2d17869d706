"""Letting windows accept many items in the department's name at once, or no longer (授权受理)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from clerk.domain.draft_editing import lines_at, with_value

Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationOrder:
    """What is ordered for some windows: from which day to which they accept, by which document.

    With ``ends`` they accept no longer, and nothing else of it counts.
    """

    counters: tuple[str, ...]
    document: str
    from_on: date
    until_on: date
    ends: bool = False


def with_order(table: Plain, order: DelegationOrder) -> Plain:
    """Return the plain standard with the order in it; the same where it says so already.

    What stood there of these windows is replaced, of others it stays.
    """
    held = lines_at(table, ("delegations",))
    others = [one for one in held if _counter(one) not in order.counters]
    given = [] if order.ends else [_line(order, counter) for counter in order.counters]
    lines = [*others, *given]
    if sorted(map(_sorted, lines)) == sorted(map(_sorted, held)):
        return table
    return with_value(table, ("delegations",), lines or None)


def _line(order: DelegationOrder, counter: str) -> dict[str, object]:
    return {
        "counter_code": counter,
        "document": order.document,
        "from_on": order.from_on,
        "until_on": order.until_on,
    }


def _counter(line: object) -> object:
    return line.get("counter_code") if isinstance(line, Mapping) else None


def _sorted(line: object) -> str:
    return repr(sorted(line.items())) if isinstance(line, Mapping) else repr(line)
