"""文号台账 over the page, by keys: looked up, made void with its reason, printed, exported."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import NotAcceptable
from clerk.domain.identity import Role
from clerk.domain.paper_numbers import (
    GivenNumber,
    NumberAsking,
    NumberLine,
    NumberPage,
    Series,
    SeriesStanding,
    WentOut,
)
from clerk.domain.papers import PaperKind
from clerk.ui.number_actions import NumberActions
from clerk.ui.number_ledger import NumbersDialog
from clerk.ui.widgets import open_dialog
from tests.domain.at_the_window import CASE_ID, NOW, session
from tests.ui.case_world import World

SERIES = Series(body_code="990123", kind=PaperKind.ACCEPTANCE, year=2026)
BODY = "示例区行政审批服务局"


def line(count: int, copies: int = 0, **changed: object) -> NumberLine:
    given = GivenNumber(
        series=SERIES,
        count=count,
        number=f"示审食受〔2026〕{count} 号",
        case_id=CASE_ID,
        given_at=NOW,
        given_by="zhou",
        counter_code="03",
    )
    return NumberLine(
        given=replace(given, **changed),  # type: ignore[arg-type]  # fields of the number
        body_name=BODY,
        case_label=f"20260318-{count:04}",
        given_by_name="周模拟",
        made=count > 1,
        out=WentOut(copies=copies),
    )


@dataclass
class Ledger:
    """What the dialog asks for, and what it is told."""

    lines: list[NumberLine] = field(default_factory=list)
    missing: tuple[int, ...] = ()
    role: Role = Role.SUPERVISOR
    asked: list[tuple[NumberAsking, int]] = field(default_factory=list)
    voided: list[tuple[int, str, bool]] = field(default_factory=list)
    done: list[object] = field(default_factory=list)

    def actions(self) -> NumberActions:
        return NumberActions(
            here=replace(World().here(), session=session(self.role)),
            page=self.page,
            void=self.void,
            document=lambda _: b"%PDF-numbers",
            pages=lambda _, __: [],
            export=self.export,
        )

    def export(self, _: NumberAsking, path: Path) -> int:
        self.done.append(path)
        return len(self.lines)

    def page(self, asking: NumberAsking, page: int) -> NumberPage:
        self.asked.append((asking, page))
        first = (page - 1) * 50
        void = sum(one.given.voided_at is not None for one in self.lines)
        last = len(self.lines)
        standing = SeriesStanding(
            series=SERIES,
            last=last,
            given=last - len(self.missing),
            void=void,
            missing=self.missing,
        )
        return NumberPage(
            lines=tuple(self.lines[first : first + 50]),
            total=last,
            bodies={"990123": BODY},
            kinds={PaperKind.ACCEPTANCE: "受理通知书"},
            years=(2026, 2025),
            standings=(standing,) if last else (),
        )

    def void(self, series: Series, count: int, reason: str, recovered: bool) -> GivenNumber:
        place = next(n for n, one in enumerate(self.lines) if one.given.count == count)
        if self.lines[place].out.copies and not recovered:
            raise NotAcceptable("这份文书打印过 2 份，没有作废。收齐了，勾上已收回再办")
        self.voided.append((count, reason, recovered))
        instead = len(self.lines) + 1
        old = replace(
            self.lines[place].given,
            voided_at=NOW,
            voided_by="du",
            void_reason=reason,
            replaced_by=f"示审食受〔2026〕{instead} 号",
        )
        self.lines[place] = replace(self.lines[place], given=old)
        self.lines.insert(0, line(instead))
        return old


@pytest.fixture
def host(on_screen):
    made = QWidget()
    made.resize(1180, 760)
    on_screen(made)
    yield made
    made.close()


@pytest.fixture
def opened(host, jobs, qtbot):
    def show(ledger, path=""):
        dialog = NumbersDialog(
            ledger.actions(), jobs, ledger.done.append, ledger.done.append, lambda *_: path
        )
        open_dialog(host, dialog)
        qtbot.waitUntil(lambda: dialog.isVisible() and not dialog.asking)
        return dialog

    return show


def grab(dialog, name):
    folder = os.environ.get("CLERK_SHOTS")
    if folder:
        dialog.window().grab().save(str(Path(folder) / f"{name}.png"))


def test_a_printed_number_is_void_once_every_copy_lies_here(qtbot, opened):
    ledger = Ledger(lines=[line(3, copies=2), line(2, copies=1), line(1)])
    dialog = opened(ledger)

    dialog.ask_why()
    dialog.reason.set_value("打印机卡纸，撕坏了")
    grab(dialog, "asking")
    dialog.go_on()
    qtbot.waitUntil(dialog.notice.isVisible)
    grab(dialog, "not-recovered")
    dialog.recovered.pick(1)
    dialog.go_on()
    qtbot.waitUntil(lambda: bool(ledger.voided) and not dialog.asking)

    assert ledger.voided == [(3, "打印机卡纸，撕坏了", True)]
    assert dialog.model.index(1, 4).data() == "作废：打印机卡纸，撕坏了"
    lower = dialog.model.index(1, 4).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "改用 示审食受〔2026〕4 号，2026-03-18 09:00" in lower
    assert "改用 示审食受〔2026〕4 号" in str(ledger.done[-1])
    assert dialog.summary.text() == "共 4 个。1 个系列，给出 4 个，作废 1 个，没有空号和重号"
    dialog.table.go_to(1)
    assert dialog._why_not() == "这个文号已经作废"
    grab(dialog, "void")


def test_what_is_chosen_is_asked_for_printed_and_exported(qtbot, opened, tmp_path):
    ledger = Ledger(lines=[line(count) for count in range(60, 0, -1)])
    dialog = opened(ledger, str(tmp_path / "台账.csv"))

    dialog.only.pick(1)
    qtbot.waitUntil(lambda: not dialog.asking)
    dialog.text.set_value(" 0007 ")
    dialog.go_on()
    qtbot.waitUntil(lambda: not dialog.asking)
    dialog.turn(1)
    qtbot.waitUntil(lambda: not dialog.asking)
    grab(dialog, "second-page")
    dialog.print_all()
    qtbot.waitUntil(lambda: b"%PDF-numbers" in ledger.done)
    dialog.export()
    qtbot.waitUntil(lambda: "文号台账已导出 60 条" in ledger.done)

    asked = [(one.only_void, one.text.strip(), page) for one, page in ledger.asked]
    assert asked == [(False, "", 1), (True, "", 1), (True, "0007", 1), (True, "0007", 2)]
    assert dialog.summary.text().startswith("共 60 个，第 2 / 2 页")


def test_an_empty_ledger_says_so_and_a_broken_series_is_named(qtbot, opened, host):
    empty = opened(Ledger())
    assert empty.empty.isVisible()
    grab(empty, "empty")
    empty.close_dialog()

    broken = opened(Ledger(lines=[line(3), line(1)], missing=(2,)))

    assert "受理通知书 2026 年缺第 2 号" in broken.notice.accessibleName() + broken.notice.text()
    grab(broken, "broken")


def test_a_clerk_reads_the_ledger_and_makes_nothing_void(opened):
    ledger = Ledger(lines=[line(1)], role=Role.WINDOW_CLERK)
    dialog = opened(ledger)
    dialog.ask_why()

    assert not dialog.void_button.isVisible()
    assert not dialog.reason.isVisible()
