"""Writes conditions as the tables they are read from: the way back of ``condition_from``."""

from decimal import Decimal

from clerk.domain.computed import Computed
from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    ApplicantIs,
    CertificateUsed,
    Condition,
    CounterIs,
    DateCompares,
    FieldCompares,
    FieldIs,
    HandlerActs,
    Leaf,
    MaterialGiven,
    Not,
    PlaceWithin,
    ValueCompares,
    ValueContains,
    ValueIs,
)
from clerk.domain.moved_day import MovedDay

Written = dict[str, object]


def condition_table(condition: Condition) -> Written:
    """Return the table of a condition; read again it is the same one."""
    match condition:
        case AllOf():
            return {"all": [condition_table(one) for one in condition.of]}
        case AnyOf():
            return {"any": [condition_table(one) for one in condition.of]}
        case Not():
            return {"not": condition_table(condition.of)}
        case _:
            return _leaf(condition)


def _leaf(condition: Leaf) -> Written:
    match condition:
        case AnswerIs():
            return {"answer": condition.question, "is": list(condition.options)}
        case ApplicantIs():
            return {"applicant": [kind.value for kind in condition.kinds]}
        case FieldIs():
            return {"field": condition.field, "is": list(condition.values)}
        case FieldCompares():
            than = number_of(condition.than)
            return {"field": condition.field, condition.comparison.value: than}
        case AgeCompares():
            return {"age": {condition.comparison.value: condition.years}}
        case HandlerActs():
            return {"handler": True}
        case CounterIs():
            return {"counter": list(condition.counters)}
        case PlaceWithin():
            return {"place": condition.path, "within": list(condition.places)}
        case DateCompares():
            than_day = day_table(condition.than)
            return {"date": condition.path, condition.comparison.value: than_day}
        case ValueIs():
            return {**_at(condition.path), "is": list(condition.values)}
        case ValueContains():
            return {**_at(condition.path), "contains": list(condition.words)}
        case ValueCompares():
            units = {"units": list(condition.units)} if condition.units else {}
            than = number_of(condition.than)
            return {**_at(condition.path), condition.comparison.value: than, **units}
        case CertificateUsed():
            return {"certificate": condition.type_code, "used": True}
        case MaterialGiven():
            by = {"by": list(condition.ways)} if condition.ways else {}
            return {"material": condition.material, **by}


def _at(path: str) -> Written:
    """Write of which field or certificate a value is."""
    word, _, named = path.partition(":")
    return {word: named}


def day_table(day: MovedDay) -> object:
    """Return a day as a file says it: a date or a path, in a table where it is moved."""
    begin = day.day or day.path
    return {"from": begin, day.unit.value: day.by} if day.by else begin


def computed_table(computed: Computed) -> Written:
    """Return the table of what a line is worked out from."""
    value: object = list(computed.of) or computed.path
    return {computed.kind.value: day_table(computed.day) if computed.day else value}


def number_of(value: Decimal) -> int | float | Decimal:
    """Return a number as a file holds it, without losing a digit."""
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(str(float(value))) == value else value
