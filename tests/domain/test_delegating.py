"""An order of delegations holds for its days and leaves the other days as they were."""

from dataclasses import replace
from datetime import date

import pytest

from clerk.domain.delegating import DelegationOrder, nearest, with_order, written_otherwise

RENEWAL = DelegationOrder(
    counters=("03",),
    document="示例县审改办〔2026〕9号",
    from_on=date(2027, 1, 1),
    until_on=date(2027, 12, 31),
)


def line(counter: str, from_on: date, until_on: date, document: str = "旧文件") -> dict:
    return {
        "counter_code": counter,
        "document": document,
        "from_on": from_on,
        "until_on": until_on,
    }


RUNNING = line("03", date(2026, 1, 1), date(2026, 12, 31))
OF_ANOTHER = line("07", date(2026, 1, 1), date(2028, 12, 31))
GIVEN = line("03", RENEWAL.from_on, RENEWAL.until_on, RENEWAL.document)


def after(*lines: dict, order: DelegationOrder = RENEWAL) -> object:
    return with_order({"delegations": list(lines)}, order).get("delegations")


def test_a_renewal_laid_before_its_time_leaves_the_running_delegation():
    assert after(RUNNING, OF_ANOTHER) == [RUNNING, OF_ANOTHER, GIVEN]


def test_what_lies_within_the_days_of_an_order_goes_and_what_overlaps_gives_way():
    within = line("03", date(2027, 2, 1), date(2027, 3, 1))
    early = line("03", date(2026, 7, 1), date(2027, 6, 30))
    late = line("03", date(2027, 7, 1), date(2028, 6, 30))

    assert after(within, early, late) == [
        early | {"until_on": date(2026, 12, 31)},
        late | {"from_on": date(2028, 1, 1)},
        GIVEN,
    ]


def test_an_order_over_a_shorter_span_takes_no_day_away():
    long = line("03", date(2026, 1, 1), date(9999, 12, 31))

    assert after(long) == [
        long | {"until_on": date(2026, 12, 31)},
        long | {"from_on": date(2028, 1, 1)},
        GIVEN,
    ]


def test_the_same_order_once_more_changes_nothing():
    table = {"delegations": [RUNNING, GIVEN]}
    assert with_order(table, RENEWAL) is table


def test_windows_that_accept_no_longer_lose_every_line():
    assert after(RUNNING, GIVEN, OF_ANOTHER, order=replace(RENEWAL, ends=True)) == [OF_ANOTHER]


@pytest.mark.parametrize(
    ("counter", "known", "meant"),
    [
        ("3", ("03",), "03"),
        ("003", ("12", "03"), "03"),
        ("7", ("03",), "03"),
        ("07", ("03",), ""),
        ("108", ("03",), ""),
        ("3", ("12",), ""),
        ("A3", ("03",), ""),
    ],
)
def test_a_window_written_otherwise_than_the_hall_does_is_no_window(counter, known, meant):
    assert written_otherwise(counter, known) == meant


@pytest.mark.parametrize(("typed", "meant"), [("O3", "03"), ("A1", "A2"), ("71", "17")])
def test_the_nearest_window_is_the_one_written_most_alike(typed, meant):
    assert nearest(typed, ["A2", "03", "17"]) == meant
    assert nearest(typed, []) == ""
