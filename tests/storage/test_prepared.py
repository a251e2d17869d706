"""A prepared statement means what the same statement means to SQLAlchemy, on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from clerk.storage.engine import Store
from clerk.storage.prepared import Prepared
from clerk.storage.tables import accounts, leased_numbers, number_blocks
from tests.storage.invented import NOW, an_id

BLOCK = {
    "block_id": "A",
    "counter_code": "W01",
    "leased_at": NOW,
    "voided_at": None,
    "void_reason": "",
    "used_up": False,
}
PUT_BLOCK = Prepared(insert(number_blocks))
PUT_NUMBERS = Prepared(insert(leased_numbers))
GIVEN = Prepared(
    select(leased_numbers.c.case_id, leased_numbers.c.given_at)
    .where(leased_numbers.c.number == bindparam("number"))
    .limit(1)
)


def a_number(position: int, given_at: datetime | None = None) -> dict[str, object]:
    return {
        "number": f"N{position}",
        "block_id": "A",
        "position": position,
        "query_code": "",
        "case_id": an_id(position) if given_at else None,
        "given_at": given_at,
    }


def test_values_go_in_and_come_out_as_what_they_are(tx: Connection) -> None:
    PUT_BLOCK.run(tx, BLOCK)
    in_the_hall = NOW.astimezone(timezone(timedelta(hours=8)))

    PUT_NUMBERS.run_each(tx, [a_number(1, in_the_hall), a_number(2)])

    assert GIVEN.first(tx, {"number": "N1"}) == (an_id(1), NOW)
    assert GIVEN.first(tx, {"number": "N2"}) == (None, None)
    assert GIVEN.first(tx, {"number": "N3"}) is None
    kept = tx.execute(select(leased_numbers).order_by(leased_numbers.c.position)).mappings()
    assert [dict(row) for row in kept] == [a_number(1, NOW), a_number(2)]


def test_true_and_false_survive(tx: Connection) -> None:
    put = Prepared(insert(accounts))
    row = {column.name: None for column in accounts.c} | {
        "account_id": "lisi",
        "display_name": "李示例",
        "roles_json": "[]",
        "password_hash": "",
        "disabled": True,
        "attempts": 0,
        "failures": 0,
    }

    put.run(tx, row)

    disabled = Prepared(select(accounts.c.disabled))
    assert disabled.rows(tx, {}) == [(True,)]


def test_it_says_how_many_rows_it_changed(tx: Connection) -> None:
    PUT_BLOCK.run(tx, BLOCK)
    PUT_NUMBERS.run_each(tx, [a_number(1), a_number(2)])
    give = Prepared(
        update(leased_numbers).where(leased_numbers.c.block_id == bindparam("block")), ["given_at"]
    )

    assert give.run(tx, {"block": "A", "given_at": NOW}) == 2
    assert give.run(tx, {"block": "B", "given_at": NOW}) == 0


def test_for_nothing_it_is_not_run(tx: Connection) -> None:
    PUT_NUMBERS.run_each(tx, [])

    assert tx.execute(select(leased_numbers)).all() == []


def test_a_value_that_is_not_given_is_our_own_bug(tx: Connection) -> None:
    with pytest.raises(KeyError, match="number"):
        GIVEN.rows(tx, {})


def test_an_instant_without_its_zone_is_our_own_bug(tx: Connection) -> None:
    with pytest.raises(ValueError, match="aware"):
        PUT_BLOCK.run(tx, {**BLOCK, "leased_at": NOW.astimezone(UTC).replace(tzinfo=None)})


def test_a_statement_whose_text_depends_on_its_values_is_refused(tx: Connection) -> None:
    some = Prepared(
        select(leased_numbers.c.number).where(
            leased_numbers.c.number.in_(bindparam("numbers", expanding=True))
        )
    )

    with pytest.raises(ValueError, match="text depends"):
        some.rows(tx, {"numbers": ["N1"]})


def test_a_broken_rule_of_a_table_is_told_as_everywhere(store: Store) -> None:
    with pytest.raises(IntegrityError), store.begin() as tx:
        PUT_NUMBERS.run(tx, a_number(1))
