"""证照制作: the certificate of a granted case on the next blank, looked at, printed or voided."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.certificate_making import (
    CertificateOffer,
    made_certificate,
    making_bar,
)
from clerk.domain.errors import ClerkError
from clerk.domain.identity import Act as Right
from clerk.domain.issued import PageImage
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import MakingActions
from clerk.ui.acts import Act
from clerk.ui.documents_printer import (
    PRINT_WIDTH,
    Printers,
    PrintJob,
    SystemPrinters,
    send_to_first,
)
from clerk.ui.intake_pages import PAGE_WIDTH, preview
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice, Spinner
from clerk.wording_day import MAKING_BARS

T = TypeVar("T")

OpenDialog = Callable[[QWidget, Dialog], None]


class CertificateDialog(Dialog):
    """The certificate of one case. ``changed`` carries the sentence for the status bar.

    Not made yet: which blank and number, and a preview; F9 binds and prints. Made: the page that
    was printed; F9 sends it to the printer again, F8 voids a misprint.
    """

    changed = pyqtSignal(str)

    def __init__(
        self,
        case: Case,
        offer: CertificateOffer,
        actions: MakingActions,
        jobs: Jobs,
        printers: Printers,
    ) -> None:
        super().__init__("证照制作", width=PAGE_WIDTH + 80, height=660)
        self._case, self._offer, self._actions = case, offer, actions
        self._jobs, self._printers = jobs, printers
        self._busy = False
        self.head = Label(f"{offer.kind}，{case.applicant_name}", bold=True, elide=True)
        self.about = Label("", size=13, tone="t2", wrap=True)
        self.blank, self.number = Field("空白证号"), Field("证照号")
        self.reason = Field("印坏的原因，作废用")
        self.view = preview(jobs)
        self.notice = Notice("bad")
        self.spinner = Spinner()
        self.look_button = Button("看预览", key="F7")
        self.void_button = Button("印坏作废", key="F8", kind="danger")
        self.print_button = Button("", key="F9", kind="compact")
        self._lay_out()
        self._connect()
        self.show_offer(offer)

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        for field in (self.blank, self.number, self.reason):
            fields.addWidget(field)
        self.body.addWidget(self.head)
        self.body.addWidget(self.about)
        self.body.addLayout(fields)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.view, 1)
        self.foot.addWidget(self.void_button)
        self.foot.addWidget(self.look_button)
        self.foot.addWidget(self.spinner)
        self.foot.addStretch(1)
        self.foot.addWidget(self.print_button)

    def _connect(self) -> None:
        self.blank.next_gap.connect(self.number.focus_editor)
        self.number.next_gap.connect(self.look)
        self.reason.next_gap.connect(self.void_button.setFocus)
        self.look_button.clicked.connect(self.look)
        self.print_button.clicked.connect(self.print_it)
        self.void_button.clicked.connect(self.void)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="看预览", key="F7", trigger=self.look, enabled=lambda: not self._made()),
            Act(name="印坏作废", key="F8", trigger=self.void, enabled=self._made),
            Act(
                name=lambda: "再送打印机" if self._made() else "印到这张空白证上",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.print_it,
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.print_button

    def _made(self) -> bool:
        return self._offer.made is not None

    def show_offer(self, offer: CertificateOffer) -> None:
        """Show what the case has, or what would be made of it."""
        self._offer = offer
        made = offer.made
        for field in (self.blank, self.number):
            field.setVisible(made is None)
        self.look_button.setVisible(made is None)
        self.reason.setVisible(made is not None)
        self.void_button.setVisible(made is not None)
        if made is None:
            self.blank.set_value(offer.blank)
            self.number.set_value(offer.number)
            stock = f"库存 {offer.left} 张，下一张 {offer.blank}" if offer.left else "没有库存"
            self.about.setText(f"{stock}。印之前核对空白证上的号，印了就记到这件上")
            self.print_button.setText("印到这张上")
            self.look()
        else:
            self.about.setText(
                f"空白证 {made.blank}，证照号 {made.number}。送达时连同这一张交给领取人"
            )
            self.reason.set_value("")
            self.print_button.setText("再送打印机")
            if made.sheet:
                self.view.load(partial(self._actions.pages, offer.case_id, PAGE_WIDTH))

    def look(self) -> None:
        """Draw the preview of what is filled in."""
        if self._made() or not self.blank.value():
            return
        blank, number = self.blank.value(), self.number.value()
        self.view.load(
            partial(self._actions.preview, self._offer.case_id, blank, number, PAGE_WIDTH)
        )

    def print_it(self) -> None:
        """Bind the blank to the case and print; where it is bound already, print again."""
        if self._busy:
            return
        if self._made():
            self._send()
            return
        if not self.blank.value():
            self.notice.set_kind("bad")
            self.notice.show_trouble("没有空白证", "还没印", "入库后再印，或换空白证号")
            self.blank.focus_editor()
            return
        work = partial(
            self._actions.make, self._offer.case_id, self.blank.value(), self.number.value()
        )
        self._run(Lane.PAPER, work, "正在生成", self._on_bound)

    def _on_bound(self, offer: CertificateOffer) -> None:
        self._stop()
        self.show_offer(offer)
        made = offer.made
        if made is not None:
            self.changed.emit(f"{offer.kind} {made.number} 记到空白证 {made.blank}")
        self._send()

    def _send(self) -> None:
        self._run(
            Lane.STORE,
            partial(self._actions.document, self._offer.case_id),
            "正在送打印机",
            self._on_document,
        )

    def _on_document(self, pdf: bytes) -> None:
        made = self._offer.made
        self._stop()
        if made is None:
            return
        pages: Callable[[], Sequence[PageImage]] = partial(
            self._actions.pages, self._offer.case_id, PRINT_WIDTH
        )
        job = PrintJob(title=f"{made.kind} {made.number}", pdf=pdf, pages=pages, copies=1)
        work = partial(send_to_first, self._printers, job, "证照")
        self._run(Lane.PAPER, work, "正在送打印机", self._on_printed)

    def _on_printed(self, words: str) -> None:
        self._stop()
        self.notice.set_kind("ok")
        self.notice.show_trouble(words, "", "核对印好的证，印坏了写明原因按 F8 作废")

    def void(self) -> None:
        """Void the misprint; the next blank is suggested."""
        if self._busy or not self._made():
            return
        if not self.reason.value():
            self.reason.set_error("还没写印坏的原因")
            self.reason.focus_editor()
            return
        self.reason.set_error("")
        work = partial(self._actions.void, self._offer.case_id, self.reason.value())
        self._run(Lane.STORE, work, "正在作废", self._on_voided)

    def _on_voided(self, offer: CertificateOffer) -> None:
        spoilt = self._offer.made.blank if self._offer.made else ""
        self._stop()
        self.show_offer(offer)
        self.notice.set_kind("ok")
        self.notice.show_trouble(f"空白证 {spoilt} 已作废", "原因已登记", "换下一张再印")
        self.changed.emit(f"空白证 {spoilt} 已作废")
        self.print_button.setFocus()

    def _run(
        self, lane: Lane, work: Callable[[], T], saying: str, then: Callable[[T], None]
    ) -> None:
        self._busy = True
        self.notice.clear()
        self.spinner.start(saying)
        self._jobs.run(lane, work, owner=self, then=then, failed=self._on_trouble)

    def _stop(self) -> None:
        self._busy = False
        self.spinner.stop()

    def _on_trouble(self, error: ClerkError) -> None:
        self._stop()
        self.notice.set_kind("bad")
        self.notice.show_error(error)


class CertificateMaking(QObject):
    """Opens the making of a case's certificate; ``done`` says what was printed or voided."""

    done = pyqtSignal(str)
    failed = pyqtSignal(object)

    def __init__(
        self,
        host: QWidget,
        actions: MakingActions,
        jobs: Jobs,
        open_dialog: OpenDialog,
        *,
        printers: Printers | None = None,
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs = host, actions, jobs
        self._open_dialog, self._printers = open_dialog, printers or SystemPrinters()

    def act(self, current: Callable[[], Case | None]) -> Act:
        """Return the act on whatever case is the current one."""

        def begin() -> None:
            case = current()
            if case is not None:
                self.begin(case)

        return Act(
            name="证照制作",
            key="Ctrl+J",
            trigger=begin,
            enabled=lambda: not self.why_not(current()),
            why_not=lambda: self.why_not(current()),
        )

    def why_not(self, case: Case | None) -> str:
        """Why no certificate is made of this case here; empty where one may be."""
        if not self._actions.here.session.may(Right.MANAGE_BLANKS):
            return "制证由出件窗口办"
        if case is None:
            return "先选一件准予的办件"
        bar = making_bar(case)
        return MAKING_BARS[bar] if bar is not None and made_certificate(case) is None else ""

    def begin(self, case: Case) -> None:
        """Read what may be made and show it."""
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.offer, case.case_id),
            owner=self,
            then=partial(self._on_offer, case),
            failed=self.failed.emit,
        )

    def _on_offer(self, case: Case, offer: CertificateOffer) -> None:
        dialog = CertificateDialog(case, offer, self._actions, self._jobs, self._printers)
        dialog.changed.connect(self.done)
        self._open_dialog(self._host, dialog)
