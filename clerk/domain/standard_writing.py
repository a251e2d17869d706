"""Writes an item standard as the plain mapping it is read from: the way back of ``standard_from``.

Keys are the names of the dataclasses' fields, as docs/standard-format.md says; what equals its
default is left out, so that a mapping stays as short as a person would write it.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Final, get_args

from clerk.domain.computed import Computed
from clerk.domain.condition import Condition
from clerk.domain.condition_writing import computed_table, condition_table, number_of
from clerk.domain.standard import CodedValue, ItemStandard, Promise

_CONDITIONS: Final = get_args(Condition)


def table_of(standard: ItemStandard) -> dict[str, object]:
    """Return the mapping of a standard: ``standard_from(table_of(standard)) == standard``."""
    return {**_written(standard), "charged": bool(standard.fees)}


def _written(part: Any) -> dict[str, object]:
    found: dict[str, object] = {}
    kind: Any = type(part)
    for field in _fields_of(kind):
        value = getattr(part, field.name)
        if value is None or value == () or value == _default(field):
            continue
        found[field.name] = _plain(value)
    return found


def _plain(value: Any) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str | bool | int | date):
        return value
    if isinstance(value, Decimal):
        return number_of(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, _CONDITIONS):
        return condition_table(value)
    return _OTHERWISE.get(type(value), _written)(value)


def _coded(value: CodedValue) -> dict[str, object]:
    return {"code": value.code, "set": value.code_set, "label": value.label}


def _promise(value: Promise) -> dict[str, object]:
    """The terms of a promise stand beside its words, and its method has no default there."""
    found = _written(value)
    found.pop("terms", None)
    terms = value.terms
    return found | {
        "check_method": terms.check.value,
        "check_within_workdays": terms.check_within_workdays,
        "agent_may": terms.agent_may,
    }


_OTHERWISE: Mapping[type, Callable[[Any], dict[str, object]]] = {
    CodedValue: _coded,
    Computed: computed_table,
    Promise: _promise,
}
"""Parts whose keys are not the names of their fields."""


@cache
def _fields_of(kind: Any) -> tuple[Field[Any], ...]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind} is no part of a standard")
    return fields(kind)


def _default(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING
