"""日终核对: everything that is still open, section by section, looked through and signed."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from clerk.domain.day_sheet import DayPart, DaySection, DaySheet, SignedSheet
from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import DayActions
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import TickList
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Label, Notice, Spinner
from clerk.wording import clock, day
from clerk.wording_day import NOTHING, day_line, part_words


class DayEndDialog(Dialog):
    """The sheet of the day. A section counts as looked at once it was opened, one by one."""

    def __init__(
        self,
        sheet: DaySheet,
        actions: DayActions,
        jobs: Jobs,
        print_sheet: Callable[[SignedSheet], None],
    ) -> None:
        super().__init__("日终核对", width=820, height=680)
        self._sheet, self._actions, self._jobs = sheet, actions, jobs
        self._print = print_sheet
        self._signed: SignedSheet | None = None
        self._busy = False
        self.sections = TickList(
            [part_words(part) for part in sheet.parts], many=True, name="逐栏看"
        )
        self.lines = QVBoxLayout()
        self.heading_of = Label("", size=14, bold=True)
        self.notice = Notice("bad")
        self.spinner = Spinner()
        self.sign_button = Button("看完了，签核对表", key="F9", kind="compact")
        self.print_button = Button("打印核对表", key="Ctrl P")
        self._lay_out()
        self.sections.changed.connect(self._on_looked)
        self.sign_button.clicked.connect(self.sign)
        self.print_button.clicked.connect(self.print_signed)

    def _lay_out(self) -> None:
        sheet = self._sheet
        said = f"{day(sheet.on)}，{sheet.counter_name}，{sheet.clerk_name}"
        self.body.addWidget(
            Label(f"{said}，没办完的合计 {sheet.open_count} 项", size=13, tone="t2")
        )
        self.body.addWidget(self.sections)
        self.body.addWidget(self.heading_of)
        inner = QWidget()
        inner.setLayout(self.lines)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(theme.px(4))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setWidget(inner)
        self.body.addWidget(area, 1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.spinner)
        self.foot.addStretch(1)
        self.foot.addWidget(self.print_button)
        self.foot.addWidget(self.sign_button)
        self.print_button.hide()
        self._show_part(sheet.parts[0])

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="看一栏", key="1–9", trigger=self.sections.setFocus, local=True),
            Act(
                name="签核对表",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.sign,
                enabled=lambda: self._signed is None,
            ),
            Act(
                name="打印核对表",
                key="Ctrl+P",
                trigger=self.print_signed,
                enabled=lambda: self._signed is not None,
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.sections

    def looked_at(self) -> frozenset[DaySection]:
        """The sections that were opened."""
        return frozenset(self._sheet.parts[place].section for place in self.sections.chosen())

    def _on_looked(self) -> None:
        self._show_part(self._sheet.parts[self.sections.current()])

    def _show_part(self, part: DayPart) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.heading_of.setText(part_words(part))
        shown = [day_line(line, self._sheet.on) for line in part.lines]
        for label, what, note in shown or [("", NOTHING, "")]:
            text = "　".join(piece for piece in (label, what, note) if piece)
            self.lines.addWidget(Label(text, size=13, wrap=True))
        self.lines.addStretch(1)

    def sign(self) -> None:
        """Sign the sheet; it is drawn, kept and journaled."""
        if self._busy or self._signed is not None:
            return
        self._busy = True
        self.notice.clear()
        self.spinner.start("正在签")
        self._jobs.run(
            Lane.PAPER,
            partial(self._actions.sign, self._sheet, self.looked_at()),
            owner=self,
            then=self._on_signed,
            failed=self._on_trouble,
        )

    def _on_signed(self, signed: SignedSheet) -> None:
        self._busy = False
        self.spinner.stop()
        self._signed = signed
        self.notice.set_kind("ok")
        at = clock(signed.signed_at)
        self.notice.show_trouble(f"已签，{at}", "核对表存好，记入日志", "没办完的明天照样列出")
        self.sign_button.hide()
        self.print_button.show()
        self.print_button.setFocus()

    def print_signed(self) -> None:
        """Send the signed sheet to the printer."""
        if self._signed is not None:
            self._print(self._signed)

    def _on_trouble(self, error: ClerkError) -> None:
        self._busy = False
        self.spinner.stop()
        self.notice.set_kind("bad")
        self.notice.show_error(error)
        self.sections.setFocus()
