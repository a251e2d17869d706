"""``clerk --archive``: makes the packages of closed cases from a terminal, while no window is open.

Whoever runs it signs in as at the window; what that person may not do there, this does not do.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from clerk.app.opening import OpenCounter
from clerk.app.terminal import ask_who, entered
from clerk.domain.errors import ClerkError, NotAcceptable
from clerk.domain.identity import Session
from clerk.services import archiving

EVERY = "all"


def main(arguments: Sequence[str]) -> int:
    """Archive one case or all that wait; return 1 where any of them was not archived."""
    parser = argparse.ArgumentParser(prog="clerk --archive")
    parser.add_argument("case", help=f"number of the case, or {EVERY}")
    parser.add_argument("--out", type=Path, required=True, help="folder for the packages")
    ask_who(parser, "a supervisor")
    parser.add_argument("--reason", default="", help="why, although a must of the review fails")
    given = parser.parse_args(list(arguments))
    try:
        with entered(given.account, given.passphrase_fd, "没有归档") as (opened, session):
            return _archive(opened, session, given.case, given.out, given.reason)
    except ClerkError as error:
        print(error, file=sys.stderr)  # noqa: T201  a command of the terminal
        return 1


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
