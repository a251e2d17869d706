"""Domain values to JSON and back.

Canonical JSON has sorted keys, no blanks and plain UTF-8, so that equal values have equal bytes
and digests mean something. Values of a union of classes carry their class name under ``is``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from cattrs import Converter

from clerk.domain.hand_off_body import Plain
from clerk.domain.party import Handler, HandlerKind
from clerk.storage.json_text import CLASS_KEY, unless_none, writer_of

T = TypeVar("T")

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
    """Return a domain value as canonical JSON text."""
    return dump_as(value, type(value))


def dump_as(value: object, kind: Any) -> str:
    """Return a value of the type ``kind`` (a union, a mapping of unions …) as canonical JSON."""
    return writer_of(kind)(value)


def load(text: str, kind: type[T]) -> T:
    """Return the value of ``kind`` that ``dump`` wrote."""
    return _converter().structure(json.loads(text), kind)


def load_as(text: str, kind: Any) -> Any:
    """Return the value of the type ``kind`` that ``dump_as`` wrote."""
    return _converter().structure(json.loads(text), kind)


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


def _is_union_of_classes(kind: Any) -> bool:
    if get_origin(kind) not in (Union, UnionType):
        return False
    members = [member for member in get_args(kind) if member is not NoneType]
    return len(members) > 1 and all(is_dataclass(member) for member in members)


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is Mapping


@cache
def _converter() -> Converter:
    converter = Converter()
    converter.register_structure_hook(UUID, lambda text, _: UUID(text))
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_structure_hook_factory(_is_mapping, _frozen_mapping_reader(converter))
    converter.register_structure_hook_factory(is_dataclass, _class_reader(converter))
    converter.register_structure_hook_factory(_is_union_of_classes, _union_reader(converter))
    converter.register_structure_hook(Handler, _handler_reader(_class_reader(converter)(Handler)))
    return converter


_AGENT_WORD = "代办"


def _handler_reader(read_class: Any) -> Any:
    """Return what reads a handler, also one that was kept before handlers had a kind.

    Then his relation told whether he is an agent (代办员). Every handler has been written with
    his kind since, so his relation is looked at in no newer body.
    """

    def read(data: Any, kind: Any) -> Any:
        if "kind" not in data and _AGENT_WORD in data["relation"]:
            data = {**data, "kind": HandlerKind.AGENT.value}
        return read_class(data, kind)

    return read


def _class_reader(converter: Converter) -> Any:
    def factory(kind: Any) -> Any:
        # cattrs' own does not resolve a class that names itself inside a tuple; so hooks are
        # looked up when the first value comes, which ends the circle too
        @cache
        def hooks() -> dict[str, tuple[Any, Any]]:
            kinds = {name: unless_none(of) for name, of in get_type_hints(kind).items()}
            return {
                name: (None if of in _AS_READ else converter.get_structure_hook(of), of)
                for name, of in kinds.items()
            }

        def read(data: Any, _: Any) -> Any:
            known = hooks()
            values = dict(data)
            for name, inner in data.items():
                hook, of = known[name]
                if hook is not None and inner is not None:
                    values[name] = hook(inner, of)
            return kind(**values)

        return read

    return factory


_AS_READ = frozenset({str, int, bool})
"""What JSON itself gives back as it was."""


def _union_reader(converter: Converter) -> Any:
    def factory(kind: Any) -> Any:
        members = {member.__name__: member for member in get_args(kind) if member is not NoneType}

        def read(data: Any, _: Any) -> Any:
            if data is None:
                return None
            rest = {name: inner for name, inner in data.items() if name != CLASS_KEY}
            return converter.structure(rest, members[data[CLASS_KEY]])

        return read

    return factory


def _frozen_mapping_reader(converter: Converter) -> Any:
    def factory(kind: Any) -> Any:
        key_kind, value_kind = get_args(kind)
        of_key = converter.get_structure_hook(key_kind)
        of_value = converter.get_structure_hook(value_kind)

        def read(data: Any, _: Any) -> Any:
            return MappingProxyType(
                {of_key(key, key_kind): of_value(inner, value_kind) for key, inner in data.items()}
            )

        return read

    return factory
