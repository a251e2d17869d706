"""咨询 at the counter (Ctrl H): opened, printed, or gone on with as a case."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from clerk.domain.advice import Advice, Inquiry
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.intake import with_answer
from clerk.domain.issued import PageImage
from clerk.domain.standard import ItemStandard
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import AdviceActions, Here
from clerk.ui.documents_printer import (
    PRINT_WIDTH,
    Printers,
    PrintJob,
    SystemPrinters,
    send_to_first,
)
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_frame import IntakeFrame

if TYPE_CHECKING:
    from clerk.ui.advice import AdviceDialog


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
        from clerk.ui.advice import AdviceDialog  # with the preview of a standard: rarely asked for

        dialog = AdviceDialog(standard, local_date(self._here.now()))
        dialog.print_wanted.connect(partial(self._print, dialog, standard))
        dialog.open_wanted.connect(partial(self._open_case, standard))
        self._frame.open_dialog(self._host, dialog)

    def _open_case(self, standard: ItemStandard, inquiry: Inquiry) -> None:
        self._desk.open_item(standard.item_code)
        at = self._here.now()
        for question, option in inquiry.answers.items():
            self._desk.edit(partial(with_answer, question=question, option=option, at=at))

    def _print(self, dialog: "AdviceDialog", standard: ItemStandard, inquiry: Inquiry) -> None:
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
    job = PrintJob(title=f"{standard.name}一次性告知单", pdf=pdf, pages=pages, copies=1)
    return send_to_first(printers, job, "告知单")


def _on_printed(dialog: "AdviceDialog", words: str) -> None:
    dialog.spinner.stop()
    dialog.notice.set_kind("ok")
    dialog.notice.show_trouble(words, "", "要办就按 Ctrl N 开件")


def _on_trouble(dialog: "AdviceDialog", error: ClerkError) -> None:
    dialog.spinner.stop()
    dialog.notice.set_kind("bad")
    dialog.notice.show_error(error)
