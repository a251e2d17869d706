"""``clerk --recheck``: checks every stored case again and says how many verdicts differ.

Under the version each was taken in under, nothing may differ. With ``--under`` a draft says how many
of the stored cases it would have decided otherwise. Nothing is changed.
"""

import argparse
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from clerk import wording_recheck
from clerk.app.opening import OpenCounter
from clerk.app.terminal import ask_who, entered
from clerk.domain.errors import BadInput, ClerkError, StandardFaulty
from clerk.domain.identity import Session
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_parsing import standard_from
from clerk.services.rechecking import BEGINNING, RecheckedSlice, recheck_some, recheck_under

SHOWN: Final = 50
Some = Callable[[tuple[UUID, int]], RecheckedSlice]


def main(arguments: Sequence[str]) -> int:
    """Check again; return 1 where a verdict differs, which under a draft is only told."""
    parser = argparse.ArgumentParser(prog="clerk --recheck")
    ask_who(parser, "an auditor")
    parser.add_argument(
        "--under", type=Path, help="a standard (TOML): how many stored verdicts would it change"
    )
    parser.add_argument(
        "--under-version", help="the same for a version in the store, as item_code:version"
    )
    given = parser.parse_args(list(arguments))
    try:
        draft = _read(given.under) if given.under else None
        with entered(given.account, given.passphrase_fd, "没有核对") as (opened, session):
            if given.under_version:
                draft = _stored(opened, given.under_version)
            return _compare(opened, session, draft)
    except ClerkError as error:
        faults = error.faults if isinstance(error, StandardFaulty) else ()
        for line in (str(error), *faults):
            print(line, file=sys.stderr)  # noqa: T201  a command of the terminal
        return 1


def _read(file: Path) -> ItemStandard:
    try:
        return standard_from(tomllib.loads(file.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{file} 读不出来（{error}），没有核对。请选一个事项标准文件") from error


def _stored(opened: OpenCounter, named: str) -> ItemStandard:
    code, _, version = named.partition(":")
    if not version.isdecimal():
        raise BadInput(f"“{named}”应写成 事项代码:版本号，没有核对。例如 food_business_permit:2")
    return opened.desk.standard(code, int(version))


def _compare(opened: OpenCounter, session: Session, draft: ItemStandard | None) -> int:
    desk = opened.desk
    some: Some = (
        partial(recheck_some, desk, session)
        if draft is None
        else partial(recheck_under, desk, session, draft)
    )
    begun = desk.now()
    looked_at = different = 0
    for slice_ in _slices(some):
        looked_at += slice_.checks
        for found in slice_.differing[: max(SHOWN - different, 0)]:
            for line in wording_recheck.lines(found.label, found.check, found.difference):
                print(line)  # noqa: T201  a command of the terminal
        different += len(slice_.differing)
    seconds = max((desk.now() - begun).total_seconds(), 1e-6)
    print(wording_recheck.summary(looked_at, different, looked_at / seconds, draft))  # noqa: T201
    return 1 if different and draft is None else 0


def _slices(some: Some) -> Iterator[RecheckedSlice]:
    after = BEGINNING
    while True:
        found = some(after)
        yield found
        if found.go_on_after is None:
            return
        after = found.go_on_after
