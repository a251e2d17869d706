"""``clerk --submit-issued``: gives the library the certificates issued before it was told of them.

Each is queued once, under an id of its own; the window sends them as it sends everything else.
"""

import argparse
import sys
from collections.abc import Sequence

from clerk.app.terminal import ask_who, entered
from clerk.domain.errors import ClerkError
from clerk.services.issued_certificates import submit_stock


def main(arguments: Sequence[str]) -> int:
    """Queue the stock and say whose certificates they are, by case number."""
    parser = argparse.ArgumentParser(prog="clerk --submit-issued")
    ask_who(parser, "whoever keeps the blanks")
    given = parser.parse_args(list(arguments))
    count, last = 0, 0
    try:
        with entered(given.account, given.passphrase_fd, "没有入库") as (opened, session):
            finished = False
            while not finished:
                done = submit_stock(opened.desk, session, last)
                finished, last, count = done.finished, done.last, count + len(done.labels)
                for label in done.labels:
                    print(label)  # noqa: T201  a command of the terminal
    except ClerkError as error:
        print(error, file=sys.stderr)  # noqa: T201  a command of the terminal
        return 1
    print(f"{count} 份证照等着入库，打开窗口就会送出")  # noqa: T201
    return 0
