"""批次名单: the list of a bundle as it goes up or comes back, looked at and printed."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtWidgets import QWidget

from clerk.domain.bundles import Bundle
from clerk.domain.errors import ClerkError
from clerk.domain.issued import PageImage
from clerk.domain.material import StoredFile
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import BundleActions
from clerk.ui.acts import Act
from clerk.ui.documents_printer import PRINT_WIDTH, Printers, PrintJob, send_to_first
from clerk.ui.intake_pages import PAGE_WIDTH, preview
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Label, Notice
from clerk.wording import day
from clerk.wording_results import ROSTER_OUTCOMES


class RosterDialog(Dialog):
    """The list of one bundle; F7 goes to the bundle before, F8 turns to the other of its lists."""

    def __init__(
        self, found: Sequence[Bundle], actions: BundleActions, jobs: Jobs, printers: Printers
    ) -> None:
        super().__init__("批次名单", width=PAGE_WIDTH + 80, height=640)
        self._found, self._place = found, 0
        self._actions, self._jobs, self._printers = actions, jobs, printers
        self._returned = any(line.outcome for line in found[0].lines)
        self._made: StoredFile | None = None
        self.head = Label("", bold=True, elide=True)
        self.about = Label("", size=13, tone="t2", wrap=True)
        self.view = preview(jobs)
        self.notice = Notice("bad")
        self.older_button = Button("上一批", key="F7")
        self.turn_button = Button("", key="F8")
        self.print_button = Button("打印", key="Ctrl P", kind="compact")
        for widget in (self.head, self.about, self.notice):
            self.body.addWidget(widget)
        self.body.addWidget(self.view, 1)
        self.foot.addWidget(self.older_button)
        self.foot.addWidget(self.turn_button)
        self.foot.addStretch(1)
        self.foot.addWidget(self.print_button)
        self.older_button.clicked.connect(self.older)
        self.turn_button.clicked.connect(self.turn)
        self.print_button.clicked.connect(self.print_it)
        self.older_button.setVisible(len(found) > 1)
        self._show()

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="打印名单", key="Ctrl+P", trigger=self.print_it),
            Act(name="上一批", key="F7", trigger=self.older),
            Act(name="换另一张名单", key="F8", trigger=self.turn),
            Act(name="再生成一次", key="F5", trigger=self.view.retry, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.view

    def older(self) -> None:
        """Go to the bundle before; from the oldest back to the newest."""
        self._place = (self._place + 1) % len(self._found)
        self._returned = any(line.outcome for line in self._bundle.lines)
        self._show()

    def turn(self) -> None:
        """Show the other list: as it went up, or with what became of each person."""
        self._returned = not self._returned
        self._show()

    def print_it(self) -> None:
        """Send the list that is shown to the printer."""
        if self._made is None:
            self.notice.show_trouble("名单还没生成好", "还没打印", "等名单出来再按 Ctrl P")
            return
        self.notice.clear()
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.roster_document, self._made),
            owner=self,
            then=partial(self._send, self._made),
            failed=self._on_trouble,
        )

    @property
    def _bundle(self) -> Bundle:
        return self._found[self._place]

    def _show(self) -> None:
        bundle = self._bundle
        self._made = None
        self.head.setText(f"{bundle.item_name}，{bundle.from_by}报{bundle.to_by}")
        self.about.setText(
            f"批次号 {bundle.label}，{day(bundle.week_of)}起的一周，{_sum_of(bundle)}"
        )
        self.turn_button.setText("看上报名单" if self._returned else "看处理名单")
        self.view.load(partial(self._pages, bundle, self._returned))

    def _pages(self, bundle: Bundle, returned: bool) -> Sequence[PageImage]:
        made = self._actions.make_roster(bundle.bundle_id, returned)
        if (bundle, returned) == (self._bundle, self._returned):
            self._made = made
        return self._actions.roster_pages(made, PAGE_WIDTH)

    def _send(self, made: StoredFile, pdf: bytes) -> None:
        pages = partial(self._actions.roster_pages, made, PRINT_WIDTH)
        job = PrintJob(title=made.name, pdf=pdf, pages=pages, copies=2)
        self._jobs.run(
            Lane.PAPER,
            partial(send_to_first, self._printers, job, "名单"),
            owner=self,
            then=self._on_printed,
            failed=self._on_trouble,
        )

    def _on_printed(self, words: str) -> None:
        self.notice.set_kind("ok")
        self.notice.show_trouble(words, "2 份", "上报和接收双方签名，各存一份")

    def _on_trouble(self, error: ClerkError) -> None:
        self.notice.set_kind("bad")
        self.notice.show_error(error)


def _sum_of(bundle: Bundle) -> str:
    """How many there are and what became of them: ``2 人，收下 1 人，退回 1 人``."""
    told = [f"{len(bundle.lines)} 人"]
    for outcome, words in ROSTER_OUTCOMES.items():
        count = sum(line.outcome is outcome for line in bundle.lines)
        if count:
            told.append(f"{words} {count} 人")
    return "，".join(told)
