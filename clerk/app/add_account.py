"""``clerk --add-account``: puts a person on a real counter, and makes the counter for the first.

The store's data key is wrapped for each person by his own passphrase, so adding the second needs
the passphrase of somebody who can open it already.
"""

import argparse
import getpass
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from clerk.app.edges import running_clock
from clerk.app.mandates import signed_mandate, unsigned_mandate
from clerk.app.opening import read_initials
from clerk.app.starter import publish_starter
from clerk.domain.errors import BadInput, ClerkError
from clerk.domain.identity import Account, Role, exclusive_roles_respected
from clerk.domain.mandate import ApprovalMandate
from clerk.settings import Settings, counter
from clerk.storage import accounts, keyfile
from clerk.storage.engine import Store
from clerk.values import replace

LEAST_CHARACTERS = 10


def main(arguments: Sequence[str]) -> int:
    """Add the account and return the exit code; every refusal is one sentence."""
    parser = argparse.ArgumentParser(prog="clerk --add-account")
    parser.add_argument("account", help="short name to sign in with")
    parser.add_argument("name", help="the person's name as it stands on papers")
    parser.add_argument("roles", help="one role, or several with commas")
    parser.add_argument("--passphrase-fd", type=int, help="read the new passphrase from there")
    parser.add_argument("--as", dest="opener", help="account that can open the store already")
    parser.add_argument("--as-passphrase-fd", type=int, help="read that one's passphrase there")
    parser.add_argument("--mandate", type=Path, help="TOML file with a chief's mandate")
    given = parser.parse_args(list(arguments))
    try:
        settings = counter(os.environ)
        person = _account(given.account, given.name, given.roles)
        if given.mandate:
            held = _mandate(given.mandate, settings.data_keys, person.account_id)
            person = replace(person, mandates=(held,))
        passphrase = _passphrase(given.passphrase_fd, f"{person.account_id} 的新口令：")
        if len(passphrase) < LEAST_CHARACTERS:
            raise BadInput(f"口令要有 {LEAST_CHARACTERS} 个字符以上，没有新建账号。换一个再来")
        key = _key(settings, person, passphrase, given.opener, given.as_passphrase_fd)
        _keep(settings, key, person, passphrase)
    except ClerkError as error:
        print(error, file=sys.stderr)  # noqa: T201  a command of the terminal
        return 1
    print(f"已新建账号 {person.account_id}（{person.display_name}）")  # noqa: T201
    return 0


def _account(account_id: str, name: str, roles: str) -> Account:
    known = {role.value: role for role in Role}
    wanted = [word.strip() for word in roles.split(",")]
    unknown = [word for word in wanted if word not in known]
    if unknown or not account_id.strip() or not name.strip():
        raise BadInput(
            f"没有这种角色：{'、'.join(unknown)}，没有新建账号。可用：{'、'.join(known)}"
        )
    held = frozenset(known[word] for word in wanted)
    if not exclusive_roles_respected(held):
        raise BadInput("系统、安全、审计管理员不能兼任别的角色，没有新建账号。分开给三个人")
    return Account(
        account_id=account_id.strip(),
        display_name=name.strip(),
        roles=held,
    )


def _mandate(file: Path, keys: tuple[str, ...], account_id: str) -> ApprovalMandate:
    """Return what the file gives this account; where the counter trusts a key, signed by it."""
    held = signed_mandate(file, keys) if keys else unsigned_mandate(file)
    if held.account_id != account_id:
        raise BadInput(f"授权书 {file.name} 是给 {held.account_id} 的，没有新建账号。核对账号再来")
    return held.mandate


def _passphrase(descriptor: int | None, asked: str) -> str:
    if descriptor is not None:
        return keyfile.read_passphrase(descriptor)
    return getpass.getpass(asked)


def _key(
    settings: Settings,
    person: Account,
    passphrase: str,
    opener: str | None,
    descriptor: int | None,
) -> bytes:
    """Make the key for the first person, or wrap the one there is for another."""
    if not settings.key_file.exists():
        settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return keyfile.create(
            settings.key_file,
            keyfile.StoreKind.COUNTER,
            person.account_id,
            passphrase,
            random=secrets.token_bytes,
        )
    if opener is None:
        raise BadInput("窗口数据已经有了，没有新建账号。用 --as 指明谁来打开它")
    key = keyfile.unlock(settings.key_file, opener, _passphrase(descriptor, f"{opener} 的口令："))
    keyfile.add_passphrase(
        settings.key_file, key, person.account_id, passphrase, random=secrets.token_bytes
    )
    return key


def _keep(settings: Settings, key: bytes, person: Account, passphrase: str) -> None:
    now = running_clock()
    store = Store.open(
        settings.store,
        key=key,
        now=now,
        station=settings.counter.code,
        initials=read_initials().of,
    )
    try:
        publish_starter(store, now)
        with store.begin() as tx:
            if accounts.find(tx, person.account_id) is not None:
                raise BadInput(f"已经有账号 {person.account_id}，没有改动。换一个登录名")
            accounts.add(tx, person, accounts.hashed(passphrase))
    finally:
        store.close()
