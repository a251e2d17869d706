"""What differs between two versions of an item, or between two catalogues, element by element.

Compares the plain mappings (docs/standard-format.md), so that a draft can be compared however
faulty it is, and nothing that a file may say is left out. The words are in ``wording_difference``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from clerk.domain.errors import StandardFaulty
from clerk.domain.standard_parsing import standard_from
from clerk.domain.standard_writing import table_of
from clerk.values import dataclass

Plain = Mapping[str, object]


class StandardChangeKind(StrEnum):
    """What became of an item, or of one line of it; MOVED: only its place in the list is another."""

    ADDED = "added"
    CHANGED = "changed"
    DROPPED = "dropped"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementChange:
    """One element before and after, as the file says it; None where it is not there."""

    key: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """A changed line of the list ``key``, or the head where ``key`` is empty.

    ``parts`` are lines of lists inside the line (options, review points).
    """

    key: str
    kind: StandardChangeKind
    code: str
    name: str
    elements: tuple[ElementChange, ...] = ()
    parts: tuple["LineChange", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """An item that was added, changed or dropped; ``lines`` in the order of the format."""

    item_code: str
    name: str
    kind: StandardChangeKind
    lines: tuple[LineChange, ...] = ()


LISTS: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "bases": (("law", "article"), "law"),
    "questions": (("code",), "text"),
    "fields": (("code",), "label"),
    "requirements": (("code",), "name"),
    "rules": (("code",), "text"),
    "fees": (("code", "name"), "name"),
    "special_procedures": (("name",), "name"),
    "chain": (("code",), "name"),
    "decline_reasons": (("code",), "text"),
    "return_reasons": (("code",), "text"),
    "chief_points": (("code",), "text"),
    "site_points": (("code",), "text"),
    "delegations": (("counter_code", "from_on"), "counter_code"),
    "options": (("code",), "label"),
    "review_points": (("code",), "text"),
    "exemptions": (("code",), "label"),
}
"""By which keys the lines of a list are known again, and which of them names a line."""

_OF_THE_VERSION: Final = frozenset({"version", "effective_on", "ended_on", "starter"})
"""What every new version says anew and is shown beside the difference, not in it."""


def as_written(table: Plain) -> Plain:
    """Return the mapping with nothing in it that is so anyway; of a faulty draft, itself.

    So a key that is written out at its default is no difference.
    """
    try:
        return table_of(standard_from(table))
    except StandardFaulty:
        return table


def item_change(before: Plain | None, after: Plain | None) -> ItemChange | None:
    """Say what became of an item; None where both say the same, or there is none."""
    kinds = StandardChangeKind
    if before is None or after is None:
        there = before or after
        if there is None:
            return None
        kind = kinds.ADDED if before is None else kinds.DROPPED
        return ItemChange(item_code=_text(there, "item_code"), name=_text(there, "name"), kind=kind)
    lines = tuple(_lines(before, after))
    if not lines:
        return None
    return ItemChange(
        item_code=_text(after, "item_code"),
        name=_text(after, "name"),
        kind=kinds.CHANGED,
        lines=lines,
    )


def _lines(before: Plain, after: Plain) -> Iterator[LineChange]:
    head = tuple(_elements(before, after, _OF_THE_VERSION | LISTS.keys()))
    if head:
        yield LineChange(key="", kind=StandardChangeKind.CHANGED, code="", name="", elements=head)
    for key in LISTS:
        yield from _of_list(key, before.get(key), after.get(key))


def _elements(before: Plain, after: Plain, apart: frozenset[str]) -> Iterator[ElementChange]:
    for key in dict.fromkeys((*before, *after)):
        held, now = before.get(key), after.get(key)
        if key in apart or held == now:
            continue
        if _is_table(held) and _is_table(now) and not _is_value(held) and not _is_value(now):
            for inner in _elements(_table(held), _table(now), frozenset()):
                yield ElementChange(
                    key=f"{key}.{inner.key}", before=inner.before, after=inner.after
                )
        else:
            yield ElementChange(key=key, before=held, after=now)


def _of_list(key: str, before: object, after: object) -> Iterator[LineChange]:
    held, now = _by_identity(key, before), _by_identity(key, after)
    for identity, line in held.items():
        if identity not in now:
            yield _line(key, StandardChangeKind.DROPPED, line)
    for identity, line in now.items():
        if identity not in held:
            yield _line(key, StandardChangeKind.ADDED, line)
            continue
        changed = _changed(key, held[identity], line)
        if changed is not None:
            yield changed
    kept = [identity for identity in held if identity in now]
    if kept != [identity for identity in now if identity in held]:
        yield LineChange(key=key, kind=StandardChangeKind.MOVED, code="", name="")


def _changed(key: str, before: Plain, after: Plain) -> LineChange | None:
    inner = frozenset(LISTS)
    elements = tuple(_elements(before, after, inner))
    parts = tuple(
        part
        for name in LISTS
        if name in before or name in after
        for part in _of_list(name, before.get(name), after.get(name))
    )
    if not elements and not parts:
        return None
    made = _line(key, StandardChangeKind.CHANGED, after)
    return LineChange(
        key=key, kind=made.kind, code=made.code, name=made.name, elements=elements, parts=parts
    )


def _line(key: str, kind: StandardChangeKind, line: Plain) -> LineChange:
    keys, name = LISTS[key]
    return LineChange(key=key, kind=kind, code=_text(line, keys[0]), name=_text(line, name))


def _by_identity(key: str, lines: object) -> Mapping[tuple[str, ...], Plain]:
    """Return the lines by what they are known by; doubles of a faulty draft are counted apart."""
    keys, _ = LISTS[key]
    found: dict[tuple[str, ...], Plain] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for line in lines if isinstance(lines, Sequence) and not isinstance(lines, str) else ():
        if not isinstance(line, Mapping):
            continue
        identity = tuple(_text(line, one) for one in keys)
        times[identity] += 1
        found[(*identity, *[str(times[identity])] * (times[identity] > 1))] = line
    return found


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_value(value: object) -> bool:
    """Whether a table is one value that is shown as a whole: a code, a clause, a limit."""
    table = _table(value)
    return {"code", "label"} <= table.keys() or bool(table.keys() & _WHOLE)


_WHOLE: Final = frozenset(
    {
        "law",
        "amount",
        "answer",
        "applicant",
        "field",
        "age",
        "all",
        "any",
        "not",
        "counter",
        "place",
        "date",
        "material",
    }
)
"""By these keys a clause, a limit or a condition is known, which only makes sense as a whole."""


def _table(value: object) -> Plain:
    return value if isinstance(value, Mapping) else {}


def _text(table: Plain, key: str) -> str:
    found = table.get(key)
    return "" if found is None else str(found)
