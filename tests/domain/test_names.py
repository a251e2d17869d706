"""Names of people and bodies."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk.domain.names import MAX_NAME_LENGTH, NameFault, check_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  张示例\n", "张示例"),
        ("张　示", "张示"),
        ("阿示例•模拟", "阿示例·模拟"),
        ("阿示例．模拟", "阿示例·模拟"),
        ("阿示例.模拟", "阿示例·模拟"),
        ("阿示例・模拟", "阿示例·模拟"),
        ("SAMPLE  JANE  Q.", "SAMPLE JANE Q."),
        ("SAMPLE\u3000JANE", "SAMPLE JANE"),
        ("Ame\u0301lie", "Am\u00e9lie"),
        ("示例餐饮（个体工商户）", "示例餐饮（个体工商户）"),
    ],
)
def test_a_name_has_one_spelling(text, name):
    found = check_name(text)

    assert found.valid
    assert found.name == name


@pytest.mark.parametrize("rare", ["\U00020bb7", "\U0002b740", "\U00030eda", "\U00031350", "㛃"])
def test_rare_characters_pass(rare):
    """Characters of every extension, those younger than this Python's table too."""
    assert check_name(f"张{rare}").name == f"张{rare}"


@pytest.mark.parametrize(
    ("character", "fault"),
    [
        ("\x00", NameFault.CONTROL),
        ("\n", NameFault.CONTROL),
        ("\u2028", NameFault.CONTROL),
        ("\u202e", NameFault.INVISIBLE),
        ("\u2066", NameFault.INVISIBLE),
        ("\u200b", NameFault.INVISIBLE),
        ("\ue000", NameFault.PRIVATE_USE),
        ("\U000f0000", NameFault.PRIVATE_USE),
        (chr(0xD842), NameFault.BROKEN),
        ("\ufffd", NameFault.BROKEN),
        ("\uffff", NameFault.BROKEN),
        ("\U0002fffe", NameFault.BROKEN),
    ],
)
def test_what_only_looks_like_a_name_is_refused_with_its_place(character, fault):
    found = check_name(f"张{character}例")

    assert (found.fault, found.position) == (fault, 2)
    assert found.found == f"U+{ord(character):04X}"


def test_a_private_sign_hides_no_worse_one_behind_it():
    """A rare name may have no other sign than a private one, so whoever asks may let that pass."""
    found = check_name("张\ue000示\u202e例")

    assert (found.fault, found.position) == (NameFault.INVISIBLE, 4)


def test_nothing_and_far_too_much_are_no_names():
    assert check_name(" \u3000 ").fault is NameFault.EMPTY
    assert check_name("示" * MAX_NAME_LENGTH).valid
    assert check_name("示" * (MAX_NAME_LENGTH + 1)).fault is NameFault.TOO_LONG


@given(st.text(max_size=60))
def test_a_name_once_spelled_stays_so(text):
    found = check_name(text)

    if found.valid:
        assert check_name(found.name) == found
        assert unicodedata.is_normalized("NFC", found.name)
