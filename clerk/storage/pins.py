"""The PIN of each chief representative (审批密码): its hash, and how often it was typed wrong.

After five wrong ones it opens nothing any more, whatever the clock says: whoever it belongs to
sets a new one with his password.
"""

from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, delete, insert, select, update

from clerk.domain.pin import PinState
from clerk.storage.stretching import hasher
from clerk.storage.tables import decision_pins
from clerk.values import dataclass

MOST_FAILURES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PinTry:
    """What came of a PIN: right or not, and how many tries are left before it locks."""

    right: bool
    tries_left: int


def state_of(tx: Connection, account_id: str) -> PinState:
    """Return how the PIN of this account stands."""
    failures = tx.execute(
        select(decision_pins.c.failures).where(decision_pins.c.account_id == account_id)
    ).scalar()
    if failures is None:
        return PinState.ABSENT
    return PinState.LOCKED if failures >= MOST_FAILURES else PinState.USABLE


def keep(tx: Connection, account_id: str, pin: str) -> None:
    """Keep a new PIN over the one before; its failures are forgotten."""
    tx.execute(delete(decision_pins).where(decision_pins.c.account_id == account_id))
    tx.execute(
        insert(decision_pins),
        {"account_id": account_id, "pin_hash": hasher().hash(pin), "failures": 0},
    )


def try_pin(tx: Connection, account_id: str, pin: str) -> PinTry:
    """Compare the PIN and count the failure or forget the earlier ones.

    Commit whatever comes out, or a failure is not counted. A locked PIN is not compared.
    """
    row = tx.execute(
        select(decision_pins).where(decision_pins.c.account_id == account_id).with_for_update()
    ).first()
    if row is None or row.failures >= MOST_FAILURES:
        return PinTry(right=False, tries_left=0)
    right = _matches(row.pin_hash, pin)
    failures = 0 if right else row.failures + 1
    tx.execute(
        update(decision_pins)
        .where(decision_pins.c.account_id == account_id)
        .values(failures=failures)
    )
    return PinTry(right=right, tries_left=MOST_FAILURES - failures)


def _matches(pin_hash: str, pin: str) -> bool:
    try:
        return hasher().verify(pin_hash, pin)
    except VerifyMismatchError:
        return False
