"""Five failures lock an account, and neither a restart nor another clock unlocks it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Connection, select

from clerk.domain.identity import Account, Role
from clerk.domain.mandate import ApprovalMandate, BatchRule, MandateLimit
from clerk.storage import accounts, stretching, tables
from tests.storage.invented import NOW

PASSWORD = "示例口令-2026"
CHIEF = Account(
    account_id="wang",
    display_name="王举例",
    roles=frozenset({Role.CHIEF_REPRESENTATIVE, Role.WINDOW_CLERK}),
    mandates=(
        ApprovalMandate(
            number="示授〔2026〕1号",
            department="市监局",
            items=frozenset({"990123-SPJY"}),
            from_on=date(2026, 1, 1),
            until_on=date(2026, 12, 31),
            until_at=NOW,
            signed_by="钟授权",
            limits=(MandateLimit(field="area", at_most=Decimal(500)),),
            batch=BatchRule(items=frozenset({"990123-SPJY"}), most=20, open_one_in=5),
        ),
        ApprovalMandate(
            number="示授代〔2026〕1号",
            department="市监局",
            items=frozenset({"990123-JZBG"}),
            from_on=date(2026, 3, 1),
            until_on=date(2026, 3, 31),
            deputises_for="li",
            deputises_for_name="李示例",
        ),
    ),
)


def sign_in(
    tx: Connection, password: str, *, later_seconds: int = 0, tick: int = 1000
) -> accounts.SignIn:
    at = NOW + timedelta(seconds=later_seconds)
    return accounts.try_sign_in(tx, "wang", password, at=at, tick_seconds=tick)


def hash_in(tx: Connection) -> str:
    return str(tx.execute(select(tables.accounts.c.password_hash)).scalar_one())


@pytest.fixture
def known(tx: Connection) -> Connection:
    accounts.add(tx, CHIEF, accounts.hashed(PASSWORD))
    return tx


@pytest.fixture
def locked(known: Connection) -> Connection:
    for _ in range(accounts.MOST_FAILURES):
        sign_in(known, "wrong")
    return known


def test_the_right_password_opens_the_account_with_roles_and_mandate(known: Connection) -> None:
    assert sign_in(known, PASSWORD).account == CHIEF


def test_an_unknown_account_looks_like_a_wrong_password(known: Connection) -> None:
    unknown = accounts.try_sign_in(known, "nobody", PASSWORD, at=NOW, tick_seconds=1)

    assert unknown.account is None
    assert unknown.wait_seconds == 0


def test_each_failure_counts_down_and_success_forgets_them(known: Connection) -> None:
    left = [sign_in(known, "wrong").tries_left for _ in range(3)]
    assert left == [4, 3, 2]

    assert sign_in(known, PASSWORD).account == CHIEF

    assert sign_in(known, "wrong").tries_left == 4


def test_the_fifth_failure_locks_for_fifteen_minutes(locked: Connection) -> None:
    refused = sign_in(locked, PASSWORD, later_seconds=60, tick=1060)

    assert refused.account is None
    assert refused.wait_seconds == 14 * 60


def test_after_the_lock_one_more_failure_locks_again(locked: Connection) -> None:
    wrong = sign_in(locked, "wrong", later_seconds=901, tick=1901)
    assert wrong.wait_seconds == accounts.LOCK_SECONDS

    right = sign_in(locked, PASSWORD, later_seconds=1802, tick=2802)
    assert right.account == CHIEF


def test_moving_the_clock_forward_does_not_unlock(locked: Connection) -> None:
    assert sign_in(locked, PASSWORD, later_seconds=86_400, tick=1010).wait_seconds == 890


def test_after_a_restart_the_clock_decides_and_moving_it_back_gains_nothing(
    locked: Connection,
) -> None:
    assert sign_in(locked, PASSWORD, later_seconds=-600, tick=5).wait_seconds == 900
    assert sign_in(locked, PASSWORD, later_seconds=901, tick=5).account == CHIEF


def test_a_disabled_account_opens_nothing(known: Connection) -> None:
    accounts.disable(known, "wang")

    assert sign_in(known, PASSWORD).account is None
    assert accounts.find(known, "wang") is None
    assert accounts.every(known) == []


def test_a_changed_password_is_the_only_one_that_opens(known: Connection) -> None:
    accounts.set_password(known, "wang", "另一个口令-2026")

    assert sign_in(known, PASSWORD).account is None
    assert sign_in(known, "另一个口令-2026").account == CHIEF


def test_what_was_hashed_at_another_cost_is_hashed_anew_by_the_next_who_signs_in(
    known: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stretching, "COST", replace(stretching.COST, passes=2))

    assert sign_in(known, "wrong").account is None
    assert "t=2," not in hash_in(known)

    assert sign_in(known, PASSWORD).account == CHIEF
    assert "t=2," in hash_in(known)
    assert sign_in(known, PASSWORD).account == CHIEF


def test_an_administrator_holds_no_other_role(tx: Connection) -> None:
    both = Account(
        account_id="zhao",
        display_name="赵设例",
        roles=frozenset({Role.AUDITOR, Role.WINDOW_CLERK}),
    )

    with pytest.raises(ValueError, match="no other role"):
        accounts.add(tx, both, accounts.hashed(PASSWORD))


def test_roles_and_mandate_can_change(known: Connection) -> None:
    clerk = Account(account_id="wang", display_name="王举例", roles=frozenset({Role.WINDOW_CLERK}))

    accounts.change(known, clerk)

    assert accounts.find(known, "wang") == clerk
