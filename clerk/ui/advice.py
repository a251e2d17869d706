"""咨询: what an item would ask of somebody, answered and printed without opening a case (Ctrl H)."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QScrollArea, QWidget

from clerk.domain.advice import Advice, Inquiry
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.intake import with_answer
from clerk.domain.issued import PageImage
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_writing import table_of
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import AdviceActions, Here
from clerk.ui.acts import Act
from clerk.ui.day_acts import send_to_first
from clerk.ui.documents_printer import PRINT_WIDTH, Printers, PrintJob, SystemPrinters
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.overriding import override
from clerk.ui.standards_preview import Preview
from clerk.ui.widgets import Button, Dialog, Label, Notice, Spinner
from clerk.wording import fees, limit

_TITLE = "先告诉要带什么"


class AdviceDialog(Dialog):
    """Who would apply and the questions; below, what to bring and why. Nothing is kept.

    ``print_wanted`` and ``open_wanted`` carry what was answered.
    """

    print_wanted = pyqtSignal(object)
    open_wanted = pyqtSignal(object)

    def __init__(self, standard: ItemStandard, on: date) -> None:
        super().__init__(_TITLE, width=760, height=700)
        self.preview = Preview()
        self.preview.show_standard(standard, table_of(standard), on)
        self.notice = Notice("bad")
        self.spinner = Spinner()
        self.open_button = Button("就办这件，开件", key="Ctrl N")
        self.print_button = Button("打印清单", key="F9", kind="compact")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.preview.setProperty("scrolled", True)
        scroll.setWidget(self.preview)
        promised, statutory = limit(standard.promised_limit), limit(standard.statutory_limit)
        said = f"承诺{promised}，法定{statutory}，{fees(standard)}。没有开件，不占办理时限"
        self.body.addWidget(Label(standard.name, size=16, bold=True))
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.open_button)
        self.foot.addWidget(self.spinner)
        self.foot.addStretch(1)
        self.foot.addWidget(self.print_button)
        self.print_button.clicked.connect(self._on_print)
        self.open_button.clicked.connect(self._on_open)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="打印清单", key="F9", also=("Ctrl+P",), trigger=self._on_print),
            Act(name="就办这件，开件", key="Ctrl+N", trigger=self._on_open),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.preview.first_question() or self.print_button

    def _on_print(self) -> None:
        self.print_wanted.emit(self.preview.inquiry())

    def _on_open(self) -> None:
        self.close_dialog()
        self.open_wanted.emit(self.preview.inquiry())


class AdviceWork(QObject):
    """Opens the advice on an item, prints it, or goes on to a case with the same answers."""

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        actions: AdviceActions,
        frame: IntakeFrame,
        desk: IntakeDesk,
    ) -> None:
        super().__init__(host)
        self._host, self._jobs, self._actions = host, jobs, actions
        self._frame, self._desk = frame, desk
        self._printers = actions.printers or SystemPrinters()

    @property
    def _here(self) -> Here:
        return self._actions.here

    def open(self, item_code: str) -> None:
        """Show what the item asks for today."""
        try:
            standard = self._actions.standard(item_code)
        except ClerkError as error:
            self._desk.failed.emit(error)
            return
        dialog = AdviceDialog(standard, local_date(self._here.now()))
        dialog.print_wanted.connect(partial(self._print, dialog, standard))
        dialog.open_wanted.connect(partial(self._open_case, standard))
        self._frame.open_dialog(self._host, dialog)

    def _open_case(self, standard: ItemStandard, inquiry: Inquiry) -> None:
        self._desk.open_item(standard.item_code)
        at = self._here.now()
        for question, option in inquiry.answers.items():
            self._desk.edit(partial(with_answer, question=question, option=option, at=at))

    def _print(self, dialog: AdviceDialog, standard: ItemStandard, inquiry: Inquiry) -> None:
        dialog.notice.clear()
        dialog.spinner.start("正在打印")
        self._jobs.run(
            Lane.PAPER,
            partial(_printed, self._actions, self._printers, standard, inquiry),
            owner=dialog,
            then=partial(_on_printed, dialog),
            failed=partial(_on_trouble, dialog),
        )


def _printed(
    actions: AdviceActions, printers: Printers, standard: ItemStandard, inquiry: Inquiry
) -> str:
    told: Advice = actions.advise(standard, inquiry)
    pdf = actions.document(told)
    pages: Callable[[], Sequence[PageImage]] = partial(actions.pages, pdf, PRINT_WIDTH)
    job = PrintJob(title=f"{standard.name}材料清单", pdf=pdf, pages=pages, copies=1)
    return send_to_first(printers, job, "清单")


def _on_printed(dialog: AdviceDialog, words: str) -> None:
    dialog.spinner.stop()
    dialog.notice.set_kind("ok")
    dialog.notice.show_trouble(words, "", "要办就按 Ctrl N 开件")


def _on_trouble(dialog: AdviceDialog, error: ClerkError) -> None:
    dialog.spinner.stop()
    dialog.notice.set_kind("bad")
    dialog.notice.show_error(error)
