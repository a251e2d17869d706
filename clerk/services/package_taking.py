"""Takes a package of item standards in as drafts; nothing is published by it (取标准包).

One pass over the package: what it changes is told, its drafts wait in a temporary file. Nothing
reaches the store before a person has seen what changes and says so; then all of it does, drafts and
letter templates together, or nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import Connection

from clerk.domain.days import local_time
from clerk.domain.errors import BadInput
from clerk.domain.identity import Act, Session
from clerk.domain.sheet_drafts import DraftChange
from clerk.domain.sheet_report import MOST_ITEMS, DraftLine, Grouped, SheetReport
from clerk.domain.standard_difference import ItemChange, StandardChangeKind
from clerk.domain.standard_draft import NewDraft, Plain
from clerk.services.desk import Desk
from clerk.services.letter_template_import import PackedLetter, check_packed_letters, keep_letters
from clerk.services.standard_drafts import take_drafts
from clerk.services.standard_editions import AT_ONCE, Stopped
from clerk.services.standard_unpacking import (
    GoOn,
    Packaged,
    PackagedChange,
    changes,
    look_through,
)
from clerk.storage.plain_table import dump_table, load_table
from clerk.values import dataclass

Worded = Callable[[ItemChange, Plain, Plain, int], Grouped]
"""Words what changes in an item, and how many further versions of it the package has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPackage:
    """How many drafts and letter templates came in."""

    drafts: int
    letters: int


class ComparedPackage:
    """A package beside what is in force, with its drafts until ``close``.

    ``differing`` are calendars, code lists and shipped templates that are other than those here;
    they are not taken. The report's ``unlisted`` items run here and are not in the package.
    """

    def __init__(
        self,
        report: SheetReport,
        made: str,
        differing: tuple[str, ...],
        letters: tuple[PackedLetter, ...],
        drafts: IO[str],
    ) -> None:
        self.report, self.made, self.differing = report, made, differing
        self.letters = letters
        self._drafts = drafts

    def tables(self) -> Iterator[NewDraft]:
        """Yield the drafts of the package."""
        self._drafts.seek(0)
        for line in self._drafts:
            after, table, samples = line.rstrip("\n").split("\t")
            yield NewDraft(
                table=load_table(table),
                samples=load_table(samples) if samples else None,
                after=int(after),
            )

    def close(self) -> None:
        """Drop what nobody kept."""
        self._drafts.close()


def compare_package(
    desk: Desk,
    session: Session,
    package: Packaged,
    name: str,
    here: Mapping[str, str],
    go_on: GoOn,
    worded: Worded,
) -> ComparedPackage | None:
    """Look through a package and compare it; None where the person stopped it.

    Args:
        desk: what the window has at hand.
        session: who would take it.
        package: who calls has made sure who signed it.
        name: what its file is called.
        here: SHA-256 digests of this counter's calendars, code lists and templates, by name.
        go_on: told how many of how many steps are done: files looked through, items compared.
        worded: says what changes.

    Raises:
        NotAllowed: the role does not edit standards.
        PackageFaulty: something is wrong with the package; everything is listed.
        TemplateFaulty: one of its letter templates has faults that refuse it.
        BadInput: this computer has no room for its drafts.
    """
    session.require(Act.EDIT_STANDARDS)
    try:
        with ExitStack() as beside:
            drafts = beside.enter_context(TemporaryFile("w+", encoding="utf-8", newline="\n"))
            look_through(package, lambda done, files: go_on(done, 2 * files))
            report = _report(desk, session, package, drafts, go_on, worded)
            letters = check_packed_letters(desk, session, package.letters(), name)
            made, differing = _made(package), package.differing(here)
            beside.pop_all()
            return ComparedPackage(report, made, differing, letters, drafts)
    except Stopped:
        return None
    except OSError as error:
        raise BadInput("本机的临时文件夹写不进去，没有取任何内容。腾出空间再试") from error


def keep_package(
    desk: Desk, session: Session, found: ComparedPackage, batch: str, go_on: GoOn
) -> TakenPackage | None:
    """Store every draft and letter template, in one transaction; None where it was stopped.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: one of the items is being edited already, or has got another version since it
            was compared; nothing is taken.
    """
    session.require(Act.EDIT_STANDARDS)
    total, letters = found.report.to_keep, 0

    def keep(tx: Connection) -> None:
        nonlocal letters
        letters = keep_letters(desk, tx, session, found.letters)

    drafts = take_drafts(
        desk, session, found.tables(), batch, found.made, lambda done: go_on(done, total), keep
    )
    return None if drafts is None else TakenPackage(drafts=drafts, letters=letters)


def _report(
    desk: Desk,
    session: Session,
    package: Packaged,
    drafts: IO[str],
    go_on: GoOn,
    worded: Worded,
) -> SheetReport:
    """Go through every item; write what changes to ``drafts``, word the first of them."""
    counts: Counter[DraftChange] = Counter()
    lines: list[DraftLine] = []
    unlisted = 0
    files = package.files
    for done, one in enumerate(changes(desk, session, package)):
        if done % AT_ONCE == 0 and not go_on(files + min(done, files), 2 * files):
            raise Stopped
        if one is None:
            counts[DraftChange.SAME] += 1
        elif one.draft is None:
            unlisted += 1
        else:
            line = _line(one, worded if len(lines) < MOST_ITEMS else None)
            counts[line.change] += 1
            if len(lines) < MOST_ITEMS:
                lines.append(line)
            samples = "" if one.draft.samples is None else dump_table(one.draft.samples)
            drafts.write(f"{one.draft.after}\t{dump_table(one.draft.table)}\t{samples}\n")
    return SheetReport(
        sheet="",
        items=package.items,
        changes=counts,
        drafts=tuple(lines),
        unlisted=unlisted,
    )


def _made(package: Packaged) -> str:
    """Say who packed it and when, to the minute; a time that is written otherwise stays so."""
    try:
        at = f"{local_time(datetime.fromisoformat(package.made_at)):%Y-%m-%d %H:%M}"
    except ValueError:
        at = package.made_at
    return f"{package.made_by} {at}"


def _line(one: PackagedChange, worded: Worded | None) -> DraftLine:
    added = one.change.kind is StandardChangeKind.ADDED
    return DraftLine(
        row=0,
        item_code=one.change.item_code,
        name=one.change.name,
        change=DraftChange.ADDED if added else DraftChange.CHANGED,
        base_version=one.base_version,
        sentences=worded(one.change, one.before, one.after, one.later) if worded else (),
    )
