"""Taking a bureau's worksheet in: it is read, understood and checked, and becomes drafts.

One pass over the list: what it found is told, its drafts wait in a temporary file. Nothing reaches
the store before a person has seen what changes and says so; a list that is not kept leaves nothing.
"""

import csv
import tomllib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from sqlalchemy import Connection

from clerk.documents.workbook import Workbook
from clerk.domain.errors import BadInput
from clerk.domain.identity import Act, Session
from clerk.domain.sheet_checks import check_mapping, checked
from clerk.domain.sheet_columns import (
    SheetMapping,
    SheetValue,
    SheetVocabulary,
    guess_mapping,
    vocabulary_from,
)
from clerk.domain.sheet_drafts import BaseVersion, DraftChange, SheetDraft, draft_of
from clerk.domain.sheet_faults import FaultLevel, SheetFault, SheetRule
from clerk.domain.sheet_memory import guess_material_type, memory_key, recalled, remembered
from clerk.domain.sheet_reading import SheetItem, SheetRow, items_of
from clerk.domain.sheet_report import Compare, ReportMaking, SheetReport
from clerk.domain.standard_draft import NewDraft, draft_faults, standing_of
from clerk.domain.standard_versions import NEW_ITEM
from clerk.domain.standard_writing import table_of
from clerk.services import sign_in
from clerk.services.desk import Desk
from clerk.services.standard_drafts import take_drafts
from clerk.storage import standard_drafts, standards
from clerk.storage.plain_table import dump_table, load_table
from clerk.values import dataclass, replace

GoOn = Callable[[int, int], bool]
"""Told how many of about how many are done; False stops it."""

ASKED_EVERY: Final = 200
_LACKS_NAMED: Final = 5
_HEAD_ROWS: Final = 30
_BLOCK: Final = 2**16


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHead:
    """How a worksheet begins: what its columns seem to mean, and what stands below each heading.

    ``known`` says that a person gave these meanings to the same headings before.
    """

    mapping: SheetMapping
    examples: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWords:
    """How faults and changes are said; ``fault`` fills a line of the file of faults."""

    fault: Callable[[SheetFault], tuple[str, ...]]
    changes: Compare


class CheckedList:
    """A list that was read, with its drafts and faults beside it until ``close``."""

    def __init__(
        self, report: SheetReport, drafts: IO[str], faults: IO[str], barred: Collection[int]
    ) -> None:
        self.report = report
        self._drafts, self._faults, self._barred = drafts, faults, barred

    def tables(self) -> Iterator[NewDraft]:
        """Yield the drafts of the list."""
        for row, _, after, table in _lines_of(self._drafts):
            if row not in self._barred:
                yield NewDraft(table=load_table(table), after=after)

    def write_faults(self, path: Path) -> None:
        """Write every fault as CSV that office programs open as UTF-8.

        Raises:
            BadInput: the place cannot be written.
        """
        self._faults.seek(0)
        try:
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                while block := self._faults.read(_BLOCK):
                    file.write(block)
        except OSError as error:
            raise BadInput("这个位置写不进去，没有导出。换一个文件夹再存") from error

    def close(self) -> None:
        """Drop what nobody kept."""
        self._drafts.close()
        self._faults.close()


def _lines_of(drafts: IO[str]) -> Iterator[tuple[int, DraftChange, int, str]]:
    """Yield row, change, the newest version when it was looked at, and the draft's table."""
    drafts.seek(0)
    for line in drafts:
        row, change, after, table = line.split("\t", 3)
        yield int(row), DraftChange(change), int(after), table


def sheet_vocabulary(columns: str) -> SheetVocabulary:
    """Return what columns may mean, from the text of ``resources/sheet/columns.toml``."""
    return vocabulary_from(tomllib.loads(columns))


def sheet_names(path: Path) -> tuple[str, ...]:
    """Name the worksheets of a file that a person sees.

    Raises:
        BadInput: it is no worksheet file, too large, damaged, carries macros, or shows nothing.
    """
    with closing(Workbook(path)) as book:
        if not book.sheets:
            raise BadInput(
                "这个文件里没有可见的工作表，没有读入。取消隐藏，或换一个实施清单的 xlsx 文件"
            )
        return book.sheets


def sheet_head(
    desk: Desk, session: Session, path: Path, sheet: str, vocabulary: SheetVocabulary
) -> SheetHead:
    """Find the headings of a worksheet and what they mean, as this person said it before."""
    session.require(Act.EDIT_STANDARDS)
    with closing(Workbook(path)) as book:
        rows = book.head(sheet, _HEAD_ROWS)
        mapping = replace(guess_mapping(sheet, rows, vocabulary), from_1904=book.from_1904)
    kept = sign_in.load_setting(desk, session, memory_key(mapping))
    if kept:
        mapping = recalled(mapping, kept, vocabulary)
    elif meaning := guess_material_type(mapping, rows, vocabulary):
        mapping = replace(mapping, material_type=meaning)
    below = rows[mapping.first_row - 1 :]
    examples = tuple(_example(below, place) for place in range(len(mapping.headings)))
    return SheetHead(mapping=mapping, examples=examples, known=bool(kept))


def _example(rows: Sequence[Sequence[SheetValue]], place: int) -> str:
    said = (str(row[place]).strip() for row in rows if place < len(row) and row[place] is not None)
    return next((text for text in said if text), "")


def remember_mapping(desk: Desk, session: Session, mapping: SheetMapping) -> None:
    """Keep what the headings mean for the next list of this person with the same ones."""
    session.require(Act.EDIT_STANDARDS)
    sign_in.save_setting(desk, session, memory_key(mapping), remembered(mapping))


def check_list(
    desk: Desk,
    session: Session,
    path: Path,
    mapping: SheetMapping,
    vocabulary: SheetVocabulary,
    go_on: GoOn,
    words: ImportWords,
) -> CheckedList | None:
    """Read the whole list; None where the person stopped it, and nothing is left of it.

    Raises:
        BadInput: the list is damaged, or this computer has no room for its drafts.
    """
    session.require(Act.EDIT_STANDARDS)
    try:
        with ExitStack() as beside:
            drafts = beside.enter_context(TemporaryFile("w+", encoding="utf-8", newline="\n"))
            faults = beside.enter_context(TemporaryFile("w+", encoding="utf-8", newline=""))
            checking = _Checking(desk, mapping, vocabulary, drafts, faults, words)
            with closing(Workbook(path)) as book:
                report = checking.read(book, go_on)
            if report is None:
                return None
            beside.pop_all()
            return CheckedList(report, drafts, faults, checking.barred)
    except OSError as error:
        raise BadInput("本机的临时文件夹写不进去，没有读入。腾出空间再试") from error


def keep_drafts(
    desk: Desk, session: Session, found: CheckedList, batch: str, note: str, go_on: GoOn
) -> int | None:
    """Store every draft of the list, in one transaction; None where the person stopped it.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: one of the items is being edited meanwhile, or has got another version since the
            list was looked at; nothing is kept.
    """
    session.require(Act.EDIT_STANDARDS)
    total = found.report.to_keep
    return take_drafts(desk, session, found.tables(), batch, note, lambda done: go_on(done, total))


class _Checking:
    """One pass over a list."""

    def __init__(
        self,
        desk: Desk,
        mapping: SheetMapping,
        vocabulary: SheetVocabulary,
        drafts: IO[str],
        faults: IO[str],
        words: ImportWords,
    ) -> None:
        self._desk, self._mapping, self._vocabulary = desk, mapping, vocabulary
        self._drafts, self._say, self._writer = drafts, words.fault, csv.writer(faults)
        self._making = ReportMaking(mapping.sheet, words.changes)
        self._today = desk.today()
        self._rows = 0
        self._stopped = False
        self._taken: dict[str, int] = {}
        self.barred: set[int] = set()

    def read(self, book: Workbook, go_on: GoOn) -> SheetReport | None:
        """Read every row; None where it was stopped."""
        of_list = tuple(check_mapping(self._mapping, self._vocabulary))
        self._tell(of_list)
        usable = not any(fault.level is FaultLevel.ERROR for fault in of_list)
        sheet = self._mapping.sheet
        rows = self._counted(book, book.rows(sheet), go_on)
        items = items_of(rows, self._mapping, self._vocabulary)
        found = checked(items, self._vocabulary, self._today, self._mapping.national_set)
        with self._desk.store.read() as tx:
            in_force = _InForce(tx, self._today)
            for item, faults in found:
                self._take(item, faults, in_force, usable=usable)
            unlisted = in_force.unlisted()
        if self._stopped:
            return None
        self._leave_out()
        return self._making.report(self._rows, unlisted)

    def _counted(self, book: Workbook, rows: Iterator[SheetRow], go_on: GoOn) -> Iterator[SheetRow]:
        for row in rows:
            if self._rows % ASKED_EVERY == 0 and not go_on(self._rows, book.row_count(self._rows)):
                self._stopped = True
                return
            self._rows += 1
            yield row

    def _tell(self, faults: Sequence[SheetFault]) -> None:
        self._making.add_faults(faults)
        for fault in faults:
            self._writer.writerow(self._say(fault))

    def _take(
        self, item: SheetItem, faults: Sequence[SheetFault], in_force: "_InForce", *, usable: bool
    ) -> None:
        base = in_force.base_of(item)
        told = [one for one in faults if not _repeats_its_day(one, item, base)]
        self.barred.update(int(one.detail["first"]) for one in told if _is_double(one))
        draft = None
        if usable and not any(fault.level is FaultLevel.ERROR for fault in told):
            draft = draft_of(item, base, self._vocabulary, self._mapping, self._today)
            against = self._against(item, draft, in_force)
            told += against
            if against:
                draft = None
            elif draft.change is not DraftChange.SAME:
                told += self._lacking(item, draft)
        self._tell(told)
        self._making.add_item(len(item.materials), left_out=draft is None)
        if draft is not None:
            self._making.add_draft(draft, base)
            if draft.change is not DraftChange.SAME:
                after = in_force.newest_of(draft.item_code)
                table = dump_table(draft.table)
                self._drafts.write(f"{draft.row}\t{draft.change}\t{after}\t{table}\n")

    def _against(
        self, item: SheetItem, draft: SheetDraft, in_force: "_InForce"
    ) -> list[SheetFault]:
        """Say why the item cannot be a draft beside what is there: in the list, or in the store."""
        first = self._taken.setdefault(draft.item_code, item.row)
        if first != item.row:
            self.barred.add(first)
            rule, detail = SheetRule.DOUBLE_ITEM, {"first": str(first)}
        elif draft.change is not DraftChange.SAME and draft.item_code in in_force.drafted:
            rule, detail = SheetRule.DRAFT_EXISTS, {}
        else:
            return []
        return [item.fault(rule, FaultLevel.ERROR, "task_code", item.row, **detail)]

    def _lacking(self, item: SheetItem, draft: SheetDraft) -> list[SheetFault]:
        """Name what the editor has still to add before the draft can be published."""
        lacks = draft_faults(draft.table, self._today)
        if not lacks:
            return []
        named = "\n".join(lacks[:_LACKS_NAMED])
        many = str(len(lacks))
        return [
            item.fault(SheetRule.DRAFT_LACKS, FaultLevel.WARNING, "name", many=many, lacking=named)
        ]

    def _leave_out(self) -> None:
        """Drop the earlier of two rows with the same code: nobody knows which one is meant."""
        if self.barred:
            for row, change, *_ in _lines_of(self._drafts):
                if row in self.barred:
                    self._making.leave_out(row, change)


def _is_double(fault: SheetFault) -> bool:
    return fault.rule is SheetRule.DOUBLE_ITEM


def _repeats_its_day(fault: SheetFault, item: SheetItem, base: BaseVersion | None) -> bool:
    """Whether the day that has passed is only that of the version in force, said again."""
    if fault.rule is not SheetRule.BEGINS_EARLIER or base is None:
        return False
    return date.fromisoformat(item.values["effective_on"]) == base.table.get("effective_on")


class _InForce:
    """Finds the version in force that an item of the list goes on from, by its codes."""

    def __init__(self, tx: Connection, today: date) -> None:
        self._tx = tx
        self._versions: dict[str, tuple[str, int]] = {}
        self._several: set[str] = set()
        self._items = 0
        self._met: set[str] = set()
        self._newest: dict[str, int] = {}
        self.drafted = standard_drafts.all_taken(tx)
        for item_code, grouped in groupby(standards.lines(tx), key=lambda line: line.item_code):
            versions = tuple(grouped)
            self._newest[item_code] = versions[-1].version
            line = standing_of(versions, today)
            if line is None:
                continue
            self._items += 1
            for code in line.codes:
                if self._versions.setdefault(code, (line.item_code, line.version))[0] != (
                    line.item_code
                ):
                    self._several.add(code)

    def base_of(self, item: SheetItem) -> BaseVersion | None:
        """Return the version that one code alone leads to; the most exact code first."""
        for column in ("handle_item_code", "local_code", "task_code"):
            code = item.values.get(column, "")
            if code in self._versions and code not in self._several:
                item_code, version = self._versions[code]
                standard = standards.find(self._tx, item_code, version)
                if standard is not None and _same_part(item, standard.handle_item_code):
                    self._met.add(item_code)
                    table = table_of(standard)
                    return BaseVersion(item_code=item_code, version=version, table=table)
        return None

    def newest_of(self, item_code: str) -> int:
        """The newest version of an item, in force or not; 0 for one that has none."""
        return self._newest.get(item_code, NEW_ITEM)

    def unlisted(self) -> int:
        """How many items in force the list does not name."""
        return self._items - len(self._met)


def _same_part(item: SheetItem, handle_item_code: str) -> bool:
    """Whether the list does not name another 办理项 of the same main item."""
    said = item.values.get("handle_item_code", "")
    return not said or not handle_item_code or said == handle_item_code
