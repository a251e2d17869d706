"""The table of the law itself: each row says something that the comparison with the clock needs.

Every row is spoilt in turn, in every way a row can be; on a few courses, the law so spoilt must
differ from the program's clock.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from clerk.domain.case import CaseEvent, CaseState
from clerk.domain.clock import CaseFacts, CaseLaw, after, moves
from tests.domain.at_the_clock import (
    BENEFIT,
    CHAINED,
    FILING,
    PERMIT,
    STEPS,
    WAYS,
    by_the_law,
    by_the_program,
    course,
)
from tests.domain.law_of_the_counter import DAY_OF_THE_NOTICE_TERM, ITS_DAY, LAW, Row
from tests.domain.law_reader import Standing, told

Course = tuple[CaseLaw, tuple[CaseEvent, ...]]

Answer = tuple[bool, str, dict[str, tuple[date, bool]]]


@cache
def courses() -> tuple[Course, ...]:
    return tuple(
        (law, course(f"{way} {step}"))
        for law in (PERMIT, BENEFIT, CHAINED, FILING)
        for way in WAYS
        for step in STEPS
    )


def program_says(law: CaseLaw, events: tuple[CaseEvent, ...]) -> Iterator[Answer]:
    facts = CaseFacts()
    for event in events:
        moved = moves(law, facts, event)
        facts = after(law, facts, event)
        yield moved, *by_the_program(law, facts)


@cache
def program_on_course(number: int) -> list[Answer]:
    return list(program_says(*courses()[number]))


def law_says(
    law: CaseLaw, events: tuple[CaseEvent, ...], rows: tuple[Row, ...] = LAW
) -> Iterator[Answer]:
    now = Standing()
    for event in events:
        moved = told(law, now, event, rows) is not None
        yield moved, *by_the_law(law, now)


def spoilt(row: Row) -> Iterator[tuple[str, Row | None]]:
    """Yield the row with each thing it says left out or said otherwise."""
    yield "struck", None
    yield "leads elsewhere", replace(row, to="94" if row.to != "94" else "95")
    for state in row.states:
        others = tuple(one for one in row.states if one != state)
        yield f"not from {state}", replace(row, states=others)
    if row.when != "always":
        yield "whatever the condition", replace(row, when="always")
        yield "on the contrary condition", replace(row, when=f"not: {row.when}")
    for term, which in row.begins.items():
        other = ITS_DAY if which != ITS_DAY else DAY_OF_THE_NOTICE_TERM
        yield f"{term} begins on {other}", replace(row, begins={**row.begins, term: other})
        yield f"{term} begins not", replace(row, begins={})
    for term in row.stops:
        yield f"{term} runs on", replace(row, stops=())
    for deed in row.does:
        yield f"not: {deed}", replace(row, does=())


SPOILT = [(row, how, otherwise) for row in LAW for how, otherwise in spoilt(row)]


def test_the_program_and_the_law_agree_on_every_kind_of_event_in_every_state():
    for number, (law, events) in enumerate(courses()):
        assert program_on_course(number) == list(law_says(law, events))


def test_the_courses_lead_to_every_state():
    reached = {state for law, events in courses() for _, state, _ in law_says(law, events)}

    assert reached == {state.value for state in CaseState}


@pytest.mark.parametrize(
    ("row", "otherwise"),
    [(row, otherwise) for row, _, otherwise in SPOILT],
    ids=[f"{row.id}: {how}" for row, how, _ in SPOILT],
)
def test_the_comparison_fails_by_any_row_that_says_something_else(row, otherwise):
    rows = tuple(one for one in LAW if one is not row)
    spoilt_law = rows if otherwise is None else (otherwise, *rows)
    touched = [
        number
        for number, (_, events) in enumerate(courses())
        if row.event in {event.kind.value for event in events}
    ]

    assert any(
        program_on_course(number) != list(law_says(*courses()[number], spoilt_law))
        for number in touched
    )


def test_each_row_has_its_own_name():
    assert len({row.id for row in LAW}) == len(LAW)
