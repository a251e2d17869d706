"""Printing as 文书 offers it: printers and copies at the side, what hangs above the page.

It outlives the case in front: papers sent for one case are followed while the next one is shown.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from uuid import UUID

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import ClerkError, NotAcceptable
from clerk.domain.issued import IssuedPaper, require_goes_as_file
from clerk.domain.paper_copies import copies_of
from clerk.domain.papers import PaperKind
from clerk.domain.printing import PaperPrint
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import PaperActions
from clerk.ui.documents_orders import Hang, Order
from clerk.ui.documents_panel import PrintPanel
from clerk.ui.documents_print_words import briefly, in_the_way, standing_of
from clerk.ui.documents_printer import FollowedPrinters
from clerk.ui.documents_printing import Printing
from clerk.ui.documents_trouble import HangNotice
from clerk.ui.intake_dialogs import ReasonDialog
from clerk.ui.widgets import Dialog, open_dialog


class Sending(QObject):
    """Printing with everything around it.

    ``went`` carries an order whose sheets are out; ``handed_over`` a paper that went as a file
    or by hand;
    ``said`` a line for the clerk, ``trouble`` what went wrong beside a printer.
    """

    went = pyqtSignal(object)
    handed_over = pyqtSignal(object)
    said = pyqtSignal(str)
    trouble = pyqtSignal(object)
    changed = pyqtSignal()

    def __init__(
        self,
        host: QWidget,
        panel: PrintPanel,
        notice: HangNotice,
        actions: PaperActions,
        jobs: Jobs,
        printers: FollowedPrinters,
        choose_path: Callable[[IssuedPaper], str],
        *,
        open_dialog: Callable[[QWidget, Dialog], None] = open_dialog,
    ) -> None:
        super().__init__(host)
        self._host, self._open = host, open_dialog
        self._panel, self._notice = panel, notice
        self._actions, self._jobs, self._printers = actions, jobs, printers
        self._choose_path = choose_path
        self._usual: Mapping[tuple[PaperKind, str], int] = {}
        self._kind: PaperKind | None = None
        self._asked_of: tuple[PaperKind, str] | None = None
        self.printing = Printing(actions, jobs, printers, self)
        self.printing.changed.connect(self.changed)
        self.printing.went.connect(self._on_went)
        self.printing.done.connect(self._on_done)
        self.printing.hangs.connect(self._on_hang)
        self.printing.failed.connect(self.trouble)
        notice.other.connect(self._on_other)
        notice.again.connect(self.printing.again)
        notice.anyway.connect(lambda: self.printing.again(asked_before=False))
        notice.file.connect(self._on_file)
        notice.by_hand.connect(self._on_by_hand)
        notice.cancel.connect(self._on_cancel)
        notice.seen.connect(self.printing.seen)
        panel.printer.currentIndexChanged.connect(self._on_printer)
        panel.printer_chosen.connect(self._on_other_chosen)

    # Printers and copies --------------------------------------------------------

    def look_for_printers(self) -> None:
        """Ask which printers there are; one may have been plugged in meanwhile."""
        self._panel.spinner.start("正在找打印机")
        self._jobs.run(
            Lane.PAPER,
            self._printers.names,
            owner=self,
            then=self._panel.show_printers,
            failed=self._on_no_names,
        )
        self._jobs.run(
            Lane.STORE,
            self._actions.prints.usual_copies,
            owner=self,
            then=self._on_usual,
            failed=self.trouble.emit,
        )

    def _on_no_names(self, error: ClerkError) -> None:
        self._panel.show_printers(())
        self.trouble.emit(error)

    def _on_usual(self, usual: Mapping[tuple[PaperKind, str], int]) -> None:
        self._usual = dict(usual)
        if self._kind is not None and self._panel.copies.value() == copies_of(self._kind):
            self._asked_of = None  # nothing was typed yet
            self.ask_copies(self._kind)

    def _on_printer(self) -> None:
        if self._kind is not None:
            self.ask_copies(self._kind)
        self._ask_condition()

    def _ask_condition(self) -> None:
        """Say below the printer what would keep it from printing, before anything is sent."""
        printer = self._panel.printer_name()
        self._panel.show_standing("")
        if printer:
            self._jobs.run(
                Lane.PAPER,
                partial(self._printers.condition, printer),
                owner=self,
                then=lambda condition: self._panel.show_standing(
                    standing_of(condition) if self._panel.printer_name() == printer else ""
                ),
                failed=self.trouble.emit,
            )

    def ask_copies(self, kind: PaperKind) -> None:
        """Go to as many copies as the kind was printed in on this printer the last time.

        A number that was typed stays as long as neither changes.
        """
        self._kind = kind
        asked = kind, self._panel.printer_name()
        if asked != self._asked_of:
            self._asked_of = asked
            self._panel.copies.number.setValue(self._usual.get(asked, copies_of(kind)))

    # Printing -------------------------------------------------------------------

    def start(self, papers: Sequence[IssuedPaper]) -> None:
        """Print these papers on the chosen printer."""
        printer, copies = self._panel.printer_name(), self._panel.copies.value()
        hang = self.printing.hang
        ids = {one.paper_id for one in papers}
        if hang is not None and ids & {one.paper.paper_id for one in hang.orders}:
            self.printing.again(printer)  # the same papers, on the printer that is chosen now
            return
        orders = [Order(paper=one, printer=printer, copies=copies) for one in papers]
        for order in orders:
            self._usual = {**self._usual, (order.paper.kind, printer): copies}
        self.printing.start(orders)

    def follow(self, case_id: UUID, papers: Sequence[IssuedPaper]) -> None:
        """Follow what was still under way for a case when the program ended."""
        by_id = {paper.paper_id: paper for paper in papers}

        def adopt(found: Sequence[PaperPrint]) -> None:
            pairs = [(by_id[one.paper_id], one) for one in found if one.paper_id in by_id]
            self.printing.adopt(pairs)

        self._jobs.run(
            Lane.STORE,
            partial(self._actions.prints.under_way, case_id),
            owner=self,
            then=adopt,
            failed=self.trouble.emit,
        )

    def state_of(self, paper: IssuedPaper) -> str:
        """What becomes of a paper just now, empty where nothing is under way."""
        hang = self.printing.hang
        if hang is not None and any(one.paper.paper_id == paper.paper_id for one in hang.orders):
            return "没有打出来" + (f"，{what}" if (what := in_the_way(hang.troubles)) else "")
        return "正在打印，等纸出来" if self.printing.under_way(paper) else ""

    def _on_went(self, order: Order) -> None:
        self.went.emit(order)

    def _on_done(self, order: Order) -> None:
        self.said.emit(self._printers.done_words(order.printer))

    def _on_hang(self, hang: Hang | None) -> None:
        self._notice.show_hang(hang)
        if hang is not None and not self._notice.isVisible():
            self.said.emit(briefly(hang))

    # Ways out -------------------------------------------------------------------

    def _on_other(self) -> None:
        """With one other printer it is clear which; else the clerk chooses it at the side."""
        hang = self.printing.hang
        others = [name for name in self._panel.printer_names() if hang and name != hang.printer]
        if len(others) == 1:
            self._on_other_chosen(others[0])
        elif others:
            self._panel.let_choose()
        else:
            self.said.emit("只有这一台打印机。修好再重试，或存成电子件")

    def _on_other_chosen(self, printer: str) -> None:
        self._panel.choose(printer)
        self.printing.again(printer)

    def _on_cancel(self) -> None:
        self.printing.give_up()
        self.said.emit("不打了，文书还在，没有记成已打印")

    def _on_file(self) -> None:
        """Hand what hangs over as files; only what was written is taken back from the printer."""
        hang = self.printing.hang
        papers = {one.paper.paper_id: one.paper for one in hang.orders} if hang else {}
        try:
            for paper in papers.values():
                require_goes_as_file(paper)
        except NotAcceptable as refused:
            self.trouble.emit(refused)
            return
        paths = [(paper, self._choose_path(paper)) for paper in papers.values()]
        if any(not path for _, path in paths):
            return
        self._jobs.run(
            Lane.STORE,
            partial(_hand_over, self._actions, paths),
            owner=self,
            then=lambda _: self._on_handed_over([paper for paper, _ in paths]),
            failed=self.trouble.emit,
        )

    def _on_by_hand(self) -> None:
        hang = self.printing.hang
        papers = {one.paper.paper_id: one.paper for one in hang.orders} if hang else {}
        self.ask_why_by_hand(tuple(papers.values()))

    def ask_why_by_hand(self, papers: Sequence[IssuedPaper]) -> None:
        """Ask why no printer here made these, and note that they reached their receiver."""
        if papers:
            titles = "、".join(dict.fromkeys(paper.title for paper in papers))
            said = f"{titles}在别处打印或手写，已交到手里。写明原因，记在打印登记里"
            take = partial(self._note_by_hand, papers)
            self._open(self._host, ReasonDialog("手工出具", said, take, words="记成手工出具"))

    def _note_by_hand(self, papers: Sequence[IssuedPaper], reason: str) -> None:
        self._jobs.run(
            Lane.STORE,
            lambda: [self._actions.prints.by_hand(paper, reason) for paper in papers],
            owner=self,
            then=lambda _: self._on_made_by_hand(papers),
            failed=self.trouble.emit,
        )

    def _on_made_by_hand(self, papers: Sequence[IssuedPaper]) -> None:
        hang = self.printing.hang
        if hang is not None and {one.paper.paper_id for one in hang.orders} <= {
            paper.paper_id for paper in papers
        }:
            self.printing.give_up()
        for paper in papers:
            self.handed_over.emit(paper)
        self.said.emit("已记成手工出具，原因在打印登记里")

    def _on_handed_over(self, papers: Sequence[IssuedPaper]) -> None:
        self.printing.give_up()
        for paper in papers:
            self.handed_over.emit(paper)
        self.said.emit("已存成电子件，交给申请人")


def _hand_over(actions: PaperActions, paths: Sequence[tuple[IssuedPaper, str]]) -> None:
    for paper, path in paths:
        actions.prints.hand_over(paper, path)
