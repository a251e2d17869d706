"""No number is given twice, and every one that was not given has a reason."""

import threading
from datetime import date

import pytest
from sqlalchemy import Connection

from clerk.domain.hand_off import CaseNumber
from clerk.storage import numbers
from clerk.storage.engine import Store
from tests.storage.invented import NOW, STATION, TODAY, a_block, an_id


def test_numbers_are_given_in_order_over_blocks(tx: Connection) -> None:
    numbers.lease(tx, a_block("A", 1, 2), STATION, NOW)
    numbers.lease(tx, a_block("B", 11, 1), STATION, NOW)

    given = [numbers.take(tx, STATION, an_id(case), NOW) for case in range(4)]

    assert [one.text for one in given if one] == [
        "99012300000001",
        "99012300000002",
        "99012300000011",
    ]
    assert given[0] == CaseNumber(text="99012300000001", query_code="0001", provisional=False)
    assert given[3] is None


def test_a_block_that_comes_twice_is_kept_once(tx: Connection) -> None:
    assert numbers.lease(tx, a_block("A", 1, 3), STATION, NOW)
    assert not numbers.lease(tx, a_block("A", 1, 3), STATION, NOW)

    assert numbers.left(tx, STATION) == 3


def test_a_block_that_is_used_up_is_not_looked_into_any_more(tx: Connection) -> None:
    numbers.lease(tx, a_block("A", 1, 1), STATION, NOW)
    numbers.lease(tx, a_block("B", 11, 2), STATION, NOW)
    first = numbers.take(tx, STATION, an_id(1), NOW)

    numbers.lease(tx, a_block("C", 21, 1), STATION, NOW)

    given = [numbers.take(tx, STATION, an_id(case), NOW) for case in range(2, 6)]
    assert first is not None
    assert numbers.open_blocks(tx, STATION) == ["B", "C"]
    assert [one.text for one in given if one] == [
        "99012300000011",
        "99012300000012",
        "99012300000021",
    ]


def test_another_counters_numbers_are_not_touched(tx: Connection) -> None:
    numbers.lease(tx, a_block("A", 1, 3), "W02", NOW)

    assert numbers.take(tx, STATION, an_id(1), NOW) is None
    assert numbers.left(tx, "W02") == 3


def test_an_act_that_fails_gives_its_number_back(store: Store) -> None:
    with store.begin() as tx:
        numbers.lease(tx, a_block("A", 1, 1), STATION, NOW)
    with pytest.raises(ZeroDivisionError), store.begin() as tx:
        numbers.take(tx, STATION, an_id(1 // len(numbers.open_blocks(tx, "W09"))), NOW)

    with store.begin() as tx:
        given = numbers.take(tx, STATION, an_id(2), NOW)

    assert given is not None
    assert given.text == "99012300000001"


def test_the_rest_of_a_block_is_voided_once_with_its_reason(tx: Connection) -> None:
    numbers.lease(tx, a_block("A", 1, 3), STATION, NOW)
    numbers.take(tx, STATION, an_id(1), NOW)

    voided = numbers.void_rest(tx, "A", "窗口撤并", NOW)

    assert [one.number for one in voided] == ["99012300000002", "99012300000003"]
    assert numbers.void_rest(tx, "A", "窗口撤并", NOW) == []
    assert numbers.take(tx, STATION, an_id(2), NOW) is None
    assert numbers.open_blocks(tx, STATION) == []


def test_series_count_apart_by_year_kind_and_day(tx: Connection) -> None:
    papers = [
        numbers.next_paper_number(tx, "990123", "acceptance", 2026),
        numbers.next_paper_number(tx, "990123", "acceptance", 2026),
        numbers.next_paper_number(tx, "990123", "acceptance", 2027),
        numbers.next_paper_number(tx, "990123", "decision", 2026),
    ]
    provisional = [
        numbers.next_provisional(tx, STATION, TODAY),
        numbers.next_provisional(tx, STATION, TODAY),
        numbers.next_provisional(tx, STATION, date(2026, 3, 19)),
    ]

    assert papers == [1, 2, 1, 1]
    assert provisional == [1, 2, 1]


def test_eight_at_once_get_eight_numbers(store: Store) -> None:
    """Read, then write, from threads: the driver's own transactions lose updates here."""
    with store.begin() as tx:
        numbers.lease(tx, a_block("A", 1, 40), STATION, NOW)
    given: list[str] = []
    series: list[int] = []

    def take(worker: int) -> None:
        for case in range(5):
            with store.begin() as tx:
                number = numbers.take(tx, STATION, an_id(worker * 5 + case), NOW)
                count = numbers.next_paper_number(tx, "990123", "acceptance", 2026)
            assert number is not None
            given.append(number.text)
            series.append(count)

    workers = [threading.Thread(target=take, args=(worker,)) for worker in range(8)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()

    assert len(set(given)) == len(given) == 40
    assert sorted(series) == list(range(1, 41))
