"""``clerk --archive``: makes the packages of closed cases from a terminal, while no window is open.

Whoever runs it signs in as at the window; what that person may not do there, this does not do.
"""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from clerk.app.edges import running_clock, uuid7
from clerk.app.opening import OpenCounter, open_counter
from clerk.domain.errors import BadInput, ClerkError, NotAcceptable
from clerk.domain.identity import Session
from clerk.services import archiving
from clerk.settings import counter
from clerk.storage import keyfile

EVERY = "all"


def main(arguments: Sequence[str]) -> int:
    """Archive one case or all that wait; return 1 where any of them was not archived."""
    parser = argparse.ArgumentParser(prog="clerk --archive")
    parser.add_argument("case", help=f"number of the case, or {EVERY}")
    parser.add_argument("--out", type=Path, required=True, help="folder for the packages")
    parser.add_argument("--as", dest="account", required=True, help="account of a supervisor")
    parser.add_argument("--passphrase-fd", type=int, help="read the passphrase from there")
    parser.add_argument("--reason", default="", help="why, although a must of the review fails")
    given = parser.parse_args(list(arguments))
    try:
        opened, session = _entered(given.account, given.passphrase_fd)
        try:
            return _archive(opened, session, given.case, given.out, given.reason)
        finally:
            opened.close()
    except ClerkError as error:
        print(error, file=sys.stderr)  # noqa: T201  a command of the terminal
        return 1


def _entered(account: str, descriptor: int | None) -> tuple[OpenCounter, Session]:
    settings = counter(os.environ)
    if not settings.key_file.exists():
        raise BadInput(f"{settings.folder} 里还没有窗口数据，没有归档。请系统管理员先建好")
    asked = f"{account} 的口令："
    passphrase = (
        getpass.getpass(asked) if descriptor is None else keyfile.read_passphrase(descriptor)
    )
    key = keyfile.unlock(settings.key_file, account, passphrase)
    opened = open_counter(settings, key, now=running_clock(), new_id=uuid7)
    try:
        return opened, opened.sign_in(account, passphrase)
    except ClerkError:
        opened.close()
        raise


def _archive(opened: OpenCounter, session: Session, which: str, out: Path, reason: str) -> int:
    desk = opened.desk
    if which != EVERY:
        case_id = archiving.case_of_number(desk, session, which)
        _one(opened, session, case_id, out, reason)
        return 0
    waiting = archiving.waiting_for_archive(desk, session)
    left_out = 0
    for place, case_id in enumerate(waiting, 1):
        try:
            _one(opened, session, case_id, out, "", f"{place}/{len(waiting)} ")
        except NotAcceptable as error:
            left_out += 1
            print(f"{place}/{len(waiting)} {error}", file=sys.stderr)  # noqa: T201
    print(f"归档了 {len(waiting) - left_out} 件，{left_out} 件没有归档")  # noqa: T201
    return 1 if left_out else 0


def _one(
    opened: OpenCounter, session: Session, case_id: UUID, out: Path, reason: str, before: str = ""
) -> None:
    packed = archiving.archive_case(opened.desk, session, case_id, out, reason)
    print(f"{before}{packed.case.label} {packed.digest} {packed.folder}")  # noqa: T201
