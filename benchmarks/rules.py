"""Goal 14: which of thirty materials a case is asked for, by ten conditions each, and why not.

Beside the same conditions as one generated Python function, the least that can be done, and as
JSON Logic, which bureaus know from form builders. All three must give the same list.
"""

import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from time import thread_time
from typing import Any

from json_logic import jsonLogic

from benchmarks.figures import Figure, Goal, in_turn
from clerk import assets
from clerk.domain.condition import AllOf, Comparison, Condition, Facts, FieldCompares, FieldIs
from clerk.domain.form import asked_of
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_parsing import standard_from

MATERIALS, CONDITIONS, FIELDS = 30, 10, 40
CHECKS, ROUNDS, SEED = 50, 21, 3
ITEM = "standards/food_business_permit/2025-01-01.toml"
WORDS = ("个人", "单位", "新办", "变更", "本市", "跨省")

GENERATED = Goal(number=14, floor=3, reach=2.5)
JSON_LOGIC = Goal(number=14, floor=0.08, reach=0.08)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One condition three times: ours, as Python source, as JSON Logic."""

    ours: Condition
    source: str
    logic: Mapping[str, Any]


def measure(_large: bool) -> Sequence[Figure]:
    """Check the same case by all three, in turn."""
    chosen = random.Random(SEED)  # noqa: S311  made-up cases
    values = {
        f"f{place}": str(chosen.randrange(100)) if place % 2 else chosen.choice(WORDS)
        for place in range(FIELDS)
    }
    lists = [[_condition(chosen, values) for _ in range(CONDITIONS)] for _ in range(MATERIALS)]
    standard = _standard(lists)
    facts = Facts(
        answers={},
        fields=values,
        applicant_kind=None,
        age=None,
        has_handler=False,
        on=date(2026, 3, 18),
    )
    typed = {code: int(text) if text.isdigit() else text for code, text in values.items()}
    generated = _generated(lists)
    logic = [{"and": [said.logic for said in of_one]} for of_one in lists]

    def ours() -> list[bool]:
        fresh = replace(facts)  # as after a key: no number of it has been read yet
        asked = {wanted.code for wanted in asked_of(standard, fresh).requirements}
        return [wanted.code in asked for wanted in standard.requirements]

    def as_function() -> list[bool]:
        return generated(typed)

    def as_json_logic() -> list[bool]:
        return [bool(jsonLogic(rule, typed)) for rule in logic]

    if not ours() == as_function() == as_json_logic():
        raise AssertionError("the three do not ask for the same materials")
    return [
        GENERATED.figure(
            "30 x 10 conditions / generated function",
            *in_turn(ROUNDS, _timed(ours), _timed(as_function)),
            "ms",
        ),
        JSON_LOGIC.figure(
            "30 x 10 conditions / JSON Logic",
            *in_turn(ROUNDS, _timed(ours), _timed(as_json_logic)),
            "ms",
        ),
    ]


def _timed(check: Callable[[], object]) -> Callable[[], float]:
    """Measure in processor time: it is nothing but computing."""

    def work() -> float:
        begun = thread_time()
        for _ in range(CHECKS):
            check()
        return (thread_time() - begun) * 1e3 / CHECKS

    return work


def _condition(chosen: random.Random, values: Mapping[str, str]) -> _Said:
    """Make a condition that mostly holds, as those of a case that is nearly complete do."""
    field = f"f{chosen.randrange(FIELDS)}"
    value, holds = values[field], chosen.random() < 0.97
    if value.isdigit():
        than = int(value) + (1 if holds else -1)
        return _Said(
            ours=FieldCompares(field=field, comparison=Comparison.LESS, than=Decimal(than)),
            source=f"case[{field!r}] < {than}",
            logic={"<": [{"var": field}, than]},
        )
    among = ("甲", value, "乙") if holds else ("甲", "乙")
    return _Said(
        ours=FieldIs(field=field, values=among),
        source=f"case[{field!r}] in {among!r}",
        logic={"in": [{"var": field}, list(among)]},
    )


def _standard(lists: Sequence[Sequence[_Said]]) -> ItemStandard:
    standard = standard_from(tomllib.loads(assets.read_text("resources", ITEM)))
    pattern = standard.requirements[0]
    return replace(
        standard,
        questions=(),
        fields=(),
        requirements=tuple(
            replace(pattern, code=f"M{place}", when=AllOf(of=tuple(said.ours for said in of_one)))
            for place, of_one in enumerate(lists)
        ),
    )


def _generated(lists: Sequence[Sequence[_Said]]) -> Callable[[Mapping[str, object]], list[bool]]:
    rows = (" and ".join(said.source for said in of_one) for of_one in lists)
    names: dict[str, Any] = {}
    exec(f"def check(case): return [{', '.join(rows)}]", names)  # noqa: S102  the yardstick itself
    check: Callable[[Mapping[str, object]], list[bool]] = names["check"]
    return check
