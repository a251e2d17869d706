"""Domain values as canonical JSON text, written straight from how their types are declared.

A case is written at every save, inside its transaction, so no plain data are made on the way. The
text has sorted keys, no blanks and plain UTF-8: equal values have equal bytes.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from threading import local
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from clerk.values import field_names, is_value

CLASS_KEY = "is"
"""Under this key a value of a union of classes carries its class name."""

Writer = Callable[[Any], str]


class _Shared(local):
    texts: dict[tuple[int, Writer], tuple[object, str]] | None = None


_SHARED = _Shared()


@contextmanager
def each_written_once() -> Iterator[None]:
    """Write a mapping once that several values share: a case, and the check kept beside it.

    Nothing of it is kept afterwards. Other threads write as ever.
    """
    _SHARED.texts = {}
    try:
        yield
    finally:
        _SHARED.texts = None


@lru_cache(maxsize=256)  # the parts of one case bear the same few instants
def instant_text(at: datetime) -> str:
    """Return an aware instant as UTC text of fixed width, microseconds and ``Z``."""
    if at.tzinfo is None:
        raise ValueError("an instant must be aware")
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


@lru_cache(maxsize=256)
def _quoted_instant(at: datetime) -> str:
    return f'"{instant_text(at)}"'


@cache
def writer_of(kind: Any) -> Writer:
    """Return what writes values that are declared as ``kind``."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _of_union([member for member in inner if member is not NoneType])
    if origin is tuple:
        return _of_tuple(writer_of(inner[0]))
    if origin is Mapping:
        return _of_mapping(writer_of(inner[1]))
    if origin is frozenset:
        return _of_set(writer_of(inner[0]))
    if is_value(kind):
        return _of_class(kind, {})
    for plain, write in _PLAIN:
        if issubclass(kind, plain):
            return write
    raise TypeError(f"{kind} has no canonical form")


_PLAIN: tuple[tuple[type, Writer], ...] = (
    (str, quoted),
    (bool, lambda value: "true" if value else "false"),
    (int, int.__repr__),
    (datetime, _quoted_instant),
    (date, lambda value: f'"{value.isoformat()}"'),
    (Decimal, lambda value: f'"{value}"'),
    (UUID, lambda value: f'"{value}"'),
)
"""A class stands before its base; the words of an enumeration are strings."""


def _of_class(kind: Any, more: dict[str, str]) -> Writer:
    # what writes the fields is looked up when the first value comes: a class may hold itself
    @cache
    def plan() -> tuple[str, Callable[[Any], tuple[Any, ...]], list[Writer]]:
        kinds = get_type_hints(kind)
        attributes = sorted(({name: name for name in field_names(kind)} | more).items())
        places = ",".join(f"{quoted(key)}:%s" for key, _ in attributes)
        names = [name for _, name in attributes]
        writers = [
            writer_of(unless_none(kinds[name])) if name in kinds else _class_name for name in names
        ]
        return f"{{{places}}}", _values_of(names), writers

    def written(value: Any) -> str:
        text, values_of, writers = plan()
        return text % tuple(
            [
                "null" if inner is None else write(inner)
                for write, inner in zip(writers, values_of(value), strict=True)
            ]
        )

    return written


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of these attributes, in one step where there are several."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def unless_none(kind: Any) -> Any:
    """Return ``kind`` as of a value that is not None, where only one class is left of it."""
    members = [member for member in get_args(kind) if member is not NoneType]
    one_left = get_origin(kind) in (Union, UnionType) and len(members) == 1
    return members[0] if one_left else kind


def _class_name(kind: type) -> str:
    return quoted(kind.__name__)


def _of_union(members: list[Any]) -> Writer:
    if len(members) == 1:
        write_one = writer_of(members[0])
        return lambda value: "null" if value is None else write_one(value)
    more = {CLASS_KEY: "__class__"}
    by_class = {member: _of_class(member, more) for member in members}
    return lambda value: "null" if value is None else by_class[type(value)](value)


def _of_tuple(write: Writer) -> Writer:
    return lambda value: f"[{','.join([write(inner) for inner in value])}]" if value else "[]"


def _of_set(write: Writer) -> Writer:
    return lambda value: f"[{','.join([write(inner) for inner in sorted(value)])}]"


def _of_mapping(write: Writer) -> Writer:
    def written(value: Mapping[str, Any]) -> str:
        if not value:
            return "{}"
        texts = _SHARED.texts
        if texts is None:
            return text_of(value)
        key = id(value), write
        known = texts.get(key)
        if known is None:  # what is held here cannot leave its id to another
            known = texts[key] = value, text_of(value)
        return known[1]

    def text_of(value: Mapping[str, Any]) -> str:
        lines = [f"{quoted(key)}:{write(value[key])}" for key in sorted(value)]
        return f"{{{','.join(lines)}}}"

    return written
