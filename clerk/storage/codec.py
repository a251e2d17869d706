"""Domain values to JSON and back.

Canonical JSON has sorted keys, no blanks and plain UTF-8, so that equal values have equal bytes
and digests mean something. Values of a union of classes carry their class name under ``is``.
"""

import json
from collections.abc import Iterable
from types import NoneType
from typing import Any, Final, TypeVar

from clerk.domain.errors import BadInput
from clerk.domain.hand_off_body import Plain
from clerk.storage.json_text import writer_of
from clerk.storage.json_values import reader_of

T = TypeVar("T")
_BEFORE: Final = 6
"""Characters that a person finds a broken one by."""

_WRITER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
)
_ORDERED_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def canonical_json(value: object) -> str:
    """Return plain JSON data (str, int, bool, None, list, dict) as canonical JSON.

    Floats are refused: two programs rarely write the same one alike.
    """
    _require_no_float(value)
    return _WRITER.encode(value)


def ordered_json(value: Plain) -> str:
    """Return as ``canonical_json`` does what has its keys in order at every level already.

    No float is looked for either: the type has no place for one.
    """
    return _ORDERED_WRITER.encode(value)


def dump(value: object) -> str:
    """Return a domain value as canonical JSON text.

    Raises:
        BadInput: see ``dump_as``.
    """
    return dump_as(value, type(value))


def dump_as(value: object, kind: Any) -> str:
    """Return a value of the type ``kind`` (a union, a mapping of unions …) as canonical JSON.

    Raises:
        BadInput: half a character stands in it, as a torn copy leaves one: no store holds it.
    """
    text = writer_of(kind)(value)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        before = text[: error.start].rpartition('"')[2][-_BEFORE:]
        raise BadInput(
            f"“{before}”后面有一个损坏的字，没有保存，屏幕上的内容还在。删去这个字重打"
        ) from error
    return text


def load(text: str, kind: type[T]) -> T:
    """Return the value of ``kind`` that ``dump`` wrote."""
    read: T = load_as(text, kind)
    return read


def load_as(text: str, kind: Any) -> Any:
    """Return the value of the type ``kind`` that ``dump_as`` wrote."""
    read, data = reader_of(kind), json.loads(text)
    return data if read is None else read(data)


_PLAIN = frozenset({str, int, bool, NoneType})
"""Of nearly every value; this is looked at inside a transaction."""


def _require_no_float(value: object) -> None:
    left: list[Iterable[object]] = [(value,)]
    for holding in left:  # grows by what lies inside
        inner = holding.values() if isinstance(holding, dict) else holding
        if _PLAIN.issuperset(map(type, inner)):
            continue
        for one in inner:
            if isinstance(one, dict | list | tuple):
                left.append(one)
            elif isinstance(one, float):
                raise TypeError("a float has no canonical form")
