"""Sign in, and what is remembered per person."""

from collections.abc import Callable

from clerk.domain.errors import SignInRefused
from clerk.domain.identity import Session
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import accounts, settings


def sign_in(desk: Desk, account_id: str, password: str, tick_seconds: Callable[[], int]) -> Session:
    """Open a session, or say in one sentence why not; each attempt is a line of the journal.

    Raises:
        SignInRefused: wrong account or password, or the account is locked (5 failures, 15 min).
    """
    now = desk.now()
    with desk.store.begin() as tx:
        outcome = accounts.try_sign_in(
            tx, account_id, password, at=now, tick_seconds=tick_seconds()
        )
        done = "account.signed_in" if outcome.account else "account.refused"
        # what else was typed there may be an identity number or the password
        known = accounts.find(tx, account_id) is not None
        record(desk, tx, None, done, account=account_id if known else "")
    if outcome.account is None:
        raise SignInRefused(_refusal(outcome))
    return Session(
        account=outcome.account,
        counter_code=desk.counter.code,
        counter_name=desk.counter.name,
        signed_in_at=now,
    )


def _refusal(outcome: accounts.SignIn) -> str:
    if outcome.wait_seconds > 0:
        minutes = -(-outcome.wait_seconds // 60)
        return f"密码错了 5 次，账号锁定，还要 {minutes} 分钟。草稿都在，可以换人登录"
    return f"账号或密码不对，还可以试 {outcome.tries_left} 次。看看大写锁定和输入法"


def note_lock(desk: Desk, session: Session) -> None:
    """Note that the screen was locked."""
    with desk.store.begin() as tx:
        record(desk, tx, session, "account.locked_screen")


def load_setting(desk: Desk, session: Session, key: str) -> str:
    """Return what the person set, empty where nothing was."""
    with desk.store.read() as tx:
        return str(settings.get(tx, session.account.account_id, key, ""))


def save_setting(desk: Desk, session: Session, key: str, value: str) -> None:
    """Remember a setting for the person."""
    with desk.store.begin() as tx:
        settings.put(tx, session.account.account_id, key, value)
