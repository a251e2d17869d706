"""Finds in a draft what a fault's sentence speaks of.

Faults name their place as a person finds it in the file: ``requirements[2] LEASE.when``, or by the
code alone, ``requirements LEASE.when``. What does not lead further is left out, so that a fault of
something that is missing leads to where it would stand.
"""

import re
from collections.abc import Mapping
from typing import Final

from clerk.domain.draft_editing import Path, lines_at, value_at

_STEP: Final = re.compile(r"(?P<key>\w+)(?:\[(?P<number>\d+)\])?(?: (?P<code>\S+))?")
_NAMES: Final = ("code", "counter_code", "name")
_COLON: Final = "："


def split_fault(fault: str) -> tuple[str, str]:
    """Return the place a fault names, empty where it names none, and what it says of it."""
    place, colon, says = fault.partition(_COLON)
    if not colon or not _STEP.match(place) or not place.isascii():
        return "", fault
    return place, says


def place_of(fault: str, table: Mapping[str, object]) -> Path:
    """Return where in ``table`` the fault lies, the nearest place above it that is there."""
    named, _ = split_fault(fault)
    found: Path = ()
    for step in named.split(".") if named else ():
        read = _STEP.fullmatch(step)
        if read is None:
            break
        found = (*found, read["key"])
        if read["number"]:
            found = (*found, int(read["number"]) - 1)
        elif read["code"]:
            at = _by_name(table, found, read["code"])
            if at is None:
                break
            found = (*found, at)
        if value_at(table, found) is None:
            break
    return found


def _by_name(table: Mapping[str, object], at: Path, name: str) -> int | None:
    for place, line in enumerate(lines_at(table, at)):
        if isinstance(line, Mapping) and name in {line.get(key) for key in _NAMES}:
            return place
    return None
