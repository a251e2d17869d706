"""上门服务名单: who is visited at home and when, printed to take along, noted when it was done."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.errors import ClerkError, DeviceTrouble
from clerk.domain.issued import PageImage
from clerk.domain.visits import VisitLine
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import VisitActions
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import KEYS, TickList
from clerk.ui.documents_printer import PRINT_WIDTH, Printers, PrintJob, SystemPrinters
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice, open_dialog
from clerk.wording_care import mark_words, visit_line_words, visit_task

AT_ONCE = len(KEYS)
"""So many visits are shown together; all of them are printed."""
_TITLE = "上门服务名单"


class VisitsDialog(Dialog):
    """The visits by day; of the chosen one, where it is, what to take along, what came of it.

    ``record`` gets a line and what was done there.
    """

    def __init__(
        self,
        lines: Sequence[VisitLine],
        record: Callable[[VisitLine, str], None],
        print_all: Callable[[], None],
        open_case: Callable[[VisitLine], None],
    ) -> None:
        super().__init__(_TITLE, width=720)
        self._record, self._open_case = record, open_case
        self._lines: tuple[VisitLine, ...] = ()
        self.more = Label("", size=12, tone="t3")
        self.choice = TickList([], many=False, name="哪一户")
        self.about = Label("", size=13, tone="t2", wrap=True)
        self.made = Field("上门办了什么，没办成的也写")
        self.notice = Notice("warn")
        self.print_button = Button("打印名单", key="Ctrl P")
        self.open_button = Button("打开办件", key="Ctrl O")
        self.button = Button("登记上门", key="F9", kind="compact")
        for widget in (self.choice, self.more, self.about, self.made, self.notice):
            self.body.addWidget(widget)
        self.foot.addWidget(self.print_button)
        self.foot.addWidget(self.open_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.choice.changed.connect(self._show_chosen)
        self.print_button.clicked.connect(print_all)
        self.open_button.clicked.connect(self.go_to_case)
        self.button.clicked.connect(self.confirm)
        self.made.next_gap.connect(self.button.setFocus)
        self._print = print_all
        self.show_lines(lines)

    def show_lines(self, lines: Sequence[VisitLine]) -> None:
        """Show these visits, the first of them chosen."""
        self._lines = tuple(lines[:AT_ONCE])
        self.choice.show_texts([visit_line_words(line) for line in self._lines])
        hidden = len(lines) - len(self._lines)
        self.more.setText(f"还有 {hidden} 户，打印的名单上都有")
        self.more.setVisible(hidden > 0)
        self.made.set_value("")
        self.notice.clear()
        if self._lines:
            self.choice.toggle(0)
        self._show_chosen()

    def show_failed(self, error: ClerkError) -> None:
        """Say what did not work; nothing was changed."""
        self.notice.show_error(error, [])

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="登记上门", key="F9", trigger=self.confirm),
            Act(name="打印名单", key="Ctrl+P", trigger=self._print),
            Act(name="打开办件", key="Ctrl+O", trigger=self.go_to_case),
            Act(name="选一户", key="1–9、A–Q", trigger=self.choice.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.choice

    def chosen(self) -> VisitLine | None:
        """The visit that is chosen."""
        places = self.choice.chosen()
        return self._lines[places[0]] if places else None

    def confirm(self) -> None:
        """Note the visit, if something is said of it."""
        line, made = self.chosen(), self.made.value().strip()
        if line is None:
            self.notice.show_trouble("还没选哪一户", "", "按数字选")
        elif line.draft:
            self.notice.show_trouble(
                "这件还没收，上门情况在受理里登记", "", "按 Ctrl O 打开，再按 Ctrl G"
            )
        elif not made:
            self.notice.show_trouble("还没写上门办了什么", "还没登记", "写一句再按 F9")
            self.made.focus_editor()
        else:
            self.notice.clear()
            self._record(line, made)

    def go_to_case(self) -> None:
        """Leave for the case that is chosen."""
        line = self.chosen()
        if line is not None:
            self.close_dialog()
            self._open_case(line)

    def _show_chosen(self) -> None:
        line = self.chosen()
        empty = "现在没有要上门的" if not self._lines else "按数字选一户"
        self.about.setText(_about(line) if line else empty)
        self.made.setVisible(line is not None and not line.draft)


class VisitWork(QObject):
    """Opens the list; who may, is asked again by every use case."""

    def __init__(
        self,
        host: QWidget,
        actions: VisitActions,
        jobs: Jobs,
        say: Callable[[str], None],
        open_case: Callable[[VisitLine], None],
        *,
        printers: Printers | None = None,
        show: Callable[[QWidget, Dialog], None] = open_dialog,
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs, self._say = host, actions, jobs, say
        self._open_case, self._show = open_case, show
        self._printers = printers or SystemPrinters()
        self._lines: Sequence[VisitLine] = ()

    def open_list(self) -> None:
        """Read the visits and show them."""
        self._jobs.run(
            Lane.STORE,
            self._actions.visits,
            owner=self,
            then=self._on_visits,
            failed=self._say_error,
        )

    def _on_visits(self, lines: Sequence[VisitLine]) -> None:
        self._lines = lines
        dialog = VisitsDialog(
            lines, lambda *said: self._record(dialog, *said), self._print, self._open_case
        )
        self._show(self._host, dialog)

    def _record(self, dialog: VisitsDialog, line: VisitLine, made: str) -> None:
        words = ActWords(note=made)
        self._jobs.run(
            Lane.STORE,
            partial(self._recorded, line, words),
            owner=dialog,
            then=partial(self._on_recorded, dialog),
            failed=dialog.show_failed,
        )

    def _recorded(self, line: VisitLine, words: ActWords) -> Sequence[VisitLine]:
        self._actions.do_act(line.case_id, CaseAct.RECORD_VISIT, words)
        return self._actions.visits()

    def _on_recorded(self, dialog: VisitsDialog, lines: Sequence[VisitLine]) -> None:
        self._lines = lines
        dialog.show_lines(lines)
        self._say("上门情况已登记")

    def _print(self) -> None:
        self._jobs.run(
            Lane.PAPER,
            partial(_printed, self._actions, self._printers, tuple(self._lines)),
            owner=self,
            then=self._say,
            failed=self._say_error,
        )

    def _say_error(self, error: ClerkError) -> None:
        self._say(str(error))


def _about(line: VisitLine) -> str:
    who = "，".join((line.applicant_name, *mark_words(line.marks)))
    number = f"　{line.label}" if line.label else ""
    return f"{who}{number}\n{line.address}　{line.phone}\n{visit_task(line)}"


def _printed(actions: VisitActions, printers: Printers, lines: Sequence[VisitLine]) -> str:
    names = printers.names()
    if not names:
        raise DeviceTrouble("没有找到打印机，名单没有打印。接好打印机再打")
    pdf = actions.roster(lines)

    def pages() -> Sequence[PageImage]:
        return actions.pages(pdf, PRINT_WIDTH)

    printers.send(names[0], PrintJob(title=_TITLE, pdf=pdf, pages=pages, copies=1))
    return printers.sent_words(names[0])
