"""A bureau's list in memory for the tests of the import: plain functions, no file, no store."""

import threading
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from clerk import assets
from clerk.app.import_wiring import changes
from clerk.domain.errors import BadInput, ClerkError
from clerk.domain.sheet_checks import checked
from clerk.domain.sheet_columns import (
    SheetMapping,
    SheetValue,
    SheetVocabulary,
    guess_mapping,
    vocabulary_from,
)
from clerk.domain.sheet_drafts import BaseVersion, draft_of
from clerk.domain.sheet_faults import FaultLevel
from clerk.domain.sheet_reading import SheetRow, items_of
from clerk.domain.sheet_report import ReportMaking, SheetReport
from clerk.domain.standard_writing import table_of
from clerk.ui.import_actions import ImportActions
from tests.domain.starter_items import TODAY, item

HEADINGS = (
    "事项名称",
    "实施编码",
    "业务办理项编码",
    "事项类型",
    "设定依据",
    "实施主体",
    "办件类型",
    "承诺办结时限",
    "网办深度",
    "材料名称",
    "材料类型",
    "原件份数",
)
NEW_CODE = "11990123MB0000019Y4990131077000"


@cache
def vocabulary() -> SheetVocabulary:
    return vocabulary_from(tomllib.loads(assets.read_text("resources", "sheet/columns.toml")))


@cache
def food() -> BaseVersion:
    standard = item("food_business_permit")
    return BaseVersion(item_code=standard.item_code, version=1, table=table_of(standard))


def sample_rows() -> list[tuple[SheetValue, ...]]:
    """One item that is changed, one that is new, one that cannot be read."""
    known = food().table
    changed = (
        known["name"],
        known["task_code"],
        known["handle_item_code"],
        "行政许可",
        "《食品安全法》第三十五条",
        known["body"]["name"],
        "承诺件",
        8,
        "4",
    )
    new = (
        "摆摊备案",
        NEW_CODE,
        None,
        "公共服务",
        "《示例办法》第五条",
        "示例县局",
        "即办件",
        0,
        "3",
    )
    spoiled = ("坏编码的事项", 1.1990123e30, None, "行政许可", "依据", "示例县局", "承诺件", 5, "1")
    return [
        HEADINGS,
        (*changed, "食品经营许可申请书", 2, 1),
        (*changed, "新加的材料", 2, 1),
        (*new, "申请表", 2, 1),
        (*spoiled, "申请表", 2, 1),
    ]


@dataclass(frozen=True, slots=True)
class Head:
    mapping: SheetMapping
    examples: tuple[str, ...]
    known: bool


@dataclass
class Found:
    report: SheetReport
    closed: bool = False

    def close(self) -> None:
        self.closed = True


@dataclass
class ImportWorld:
    """What the import is given; ``hold`` makes the check wait until it is told to go on."""

    names: tuple[str, ...] = ("实施清单",)
    rows: list[tuple[SheetValue, ...]] = field(default_factory=sample_rows)
    trouble: ClerkError | None = None
    hold: bool = False
    known: SheetMapping | None = None
    found: Found | None = None
    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    exported: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)

    @property
    def read(self) -> Found:
        """The list that was read."""
        assert self.found is not None
        return self.found

    @property
    def said(self) -> SheetMapping:
        """What a person said of the headings."""
        assert self.known is not None
        return self.known

    def actions(self) -> ImportActions:
        return ImportActions(
            vocabulary=vocabulary,
            sheets=self._sheets,
            head=self._head,
            remember=self._remember,
            check=self._check,
            write_faults=lambda _, path: self.written.append(path),
            keep=self._keep,
            export=self._export,
        )

    def _sheets(self, path: str) -> Sequence[str]:
        if not path.endswith(".xlsx"):
            raise BadInput("这不是 xlsx 表格，没有读入")
        return self.names

    def _head(self, path: str, sheet: str) -> Head:
        guessed = guess_mapping(sheet, self.rows[:15], vocabulary())
        examples = tuple("" if cell is None else str(cell) for cell in self.rows[1])
        known = self.known is not None
        return Head(mapping=self.known or guessed, examples=examples, known=known)

    def _remember(self, mapping: SheetMapping) -> None:
        self.known = mapping

    def _check(
        self, path: str, mapping: SheetMapping, go_on: Callable[[int, int], bool]
    ) -> Found | None:
        self.begun.set()
        for _ in range(1000 if self.hold else 0):
            if not go_on(1_000, 100_000):
                return None
            threading.Event().wait(0.005)
        making = ReportMaking(mapping.sheet, changes)
        numbered = (SheetRow(number=at, cells=cells) for at, cells in enumerate(self.rows, 1))
        for one, faults in checked(
            items_of(numbered, mapping, vocabulary()), vocabulary(), TODAY, mapping.national_set
        ):
            spoiled = any(fault.level is FaultLevel.ERROR for fault in faults)
            making.add_faults(faults)
            making.add_item(len(one.materials), left_out=spoiled)
            if not spoiled:
                same = one.values.get("task_code") == food().table["task_code"]
                base = food() if same else None
                making.add_draft(draft_of(one, base, vocabulary(), mapping, TODAY), base)
        self.found = Found(making.report(len(self.rows), unlisted=5))
        return self.found

    def _keep(self, found: object, name: str, go_on: Callable[[int, int], bool]) -> int | None:
        if self.trouble:
            raise self.trouble
        self.kept.append(name)
        return self.found.report.to_keep if self.found else 0

    def _export(
        self, item_codes: Sequence[str], path: str, go_on: Callable[[int, int], bool]
    ) -> int | None:
        self.exported.append((tuple(item_codes), path))
        return 6


def without_errors(world: ImportWorld) -> ImportWorld:
    """The same list without the row that cannot be read."""
    return replace(world, rows=world.rows[:-1])
