"""文号台账: every number of a paper by authority, kind and year; making one void, with its reason."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QWidget

from clerk import wording_numbers as words
from clerk.domain.days import local_date
from clerk.domain.identity import Act as Right
from clerk.domain.paper_numbers import GivenNumber, NumberAsking, NumberLine, NumberPage
from clerk.domain.papers import PaperKind
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.asking import AskingDialog
from clerk.ui.chips import LinesSpec
from clerk.ui.ledger_work import LedgerWork
from clerk.ui.number_actions import NumberActions
from clerk.ui.overriding import override
from clerk.ui.standards_choices import Picker
from clerk.ui.tables import CELL_ROLE, Table
from clerk.ui.widgets import Button, Choice, Empty, Field, Label
from clerk.ui.widgets.headed import Headed

AT_ONCE = 50
_ALL = ""
_HEADS = ("文号", "办件", "给出", "出纸", "情况")
_WIDTHS = (230, 132, 150, 116, None)
_STANDING, _ONLY_VOID = range(2)

ChoosePath = Callable[[QWidget, str], str]


def choose_table_path(host: QWidget, name: str) -> str:
    """Ask where the table goes; empty where the person thought better of it."""
    path, _ = QFileDialog.getSaveFileName(host, "导出文号台账", name, "CSV (*.csv)")
    return path if not path or path.lower().endswith(".csv") else f"{path}.csv"


class ListField(Headed):
    """One of a list, each known by a code; ``picked`` once another one was chosen by hand."""

    picked = pyqtSignal()

    def __init__(self, heading: str) -> None:
        self.editor = Picker()
        super().__init__(heading, self.editor)
        self._codes: list[str] = []
        self.editor.activated.connect(lambda _: self.picked.emit())

    def show_choices(self, choices: Mapping[str, str], chosen: str) -> None:
        """Offer these; what was chosen stays so."""
        self._codes = list(choices)
        self.editor.clear()
        self.editor.addItems(list(choices.values()))
        self.editor.setCurrentIndex(max(0, self._codes.index(chosen) if chosen in choices else 0))
        self.editor.setAccessibleName(f"{self.heading()}，{self.editor.currentText()}")

    def code(self) -> str:
        """The code that is chosen, empty before there is a choice."""
        return self._codes[self.editor.currentIndex()] if self._codes else _ALL


class NumbersDialog(AskingDialog):
    """The ledger. F8 asks why the current number is void, F9 then does it; else F9 looks up."""

    def __init__(
        self,
        actions: NumberActions,
        jobs: Jobs,
        print_pdf: Callable[[bytes], None],
        say: Callable[[str], None],
        choose: ChoosePath = choose_table_path,
    ) -> None:
        super().__init__("文号台账", jobs, width=980, height=640)
        self._actions, self._print, self._say, self._choose = actions, print_pdf, say, choose
        self._page, self._found = (
            1,
            NumberPage(lines=(), total=0, bodies={}, kinds={}, years=(), standings=()),
        )
        self._voiding: NumberLine | None = None
        self.year, self.authority = ListField("年份"), ListField("实施主体")
        self.kind, self.text = ListField("文书"), Field("文号或办件编号")
        self.only = Choice(("全部", "只看作废"), label="范围")
        self.summary = Label("", size=13, tone="t2")
        self.model = QStandardItemModel(0, len(_HEADS), self)
        self.model.setHorizontalHeaderLabels(_HEADS)
        self.table = Table(self.model, widths=_WIDTHS, row_height=52, name="文号台账")
        self.empty = Empty("file-check", "没有文号", words.NO_NUMBERS)
        self.about = Label("", size=13, bold=True, wrap=True)
        self.reason = Field("作废的原因")
        self.recovered = Choice(("打出来的没收齐", "打出来的都收回了"))
        self.find_button = Button("查", key="F9", kind="compact")
        self.void_button = Button("作废", key="F8", kind="danger")
        self.print_button = Button("打印", key="Ctrl P")
        self.export_button = Button("导出", key="F7")
        self.later_button = Button("上一页", key="PgUp", small=True)
        self.earlier_button = Button("下一页", key="PgDn", small=True)
        self._lay_out()
        self._connect()
        self.look_up()

    def _lay_out(self) -> None:
        self.only.set_chosen(_STANDING)
        self.year.show_choices({str(self._this_year()): f"{self._this_year()} 年"}, "")
        self.authority.show_choices({_ALL: "各部门"}, _ALL)
        self.kind.show_choices({_ALL: "各种文书"}, _ALL)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        for place, (field, share) in enumerate(
            ((self.year, 2), (self.authority, 4), (self.kind, 3), (self.text, 4))
        ):
            grid.addWidget(field, 0, place)
            grid.setColumnStretch(place, share)
        self.body.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(self.only)
        row.addWidget(self.summary, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        for widget in (self.about, self.reason, self.recovered):
            self.body.addWidget(widget)
            widget.hide()
        self.empty.hide()
        for button in (self.later_button, self.earlier_button, self.spinner):
            self.foot.addWidget(button)
        self.foot.addStretch(1)
        for button in (self.export_button, self.print_button, self.void_button, self.find_button):
            self.foot.addWidget(button)
        self._show_buttons()

    def _connect(self) -> None:
        for field in (self.year, self.authority, self.kind):
            field.picked.connect(self.look_up)
        self.only.picked.connect(lambda _: self.look_up())
        self.text.next_gap.connect(self.look_up)
        self.reason.next_gap.connect(self._on_reason)
        self.table.opened.connect(lambda _: self.ask_why())
        self.table.moved.connect(lambda _: self._show_buttons())
        self.find_button.clicked.connect(self.go_on)
        self.void_button.clicked.connect(self.ask_why)
        self.print_button.clicked.connect(self.print_all)
        self.export_button.clicked.connect(self.export)
        self.earlier_button.clicked.connect(partial(self.turn, 1))
        self.later_button.clicked.connect(partial(self.turn, -1))

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name=lambda: "作废这个号" if self._voiding else "查",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
            ),
            Act(
                name=lambda: "不作废了" if self._voiding else "作废",
                key="F8",
                trigger=self.ask_why,
                enabled=self._may_void,
                why_not=self._why_not,
            ),
            Act(name="选范围", key="1–2", trigger=self.only.setFocus, local=True),
            Act(name="打印", key="Ctrl+P", trigger=self.print_all),
            Act(name="导出", key="F7", trigger=self.export),
            Act(name="下一页", key="PgDown", trigger=partial(self.turn, 1)),
            Act(name="上一页", key="PgUp", trigger=partial(self.turn, -1)),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.text.editor

    def _this_year(self) -> int:
        return local_date(self._actions.here.now()).year

    def asked(self) -> NumberAsking:
        """What is chosen and filled in now."""
        kind = self.kind.code()
        return NumberAsking(
            year=int(self.year.code()),
            body_code=self.authority.code(),
            kind=PaperKind(kind) if kind else None,
            only_void=self.only.chosen() == _ONLY_VOID,
            text=self.text.value(),
        )

    def go_on(self) -> None:
        """Make the number void whose reason stands there, or look up what is chosen."""
        if self._voiding is None:
            self.look_up()
        else:
            self._void(self._voiding)

    def look_up(self) -> None:
        """Read the first page of what is chosen."""
        self._stop_voiding()
        self._page = 1
        self._read()

    def turn(self, pages: int) -> None:
        """Go on to numbers given before, or back to later ones."""
        if 1 <= self._page + pages <= self._pages() and not self.asking:
            self._page += pages
            self._read()

    def _pages(self) -> int:
        return max(1, -(-self._found.total // AT_ONCE))

    def _read(self) -> None:
        work = partial(self._actions.page, self.asked(), self._page)
        self.ask(Lane.COUNT, work, self._on_page, "正在查")

    def _on_page(self, found: NumberPage) -> None:
        asked, self._found = self.asked(), found
        years = {str(year): f"{year} 年" for year in found.years}
        kinds = {kind.value: title for kind, title in found.kinds.items()}
        self.year.show_choices(years, str(asked.year))
        self.authority.show_choices({_ALL: "各部门", **found.bodies}, asked.body_code)
        self.kind.show_choices({_ALL: "各种文书", **kinds}, asked.kind or _ALL)
        self.model.removeRows(0, self.model.rowCount())
        for line in found.lines:
            self.model.appendRow([_item(*lines) for lines in self._cells(line)])
        self.table.setVisible(bool(found.lines))
        self.empty.setHidden(bool(found.lines))
        pages = f"，第 {self._page} / {self._pages()} 页" if self._pages() > 1 else ""
        count = f"共 {found.total} 个{pages}。" if found.total else ""
        self.summary.setText(count + words.summary(found))
        broken = [one for one in found.standings if not one.gapless]
        if broken:
            told = "；".join(words.fault(one, found.kinds[one.series.kind]) for one in broken)
            self.notice.show_trouble("有文号对不上", f"{told}。", "先停用这个文种，找管理员核查")
        if found.lines:
            self.table.go_to(0)
            self.table.setFocus()
        self._show_buttons()

    def _cells(self, line: NumberLine) -> tuple[tuple[str, str], ...]:
        given = line.given
        return (
            (words.number(given), f"{self._found.kinds[given.series.kind]}，{line.body_name}"),
            (line.case_label or "没有办件", ""),
            (words.at(given), words.who(line)),
            (words.paper(line), ""),
            words.in_two_lines(given),
        )

    def _current(self) -> NumberLine | None:
        row = self.table.current_row()
        return self._found.lines[row] if 0 <= row < len(self._found.lines) else None

    def _may_void(self) -> bool:
        return not self._why_not()

    def _why_not(self) -> str:
        line = self._current()
        if not self._actions.here.session.may(Right.VOID_PAPER_NUMBER):
            return "作废文号由值班长办"
        if line is None:
            return "先选一个文号"
        return "这个文号已经作废" if line.given.voided_at is not None else ""

    def _show_buttons(self) -> None:
        self.later_button.setVisible(self._page > 1)
        self.earlier_button.setVisible(self._page < self._pages())
        self.void_button.setVisible(self._actions.here.session.may(Right.VOID_PAPER_NUMBER))
        self.void_button.setEnabled(self._may_void())

    def ask_why(self) -> None:
        """Ask why the current number is void; asked again, leave it as it is."""
        line = self._current()
        if self._voiding is not None or line is None or not self._may_void():
            self._stop_voiding()
            return
        self._voiding = line
        printed = f"，打印过 {line.out.copies} 份" if line.out.copies else ""
        self.about.setText(
            f"作废 {words.number(line.given)}{printed}。号不再用，办件另取新号重新出纸"
        )
        self.recovered.set_chosen(0)
        self.find_button.setText("作废这个号")
        self.about.show()
        self.reason.show()
        self.recovered.setVisible(bool(line.out.copies))
        self.reason.focus_editor()

    def _on_reason(self) -> None:
        if self.recovered.isVisible():
            self.recovered.setFocus()
        else:
            self.find_button.setFocus()

    def _stop_voiding(self) -> None:
        self._voiding = None
        self.find_button.setText("查")
        self.reason.set_value("")
        for widget in (self.about, self.reason, self.recovered):
            widget.hide()
        self.table.setFocus()

    def _void(self, line: NumberLine) -> None:
        given, lies_here = line.given, self.recovered.chosen() == 1
        work = partial(
            self._actions.void, given.series, given.count, self.reason.value(), lies_here
        )
        self.ask(Lane.STORE, work, self._on_voided, "正在作废")

    def _on_voided(self, given: GivenNumber) -> None:
        instead = f"，改用 {given.replaced_by}，到文书里重新打印" if given.replaced_by else ""
        self._say(f"{given.number} 已作废{instead}")
        self._stop_voiding()
        self._read()

    def print_all(self) -> None:
        """Draw what is chosen and send it to the printer."""
        work = partial(self._actions.document, self.asked())
        self.ask(Lane.PAPER, work, self._print, "正在出单")

    def export(self) -> None:
        """Write what is chosen as a table."""
        path = self._choose(self, f"文号台账{self.year.code()}.csv")
        if path:
            work = partial(self._actions.export, self.asked(), Path(path))
            self.ask(Lane.COUNT, work, self._on_exported, "正在导出")

    def _on_exported(self, lines: int) -> None:
        self._say(f"文号台账已导出 {lines} 条")


class NumbersWork(LedgerWork[NumberActions]):
    """Opens 文号台账; who may, is asked again by every use case."""

    def open(self) -> None:
        """Show the ledger of this year."""
        self._show(self._host, NumbersDialog(self._actions, self._jobs, self._send, self._say))

    def _send(self, pdf: bytes) -> None:
        self.send(pdf, self._actions.pages, "文号台账", "文号台账")


def _item(upper: str, lower: str) -> QStandardItem:
    made = QStandardItem(upper)
    made.setData(LinesSpec(upper, lower), CELL_ROLE)
    made.setData(f"{upper} {lower}", Qt.ItemDataRole.AccessibleTextRole)
    made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return made
