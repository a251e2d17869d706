"""Blank certificates (空白证照): every number accounted for."""

from datetime import UTC, datetime

import pytest

from clerk.domain.blanks import (
    Blank,
    BlankState,
    BlankStock,
    checked_count,
    numbers_between,
    require_in_stock,
)
from clerk.domain.errors import BadInput, NotAcceptable

NOW = datetime(2026, 3, 18, 9, tzinfo=UTC)
STOCK = BlankStock(
    kind="食品经营许可证",
    received=10,
    in_stock=7,
    used=2,
    spoilt=1,
    next_number="SY000104",
    last_count=None,
)


def test_a_delivery_is_every_number_between_the_first_and_the_last():
    assert numbers_between("SY000099", " SY000101") == ("SY000099", "SY000100", "SY000101")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("SY000002", "SY000001"),
        ("SY000001", "SX000002"),
        ("SY01", "SY002"),
        ("SY", "SY"),
        ("SY000001", "SY009999"),
        ("", ""),
    ],
)
def test_numbers_that_make_no_delivery_are_refused(first, last):
    with pytest.raises(BadInput):
        numbers_between(first, last)


def test_a_blank_is_used_or_spoilt_once():
    used = Blank(kind="k", number="1", state=BlankState.USED, at=NOW, by="wang")

    for blank in (used, None):
        with pytest.raises(NotAcceptable):
            require_in_stock(blank)


def test_a_count_that_differs_says_why():
    with pytest.raises(BadInput):
        checked_count(STOCK, 6, "", "wang", NOW)

    assert checked_count(STOCK, 6, "一张粘连", "wang", NOW).expected == 7
    assert checked_count(STOCK, 7, "", "wang", NOW).reason == ""
