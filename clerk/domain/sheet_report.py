"""What reading a whole list found: counts of everything, and as many lines as a person looks at."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any, Final

from clerk.domain.sheet_drafts import BaseVersion, DraftChange, SheetDraft
from clerk.domain.sheet_faults import FaultLevel, SheetFault
from clerk.values import dataclass

MOST_FAULTS: Final = 3000
"""So many faults of a level are listed; all of them go to the file of faults."""
MOST_ITEMS: Final = 2000
"""So many items that change are listed with their differences."""

Grouped = tuple[tuple[str, tuple[str, ...]], ...]
"""What changes in one item, in sentences by the title of their group."""
Compare = Callable[[Mapping[str, Any], Mapping[str, Any]], Grouped]
"""Words what changes from the version in force to the draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One item of the list that changes something; ``row`` is its first row.

    ``sentences`` say what changes, nothing of an item that is new.
    """

    row: int
    item_code: str
    name: str
    change: DraftChange
    base_version: int
    sentences: Grouped = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """What a list says as a whole.

    ``left_out`` items have errors and become no drafts. ``unlisted`` items are in force and not in
    the list: nothing happens to them.
    """

    sheet: str
    rows: int = 0
    items: int = 0
    materials: int = 0
    levels: Mapping[FaultLevel, int] = field(default_factory=dict)
    faults: tuple[SheetFault, ...] = ()
    changes: Mapping[DraftChange, int] = field(default_factory=dict)
    drafts: tuple[DraftLine, ...] = ()
    left_out: int = 0
    unlisted: int = 0

    def count(self, *levels: FaultLevel) -> int:
        """How many faults of these levels there are."""
        return sum(self.levels.get(level, 0) for level in levels)

    @property
    def to_keep(self) -> int:
        """How many items become drafts."""
        kept = (DraftChange.ADDED, DraftChange.CHANGED, DraftChange.ENDED)
        return sum(self.changes.get(change, 0) for change in kept)


class ReportMaking:
    """Counts while the list goes by; only what a person can look at stays in memory."""

    def __init__(self, sheet: str, compare: Compare) -> None:
        self._sheet, self._compare = sheet, compare
        self._levels: Counter[FaultLevel] = Counter()
        self._faults: list[SheetFault] = []
        self._changes: Counter[DraftChange] = Counter()
        self._drafts: list[DraftLine] = []
        self._items = self._materials = self._left_out = 0

    def add_faults(self, faults: Iterable[SheetFault]) -> None:
        """Count faults and list the first of each level."""
        for fault in faults:
            self._levels[fault.level] += 1
            if self._levels[fault.level] <= MOST_FAULTS:
                self._faults.append(fault)

    def add_item(self, materials: int, *, left_out: bool) -> None:
        """Count an item of the list."""
        self._items += 1
        self._materials += materials
        self._left_out += left_out

    def add_draft(self, draft: SheetDraft, base: BaseVersion | None) -> None:
        """Count what an item is to what is in force, and list it where it changes something."""
        self._changes[draft.change] += 1
        if draft.change is not DraftChange.SAME and len(self._drafts) < MOST_ITEMS:
            self._drafts.append(
                DraftLine(
                    row=draft.row,
                    item_code=draft.item_code,
                    name=draft.name,
                    change=draft.change,
                    base_version=draft.base_version,
                    sentences=self._compare(base.table, draft.table) if base else (),
                )
            )

    def leave_out(self, row: int, change: DraftChange) -> None:
        """Take back an item that a later row turned out to contradict."""
        self._changes[change] -= 1
        self._left_out += 1
        self._drafts = [line for line in self._drafts if line.row != row]

    def report(self, rows: int, unlisted: int) -> SheetReport:
        """Return what was found in ``rows`` rows."""
        return SheetReport(
            sheet=self._sheet,
            rows=rows,
            items=self._items,
            materials=self._materials,
            levels=dict(self._levels),
            faults=tuple(self._faults),
            changes={change: count for change, count in self._changes.items() if count},
            drafts=tuple(self._drafts),
            left_out=self._left_out,
            unlisted=unlisted,
        )
