"""A real counter beside the practice hall, as a command of the terminal finds it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from clerk.app import add_account
from clerk.app.edges import running_clock, uuid7
from clerk.app.opening import OpenCounter, open_counter
from clerk.settings import counter
from clerk.storage import keyfile

SETTINGS = """
code = "07"
name = "7 号窗"
hall = "示例县政务服务中心"
org_code = "11990123MB0001001W"
phone = "000-1000 007"
address = "示例路 7 号"
[endpoints]
certlib = "http://127.0.0.1:9/"
back_office = "http://127.0.0.1:9/"
platform = "http://127.0.0.1:9/"
"""
WORD = "first passphrase"


def said(passphrase: str) -> str:
    """Return a descriptor from which the passphrase can be read once."""
    reader, writer = os.pipe()
    os.write(writer, passphrase.encode() + b"\n")
    os.close(writer)
    return str(reader)


def lives_in(environment: pytest.MonkeyPatch, home: Path) -> None:
    """Let the program find its counter there, and no keyring."""
    environment.setenv("CLERK_HOME", str(home))
    environment.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")


def settled(home: Path) -> Path:
    """Write the settings of a counter that nobody has signed in at; return its folder."""
    place = home / "counter"
    place.mkdir()
    (place / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    return place


def joined(first: tuple[str, str, str], *others: tuple[str, str, str]) -> None:
    """Give people an account: code, name and role; the first opens the store for the others."""
    add_account.main([*first, "--passphrase-fd", said(WORD)])
    for one in others:
        more = ["--as", first[0], "--as-passphrase-fd", said(WORD)]
        add_account.main([*one, "--passphrase-fd", said(WORD), *more])


@contextmanager
def opened() -> Iterator[OpenCounter]:
    """The counter as whoever may open it first would, to be looked into behind the program."""
    settings = counter(os.environ)
    key = keyfile.unlock(settings.key_file, keyfile.holders(settings.key_file)[0], WORD)
    here = open_counter(settings, key, now=running_clock(), new_id=uuid7)
    try:
        yield here
    finally:
        here.close()
