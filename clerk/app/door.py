"""How a counter is entered: the practice hall is open at once, a real one needs a password."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from clerk.app.children import Children
from clerk.app.opening import OpenCounter, open_counter, open_practice
from clerk.domain.errors import BadInput, SignInRefused
from clerk.domain.identity import Account, Role, Session
from clerk.settings import KEYRING_SERVICE, Settings
from clerk.storage import keyfile
from clerk.ui.sign_in import AccountChoice
from integrations.credentials.secret_store import find_secret_store

ROLE_WORDS = {
    Role.WINDOW_CLERK: "综合受理",
    Role.CHIEF_REPRESENTATIVE: "首席代表",
    Role.SUPERVISOR: "值班长",
    Role.RESULT_CLERK: "出件",
    Role.AGENT: "帮办代办",
    Role.STANDARD_EDITOR: "事项标准编写",
    Role.STANDARD_PUBLISHER: "事项标准发布",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDITOR: "审计员",
}


class Door:
    """Where people sign in; ``opened`` is the counter behind it, None until it is open.

    A real counter's data key is wrapped by each person's own password, so the first one who signs
    in opens the store. ``sign_in`` runs in the store's lane.
    """

    def __init__(
        self,
        choices: Sequence[AccountChoice],
        opened: OpenCounter | None,
        unlock: Callable[[str, str], OpenCounter] | None = None,
    ) -> None:
        self.choices = tuple(choices)
        self.opened = opened
        self._unlock = unlock

    def sign_in(self, account_id: str, password: str) -> Session:
        """Open a session, and the store behind it where nobody did yet.

        Raises:
            SignInRefused: account and password do not match, or the account is locked.
            StoreTrouble: the store cannot be used.
        """
        if self.opened is None:
            if self._unlock is None:
                raise BadInput("这台窗口还没有打开，没有登录。重新启动程序再试")
            self.opened = self._unlock(account_id, password)
        return self.opened.sign_in(account_id, password)


def open_door(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    new_id: Callable[[], UUID],
    fixed: bool,
    children: Children | None = None,
) -> Door:
    """Open the practice hall, with ``children`` where they are given, or stand before a real door.

    Raises:
        StoreTrouble: the practice store cannot be used.
        BadInput: the counter was never set up.
    """
    if settings.counter.practice:
        opened = open_practice(settings, now=now, new_id=new_id, fixed=fixed, children=children)
        return Door([_choice(person) for person in sorted(opened.people, key=_rank)], opened)
    if not settings.key_file.exists():
        raise BadInput(f"{settings.folder} 里还没有窗口数据。请系统管理员先建好再登录")
    if keyfile.kind_of(settings.key_file) is keyfile.StoreKind.PRACTICE:
        raise BadInput("窗口文件夹里是练习用的密钥，没有打开。请系统管理员核对数据文件夹")
    key = key_from_keyring(settings)
    if key is not None:
        opened = open_counter(settings, key, now=now, new_id=new_id)
        return Door([_choice(person) for person in sorted(opened.people, key=_rank)], opened)
    choices = [AccountChoice(name, name, "") for name in keyfile.holders(settings.key_file)]
    return Door(choices, None, partial(_unlock, settings, now, new_id))


def key_from_keyring(settings: Settings) -> bytes | None:
    """Return the data key by the secret that a good keyring keeps; None is a normal case."""
    kept = find_secret_store(KEYRING_SERVICE)
    secret = kept.read(settings.counter.code) if kept else None
    if secret is None:
        return None
    try:
        return keyfile.unlock_with_secret(
            settings.key_file, settings.counter.code, bytes.fromhex(secret)
        )
    except (SignInRefused, ValueError):
        return None  # a secret of another store: the passphrase opens this one


def _keep_in_keyring(settings: Settings, key: bytes) -> None:
    """Let a good keyring open the store the next time, where there is one."""
    kept = find_secret_store(KEYRING_SERVICE)
    secret = secrets.token_bytes(32)
    if kept is not None and kept.remember(settings.counter.code, secret.hex()):
        keyfile.add_secret(
            settings.key_file, key, settings.counter.code, secret, random=secrets.token_bytes
        )


def _rank(person: Account) -> int:
    """Order people as the roles stand, those who serve the public first."""
    order = list(Role)
    return min(order.index(role) for role in person.roles)


def _choice(person: Account) -> AccountChoice:
    words = "、".join(ROLE_WORDS[role] for role in sorted(person.roles))
    return AccountChoice(person.account_id, person.display_name, words)


def _unlock(
    settings: Settings,
    now: Callable[[], datetime],
    new_id: Callable[[], UUID],
    account_id: str,
    password: str,
) -> OpenCounter:
    key = keyfile.unlock(settings.key_file, account_id, password)
    opened = open_counter(settings, key, now=now, new_id=new_id)
    _keep_in_keyring(settings, key)
    return opened
