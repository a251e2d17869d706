"""A file that is right is read as it is written; whatever else stands in it never crashes."""

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.domain.condition import Comparison, FieldCompares
from clerk.domain.condition_parsing import condition_from
from clerk.domain.condition_writing import condition_table
from clerk.domain.errors import StandardFaulty
from clerk.domain.party import PartyKind
from clerk.domain.standard_parsing import standard_from
from tests.domain.faulty_items import FOOD, faults_of
from tests.domain.starter_items import raw


def test_parsing_leaves_its_input_alone_and_gives_equal_values():
    data = deepcopy(FOOD)

    assert standard_from(data) == standard_from(data)
    assert data == FOOD


def test_a_standard_is_only_as_good_as_all_its_required_keys():
    """Whatever is taken away at the top is told by its name."""
    optional = {"starter", "special_procedures", "delegations", "questions", "fields", "rules"}
    optional |= {
        "return_reasons",
        "chief_points",
        "opinions",
        "on_site_check",
        "offline",
        "aliases",
    }
    optional |= {"site_points", "local_code", "handle_item_code"}
    optional |= {"elements", "decision_limit_workdays", "visit_reason", "remedies"}
    for key in FOOD.keys() - optional:
        data = deepcopy(FOOD)
        del data[key]

        assert any(fault.startswith(f"{key}：缺少") for fault in faults_of(data)), key


WORDS = st.text(alphabet="abcdefgh_", min_size=1, max_size=8)
COMPARISONS = st.sampled_from(Comparison)
DAYS = st.one_of(
    WORDS,
    st.dates(),
    st.builds(
        lambda begin, unit, by: {"from": begin, unit: by},
        WORDS | st.dates(),
        st.sampled_from(["days", "workdays", "months", "years"]),
        st.integers(-40, 40),
    ),
)
CONDITIONS = st.recursive(
    st.one_of(
        st.builds(lambda q, o: {"answer": q, "is": o}, WORDS, st.lists(WORDS, min_size=1)),
        st.builds(
            lambda kinds: {"applicant": kinds},
            st.lists(st.sampled_from([kind.value for kind in PartyKind]), min_size=1),
        ),
        st.builds(lambda f, v: {"field": f, "is": v}, WORDS, st.lists(WORDS, min_size=1)),
        st.builds(
            lambda f, c, n: {"field": f, c.value: n},
            WORDS,
            COMPARISONS,
            st.integers(-1000, 1000),
        ),
        st.builds(lambda c, n: {"age": {c.value: n}}, COMPARISONS, st.integers(0, 130)),
        st.builds(lambda acts: {"handler": acts}, st.booleans()),
        st.builds(lambda codes: {"counter": codes}, st.lists(WORDS, min_size=1)),
        st.builds(
            lambda p, names: {"place": p, "within": names}, WORDS, st.lists(WORDS, min_size=1)
        ),
        st.builds(lambda p, c, day: {"date": p, c.value: day}, WORDS, COMPARISONS, DAYS),
        st.builds(
            lambda t, w: {"certificate": t, "contains": w}, WORDS, st.lists(WORDS, min_size=1)
        ),
        st.builds(
            lambda t, c, n, u: {"certificate": t, c.value: n, "units": u},
            WORDS,
            COMPARISONS,
            st.integers(-1000, 1000),
            st.lists(WORDS, min_size=1, max_size=2),
        ),
        st.builds(lambda t, used: {"certificate": t, "used": used}, WORDS, st.booleans()),
        st.builds(lambda m: {"material": m}, WORDS),
        st.builds(lambda m, w: {"material": m, "by": w}, WORDS, st.lists(WORDS, min_size=1)),
    ),
    lambda inner: st.one_of(
        st.builds(lambda one: {"not": one}, inner),
        st.builds(lambda some: {"all": some}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda some: {"any": some}, st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=8,
)


@given(CONDITIONS)
def test_every_condition_of_the_vocabulary_is_read_as_it_is_written(table):
    condition = condition_from(table)

    assert condition_from(condition_table(condition)) == condition


JSON_LIKE = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), WORDS, st.dates()
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=6,
)


@given(st.sampled_from(sorted(FOOD)), JSON_LIKE)
def test_whatever_stands_under_a_key_is_read_or_told_and_never_crashes(key, value):
    data = {**FOOD, key: value}

    faults: tuple[str, ...] = ()
    try:
        standard_from(data)
    except StandardFaulty as faulty:
        faults = faulty.faults

    assert all("：" in fault for fault in faults)


@given(st.dictionaries(WORDS, JSON_LIKE, max_size=5))
def test_a_file_about_something_else_is_told_and_never_crashes(data):
    assert len(faults_of(data)) > 20


def test_numbers_of_a_condition_are_exact():
    condition = condition_from({"field": "area", "at_most": 0.1})

    assert condition == FieldCompares(
        field="area", comparison=Comparison.AT_MOST, than=Decimal("0.1")
    )


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({}, "恰好用一个词开头"),
        ({"answer": "a", "is": ["b"], "handler": True}, "恰好用一个词开头"),
        ({"answer": "a"}, "is：缺少"),
        ({"answer": "a", "is": []}, "至少要有一项"),
        ({"field": "a"}, "恰好用一个比较词"),
        ({"field": "a", "at_least": 1, "less": 2}, "恰好用一个比较词"),
        ({"field": "a", "at_least": "1"}, "应为数"),
        ({"age": 80}, "应为一张表"),
        ({"age": {"at_least": 80.5}}, "整岁"),
        ({"age": {"at_least": 80, "unit": "years"}}, "不认识的键"),
        ({"handler": "yes"}, "应为true 或 false"),
        ({"applicant": ["alien"]}, "不在"),
        ({"all": []}, "至少要有一项"),
        ({"not": [{"handler": True}]}, "应为一张表"),
        ({"all": [{"handler": True}, {"nobody": 1}]}, "恰好用一个词开头"),
    ],
)
def test_a_condition_that_says_nothing_is_told(table, words):
    with pytest.raises(StandardFaulty) as caught:
        condition_from(table)

    assert any(words in fault for fault in caught.value.faults)


def test_a_version_ends_no_earlier_than_it_begins():
    data = deepcopy(FOOD)
    data["ended_on"] = date(2024, 12, 31)

    assert faults_of(data) == ("ended_on：早于生效日期 effective_on",)


def test_a_level_of_the_chain_names_its_clause_and_its_own_days():
    chain = standard_from(raw("old_age_allowance")).chain

    assert [(step.code, step.limit.amount, step.kind.value) for step in chain] == [
        ("village", 3, "opinion"),
        ("township", 4, "opinion"),
        ("publicity", 7, "publicity"),
        ("county", 4, "opinion"),
    ]
    assert all(step.basis is not None for step in chain)
