"""What every room's values are made of: a dataclass to its reader, a struct of msgspec in memory.

The program holds some five hundred kinds of values. The standard library writes six functions of
Python for each of them, which takes eight times the memory and most of the time of a start; a
struct shares its own, in C. Where somebody asks, ``dataclasses`` knows these values as its own. A
kind with a field that is not given or not compared stays a dataclass of the standard library.
"""

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  with all that mypy knows of it
    from dataclasses import replace as replace  # noqa: PLC0414
else:
    from functools import cache
    from inspect import get_annotations

    import msgspec
    from msgspec.structs import replace as replace_struct

    class _Fields:
        """The fields of a kind as ``dataclasses`` keeps them, made when it asks for them."""

        def __get__(self, value: Any, kind: type) -> dict[str, Any]:
            return _fields_of(kind)

    class _Kind(type(msgspec.Struct)):
        """Makes a struct of what is written as a dataclass; so is every class below one."""

        def __new__(
            mcs, name: str, bases: tuple[type, ...], own: dict[str, Any], **how: bool
        ) -> Any:
            asked = {n: held for n, held in own.items() if isinstance(held, dataclasses.Field)}
            own = {n: held for n, held in own.items() if n not in asked}
            own |= {n: _default(field) for n, field in asked.items() if not _is_bare(field)}
            hidden = frozenset(n for n, field in asked.items() if not field.repr)
            if hidden:
                own["__hidden__"] = hidden.union(*(getattr(one, "__hidden__", ()) for one in bases))
                own["__repr__"] = _repr_without_hidden
            return super().__new__(mcs, name, bases, own, **({"kw_only": True} | how))

    class _Value(msgspec.Struct, metaclass=_Kind):
        __dataclass_fields__ = _Fields()

    def dataclass(*, slots: bool, **how: bool) -> Any:
        """Return what makes a class a kind of value; the words are those of ``dataclasses``.

        Raises:
            TypeError: a value has ``slots``, and every field of it is given and compared.
        """
        if not slots:
            raise TypeError("a value holds its fields and nothing else")

        def made(kind: type) -> type:
            if isinstance(kind, _Kind):
                alike = kind.__struct_config__.frozen == how.get("frozen", False)
                if not (alike and how.get("kw_only")):
                    raise TypeError("what is derived takes its fields by name, and is as frozen")
                return kind  # what it is derived from is one, so it was made as one
            own = {name: held for name, held in vars(kind).items() if name not in _OF_THE_CLASS}
            bases = tuple(base for base in kind.__bases__ if base is not object)
            return _Kind(kind.__name__, (_Value, *bases), own, **({"kw_only": False} | how))

        return made

    def replace(value: Any, /, **changes: Any) -> Any:
        """Return a new value with ``changes``; that of ``dataclasses`` takes twenty times as long."""
        if isinstance(value, _Value):
            return replace_struct(value, **changes)
        return dataclasses.replace(value, **changes)

    _OF_THE_CLASS = frozenset({"__dict__", "__weakref__", "__slots__"})

    def _is_bare(field: dataclasses.Field) -> bool:
        """Whether a field has no default; raises ``TypeError`` where a struct has no such field."""
        if not field.init or not field.compare:
            raise TypeError("a field of a value is given, and compared")
        return field.default is field.default_factory is dataclasses.MISSING

    def _default(field: dataclasses.Field) -> Any:
        if field.default_factory is not dataclasses.MISSING:
            return msgspec.field(default_factory=field.default_factory)
        return field.default

    def _repr_without_hidden(value: Any) -> str:
        told = (name for name in field_names(value) if name not in value.__hidden__)
        parts = ", ".join(f"{name}={getattr(value, name)!r}" for name in told)
        return f"{type(value).__name__}({parts})"

    @cache
    def _fields_of(kind: type) -> dict[str, Any]:
        names, defaults = kind.__struct_fields__, kind.__struct_defaults__
        said: dict[str, Any] = {}
        for base in reversed(kind.__mro__):
            said |= get_annotations(base)
        given = dict(zip(names[len(names) - len(defaults) :], defaults, strict=True))
        parts = [
            (name, said[name], *_as_field(given.get(name, msgspec.NODEFAULT))) for name in names
        ]
        how = {"init": False, "repr": False, "eq": False, "kw_only": True}
        return dataclasses.make_dataclass(kind.__name__, parts, **how).__dataclass_fields__

    def _as_field(default: Any) -> tuple[Any, ...]:
        if default is msgspec.NODEFAULT:
            return ()
        if isinstance(default, _FACTORY):
            return (dataclasses.field(default_factory=default.factory),)
        return (dataclasses.field(default=default),)

    class _Sample(msgspec.Struct):
        many: list[str] = msgspec.field(default_factory=list)

    _FACTORY = type(_Sample.__struct_defaults__[0])


def is_value(one: object) -> bool:
    """Whether this is a kind of value, or a value; of ``dataclasses`` as well."""
    kind = one if isinstance(one, type) else type(one)
    return hasattr(kind, "__struct_fields__") or dataclasses.is_dataclass(kind)


def field_names(one: Any) -> tuple[str, ...]:
    """Return the names of the fields of a value, or of a kind of values, in their order."""
    found: tuple[str, ...] | None = getattr(one, "__struct_fields__", None)
    return tuple(field.name for field in dataclasses.fields(one)) if found is None else found
