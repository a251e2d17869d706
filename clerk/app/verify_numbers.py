"""``clerk --verify-numbers``: proves every series of paper numbers (文号) whole.

It prints what is missing, doubled, void without a reason, or on a paper and in no series, and at
the end how many numbers there are. 1 means that something does not hold.
"""

import argparse
import sys
from collections.abc import Sequence

from clerk import wording_numbers
from clerk.app.terminal import ask_who, entered
from clerk.documents.due import TITLES
from clerk.domain.errors import ClerkError
from clerk.services.paper_ledger import prove_paper_numbers


def main(arguments: Sequence[str]) -> int:
    """Prove; return 1 where anything does not hold."""
    parser = argparse.ArgumentParser(prog="clerk --verify-numbers")
    ask_who(parser, "an auditor")
    given = parser.parse_args(list(arguments))
    try:
        with entered(given.account, given.passphrase_fd, "没有核验") as (opened, session):
            proof = prove_paper_numbers(opened.desk, session)
    except ClerkError as error:
        print(error, file=sys.stderr)  # noqa: T201  a command of the terminal
        return 1
    for line in wording_numbers.proof_lines(proof, TITLES):
        print(line)  # noqa: T201  a command of the terminal
    print(wording_numbers.proof_summary(proof))  # noqa: T201
    return 0 if proof.whole else 1
