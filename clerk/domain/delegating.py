"""Letting windows accept many items in the department's name at once, or no longer (授权受理)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Final

from clerk.domain.draft_editing import lines_at, with_value
from clerk.domain.errors import BadInput
from clerk.values import dataclass

Plain = Mapping[str, object]

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationOrder:
    """What is ordered for some windows: from which day to which they accept, by which document.

    With ``ends`` they accept no longer, and nothing else of it counts. ``sure`` are windows that
    somebody says are there though nothing here knows them.
    """

    counters: tuple[str, ...]
    document: str
    from_on: date
    until_on: date
    ends: bool = False
    sure: frozenset[str] = frozenset()


class UnknownWindows(BadInput):
    """An order names windows that nothing in this hall knows; perhaps a slip of the pen."""

    def __init__(self, text: str, counters: frozenset[str]) -> None:
        super().__init__(text)
        self.counters = counters


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegated:
    """How many drafts an order made, and how many items it left alone.

    ``busy`` are those that somebody edits already, or that have a version to come.
    """

    drafts: int
    busy: int


def written_otherwise(counter: str, known: Iterable[str]) -> str:
    """Return the known window that ``counter`` seems to mean in another spelling, else nothing.

    A hall may number its windows as it likes; where it writes 03, though, 3 and 003 are no window
    and 7 lacks its zero.
    """
    for code in known:
        if code == counter or not (code.isdecimal() and counter.isdecimal()):
            continue
        lacks_zero = code.startswith("0") and len(counter) < len(code)
        if int(code) == int(counter) or lacks_zero:
            return code
    return ""


def nearest(counter: str, known: Iterable[str]) -> str:
    """Return the known window that is written most like ``counter``, empty where none is known."""

    def unlikeness(code: str) -> tuple[int, float, str]:
        same = sum(one == other for one, other in zip(code, counter, strict=False))
        return -same, -SequenceMatcher(None, code, counter).ratio(), code

    return min(known, key=unlikeness, default="")


def counters_of(table: Plain) -> tuple[str, ...]:
    """Return the windows that may accept the item, each as often as it has a line."""
    lines = lines_at(table, ("delegations",))
    return tuple(str(one.get("counter_code")) for one in lines if isinstance(one, Mapping))


def with_order(table: Plain, order: DelegationOrder) -> Plain:
    """Return the plain standard with the order in it; the same where it says so already.

    The order holds from its first day to its last, whatever stood there of its windows: a line
    within these days goes, one that began earlier ends the day before, one that ends later goes
    on the day after. So a renewal laid before its time leaves the running delegation alone, and
    an order over a shorter span takes nothing away; only ``ends`` does, and it takes all of them.
    """
    held = lines_at(table, ("delegations",))
    lines = [left for one in held for left in _left_of(one, order)]
    if not order.ends:
        lines += [_line(order, counter) for counter in order.counters]
    if sorted(map(_sorted, lines)) == sorted(map(_sorted, held)):
        return table
    return with_value(table, ("delegations",), lines or None)


def _left_of(line: object, order: DelegationOrder) -> Iterator[object]:
    """Give what an order leaves of a line; nothing of a line of its windows without days."""
    if not isinstance(line, Mapping) or line.get("counter_code") not in order.counters:
        yield line
        return
    from_on, until_on = line.get("from_on"), line.get("until_on")
    if order.ends or not isinstance(from_on, date) or not isinstance(until_on, date):
        return
    if from_on < order.from_on:
        yield {**line, "until_on": min(until_on, order.from_on - _DAY)}
    if until_on > order.until_on:
        yield {**line, "from_on": max(from_on, order.until_on + _DAY)}


def _line(order: DelegationOrder, counter: str) -> dict[str, object]:
    return {
        "counter_code": counter,
        "document": order.document,
        "from_on": order.from_on,
        "until_on": order.until_on,
    }


def _sorted(line: object) -> str:
    return repr(sorted(line.items())) if isinstance(line, Mapping) else repr(line)
