"""证照纠错: what is wrong in a certificate, what the paper shows, the scan that proves it."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.certificate_report import CertificateReport, Fault, IssuerCount, Questioned
from clerk.domain.identity import Act as Right
from clerk.domain.material import StoredFile
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import KEYS, TickList
from clerk.ui.asking import AskingDialog
from clerk.ui.ledger_actions import LedgerActions
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Empty, Field, Label, open_dialog
from clerk.wording_ledger import issuer_line, report_line

OTHER_FIELD = "其他"
MOST_SHOWN = 30
Suspects = Sequence[tuple[str, Questioned]]
"""Requirement code and certificate, of everything that may be wrong."""


def certificates_of(case: Case) -> Suspects:
    """Return the certificates a case was given, by requirement code."""
    return [(code, held.certificate) for code, held in case.evidence.items() if held.certificate]


class ReportDialog(AskingDialog):
    """One report. ``reported`` says what was sent; earlier reports of the case stand above."""

    reported = pyqtSignal(str)

    def __init__(
        self,
        case: Case,
        suspects: Suspects,
        before: Sequence[CertificateReport],
        actions: LedgerActions,
        jobs: Jobs,
    ) -> None:
        super().__init__("证照纠错", jobs, width=760)
        self._case, self._suspects = case, tuple(suspects)[: len(KEYS)]
        self._actions = actions
        self._scan: StoredFile | None = None
        self._fields: tuple[str, ...] = ()
        self.before = QVBoxLayout()
        self.which = TickList(
            [_named(one) for _, one in self._suspects], many=False, name="哪份证照"
        )
        self.field = TickList([], many=False, name="哪一项不对")
        self.paper_says = Field("原件上是什么")
        self.remark = Field("哪里不对，写清楚")
        self.scan_words = Label("还没有扫描原件，可以不扫", size=12, tone="t3")
        self.scan_button = Button("扫描原件", key="F6")
        self.button = Button("上报", key="F9", kind="compact")
        self._lay_out(before)
        self._connect()
        if self._suspects:
            self.which.toggle(0)
        self._show_fields()

    def _lay_out(self, before: Sequence[CertificateReport]) -> None:
        for report in before:
            self.before.addWidget(Label(report_line(report), size=12, tone="t2", wrap=True))
        self.body.addLayout(self.before)
        said = "库里的证照和原件不一样时用。办件照原件办，不等答复；答复来了在经过里看"
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.body.addWidget(self.which)
        self.body.addWidget(self.field)
        both = QHBoxLayout()
        both.setSpacing(theme.px(12))
        both.addWidget(self.paper_says)
        both.addWidget(self.remark)
        self.body.addLayout(both)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.scan_button)
        self.foot.addWidget(self.scan_words)
        self.foot.addWidget(self.spinner)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)

    def _connect(self) -> None:
        self.which.changed.connect(self._show_fields)
        for field, after in pairwise((self.paper_says, self.remark)):
            field.next_gap.connect(after.focus_editor)
        self.remark.next_gap.connect(self.button.setFocus)
        self.scan_button.clicked.connect(self.scan)
        self.button.clicked.connect(self.confirm)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="上报", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.confirm),
            Act(name="扫描原件", key="F6", trigger=self.scan),
            Act(name="选哪份、哪一项", key="1–9、A–Q", trigger=self.which.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.which if len(self._suspects) > 1 else self.field

    def _chosen(self) -> tuple[str, Questioned] | None:
        places = self.which.chosen()
        return self._suspects[places[0]] if places else None

    def _show_fields(self) -> None:
        chosen = self._chosen()
        values = chosen[1].fields if chosen else {}
        names = list(values)[: len(KEYS) - 1]
        self._fields = (*names, OTHER_FIELD)
        shown = [f"{name}：{values[name]}" for name in names]
        self.field.show_texts([*shown, OTHER_FIELD])

    def scan(self) -> None:
        """Take the paper's picture as evidence; it is kept with the store's files."""
        self.ask(Lane.DEVICE, self._actions.scan, self._on_scanned, "正在扫描")

    def _on_scanned(self, taken: tuple[bytes, str]) -> None:
        content, media_type = taken
        work = partial(self._actions.keep_file, content, "证照原件.png", media_type)
        self.ask(Lane.STORE, work, self._on_kept, "正在存")

    def _on_kept(self, kept: StoredFile) -> None:
        self._scan = kept
        self.scan_words.setText(f"原件已扫描，摘要 {kept.sha256[:16]}…")

    def confirm(self) -> None:
        """Report it."""
        chosen, places = self._chosen(), self.field.chosen()
        if chosen is None:
            self.notice.show_trouble("还没选哪份证照", "还没上报", "按数字选")
            return
        fault = Fault(
            field=self._fields[places[0]] if places else "",
            paper_says=self.paper_says.value(),
            remark=self.remark.value(),
            scan=self._scan.sha256 if self._scan else "",
        )
        work = partial(self._actions.report, self._case, *chosen, fault)
        self.ask(Lane.STORE, work, self._on_reported, "正在上报")

    def _on_reported(self, report: CertificateReport) -> None:
        self.close_dialog()
        self.reported.emit(f"{report.type_name}的纠错已上报，答复来了在经过里看")


class ReportsDialog(Dialog):
    """Every report of the last year, and how many each issuer got."""

    def __init__(self, reports: Sequence[CertificateReport], counts: Sequence[IssuerCount]) -> None:
        super().__init__("证照纠错", width=760)
        if not reports:
            hint = "在办件里选中一件，按 Ctrl K 找证照纠错"
            self.body.addWidget(Empty("file-check", "还没有报过", hint))
        first_unread = sorted(reports, key=lambda one: not one.unread)
        for report in first_unread[:MOST_SHOWN]:
            label = report.case_number or "没有编号的草稿"
            text = f"{label}　{report_line(report)}"
            self.body.addWidget(Label(text, size=13, wrap=True, bold=report.unread))
        more = len(reports) - MOST_SHOWN
        if more > 0:
            self.body.addWidget(Label(f"还有 {more} 份没有列出", size=12, tone="t3"))
        self.body.addSpacing(theme.px(8))
        for count in counts[:MOST_SHOWN]:
            self.body.addWidget(Label(issuer_line(count), size=12, tone="t2", wrap=True))


class Reporting(QObject):
    """Opens a report about the certificates of a case; ``done`` says what was reported."""

    done = pyqtSignal(str)
    failed = pyqtSignal(object)

    def __init__(
        self,
        host: QWidget,
        actions: LedgerActions,
        jobs: Jobs,
        show: Callable[[QWidget, Dialog], None] = open_dialog,
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs, self._show = host, actions, jobs, show

    def act(self, current: Callable[[], Case | None]) -> Act:
        """Return the act on whatever case is the current one."""

        def begin() -> None:
            case = current()
            if case is not None:
                self.begin(case, certificates_of(case))

        return Act(
            name="证照纠错",
            trigger=begin,
            enabled=lambda: not self.why_not(current()),
            why_not=lambda: self.why_not(current()),
        )

    def why_not(self, case: Case | None) -> str:
        """Why nothing can be reported of this case here; empty where something can."""
        if not self._actions.here.session.may(Right.REPORT_CERTIFICATE):
            return "证照纠错由窗口报"
        if case is None:
            return "先选一件办件"
        return "" if certificates_of(case) else "这件没有用电子证照"

    def begin(self, case: Case, suspects: Suspects) -> None:
        """Read what was reported before, and show the dialog."""
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.reports_of_case, case.case_id),
            owner=self,
            then=partial(self._on_before, case, suspects),
            failed=self.failed.emit,
        )

    def _on_before(
        self, case: Case, suspects: Suspects, before: Sequence[CertificateReport]
    ) -> None:
        dialog = ReportDialog(case, suspects, before, self._actions, self._jobs)
        dialog.reported.connect(self.done)
        self._show(self._host, dialog)


class ReportsWork(QObject):
    """Opens all reports from Ctrl K; the answers count as read then."""

    def __init__(
        self,
        host: QWidget,
        actions: LedgerActions,
        jobs: Jobs,
        say: Callable[[str], None],
        *,
        show: Callable[[QWidget, Dialog], None] = open_dialog,
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs, self._say = host, actions, jobs, say
        self._show = show

    def open(self) -> None:
        """Read the reports and show them."""
        self._jobs.run(
            Lane.STORE,
            lambda: (self._actions.reports(), self._actions.by_issuer()),
            owner=self,
            then=lambda read: self._show(self._host, ReportsDialog(*read)),
            failed=lambda error: self._say(str(error)),
        )


def _named(certificate: Questioned) -> str:
    return "，".join(
        part
        for part in (certificate.type_name, certificate.number, certificate.issuer_name)
        if part
    )
