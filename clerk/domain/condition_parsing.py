"""Reads conditions of the closed vocabulary out of a standard's tables.

Each condition is a table with one leading word, one of ``LEADING_WORDS``. docs/standard-format.md
shows every form.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    ApplicantIs,
    CertificateUsed,
    Comparison,
    Condition,
    CounterIs,
    DateCompares,
    FieldCompares,
    FieldIs,
    HandlerActs,
    MaterialGiven,
    Not,
    PlaceWithin,
    ValueCompares,
    ValueContains,
    ValueIs,
)
from clerk.domain.errors import BadInput, StandardFaulty
from clerk.domain.moved_day import FARTHEST, DayUnit, MovedDay
from clerk.domain.party import PartyKind
from clerk.domain.toml_reading import Table

LEADING_WORDS: Final = (
    "answer",
    "applicant",
    "field",
    "age",
    "handler",
    "counter",
    "place",
    "date",
    "certificate",
    "material",
    "all",
    "any",
    "not",
)


def condition_from(mapping: Mapping[str, object]) -> Condition:
    """Return the condition a table says.

    Raises:
        StandardFaulty: it does not; every fault is listed.
    """
    faults: list[BadInput] = []
    condition = read_condition(Table(mapping, "", faults))
    if faults or condition is None:
        raise StandardFaulty(
            "这个条件写得不对，没有采用。请按所列各处改正后再试", tuple(map(str, faults))
        )
    return condition


def optional_condition(table: Table, key: str) -> Condition | None:
    """Return the condition below ``key``, None where there is none or it cannot be read."""
    if not table.has(key):
        return None
    below = table.readable_table(key)
    return None if below is None else read_condition(below)


def read_condition(table: Table) -> Condition | None:
    """Return the condition of one table, None and a fault where it says none."""
    leading = [word for word in LEADING_WORDS if table.has(word)]
    if len(leading) != 1:
        allowed = "、".join(LEADING_WORDS)
        table.faults.append(BadInput(f"{table.at('?')}：条件要恰好用一个词开头：{allowed}"))
        return None
    condition = _by_word(leading[0], table)
    table.close()
    return condition


def _by_word(word: str, table: Table) -> Condition | None:
    match word:
        case "answer":
            return AnswerIs(question=table.text("answer"), options=table.texts("is", required=True))
        case "applicant":
            return ApplicantIs(kinds=table.words("applicant", PartyKind))
        case "field":
            return _of_field(table)
        case "age":
            return _of_age(table)
        case "handler":
            return HandlerActs() if table.flag("handler") else Not(of=HandlerActs())
        case "counter":
            return CounterIs(counters=table.texts("counter", required=True))
        case "place":
            places = table.texts("within", required=True)
            return PlaceWithin(path=table.text("place"), places=places)
        case "date":
            return _of_date(table)
        case "certificate":
            return _of_certificate(table)
        case "material":
            return MaterialGiven(material=table.text("material"), ways=_ways(table))
        case "not":
            inner = optional_condition(table, "not")
            return None if inner is None else Not(of=inner)
        case "all":
            return AllOf(of=_several(table, "all"))
        case _:
            return AnyOf(of=_several(table, "any"))


def _several(table: Table, key: str) -> tuple[Condition, ...]:
    found = (read_condition(line) for line in table.tables(key, required=True))
    return tuple(condition for condition in found if condition is not None)


def _of_field(table: Table) -> Condition | None:
    field = table.text("field")
    if table.has("is"):
        return FieldIs(field=field, values=table.texts("is", required=True))
    if table.has("contains"):
        return ValueContains(path=f"field:{field}", words=table.texts("contains", required=True))
    compared = _compared(table)
    if compared is None:
        return None
    comparison, than = compared
    return FieldCompares(field=field, comparison=comparison, than=than)


def _of_certificate(table: Table) -> Condition | None:
    """Read of which type a certificate is used, or what one of its values is."""
    named = table.text("certificate")
    path = f"certificate:{named}"
    if table.has("used"):
        used = CertificateUsed(type_code=named)
        return used if table.flag("used") else Not(of=used)
    if table.has("is"):
        return ValueIs(path=path, values=table.texts("is", required=True))
    if table.has("contains"):
        return ValueContains(path=path, words=table.texts("contains", required=True))
    units = table.texts("units")
    compared = _compared(table)
    if compared is None:
        return None
    comparison, than = compared
    return ValueCompares(path=path, comparison=comparison, than=than, units=units)


def _ways(table: Table) -> tuple[str, ...]:
    return table.texts("by", required=True) if table.has("by") else ()


def _of_date(table: Table) -> Condition | None:
    path = table.text("date")
    word = _comparison(table)
    if word is None:
        return None
    than = moved_day(table, word.value)
    return None if than is None else DateCompares(path=path, comparison=word, than=than)


def moved_day(table: Table, key: str) -> MovedDay | None:
    """Read a day: a TOML date, a path, or either with ``days``, ``workdays``, ``months``, ``years``.

    In the long form ``from`` names the path or the date; a negative number lies before it.
    """
    raw = table.raw(key)
    if isinstance(raw, str):
        return MovedDay(path=table.text(key))
    if isinstance(raw, date):
        return MovedDay(day=table.day(key))
    below = table.readable_table(key)
    if below is None:
        return None
    of_path = isinstance(below.raw("from"), str)
    path, day = (below.text("from"), None) if of_path else ("", below.day("from"))
    by, unit = _moved_by(below)
    below.close()
    return MovedDay(path=path, day=day, by=by, unit=unit)


def _moved_by(table: Table) -> tuple[int, DayUnit]:
    given = [unit for unit in DayUnit if table.has(unit.value)]
    if len(given) > 1:
        table.faults.append(BadInput(f"{table.at('?')}：一次只按一种单位推算"))
    if not given:
        return 0, DayUnit.DAYS
    found = table.raw(given[0].value)
    if not isinstance(found, int) or isinstance(found, bool) or abs(found) > FARTHEST:
        table.faults.append(
            BadInput(f"{table.at(given[0].value)}：应为不超过{FARTHEST}的整数，往前推写负数")
        )
        return 0, DayUnit.DAYS
    return (found, given[0]) if found else (0, DayUnit.DAYS)


def _of_age(table: Table) -> Condition | None:
    below = table.readable_table("age")
    if below is None:
        return None
    compared = _compared(below)
    below.close()
    if compared is None:
        return None
    comparison, years = compared
    if years != years.to_integral_value():
        table.faults.append(BadInput(f"{table.at('age')}：年龄要用整岁"))
    return AgeCompares(comparison=comparison, years=int(years))


def _compared(table: Table) -> tuple[Comparison, Decimal] | None:
    word = _comparison(table)
    than = table.number(word.value) if word else None
    return None if word is None or than is None else (word, than)


def _comparison(table: Table) -> Comparison | None:
    given = [word for word in Comparison if table.has(word.value)]
    if len(given) != 1:
        allowed = "、".join(word.value for word in Comparison)
        table.faults.append(BadInput(f"{table.at('?')}：要恰好用一个比较词：{allowed}"))
        return None
    return given[0]
