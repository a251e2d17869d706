"""One catalogue, many windows: what a window takes is data, and what it does not take says where."""

import tomllib
from dataclasses import replace

import pytest

from clerk.domain.catalogue_line import line_of
from clerk.domain.errors import BadInput
from clerk.domain.item_search import ItemSearch, NotOffered, why_not_offered
from clerk.domain.window_profile import profile_from
from clerk.ui.intake_words import item_bar, item_hint
from tests.domain.starter_items import TODAY, item, lines, sounds

KNOWN = ("food_business_permit", "old_age_allowance", "sole_trader_registration")
SEARCH = ItemSearch([line for line in lines() if line.item_code in KNOWN], sounds())
FOOD, ALLOWANCE, TRADER = (line_of(item(code)) for code in KNOWN)


def profile(text=""):
    return profile_from(tomllib.loads(text))


def taken(text):
    wanted = profile(text)
    return [line.item_code for line in (FOOD, ALLOWANCE, TRADER) if wanted.takes_in(line)]


def test_without_a_profile_a_window_takes_everything():
    assert profile().everything
    assert taken("") == list(KNOWN)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('takes = [{ items = ["old_age_allowance"] }]', ["old_age_allowance"]),
        ('takes = [{ law_kinds = ["permit"] }]', ["food_business_permit"]),
        (f'takes = [{{ bodies = ["{ALLOWANCE.body}"] }}]', ["old_age_allowance"]),
        ('takes = [{ use_levels = ["4"] }]', list(KNOWN)),
        ('takes = [{ use_levels = ["5", "6"] }]', []),
        ('takes = [{ law_kinds = ["permit"], use_levels = ["5"] }]', []),
        (
            'takes = [{ law_kinds = ["permit"] }, { items = ["old_age_allowance"] }]',
            ["food_business_permit", "old_age_allowance"],
        ),
        (
            'leaves = [{ law_kinds = ["permit"], to = "5 号窗" }]',
            ["old_age_allowance", "sole_trader_registration"],
        ),
    ],
)
def test_it_takes_what_any_choice_names_and_nothing_that_it_leaves(text, codes):
    assert taken(text) == codes


def test_a_van_takes_only_what_may_be_received_without_the_network():
    van = profile("takes = [{ offline = true }]")

    assert not van.takes_in(FOOD)
    assert van.takes_in(replace(FOOD, offline=True))
    assert line_of(replace(item("old_age_allowance"), offline=True)).offline


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("takes = [{}]", "要写明哪些事项"),
        ('takes = [{ kind = "permit" }]', "不认识的键"),
        ('takes = [{ law_kinds = ["many"] }]', "不在"),
        ('leaves = [{ items = ["a"] }]', "缺少"),
        ('window = "5"', "不认识的键"),
    ],
)
def test_a_profile_that_nobody_can_read_opens_nothing(text, fault):
    with pytest.raises(BadInput, match=fault):
        profile(text)


def test_an_item_that_the_window_does_not_take_is_found_behind_the_others_and_says_where():
    leaves = profile('leaves = [{ items = ["food_business_permit"], to = "5 号窗" }]')

    found = SEARCH.find("", on=TODAY, profile=leaves)

    assert [hit.item_code for hit in found][-1] == "food_business_permit"
    food = found[-1]
    assert food.not_offered is NotOffered.ELSEWHERE
    assert item_hint(food) == "本窗口不办"
    assert item_bar(food) == "本窗口不办，到5 号窗办"
    assert [hit.not_offered for hit in found[:-1]] == [None, None]


def test_where_no_place_is_named_its_own_body_is():
    hit = SEARCH.find("高龄", on=TODAY, profile=profile('takes = [{ items = ["x"] }]'))[0]
    other = profile('otherwise = "镇便民中心"\ntakes = [{ items = ["x"] }]')

    assert item_bar(hit) == f"本窗口不办，到{ALLOWANCE.body}办，{ALLOWANCE.phone}"
    assert item_bar(SEARCH.find("高龄", on=TODAY, profile=other)[0]) == "本窗口不办，到镇便民中心办"


def test_what_has_ended_says_so_before_it_says_where():
    nothing = profile('takes = [{ items = ["x"] }]')

    assert why_not_offered(replace(FOOD, state_code="3"), TODAY, nothing) is NotOffered.CANCELLED
    assert why_not_offered(FOOD, TODAY, nothing) is NotOffered.ELSEWHERE
    assert why_not_offered(FOOD, TODAY) is None
