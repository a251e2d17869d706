"""The plain mapping of a standard's draft as JSON text; days and exact numbers survive.

JSON knows no day: one is written as an object with a key that no draft can hold.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

DAY_KEY = "\0day"
NUMBER_KEY = "\0number"


def dump_table(table: Mapping[str, object]) -> str:
    """Return a mapping of texts, numbers, flags, days, lists and mappings as JSON text."""
    return _WRITER.encode(table)


def load_table(text: str) -> dict[str, object]:
    """Return the mapping that ``dump_table`` wrote."""
    found: dict[str, object] = _READER.decode(text)
    return found


def _written(value: object) -> object:
    if isinstance(value, date):
        return {DAY_KEY: value.isoformat()}
    if isinstance(value, Decimal):
        return {NUMBER_KEY: str(value)}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a draft holds no {type(value).__name__}")


def _read(pairs: dict[str, object]) -> object:
    if len(pairs) == 1:
        ((key, value),) = pairs.items()
        if key == DAY_KEY:
            return date.fromisoformat(str(value))
        if key == NUMBER_KEY:
            return Decimal(str(value))
    return pairs


_WRITER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_written
)
_READER = json.JSONDecoder(object_hook=_read)
