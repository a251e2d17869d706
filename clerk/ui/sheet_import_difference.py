"""看差别: what a bureau's list or a package changes about what is in force, item by item."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.sheet_drafts import DraftChange
from clerk.domain.sheet_report import MOST_ITEMS, DraftLine, SheetReport
from clerk.ui import theme
from clerk.ui.chips import ChipKind, ChipSpec
from clerk.ui.sheet_rows import RowsModel
from clerk.ui.tables import Table
from clerk.ui.tables_paint import Cell
from clerk.ui.widgets import Choice, Label
from clerk.wording_sheet import CHANGE

_CHIPS = {
    DraftChange.ADDED: ChipKind.GOOD,
    DraftChange.CHANGED: ChipKind.INFO,
    DraftChange.ENDED: ChipKind.WARN,
}
_ORDER = (None, DraftChange.ADDED, DraftChange.CHANGED, DraftChange.ENDED)


class DifferencePage(QWidget):
    """The items that change at the left, what changes in the current one at the right.

    ``source`` is what a person calls the file, ``row`` the heading over where an item stands in it;
    a package's items stand in no rows.
    """

    def __init__(self, source: str = "清单", row: str = "行") -> None:
        super().__init__()
        self._source = source
        self._report: SheetReport | None = None
        self._items: Sequence[DraftLine] = ()
        self._lines: Sequence[str] = ()
        self.about = Label("", wrap=True)
        self.changes = Choice(("全部",), label="看哪些")
        self._row = QHBoxLayout()
        self._row.addWidget(self.changes)
        self._row.addStretch(1)
        self.items = RowsModel(("变化", "事项", row), self)
        self.table = Table(self.items, widths=(84, None, 64), name="有变化的事项")
        self.table.setFixedWidth(theme.px(450))
        self.lines = RowsModel(("哪一块", "和现行的不同"), self)
        self.line_table = Table(self.lines, widths=(136, None), name="差别")
        self.detail = Label("", size=13, wrap=True, selectable=True)
        self.detail.setMinimumHeight(theme.px(60))
        self.more = Label("", size=12, tone="t3")
        sides = QHBoxLayout()
        sides.setSpacing(theme.px(12))
        sides.addWidget(self.table)
        sides.addWidget(self.line_table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.about)
        column.addLayout(self._row)
        column.addLayout(sides, 1)
        column.addWidget(self.detail)
        column.addWidget(self.more)
        self.table.moved.connect(self._on_item)
        self.table.opened.connect(lambda _: self.line_table.setFocus())
        self.table.digit.connect(lambda digit: self.changes.pick(digit - 1))
        self.line_table.moved.connect(self._on_line)

    def show_report(self, report: SheetReport) -> None:
        """Show what changes."""
        self._report = report
        self.about.setText(_summary(report, self._source))
        self._row.removeWidget(self.changes)
        self.changes.deleteLater()
        self.changes = Choice([_words(report, change) for change in _ORDER], label="看哪些")
        self._row.insertWidget(0, self.changes)
        self.changes.picked.connect(self._fill)
        self.changes.set_chosen(0)
        self._fill(0)

    def first_focus(self) -> QWidget:
        """Where a person begins."""
        return self.table

    def _fill(self, chosen: int) -> None:
        report, change = self._report, _ORDER[chosen]
        if report is None:
            return
        self._items = [one for one in report.drafts if change in (None, one.change)]
        self.items.show_rows(self._items, _item_cells)
        listed = report.to_keep if change is None else report.changes.get(change, 0)
        hidden = listed - len(self._items)
        self.more.setText(
            f"只列前 {MOST_ITEMS:,} 项，还有 {hidden:,} 项一样存为草稿" if hidden > 0 else ""
        )
        self._on_item(-1)
        self.table.go_to(0)

    def _on_item(self, row: int) -> None:
        if not 0 <= row < len(self._items):
            self._lines = ()
            self.lines.show_rows(())
            self.detail.setText("")
            return
        item = self._items[row]
        told = [(title, line) for title, lines in item.sentences for line in lines]
        self._lines = [line for _, line in told]
        self.lines.show_rows([_line_cells(told, at) for at in range(len(told))])
        new = item.change is DraftChange.ADDED
        self.detail.setText(
            self._of_new(item)
            if new
            else f"{item.name}：和第 {item.base_version} 版比，{len(self._lines)} 处不同"
        )

    def _of_new(self, item: DraftLine) -> str:
        if not item.row:
            return f"{item.name}：本机没有这个事项，整个是新的"
        return f"{item.name}：现行清单里没有，整个是新的。问答、申请表和规则要在编辑器里补"

    def _on_line(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            self.detail.setText(self._lines[row])


def _item_cells(item: DraftLine) -> tuple[Cell, ...]:
    chip = ChipSpec(_CHIPS[item.change], CHANGE[item.change])
    row = f"{item.row}" if item.row else ""
    return Cell(text="", spec=chip), Cell(text=item.name), Cell(text=row, tone="t3")


def _line_cells(told: Sequence[tuple[str, str]], at: int) -> tuple[Cell, ...]:
    """A line of the difference; only the first of a group carries its title."""
    title, line = told[at]
    begins = at == 0 or told[at - 1][0] != title
    return Cell(text=title if begins else "", tone="t2"), Cell(text=" ".join(line.split()))


def _words(report: SheetReport, change: DraftChange | None) -> str:
    if change is None:
        return f"全部 {report.to_keep:,}"
    return f"{CHANGE[change]} {report.changes.get(change, 0):,}"


def _summary(report: SheetReport, source: str) -> str:
    counted = "，".join(
        f"{CHANGE[change]} {report.changes.get(change, 0):,} 项" for change in DraftChange
    )
    rest = [f"{source}里没有的 {report.unlisted:,} 个现行事项不动"] if report.unlisted else []
    rest += [f"有错误的 {report.left_out:,} 个不存"] if report.left_out else []
    rest.append("存为草稿以后，发布前窗口上什么都不变")
    return f"{counted}。{'；'.join(rest)}"
