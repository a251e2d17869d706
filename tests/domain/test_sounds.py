"""Syllables come from a small table that a library made, and are parted as a person may mean them."""

import time

import pytest

from clerk import assets
from clerk.domain.errors import BadInput
from clerk.domain.sounds import Sounds, split_syllable
from tests.domain import make_pinyin_table
from tests.domain.starter_items import sounds

SOUNDS = sounds()


def test_the_table_is_what_the_library_says():
    assert assets.read_text("resources", "pinyin/syllables.txt") == make_pinyin_table.syllables()


def test_the_table_is_small_and_quickly_read():
    """80 kB and 15 ms at most, in a worker; a slow machine may need one of three attempts."""
    table = assets.read_bytes("resources", "pinyin/syllables.txt")
    took_seconds = []
    for _ in range(3):
        started = time.thread_time()
        Sounds.read(table.decode())
        took_seconds.append(time.thread_time() - started)

    assert len(table) <= 80_000
    assert min(took_seconds) <= 0.015


@pytest.mark.parametrize(
    ("character", "readings"),
    [
        ("银", ("yin",)),
        ("行", ("xing", "hang", "heng")),
        ("长", ("zhang", "chang")),
        ("绿", ("lv", "lu")),
        ("〇", ("ling",)),
        ("A", ("A",)),
        ("3", ("3",)),
        ("（", ()),
        ("𠀀", ()),
    ],
)
def test_every_reading_of_a_character_is_known(character, readings):
    assert SOUNDS.of(character) == readings


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("xian", "西安"),
        ("xian", "县城"),
        ("xa", "西安"),
        ("fangan", "方案"),
        ("fangan", "反感"),
        ("zhs", "中华书局"),
        ("zhshj", "中华书局"),
        ("zhonghuashuju", "中华书局"),
        ("zhonghuash", "中华书局"),
        ("lvhua", "绿化"),
        ("eryuan", "儿员"),
        ("a3hao", "a3号"),
        ("中hua", "中华书局"),
        ("3号", "a3号"),
    ],
)
def test_a_word_is_parted_in_every_way_it_can_be_meant(typed, text):
    assert SOUNDS.spelled(typed).within(SOUNDS.units(text)) is not None


@pytest.mark.parametrize(
    ("typed", "text"), [("xian", "生案"), ("jinshi", "经石"), ("v", "绿"), ("hongh", "中华")]
)
def test_what_sounds_otherwise_is_not_meant(typed, text):
    assert SOUNDS.spelled(typed).within(SOUNDS.units(text)) is None


def test_every_syllable_is_onset_and_rime():
    for syllable in SOUNDS.syllables:
        assert "".join(split_syllable(syllable)) == syllable
        assert split_syllable(syllable)[0]


def test_a_phrase_without_a_letter_for_each_character_is_refused():
    with pytest.raises(BadInput, match="拼音词表"):
        Sounds.read("", "银行 y")
