"""``clerk --rederive``: works every case out from its events again and says what is different.

Nothing is changed. Run from a terminal, while no window is open, by whoever verifies the journal.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

from clerk.app.opening import OpenCounter
from clerk.app.terminal import ask_who, entered
from clerk.domain.errors import ClerkError
from clerk.domain.identity import Session
from clerk.services.rederiving import BEGINNING, Rederived, rederive_some


def main(arguments: Sequence[str]) -> int:
    """Compare every case with its events; return 1 where any of them differs."""
    parser = argparse.ArgumentParser(prog="clerk --rederive")
    ask_who(parser, "an auditor")
    given = parser.parse_args(list(arguments))
    try:
        with entered(given.account, given.passphrase_fd, "没有核对") as (opened, session):
            return _compare(opened, session)
    except ClerkError as error:
        print(error, file=sys.stderr)  # noqa: T201  a command of the terminal
        return 1


def _compare(opened: OpenCounter, session: Session) -> int:
    begun = opened.desk.now()
    looked_at = different = 0
    for slice_ in _slices(opened, session):
        looked_at += slice_.cases
        different += len(slice_.differences)
        for found in slice_.differences:
            print(f"{found.label or found.case_id} {' '.join(found.what)}")  # noqa: T201
    seconds = max((opened.desk.now() - begun).total_seconds(), 1e-6)
    a_second = looked_at / seconds
    print(f"核对了 {looked_at} 件，{different} 件和经过对不上，每秒 {a_second:.0f} 件")  # noqa: T201
    return 1 if different else 0


def _slices(opened: OpenCounter, session: Session) -> Iterator[Rederived]:
    after = BEGINNING
    while True:
        found = rederive_some(opened.desk, session, after)
        yield found
        if found.go_on_after is None:
            return
        after = found.go_on_after
