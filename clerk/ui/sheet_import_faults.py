"""看核对: what the checks found in a bureau's list, by row."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.sheet_faults import FaultLevel, SheetFault
from clerk.domain.sheet_report import MOST_FAULTS, SheetReport
from clerk.ui import theme
from clerk.ui.chips import ChipKind, ChipSpec
from clerk.ui.sheet_rows import RowsModel
from clerk.ui.tables import Table
from clerk.ui.tables_paint import Cell
from clerk.ui.widgets import Choice, Label
from clerk.wording_sheet import LEVEL, fault, place

_CHIPS = {
    FaultLevel.ERROR: ChipKind.BAD,
    FaultLevel.WARNING: ChipKind.WARN,
    FaultLevel.HINT: ChipKind.INFO,
}
_ORDER = (None, FaultLevel.ERROR, FaultLevel.WARNING, FaultLevel.HINT)


class FaultsPage(QWidget):
    """All faults or those of one level; the whole sentence of the current one stands below."""

    def __init__(self) -> None:
        super().__init__()
        self._report: SheetReport | None = None
        self._shown: Sequence[SheetFault] = ()
        self.about = Label("", wrap=True)
        self._row = QHBoxLayout()
        self.levels = Choice(("全部",), label="看哪些")
        self.model = RowsModel(("级别", "位置", "问题和办法"), self)
        self.table = Table(self.model, widths=(84, 92, None), name="核对结果")
        self.detail = Label("", size=13, wrap=True, selectable=True)
        self.detail.setMinimumHeight(theme.px(60))
        self.more = Label("", size=12, tone="t3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.about)
        column.addLayout(self._row)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addWidget(self.more)
        self._row.addWidget(self.levels)
        self._row.addStretch(1)
        self.table.moved.connect(self._on_moved)
        self.table.digit.connect(lambda digit: self.levels.pick(digit - 1))

    def show_report(self, report: SheetReport) -> None:
        """Show what was found; what keeps items out comes first."""
        self._report = report
        self.about.setText(_summary(report))
        self._row.removeWidget(self.levels)
        self.levels.deleteLater()
        self.levels = Choice([_level_words(report, level) for level in _ORDER], label="看哪些")
        self._row.insertWidget(0, self.levels)
        self.levels.picked.connect(self._fill)
        errors = report.count(FaultLevel.ERROR)
        self.levels.set_chosen(_ORDER.index(FaultLevel.ERROR) if errors else 0)
        self._fill(self.levels.chosen() or 0)

    def first_focus(self) -> QWidget:
        """Where a person begins."""
        return self.table

    def _fill(self, chosen: int) -> None:
        report, level = self._report, _ORDER[chosen]
        if report is None:
            return
        self._shown = [one for one in report.faults if level in (None, one.level)]
        self.model.show_rows(self._shown, _cells)
        self.detail.setText("")
        counted = report.count(*FaultLevel) if level is None else report.count(level)
        hidden = counted - len(self._shown)
        self.more.setText(
            f"每级只列前 {MOST_FAULTS:,} 处，还有 {hidden:,} 处在 F8 导出的问题清单里"
            if hidden
            else ""
        )
        self.table.go_to(0)

    def _on_moved(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            found = self._shown[row]
            self.detail.setText(f"{place(found)}　{fault(found)}")


def _cells(found: SheetFault) -> tuple[Cell, ...]:
    return (
        Cell(text="", spec=ChipSpec(_CHIPS[found.level], LEVEL[found.level])),
        Cell(text=place(found), tone="t2"),
        Cell(text=" ".join(fault(found).split())),
    )


def _level_words(report: SheetReport, level: FaultLevel | None) -> str:
    if level is None:
        return f"全部 {report.count(*FaultLevel):,}"
    return f"{LEVEL[level]} {report.count(level):,}"


def _summary(report: SheetReport) -> str:
    read = f"“{report.sheet}”里读到 {report.items:,} 个事项、{report.materials:,} 份材料。"
    if not report.left_out:
        return f"{read}没有错误，警告和提示不拦，改不改由你们定"
    if report.left_out == report.items:
        return f"{read}全部有错误，一个也不会存，请在表里改好再导一次"
    return (
        f"{read}{report.left_out:,} 个事项有错误，不会存进草稿，请在表里改好再导一次；"
        f"其余 {report.items - report.left_out:,} 个可以继续"
    )
