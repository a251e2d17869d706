"""``clerk --verify-journal``: walks the journal of every station and says where it breaks.

It prints how many lines each chain has, its certificate calls, those without a result, and the end
of the chain, which is to be kept elsewhere: given back with ``--end`` it shows a tail that was cut
off. 1 means that a chain is broken, or that the certificate ledger tells something else.
"""

import argparse
import sys
from collections.abc import Sequence

from clerk import wording_ledger
from clerk.app.terminal import ask_who, entered
from clerk.domain.errors import BadInput, ClerkError
from clerk.services.journal_checking import check_journal
from clerk.storage.journal import Anchor


def main(arguments: Sequence[str]) -> int:
    """Verify; return 1 where anything does not hold."""
    parser = argparse.ArgumentParser(prog="clerk --verify-journal")
    ask_who(parser, "an auditor")
    parser.add_argument(
        "--end", action="append", default=[], help="a chain's end kept elsewhere, as printed here"
    )
    given = parser.parse_args(list(arguments))
    try:
        ends = {end.station: end for end in map(_end, given.end)}
        with entered(given.account, given.passphrase_fd, "没有核验") as (opened, session):
            found = check_journal(opened.desk, session, ends)
    except ClerkError as error:
        print(error, file=sys.stderr)  # noqa: T201  a command of the terminal
        return 1
    for one in found:
        for line in wording_ledger.journal_lines(one):
            print(line)  # noqa: T201  a command of the terminal
    whole = sum(one.whole for one in found)
    print(wording_ledger.journal_summary(len(found), whole))  # noqa: T201
    return 0 if whole == len(found) else 1


def _end(text: str) -> Anchor:
    station, _, rest = text.partition(":")
    sequence, _, digest = rest.partition(":")
    if not (station and sequence.isdecimal() and digest):
        raise BadInput(f"“{text}”不是链尾，没有核验。请照核验时打印的写 站点:条数:摘要")
    return Anchor(station=station, sequence=int(sequence), digest=digest)
