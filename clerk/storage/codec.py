"""Domain values to JSON and back.

Canonical JSON has sorted keys, no blanks and plain UTF-8, so that equal values have equal bytes
and digests mean something. Values of a union of classes carry their class name under ``is``.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from cattrs import Converter

T = TypeVar("T")

CLASS_KEY = "is"


def canonical_json(value: object) -> bytes:
    """Return plain JSON data (str, int, bool, None, list, dict) as canonical JSON.

    Floats are refused: two programs rarely write the same one alike.
    """
    _require_no_float(value)
    return _text(value).encode()


def dump(value: object) -> str:
    """Return a domain value as canonical JSON text."""
    return _text(_converter().unstructure(value))


def dump_as(value: object, kind: Any) -> str:
    """Return a value of the type ``kind`` (a union, a mapping of unions …) as canonical JSON."""
    return _text(_converter().unstructure(value, unstructure_as=kind))


def load(text: str, kind: type[T]) -> T:
    """Return the value of ``kind`` that ``dump`` wrote."""
    return _converter().structure(json.loads(text), kind)


def load_as(text: str, kind: Any) -> Any:
    """Return the value of the type ``kind`` that ``dump_as`` wrote."""
    return _converter().structure(json.loads(text), kind)


def instant_text(at: datetime) -> str:
    """Return an aware instant as UTC text of fixed width, microseconds and ``Z``."""
    if at.tzinfo is None:
        raise ValueError("an instant must be aware")
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _text(value: object) -> str:
    return _WRITER.encode(value)


def _require_no_float(*values: object) -> None:
    for value in values:
        if isinstance(value, str):  # nearly every value, and this runs inside a transaction
            continue
        if isinstance(value, float):
            raise TypeError("a float has no canonical form")
        if isinstance(value, dict):
            _require_no_float(*value.values())
        elif isinstance(value, list | tuple):
            _require_no_float(*value)


def _is_union_of_classes(kind: Any) -> bool:
    if get_origin(kind) not in (Union, UnionType):
        return False
    members = [member for member in get_args(kind) if member is not NoneType]
    return len(members) > 1 and all(is_dataclass(member) for member in members)


def _is_mapping(kind: Any) -> bool:
    return get_origin(kind) is Mapping


def _is_frozen_set(kind: Any) -> bool:
    return get_origin(kind) is frozenset


@cache
def _converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook(UUID, str)
    converter.register_structure_hook(UUID, lambda text, _: UUID(text))
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(datetime, instant_text)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_structure_hook_factory(_is_mapping, _frozen_mapping_reader(converter))
    converter.register_unstructure_hook_factory(_is_mapping, _mapping_writer(converter))
    converter.register_unstructure_hook_factory(_is_frozen_set, _set_writer(converter))
    converter.register_structure_hook_factory(is_dataclass, _class_reader(converter))
    converter.register_unstructure_hook_factory(is_dataclass, _class_writer(converter))
    converter.register_structure_hook_factory(_is_union_of_classes, _union_reader(converter))
    converter.register_unstructure_hook_factory(_is_union_of_classes, _union_writer(converter))
    return converter


def _class_reader(converter: Converter) -> Any:
    def factory(kind: Any) -> Any:
        # cattrs' own does not resolve a class that names itself inside a tuple; so hooks are
        # looked up when the first value comes, which ends the circle too
        @cache
        def hooks() -> dict[str, tuple[Any, Any]]:
            kinds = get_type_hints(kind)
            return {name: (converter.get_structure_hook(of), of) for name, of in kinds.items()}

        def read(data: Any, _: Any) -> Any:
            known = hooks()
            values = {}
            for name, inner in data.items():
                hook, of = known[name]
                values[name] = hook(inner, of)
            return kind(**values)

        return read

    return factory


def _class_writer(converter: Converter) -> Any:
    def factory(kind: Any) -> Any:
        @cache
        def hooks() -> tuple[tuple[str, Any], ...]:
            kinds = get_type_hints(kind)
            return tuple(
                (known.name, converter.get_unstructure_hook(kinds[known.name]))
                for known in fields(kind)
            )

        def write(value: Any) -> Any:
            return {name: hook(getattr(value, name)) for name, hook in hooks()}

        return write

    return factory


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


def _union_writer(converter: Converter) -> Any:
    def factory(_kind: Any) -> Any:
        def write(value: Any) -> Any:
            if value is None:
                return None
            return {CLASS_KEY: type(value).__name__, **converter.unstructure(value)}

        return write

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


def _mapping_writer(converter: Converter) -> Any:
    def factory(kind: Any) -> Any:
        hook = converter.get_unstructure_hook(get_args(kind)[1])

        def write(value: Any) -> Any:
            return {_key_text(key): hook(inner) for key, inner in value.items()}

        return write

    return factory


def _key_text(key: Any) -> str:
    return str(key.value) if isinstance(key, Enum) else str(key)


def _set_writer(converter: Converter) -> Any:
    return lambda _kind: lambda value: sorted(converter.unstructure(inner) for inner in value)
