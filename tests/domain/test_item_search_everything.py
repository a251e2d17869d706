"""Every item of the catalogue is found by whatever a person at a window may know of it."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.domain.catalogue_line import CatalogueLine
from clerk.domain.errors import UnknownItem
from clerk.domain.item_search import ItemSearch, NotOffered
from clerk.domain.item_shard import LINES, CatalogueShard, bits, known_pairs, may_stand, plain
from clerk.domain.item_words import Closeness
from tests.domain.starter_items import TODAY, lines, sounds

SOUNDS = sounds()
CHARACTERS = "食品药经营许可证银行长会重单县登记备案变更注销补办事项企业行政厦门音乐参AB3"


def line(name: str, item_code: str = "x", **more: object) -> CatalogueLine:
    plain_line = CatalogueLine(
        item_code=item_code, version=1, name=name, state_code="1", effective_on=date(2025, 1, 1)
    )
    return replace(plain_line, **more)  # type: ignore[arg-type]


@cache
def starter() -> ItemSearch:
    return ItemSearch(lines(), SOUNDS)


def finds(search: ItemSearch, query: str, item_code: str) -> bool:
    """Whether the item answers, and is no guess; looked for alone where very many are as close."""
    hits = search.find(query, on=TODAY)
    return any(one.item_code == item_code and one.closeness < Closeness.GUESS for one in hits)


def syllables(name: str) -> list[str]:
    return [SOUNDS.of(character)[0] for character in plain(name) if SOUNDS.of(character)]


@pytest.mark.parametrize("known", lines(), ids=lambda one: f"{one.item_code}-{one.version}")
def test_every_starter_item_is_found_by_all_that_it_is_known_by(known):
    alone = ItemSearch([known], SOUNDS)

    for name in (known.name, *known.aliases):
        text = plain(name)
        read = syllables(name)
        assert finds(alone, name, known.item_code), name
        if len(read) == len(text):
            assert finds(alone, "".join(one[0] for one in read), known.item_code), name
            assert finds(alone, "".join(read), known.item_code), name
            assert finds(alone, f"{read[0]}{text[1:]}", known.item_code), "mixed"
        for begin in range(len(text) - 1):
            assert finds(alone, text[begin : begin + 2], known.item_code), text
    for code in known.codes:
        assert finds(alone, code, known.item_code), code


def test_every_starter_item_is_found_first_by_its_own_name():
    for known in lines():
        if known.in_force(TODAY):
            assert starter().find(known.name, on=TODAY)[0].item_code == known.item_code


NAMES = st.text(alphabet=CHARACTERS, min_size=2, max_size=9)


@given(st.lists(NAMES, min_size=1, max_size=6, unique=True), st.data())
def test_any_infix_of_any_name_is_found(names, data):
    search = ItemSearch([line(name, str(at)) for at, name in enumerate(names)], SOUNDS)
    at = data.draw(st.integers(0, len(names) - 1))
    begin = data.draw(st.integers(0, len(names[at]) - 2))
    end = data.draw(st.integers(begin + 2, len(names[at])))

    assert finds(search, names[at][begin:end], str(at))


@given(NAMES, st.data())
def test_any_reading_of_any_character_finds_the_name(name, data):
    search = ItemSearch([line(name)], SOUNDS)
    readings = [SOUNDS.of(character) for character in plain(name)]
    typed = [data.draw(st.sampled_from(one)) for one in readings]
    short = [data.draw(st.booleans()) for _ in typed]
    spelled = "".join(one[0] if cut else one for one, cut in zip(typed, short, strict=True))

    assert finds(search, spelled, "x")


@given(NAMES.filter(lambda name: len(name) >= 4), st.data())
def test_one_wrong_left_out_or_doubled_character_is_forgiven(name, data):
    at = data.draw(st.integers(1, len(name) - 2))
    typed = data.draw(
        st.sampled_from(
            [
                f"{name[:at]}龘{name[at + 1 :]}",
                name[:at] + name[at + 1 :],
                f"{name[: at + 1]}{name[at]}{name[at + 1 :]}",
            ]
        )
    )

    assert [hit.item_code for hit in ItemSearch([line(name)], SOUNDS).find(typed, on=TODAY)] == [
        "x"
    ]


@given(st.text("食品经营", min_size=3, max_size=30), st.text("食石品经营", min_size=3, max_size=6))
def test_near_is_wherever_all_characters_but_one_sound_so(name, typed):
    """One is wrong, too many, or left out between two others; looked for character by character."""
    shard = CatalogueShard([line(name)], SOUNDS)
    text, size = shard.windows([0], 100)[0], len(typed)

    def fits(at: int, place: int) -> bool:
        there = text[place : place + 1]
        return not set(SOUNDS.of(typed[at])).isdisjoint(SOUNDS.of(there) if there else ())

    def sounds_so(place: int) -> bool:
        ways = [[(at, at) for at in range(size) if at != wrong] for wrong in range(size)]
        ways += [
            [(at, at - (at > many)) for at in range(size) if at != many] for many in range(size)
        ]
        ways += [[(at, at + (at >= left)) for at in range(size)] for left in range(1, size)]
        return any(all(fits(at, place + further) for at, further in way) for way in ways)

    found = shard.near(shard.listened(SOUNDS.each(typed)), exchanged=False)

    assert list(bits(found)) == [place for place in range(len(text)) if sounds_so(place)]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("石品经营", "食品经营许可"),
        ("食品经营许克", "食品经营许可"),
        ("银航开户", "银行开户许可"),
        ("shiping", "食品经营许可"),
        ("sipinjinyin", "食品经营许可"),
    ],
)
def test_a_similar_sound_is_understood_and_marked_as_a_guess(query, name):
    search = ItemSearch([line("食品经营许可", "a"), line("银行开户许可", "b")], SOUNDS)
    (hit,) = search.find(query, on=TODAY)

    assert (hit.name, hit.closeness) == (name, Closeness.GUESS)


@pytest.mark.parametrize(
    ("query", "alias", "marked"),
    [
        ("经营", "", "经营"),
        ("jy", "", "经营"),
        ("jingying", "", "经营"),
        ("食品 证", "", "食品证"),
        ("jy许可", "", "经营许可"),
        ("饭店", "开饭店", "饭店"),
        ("kfd", "开饭店", "开饭店"),
        ("SL-01", "", ""),
    ],
)
def test_what_matched_is_marked_in_the_name_that_matched(query, alias, marked):
    food = line("食品（经营）许可证", aliases=("开饭店",), codes=("SL-01-9",))
    hits = ItemSearch([food], SOUNDS).find(query, on=TODAY)

    text = hits[0].alias or hits[0].name
    shown = "".join(text[begin:end] for begin, end in hits[0].spans)

    assert (hits[0].alias, plain(shown)) == (alias, marked)


def test_the_usual_reading_comes_before_a_rare_one():
    search = ItemSearch([line("食品", "a"), line("药品目录", "b")], SOUNDS)

    assert [hit.item_code for hit in search.find("yp", on=TODAY)] == ["b", "a"]


def test_a_bureaus_own_phrase_adds_its_reading():
    own = replace(SOUNDS, phrases=(*SOUNDS.phrases, ("乐陵", "ll"), ("单县", "qx")))
    search = ItemSearch([line("单县事项")], own)

    assert finds(search, "qxsx", "x")
    assert not finds(ItemSearch([line("单县事项")], SOUNDS), "qxsx", "x")


def test_many_parts_of_a_large_catalogue_are_searched_as_one():
    many = [line(f"事项{number}", f"{number:06d}") for number in range(LINES + 3)]
    search = ItemSearch([*many, line("药品零售", "y", ended_on=TODAY)], SOUNDS)

    assert [hit.item_code for hit in search.find("ypls", on=TODAY)] == ["y"]
    assert [hit.item_code for hit in search.find("药品", on=TODAY)] == ["y"]
    assert search.find(f"事项{LINES}", on=TODAY)[0].item_code == f"{LINES:06d}"
    assert search.find("", on=TODAY, frequent=("000007",))[0].item_code == "000007"
    assert search.current(f"{LINES + 2:06d}", TODAY) == 1


@pytest.mark.parametrize("query", ["食品", "sp", "食品经曹", "SL-2", ""])
def test_in_which_order_the_lines_come_makes_no_difference(query):
    names = ("食品经营许可", "食品登记", "药品食品", "食品经营备案", "药品零售")
    many = [
        line(name, f"i{at}", version=version, codes=(f"SL-{version}{at}",))
        for at, name in enumerate(names)
        for version in (1, 2)
    ]
    found = {ItemSearch(given, SOUNDS).find(query, on=TODAY) for given in (many, many[::-1])}

    assert len(found) == 1


def test_a_stray_control_character_in_one_line_harms_no_other():
    odd = line("食品\x1f（经营）\n许可\u3000证", "a", aliases=("开\x1e饭店",), codes=("SL\n01",))
    search = ItemSearch([odd, line("药品零售", "b", codes=("SL-02",))], SOUNDS)

    assert search.find("经营许可", on=TODAY)[0].name == "食品 （经营） 许可 证"
    for query, code in (("药品", "b"), ("SL-02", "b"), ("SL01", "a"), ("开饭店", "a")):
        assert [hit.item_code for hit in search.find(query, on=TODAY)] == [code], query


def test_a_code_that_is_given_twice_or_stands_in_another_is_found():
    known = line("食品", codes=("9901", "9901", "SL-9901-07", "food", "food7"))
    search = ItemSearch([known], SOUNDS)

    for query in ("9901", "sl9901", "0107", "food", "foo", "od7"):
        assert finds(search, query, "x"), query


def test_width_case_and_brackets_are_no_difference():
    assert plain("ＳＬ－９９（Ａ）") == plain("sl-99[a]") == "sl99a"
    assert plain("食品﹙经营﹚") == plain("食品（经营）") == "食品经营"


def test_the_same_item_is_shown_once_in_the_version_of_the_day():
    old = line("食品旧名", version=1, ended_on=date(2026, 3, 31))
    new = line("食品新名", version=2, effective_on=date(2026, 4, 1))
    search = ItemSearch([old, new], SOUNDS)

    assert [hit.name for hit in search.find("食品", on=date(2026, 3, 31))] == ["食品旧名"]
    assert [hit.name for hit in search.find("食品", on=date(2026, 4, 1))] == ["食品新名"]
    assert [search.current("x", date(2026, 3, 31)), search.current("x", date(2026, 4, 1))] == [1, 2]


def test_whoever_asks_for_an_item_that_was_taken_back_is_told():
    with pytest.raises(UnknownItem, match="重新搜一次"):
        starter().current("taken_back", TODAY)


def test_what_cannot_be_taken_in_says_where_to_ask():
    ended = line("食品摊贩", ended_on=date(2026, 2, 28), body="县市场监管局", phone="0999-8000002")

    (hit,) = ItemSearch([ended], SOUNDS).find("食品", on=TODAY)

    assert (hit.not_offered, hit.day) == (NotOffered.ENDED, date(2026, 2, 28))
    assert (hit.body, hit.phone) == ("县市场监管局", "0999-8000002")


@given(st.sets(st.one_of(st.integers(0, 300), st.integers(0, 70_000))))
def test_the_places_of_all_bits_are_found(places):
    assert list(bits(sum(1 << place for place in places))) == sorted(places)


@given(st.lists(st.text("食品经营许可𠮷ab1", min_size=1, max_size=8), min_size=1), st.data())
def test_whatever_stands_in_a_name_may_stand_somewhere(names, data):
    """Also a character that UTF-16 writes as two; a wrong one beside it stands nowhere."""
    known = known_pairs([CatalogueShard([line(name)], SOUNDS) for name in names])
    name = data.draw(st.sampled_from(names))
    begin = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(begin + 1, len(name)))

    assert may_stand(name[begin:end], known)
    assert not may_stand(f"{name[begin]}鑫", known)


def test_so_many_sets_of_sounds_that_a_byte_cannot_tell_them_apart_lose_nothing():
    odd = {chr(0x4E00 + at): (f"b{'aeiou'[at % 5]}{at}",) for at in range(400)}
    table = replace(SOUNDS, others={**SOUNDS.others, **odd})
    text = "".join(chr(0x4E00 + at) for at in range(400) if SOUNDS.usual.of(chr(0x4E00 + at)))
    shard = CatalogueShard([line(text)], table)

    for at in range(len(text) - 2):
        word = table.spelled("".join(table.of(one)[0] for one in text[at : at + 3]))
        assert list(shard.heard(word)) == [0]
