"""Domain values from plain JSON data, read straight from how their types are declared.

The other way round is ``clerk.storage.json_text``.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from clerk.domain.party import Handler, HandlerKind
from clerk.storage.json_text import CLASS_KEY
from clerk.values import field_names, is_value

Reader = Callable[[Any], Any]

_AGENT_WORD = "代办"


@cache
def reader_of(kind: Any) -> Reader | None:
    """Return what reads values declared as ``kind``; None where they are as JSON gives them.

    Raises:
        TypeError: nothing of this kind is ever written.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _of_union([member for member in inner if member is not NoneType])
    if origin is tuple:
        return _of_many(tuple, reader_of(inner[0]))
    if origin is frozenset:
        return _of_many(frozenset, reader_of(inner[0]))
    if origin is Mapping:
        return _of_mapping(reader_of(inner[0]), reader_of(inner[1]))
    if kind is Handler:
        return _of_handler(_of_class(kind))
    if is_value(kind):
        return _of_class(kind)
    if kind in (str, int, bool):
        return None
    if issubclass(kind, datetime | date):
        read: Reader = kind.fromisoformat
        return read
    if issubclass(kind, str | int | Decimal | UUID):  # enumerations are among them
        made: Reader = kind
        return made
    raise TypeError(f"{kind} is not read from JSON")


def _of_class(kind: Any) -> Reader:
    # what reads the fields is looked up when the first value comes: a class may hold itself
    @cache
    def readers() -> dict[str, Reader | None]:
        kinds = get_type_hints(kind)
        return {name: reader_of(kinds[name]) for name in field_names(kind)}

    def read(data: Any) -> Any:
        known = readers()
        values = dict(data)
        for name, inner in data.items():
            of_field = known[name]
            if of_field is not None and inner is not None:
                values[name] = of_field(inner)
        return kind(**values)

    return read


def _of_handler(read_class: Reader) -> Reader:
    """Return what reads a handler, also one that was kept before handlers had a kind.

    Then his relation told whether he is an agent (代办员). Every handler has been written with
    his kind since, so his relation is looked at in no newer body.
    """

    def read(data: Any) -> Any:
        if "kind" not in data and _AGENT_WORD in data["relation"]:
            data = {**data, "kind": HandlerKind.AGENT.value}
        return read_class(data)

    return read


def _of_union(members: list[Any]) -> Reader | None:
    if len(members) == 1:
        read_one = reader_of(members[0])
        return read_one and (lambda data: None if data is None else read_one(data))
    by_name = {member.__name__: _of_class(member) for member in members}

    def read(data: Any) -> Any:
        if data is None:
            return None
        rest = {name: inner for name, inner in data.items() if name != CLASS_KEY}
        return by_name[data[CLASS_KEY]](rest)

    return read


def _of_many(made: Callable[[Any], Any], read: Reader | None) -> Reader:
    if read is None:
        return made
    return lambda data: made([read(inner) for inner in data])


def _of_mapping(read_key: Reader | None, read: Reader | None) -> Reader:
    key_of, value_of = read_key or _as_it_is, read or _as_it_is
    return lambda data: MappingProxyType(
        {key_of(key): value_of(inner) for key, inner in data.items()}
    )


def _as_it_is(data: Any) -> Any:
    return data
