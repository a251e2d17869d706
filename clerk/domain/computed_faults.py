"""Computed lines that cannot be worked out, and anything that goes round in a circle."""

from collections.abc import Iterator, Mapping, Sequence

from clerk.domain.computed import ARITHMETIC, Computed, ComputedKind
from clerk.domain.condition import (
    Condition,
    FieldCompares,
    FieldIs,
    MaterialGiven,
    leaves_of,
    paths_in,
)
from clerk.domain.errors import BadInput
from clerk.domain.path_faults import day_faults, moved_day_faults
from clerk.domain.standard import FieldKind, FormField, ItemStandard

_NUMERIC = frozenset({FieldKind.NUMBER, FieldKind.INTEGER, FieldKind.MONEY})
_RESULT = {ComputedKind.AGE: FieldKind.INTEGER, ComputedKind.DATE: FieldKind.DATE}
Edges = Mapping[str, Sequence[str]]


def computed_faults(standard: ItemStandard) -> Iterator[BadInput]:
    """Yield what is wrong with the computed lines, each by itself."""
    lines = {line.code: line for line in standard.fields}
    for line in standard.fields:
        computed = line.computed
        if computed is None:
            continue
        place = f"fields {line.code}.computed"
        if line.prefill:
            yield BadInput(f"{place}：推算出来的项不能再预填 prefill")
        if computed.kind in ARITHMETIC:
            yield from _arithmetic(line, computed, lines, place)
        elif line.kind is not _RESULT[computed.kind]:
            yield BadInput(f"{place}：结果应填入 {_RESULT[computed.kind].value} 类的表单项")
        if computed.kind is ComputedKind.AGE:
            yield from day_faults(computed.path, standard, place)
        if computed.day is not None:
            yield from moved_day_faults(computed.day, standard, place)


def circle_faults(standard: ItemStandard) -> Iterator[BadInput]:
    """Yield every circle: lines worked out of each other, or asked only because of each other."""
    computed = {line.code: _sources(line.computed) for line in standard.fields}
    yield from _circles(computed, "fields", "互相推算，算不出来")
    asked = {line.code: _fields_in(line.when) for line in standard.fields}
    yield from _circles(asked, "fields", "互相以对方为条件，永远不会问")
    materials = {line.code: _materials_in(line.when) for line in standard.requirements}
    yield from _circles(materials, "requirements", "互相以对方为条件，收不收说不清")


def _arithmetic(
    line: FormField, computed: Computed, lines: Mapping[str, FormField], place: str
) -> Iterator[BadInput]:
    if line.kind not in _NUMERIC:
        yield BadInput(f"{place}：结果是数，表单项 {line.code} 不是")
        return
    if len(computed.of) < 2:
        yield BadInput(f"{place}：至少要有两项才能算")
    for code in computed.of:
        part = lines.get(code)
        if part is None:
            yield BadInput(f"{place}：没有表单项 {code}")
        elif part.kind not in _NUMERIC:
            yield BadInput(f"{place}：表单项 {code} 不是数，不能计算")
        elif computed.kind is not ComputedKind.PRODUCT and part.unit != line.unit:
            yield BadInput(f"{place}：表单项 {code} 的单位是{part.unit}，结果的单位是{line.unit}")


def _sources(computed: Computed | None) -> tuple[str, ...]:
    return computed.lines if computed else ()


def _fields_in(condition: Condition | None) -> tuple[str, ...]:
    leaves = [leaf for leaf in leaves_of(condition) if isinstance(leaf, FieldIs | FieldCompares)]
    paths = (path.partition(":") for path in paths_in(condition))
    named = (code for word, _, code in paths if word == "field")
    return (*(leaf.field for leaf in leaves), *named)


def _materials_in(condition: Condition | None) -> tuple[str, ...]:
    leaves = leaves_of(condition)
    return tuple(leaf.material for leaf in leaves if isinstance(leaf, MaterialGiven))


def _circles(edges: Edges, place: str, why: str) -> Iterator[BadInput]:
    """Yield each circle once, told at the first of it in the standard's order."""
    told: set[str] = set()
    for code in edges:
        circle = [] if code in told else _way_back(code, edges)
        if circle:
            told.update(circle)
            yield BadInput(f"{place} {code}：{' → '.join((*circle, code))} {why}")


def _way_back(start: str, edges: Edges) -> list[str]:
    """Return the shortest way from ``start`` back to itself, empty where there is none."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for code in edges.get(way[-1], ()):
            if code == start:
                return way
            if code not in seen:
                seen.add(code)
                ways.append([*way, code])
    return []
