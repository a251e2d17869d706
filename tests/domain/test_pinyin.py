"""Initials come from a small table that a library made, and are right where it matters."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk import assets
from clerk.domain.errors import BadInput
from clerk.domain.pinyin import MOST_ALTERNATIVES, Initials
from tests.domain import make_pinyin_table
from tests.domain.starter_items import initials

TABLE = initials()


def _gb2312():
    """Every character of GB 2312, levels 1 and 2."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            text = bytes((row, cell)).decode("gb2312", errors="ignore")
            if text:
                yield text


def test_the_table_is_what_the_library_says():
    """Whoever edits the table by hand, or updates the library, makes it again."""
    assert assets.read_text("resources", "pinyin/initials.txt") == make_pinyin_table.table()


def test_every_character_of_gb2312_has_a_reading():
    without = [character for character in _gb2312() if not TABLE.units(character)]

    assert len(list(_gb2312())) == 6763
    assert without == []


def test_the_table_is_small_and_quickly_read():
    """85 kB and 5 ms at most; a slow machine may need one of three attempts."""
    readings = assets.read_bytes("resources", "pinyin/initials.txt")
    phrases = assets.read_bytes("resources", "pinyin/phrases.txt")

    took_seconds = []
    for _ in range(3):
        started = time.perf_counter()
        Initials.read(readings.decode(), phrases.decode())
        took_seconds.append(time.perf_counter() - started)

    assert len(readings) + len(phrases) <= 85_000
    assert min(took_seconds) <= 0.005


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("食品经营许可新办", "spjyxkxb"),
        ("劳务派遣经营许可新办", "lwpqjyxkxb"),
        ("高龄津贴申领", "gljtsl"),
        ("银行", "yh"),
        ("会计", "kj"),
        ("长期", "cq"),
        ("重新调整", "cxtz"),
        ("行政给付", "xzjf"),
        ("厦门市", "xms"),
        ("单县", "sx"),
        ("张示例", "zsl"),
        ("周模拟", "zmn"),
        ("A座3号窗", "az3hc"),
        ("马 克·李", "mkl"),
        ("", ""),
        ("，。（）", ""),
    ],
)
def test_the_usual_spelling_comes_first(text, usual):
    assert TABLE.spellings(text)[0] == usual


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("yx", "银行"),
        ("yh", "银行"),
        ("jyxk", "食品经营许可新办"),
        ("SPJYXK", "食品经营许可新办"),
        ("ll", "乐陵"),
        ("qll", "仇乐陵"),
        ("cll", "仇乐陵"),
        ("dx", "单县"),
    ],
)
def test_every_reading_of_a_character_is_found(query, text):
    assert TABLE.matches(query, text)


def test_a_character_too_rare_for_the_table_is_left_out():
    assert TABLE.spellings("𠀀") == ("",)
    assert TABLE.of("张𠀀例") == "zl"


def test_many_readings_do_not_explode():
    text = "行重长乐单会" * 5

    assert len(TABLE.spellings(text)) <= MOST_ALTERNATIVES
    assert TABLE.matches("xzzydh", text)


def test_the_longest_phrase_wins():
    table = Initials.read("4E00 yz", "一丁 ab\n一丁一 cde\n")

    assert table.spellings("一丁一")[0] == "cde"
    assert table.spellings("一丁丁")[0] == "abz"


def test_remarks_and_empty_lines_say_nothing():
    table = Initials.read("# remark\n\n4E00 yz\n", "# remark\n\n")

    assert table.of("一丁") == "yz"


@pytest.mark.parametrize("line", ["银行 y", "银行", "银行 y1", "银行 银行"])
def test_a_phrase_without_a_letter_for_each_character_is_refused(line):
    with pytest.raises(BadInput, match="拼音词表"):
        Initials.read("", line)


@given(st.text(max_size=30))
def test_any_text_has_a_spelling_that_finds_it(text):
    first = TABLE.spellings(text)[0]

    assert first == first.casefold()
    assert TABLE.matches(first, text)
