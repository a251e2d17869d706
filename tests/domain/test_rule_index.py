"""The index says of a whole standard what every condition of it says by itself."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from clerk.domain.condition import (
    AgeCompares,
    AllOf,
    AnswerIs,
    AnyOf,
    ApplicantIs,
    Comparison,
    CounterIs,
    DateCompares,
    Facts,
    FieldCompares,
    FieldIs,
    HandlerActs,
    MaterialGiven,
    Not,
    Truth,
    ValueContains,
    evaluate,
)
from clerk.domain.form import asked_of
from clerk.domain.moved_day import MovedDay
from clerk.domain.party import PartyKind
from tests.domain.at_the_window import FOOD

CODES = st.sampled_from(["a", "b"])
WORDS = st.lists(st.sampled_from(["x", "y", "1"]), min_size=1, max_size=2).map(tuple)
NUMBERS = st.sampled_from(["0", "1", "1.5", "2", "10"]).map(Decimal)
LEAVES = st.one_of(
    st.builds(AnswerIs, question=CODES, options=WORDS),
    st.builds(FieldIs, field=CODES, values=WORDS),
    st.builds(FieldCompares, field=CODES, comparison=st.sampled_from(Comparison), than=NUMBERS),
    st.builds(
        AgeCompares, comparison=st.sampled_from(Comparison), years=st.sampled_from([18, 60, 80])
    ),
    st.builds(ApplicantIs, kinds=st.lists(st.sampled_from(PartyKind), min_size=1).map(tuple)),
    st.builds(HandlerActs),
    st.builds(CounterIs, counters=WORDS),
    st.builds(MaterialGiven, material=CODES),
    st.builds(ValueContains, path=st.just("field:a"), words=WORDS),
    st.builds(
        DateCompares,
        path=st.just("field:b"),
        comparison=st.sampled_from(Comparison),
        than=st.builds(MovedDay, path=st.just("today"), by=st.integers(-2, 2)),
    ),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, of=inner),
        st.builds(AllOf, of=st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, of=st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)
TEXTS = st.sampled_from(["", "x", "y", "1", "1.5", "2", "-3", "10.0", "٣", "2026-03-18"])
FACTS = st.builds(
    Facts,
    answers=st.dictionaries(CODES, st.sampled_from(["x", "y", "z"])),
    fields=st.dictionaries(CODES, TEXTS),
    applicant_kind=st.none() | st.sampled_from(PartyKind),
    age=st.none() | st.sampled_from([17, 18, 60, 79, 80, 100]),
    has_handler=st.booleans(),
    on=st.just(date(2026, 3, 18)),
    counter=st.sampled_from(["", "x", "z"]),
    materials=st.dictionaries(CODES, st.sampled_from(["paper", "deferral"])),
)
PATTERN = replace(FOOD, questions=FOOD.questions[:3], fields=FOOD.fields[:3])


@settings(max_examples=200)
@given(st.lists(CONDITIONS, min_size=1, max_size=4), FACTS)
def test_a_line_is_asked_for_exactly_where_its_own_condition_says_so(conditions, facts):
    """Of questions and fields where it holds, of materials unless it is known not to hold."""
    standard = replace(
        PATTERN,
        questions=tuple(
            replace(FOOD.questions[0], code=f"Q{at}", when=one) for at, one in enumerate(conditions)
        ),
        fields=tuple(
            replace(FOOD.fields[0], code=f"F{at}", when=one) for at, one in enumerate(conditions)
        ),
        requirements=tuple(
            replace(FOOD.requirements[0], code=f"R{at}", when=one)
            for at, one in enumerate(conditions)
        ),
    )

    asked = asked_of(standard, facts)

    said = [evaluate(one, facts) for one in conditions]
    holds = [at for at, truth in enumerate(said) if truth is Truth.YES]
    not_out = [at for at, truth in enumerate(said) if truth is not Truth.NO]
    assert [line.code for line in asked.questions] == [f"Q{at}" for at in holds]
    assert [line.code for line in asked.fields] == [f"F{at}" for at in holds]
    assert [line.code for line in asked.requirements] == [f"R{at}" for at in not_out]
    assert len(asked.dropped) == len(conditions) - len(not_out)


def test_a_changed_version_is_not_asked_by_the_index_of_the_one_before():
    facts = Facts(
        answers={},
        fields={},
        applicant_kind=None,
        age=None,
        has_handler=False,
        on=date(2026, 3, 18),
    )
    before = asked_of(FOOD, facts)

    after = asked_of(replace(FOOD, requirements=FOOD.requirements[:1]), facts)

    assert len(before.requirements) > 1
    assert after.requirements == FOOD.requirements[:1]
    assert replace(FOOD) == FOOD
