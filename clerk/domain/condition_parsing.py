"""Reads conditions of the closed vocabulary out of a standard's tables.

Each condition is a table with one leading word: ``answer``, ``applicant``, ``field``, ``age``,
``handler``, ``all``, ``any`` or ``not``. docs/standard-format.md shows every form.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    ApplicantIs,
    Comparison,
    Condition,
    FieldCompares,
    FieldIs,
    HandlerActs,
    Not,
)
from clerk.domain.errors import BadInput, StandardFaulty
from clerk.domain.party import PartyKind
from clerk.domain.toml_reading import Table

LEADING_WORDS: Final = ("answer", "applicant", "field", "age", "handler", "all", "any", "not")


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
    compared = _compared(table)
    if compared is None:
        return None
    comparison, than = compared
    return FieldCompares(field=field, comparison=comparison, than=than)


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
    given = [word for word in Comparison if table.has(word.value)]
    if len(given) != 1:
        allowed = "、".join(word.value for word in Comparison)
        table.faults.append(BadInput(f"{table.at('?')}：要恰好用一个比较词：{allowed}"))
        return None
    than = table.number(given[0].value)
    return None if than is None else (given[0], than)
