"""Entering the real counter from a terminal: whoever runs a command signs in as at the window."""

import getpass
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from clerk.app.edges import running_clock, uuid7
from clerk.app.opening import OpenCounter, open_counter
from clerk.domain.errors import BadInput
from clerk.domain.identity import Session
from clerk.settings import counter
from clerk.storage import keyfile


def ask_who(parser: ArgumentParser, whose: str) -> None:
    """Let the command line name the account, that of ``whose``, and where its passphrase is."""
    parser.add_argument("--as", dest="account", required=True, help=f"account of {whose}")
    parser.add_argument("--passphrase-fd", type=int, help="read the passphrase from there")


@contextmanager
def entered(
    account: str, passphrase_fd: int | None, undone: str
) -> Iterator[tuple[OpenCounter, Session]]:
    """Open the counter of this machine and sign in; ``undone`` says what otherwise did not happen.

    Raises:
        BadInput: there is no counter here.
        ClerkError: a window has it open, or account or passphrase are others.
    """
    settings = counter(os.environ)
    if not settings.key_file.exists():
        raise BadInput(f"{settings.folder} 里还没有窗口数据，{undone}。请系统管理员先建好")
    asked = f"{account} 的口令："
    passphrase = (
        getpass.getpass(asked) if passphrase_fd is None else keyfile.read_passphrase(passphrase_fd)
    )
    key = keyfile.unlock(settings.key_file, account, passphrase)
    opened = open_counter(settings, key, now=running_clock(), new_id=uuid7)
    try:
        yield opened, opened.sign_in(account, passphrase)
    finally:
        opened.close()
