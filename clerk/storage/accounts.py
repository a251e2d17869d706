"""Accounts, their passwords, and the lock after five failures.

The lock is counted in the store, so neither a restart nor a new installation lifts it; and by the
machine's monotonic clock, so that moving the hall's clock does not either.
"""

import json
from datetime import datetime
from functools import cache

from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, insert, select, update

from clerk.domain.identity import Account, Role, exclusive_roles_respected
from clerk.domain.mandate import ApprovalMandate
from clerk.storage.codec import canonical_json, dump_as, load_as
from clerk.storage.stretching import hasher
from clerk.storage.tables import accounts
from clerk.values import dataclass

Mandates = tuple[ApprovalMandate, ...]

MOST_FAILURES = 5
LOCK_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What came of a try to sign in: the account, or how long to wait (0: try again now).

    ``tries_left`` counts down to the lock.
    """

    account: Account | None
    wait_seconds: int
    tries_left: int


def hashed(password: str) -> str:
    """Return what is kept of a password (Argon2id); takes a quarter of a second by intention."""
    return hasher().hash(password)


def add(tx: Connection, account: Account, password_hash: str) -> None:
    """Keep a new account with its ``hashed`` password.

    Raises:
        ValueError: an administrator's role together with any other (our own bug: the use case
            asks first).
    """
    if not exclusive_roles_respected(account.roles):
        raise ValueError("an administrator holds no other role")
    tx.execute(
        insert(accounts),
        {
            "account_id": account.account_id,
            "password_hash": password_hash,
            "disabled": False,
            "attempts": 0,
            "failures": 0,
            **_columns(account),
        },
    )


def find(tx: Connection, account_id: str) -> Account | None:
    """Return the account, None where there is none of that name or it is disabled."""
    row = tx.execute(
        select(accounts).where(accounts.c.account_id == account_id, accounts.c.disabled.is_(False))
    ).first()
    return None if row is None else _account(row._asdict())


def every(tx: Connection) -> list[Account]:
    """Return every account that is not disabled, by name."""
    rows = tx.execute(
        select(accounts).where(accounts.c.disabled.is_(False)).order_by(accounts.c.account_id)
    )
    return [_account(row._asdict()) for row in rows]


def change(tx: Connection, account: Account) -> None:
    """Write another name, other roles or another mandate over the account."""
    if not exclusive_roles_respected(account.roles):
        raise ValueError("an administrator holds no other role")
    tx.execute(
        update(accounts)
        .where(accounts.c.account_id == account.account_id)
        .values(**_columns(account))
    )


def set_password(tx: Connection, account_id: str, password: str) -> None:
    """Give the account another password; a lock stays."""
    tx.execute(
        update(accounts)
        .where(accounts.c.account_id == account_id)
        .values(password_hash=hashed(password))
    )


def disable(tx: Connection, account_id: str) -> None:
    """Let nobody sign in with the account any more; its lines in the journal stay."""
    tx.execute(update(accounts).where(accounts.c.account_id == account_id).values(disabled=True))


def try_sign_in(
    tx: Connection, account_id: str, password: str, *, at: datetime, tick_seconds: int
) -> SignIn:
    """Compare the password and count the failure or forget the earlier ones.

    Commit whatever comes out, or a failure is not counted. Takes the same time for an unknown
    account and for a locked one, so that neither shows.

    Args:
        tx: a write transaction.
        account_id: as typed.
        password: as typed.
        at: now.
        tick_seconds: the machine's monotonic clock, whole seconds since it was started.
    """
    row = tx.execute(
        select(accounts)
        .where(accounts.c.account_id == account_id, accounts.c.disabled.is_(False))
        .with_for_update()
    ).first()
    matches = _matches(row.password_hash if row else _nobody(), password)
    if row is None:
        return SignIn(account=None, wait_seconds=0, tries_left=MOST_FAILURES)
    wait = _wait_seconds(row.locked_at, row.locked_tick_seconds, at, tick_seconds)
    counted: dict[str, object] = {"attempts": row.attempts + 1}
    if wait > 0:
        outcome = SignIn(account=None, wait_seconds=wait, tries_left=0)
    elif matches:
        counted |= {"failures": 0, "locked_at": None, "locked_tick_seconds": None}
        if hasher().check_needs_rehash(row.password_hash):
            counted["password_hash"] = hashed(password)
        outcome = SignIn(account=_account(row._asdict()), wait_seconds=0, tries_left=MOST_FAILURES)
    else:
        failures = row.failures + 1
        locks = failures >= MOST_FAILURES
        counted["failures"] = failures
        if locks:
            counted |= {"locked_at": at, "locked_tick_seconds": tick_seconds}
        outcome = SignIn(
            account=None,
            wait_seconds=LOCK_SECONDS if locks else 0,
            tries_left=max(0, MOST_FAILURES - failures),
        )
    tx.execute(update(accounts).where(accounts.c.account_id == account_id).values(**counted))
    return outcome


def _wait_seconds(
    locked_at: datetime | None, locked_tick: int | None, at: datetime, tick: int
) -> int:
    """Return how long the lock still holds.

    While the machine runs on, its monotonic clock decides. After a restart only the hall's clock
    is left, and one that was moved back counts as no time at all.
    """
    if locked_at is None or locked_tick is None:
        return 0
    by_clock = (at - locked_at).total_seconds()
    passed = tick - locked_tick if tick >= locked_tick else max(0, by_clock)
    return max(0, LOCK_SECONDS - int(passed))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return hasher().verify(password_hash, password)
    except VerifyMismatchError:
        return False


@cache
def _nobody() -> str:
    """Return a hash that stands in where there is no account, so that trying takes as long."""
    return hashed("nobody")


def _columns(account: Account) -> dict[str, object]:
    return {
        "display_name": account.display_name,
        "roles_json": canonical_json(sorted(account.roles)),
        "mandate_json": dump_as(account.mandates, Mandates) if account.mandates else None,
    }


def _account(row: dict[str, object]) -> Account:
    return Account(
        account_id=str(row["account_id"]),
        display_name=str(row["display_name"]),
        roles=frozenset(Role(role) for role in json.loads(str(row["roles_json"]))),
        mandates=_mandates(row["mandate_json"]),
    )


def _mandates(text: object) -> Mandates:
    """Return what stands there; an earlier program wrote one mandate alone."""
    if not text:
        return ()
    written = str(text)
    held: Mandates = load_as(written if written.startswith("[") else f"[{written}]", Mandates)
    return held
