"""The PIN at the decision (审批密码): typed once, it opens decisions for some minutes.

The lease lives in memory only. It ends by itself, with the lock, with the session, and when the
clock is set back.
"""

from collections.abc import Callable

from clerk.domain.errors import BadInput, SignInRefused
from clerk.domain.identity import Act, Session
from clerk.domain.pin import DIGITS, PinState, easily_guessed, is_pin
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.services.sign_in import sign_in
from clerk.storage import pins


def pin_state(desk: Desk, session: Session) -> PinState:
    """Return whether this person has a PIN that can be typed."""
    session.require(Act.DECIDE)
    with desk.store.read() as tx:
        return pins.state_of(tx, session.account.account_id)


def set_pin(
    desk: Desk, session: Session, password: str, pin: str, tick_seconds: Callable[[], int]
) -> None:
    """Set one's own PIN, the first time or a new one, and prove oneself by the password.

    Raises:
        BadInput: not six digits, or six that anybody would try first.
        SignInRefused: the password is wrong, or the account is locked.
    """
    session.require(Act.DECIDE)
    if not is_pin(pin):
        raise BadInput(f"审批密码要 {DIGITS} 位数字，没有改动。换一个再来")
    if easily_guessed(pin):
        raise BadInput("审批密码太好猜，没有改动。别用同一个数字、顺着数的数字或练习密码")
    sign_in(desk, session.account.account_id, password, tick_seconds)
    with desk.store.begin() as tx:
        pins.keep(tx, session.account.account_id, pin)
        record(desk, tx, session, "account.pin_set")


def open_lease(desk: Desk, session: Session, pin: str) -> None:
    """Let this person decide for some minutes; each try is a line of the journal.

    Raises:
        SignInRefused: wrong, locked after five wrong ones, or none was set yet.
    """
    session.require(Act.DECIDE)
    with desk.store.begin() as tx:
        tried = pins.try_pin(tx, session.account.account_id, pin)
        record(desk, tx, session, "account.pin_right" if tried.right else "account.pin_wrong")
    if not tried.right:
        raise SignInRefused(_refusal(tried.tries_left))
    desk.leases.give(session, desk.now())


def lease_left_seconds(desk: Desk, session: Session) -> int:
    """Return how long this person may still decide without typing his PIN again."""
    session.require(Act.DECIDE)
    return desk.leases.left_seconds(session, desk.now())


def end_lease(desk: Desk, session: Session) -> None:
    """Let the lease end now: the screen is locked or the person leaves."""
    session.require(Act.DECIDE)
    desk.leases.end()


def _refusal(tries_left: int) -> str:
    if tries_left > 0:
        return f"审批密码不对，没有作出决定，还可以试 {tries_left} 次"
    return "审批密码错了 5 次，已停用，没有作出决定。用登录密码重新设一个"
