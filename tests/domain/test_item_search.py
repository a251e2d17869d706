"""An item is found by what a clerk types, and says when it cannot be taken in."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.domain.catalogue_line import line_of
from clerk.domain.item_search import MOST_HITS, ItemSearch, NotOffered
from clerk.domain.item_words import Closeness
from tests.domain.starter_items import TODAY, item, lines, sounds

SOUNDS = sounds()
KNOWN = (
    "food_business_permit",
    "old_age_allowance",
    "sole_trader_registration",
    "labour_dispatch_permit",
    "business_rest_filing",
    "house_first_registration",
)
SEARCH = ItemSearch([line for line in lines() if line.item_code in KNOWN], SOUNDS)
FOOD = line_of(item("food_business_permit"))


def codes(query, search=SEARCH, **more):
    return [hit.item_code for hit in search.find(query, on=TODAY, **more)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("食品经营许可新办", "food_business_permit"),
        ("食品", "food_business_permit"),
        ("品经", "food_business_permit"),
        ("spjyxk", "food_business_permit"),
        ("SPJYXK", "food_business_permit"),
        ("ｓｐｊｙ", "food_business_permit"),
        ("开面馆", "food_business_permit"),
        ("kmg", "food_business_permit"),
        ("食品 新办", "food_business_permit"),
        ("高龄", "old_age_allowance"),
        ("gljt", "old_age_allowance"),
        ("高龄补贴", "old_age_allowance"),
        ("个体户", "sole_trader_registration"),
        ("gtgsh", "sole_trader_registration"),
        ("劳务派遣", "labour_dispatch_permit"),
        ("lwpq", "labour_dispatch_permit"),
        ("SL-990123-0003", "old_age_allowance"),
        ("sl9901230003", "old_age_allowance"),
        ("11990123MB0000043F4990114004000", "labour_dispatch_permit"),
        ("11990123MB0000043F499011400400001", "labour_dispatch_permit"),
        ("990731002000", "sole_trader_registration"),
        ("shipinjingyingxuke", "food_business_permit"),
        ("shipin", "food_business_permit"),
        ("shipinjy", "food_business_permit"),
        ("spjingy", "food_business_permit"),
        ("spjy许可", "food_business_permit"),
        ("食品jyxk", "food_business_permit"),
        ("kaifandian", "food_business_permit"),
        ("开饭店", "food_business_permit"),
        ("jintie", "old_age_allowance"),
        ("food_business_permit", "food_business_permit"),
    ],
)
def test_an_item_is_found_by_name_initials_alias_or_code(query, first):
    assert codes(query)[0] == first


def test_a_part_that_two_items_share_finds_both():
    assert codes("经营许可") == ["food_business_permit", "labour_dispatch_permit"]


def test_among_equally_close_items_the_frequent_one_comes_first():
    frequent = ("labour_dispatch_permit", "old_age_allowance")

    assert codes("经营许可", frequent=frequent)[0] == "labour_dispatch_permit"
    assert codes("", frequent=frequent)[:2] == list(frequent)


@pytest.mark.parametrize("typed", ["j", "jia", "jhg", "甲", "kgt", "开歌"])
def test_among_many_the_frequent_one_comes_first_by_name_and_alias(typed):
    """Its name is the longest, so that without its use it would not be among the first nine."""
    many = [
        replace(FOOD, item_code=f"{n:06}", name="甲号歌舞许可", aliases=("开歌厅",))
        for n in range(30)
    ]
    used = replace(many[0], item_code="used", name="甲号歌舞许可（乡镇和街道）")
    search = ItemSearch([*many, used], SOUNDS)

    assert "used" not in codes(typed, search)
    assert codes(typed, search, frequent=("used",))[0] == "used"


def test_a_close_item_comes_before_a_frequent_one():
    assert codes("食品", frequent=("labour_dispatch_permit",)) == ["food_business_permit"]


@pytest.mark.parametrize(
    "typo", ["spjjxk", "psjyxk", "spjyxxk", "sjyxk", "食品经营许克", "高玲津贴"]
)
def test_one_slip_is_forgiven_and_marked(typo):
    hits = SEARCH.find(typo, on=TODAY)

    assert hits[0].item_code in {"food_business_permit", "old_age_allowance"}
    assert {hit.closeness for hit in hits} == {Closeness.GUESS}


@pytest.mark.parametrize("query", ["qqqq", "vv", "婚姻登记", "000000000000", "!!", "食品 高龄"])
def test_what_is_not_there_is_not_made_up(query):
    assert codes(query) == []


def test_nine_hits_at_most():
    many = [replace(FOOD, item_code=f"i{n}", name=f"食品{n}") for n in range(30)]

    assert len(codes("食品", ItemSearch(many, SOUNDS))) == 9


@pytest.mark.parametrize(
    ("change", "reason", "day"),
    [
        (
            {"effective_on": date(2026, 4, 1)},
            NotOffered.NOT_YET,
            date(2026, 4, 1),
        ),
        ({"ended_on": date(2026, 3, 17)}, NotOffered.ENDED, date(2026, 3, 17)),
        ({"state_code": "2"}, NotOffered.SUSPENDED, None),
        ({"state_code": "3"}, NotOffered.CANCELLED, None),
        ({}, None, None),
    ],
)
def test_an_item_that_cannot_be_taken_in_is_found_with_its_reason(change, reason, day):
    search = ItemSearch([replace(FOOD, **change)], SOUNDS)

    (hit,) = search.find("食品", on=TODAY)

    assert (hit.not_offered, hit.day) == (reason, day)


def test_of_several_versions_the_one_in_force_is_found():
    old = replace(FOOD, name="食品旧名", ended_on=date(2026, 2, 28))
    new = replace(FOOD, name="食品新名", version=2, effective_on=date(2026, 3, 1))
    next_one = replace(FOOD, name="食品后名", version=3, effective_on=date(2026, 5, 1))
    search = ItemSearch([next_one, old, new], SOUNDS)

    names = {day: search.find("食品", on=day)[0].name for day in (TODAY, date(2026, 2, 1))}

    assert names == {TODAY: "食品新名", date(2026, 2, 1): "食品旧名"}
    assert search.find("食品", on=date(2024, 1, 1))[0].not_offered is NotOffered.NOT_YET


def test_what_can_be_taken_in_comes_before_what_cannot():
    later = replace(FOOD, item_code="a", name="食品甲", effective_on=date(2026, 5, 1))
    search = ItemSearch([later, FOOD], SOUNDS)

    assert codes("食品", search) == ["food_business_permit", "a"]


@given(st.text(max_size=20))
def test_whatever_is_typed_is_answered(query):
    hits = SEARCH.find(query, on=TODAY)

    assert len(hits) <= MOST_HITS
    assert len({hit.item_code for hit in hits}) == len(hits)
