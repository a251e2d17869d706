"""文书: the papers of a case, as they are, to be printed or saved; nothing is written here."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from uuid import UUID

from PyQt6.QtGui import QHideEvent
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.errors import ClerkError
from clerk.domain.issued import IssuedPaper
from clerk.domain.paper_signature import SIGN_PLACE
from clerk.domain.quoted import QuotedValue
from clerk.jobs import Jobs, Lane
from clerk.ui import documents_words as words
from clerk.ui.actions import PaperActions
from clerk.ui.acts import Act
from clerk.ui.documents_aloud import Aloud
from clerk.ui.documents_canvas import QuotedCanvas
from clerk.ui.documents_list import PaperList
from clerk.ui.documents_orders import Order
from clerk.ui.documents_panel import PrintPanel
from clerk.ui.documents_printer import FollowedPrinters, SystemPrinters
from clerk.ui.documents_quoting import Quoting
from clerk.ui.documents_sending import Sending
from clerk.ui.documents_trouble import HangNotice
from clerk.ui.overriding import override
from clerk.ui.page import ActionBar, Page, TopBar
from clerk.ui.placed import mark_of
from clerk.ui.signing_papers import PaperSigning
from clerk.ui.timers import timer
from clerk.ui.widgets import Button, Chip, ChipKind, ChipSpec, Label, Notice, Spinner
from clerk.ui.widgets.page_view import PageMark, PageView


def choose_path(host: QWidget, name: str) -> str:
    """Let the clerk choose where a copy goes; empty where he chose nothing."""
    path, _ = QFileDialog.getSaveFileName(host, "另存 PDF", name, "PDF (*.pdf)")
    return path


def marks_of(paper: IssuedPaper) -> Sequence[PageMark]:
    """Say where the filled values stand, as parts of an A4 page."""
    return [mark_of(value) for value in paper.placed if value.field != SIGN_PLACE]


class DocumentsPage(Page):
    """List, page and printing. ``show_case`` brings a case; its due papers are made then.

    Filled values have a blue ground on the screen, never on paper.
    """

    def __init__(
        self,
        actions: PaperActions,
        jobs: Jobs,
        back: Callable[[], None],
        *,
        say: Callable[[str], None],
        printers: FollowedPrinters | None = None,
        choose_path: Callable[[QWidget, str], str] = choose_path,
        change: Callable[[Case, QuotedValue], None] | None = None,
        in_pieces: bool = False,
    ) -> None:
        super().__init__("文书")
        self._change = change
        self._actions, self._jobs, self._back, self._say = actions, jobs, back, say
        self._choose_path = choose_path
        self._printers: FollowedPrinters = printers or SystemPrinters()
        self._case: Case | None = None
        self._copies: dict[UUID, int] = {}
        self._asked = 0
        self._entering = False
        self._asking = timer(self, 0, self._ask_for_papers, once=True)  # after the page's paint
        self.make(self._made(), in_pieces=in_pieces)

    def _made(self) -> Iterator[None]:
        self.list = PaperList()
        yield
        self.canvas = QuotedCanvas()
        self.view = PageView(self._jobs, canvas=self.canvas)
        yield
        self.panel = PrintPanel(practice=self._actions.here.counter.practice)
        yield
        self.notice = Notice("bad")
        self.by_hand = Notice("warn")
        self.hang = HangNotice()
        self.making = Spinner()
        self.sending = Sending(
            self,
            self.panel,
            self.hang,
            self._actions,
            self._jobs,
            self._printers,
            self._path_for,
        )
        self.bar = TopBar("文书")
        self.standing = Chip(ChipSpec(ChipKind.NEUTRAL, ""))
        self.bar.add(self.standing)
        self.status = Label(size=13, tone="t2", elide=True)
        self.print_button = Button("打印", key="Ctrl P", kind="primary")
        self.save_button = Button("另存 PDF", key="Ctrl S")
        self.aloud = Aloud(self, self.list.current, self._say)
        self.quoting = Quoting(
            self, self._actions, self._jobs, self.canvas, self.panel.quoted, self._change
        )
        self.signing = PaperSigning(
            self,
            self._jobs,
            self._actions.here,
            self._actions.signing,
            pages=self._actions.pages,
            paper=self.list.current,
            case=lambda: self._case,
            changed=self._make,
            say=self._say,
        )
        self._lay_out()
        self._connect()
        self._follow()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.notice)
        middle.addWidget(self.by_hand)
        middle.addWidget(self.hang)
        middle.addWidget(self.view, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(middle, 1)
        row.addWidget(self.panel)

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.panel.changed.connect(self._follow)
        self.quoting.said.connect(self._on_said)
        self.view.loaded.connect(self.panel.seal.look)
        self.view.failed.connect(lambda _: self.panel.seal.look())
        self.sending.changed.connect(self._follow)
        self.sending.went.connect(self._on_went)
        self.sending.handed_over.connect(lambda _: self._make())
        self.sending.said.connect(self._on_said)
        self.sending.trouble.connect(self._trouble)
        self.print_button.clicked.connect(self.print_now)
        self.save_button.clicked.connect(self.save)

    def top_bar(self) -> QWidget:
        return self.bar

    def action_bar(self) -> ActionBar:
        bar = self.foot = ActionBar()
        bar.lead(self.making)
        bar.lead(self.status)
        back = Button("返回", key="Esc", kind="quiet")
        back.clicked.connect(lambda _=False: self._back())
        for button in (
            back,
            self.signing.button,
            self.aloud.button,
            self.save_button,
            self.print_button,
        ):
            bar.add(button)
        return bar

    def acts(self) -> Sequence[Act]:
        """Print, save, retry, back; the pages answer to their own keys."""
        return (
            Act(
                name=self.print_button.words,
                key="Ctrl+P",
                trigger=self.print_now,
                enabled=lambda: not self._why_not_print(),
                why_not=self._why_not_print,
            ),
            Act(name="另存 PDF", key="Ctrl+S", trigger=self.save),
            Act(name=self.aloud.button.words, key="Ctrl+E", trigger=self.aloud.turn),
            self.signing.act(),
            Act(name="重试", key="F5", trigger=self.retry),
            Act(name="返回", key="Esc", trigger=self._back),
            Act(name="手工出具，写明原因", key="Ctrl+H", trigger=self.make_by_hand),
            *self.hang.acts(),
            *self.view.acts(),
            *self.quoting.acts(),
        )

    def regions(self) -> Sequence[QWidget]:
        return (self.list, self.view.canvas, self.panel)

    def first_focus(self) -> QWidget:
        return self.print_button if self.print_button.isEnabled() else self.list.table

    def entered(self) -> None:
        """Ask which printers there are; one may have been plugged in meanwhile."""
        self._entering = True
        self.sending.look_for_printers()

    @override
    def hideEvent(self, event: QHideEvent | None) -> None:
        self.aloud.stop()
        super().hideEvent(event)

    def show_case(self, case: Case) -> None:
        """Bring a case: show what it has, and make what its state asks for."""
        if self._case is None or self._case.case_id != case.case_id:
            self._copies = {}
            self.view.clear()
            self.list.show_papers(case, (), {})
            self.panel.show_paper(None, ())
            self.by_hand.clear()
        self._case = case
        self.bar.hint.setText(f"{case.item_name}，{case.applicant_name}")
        self.standing.show_spec(ChipSpec(ChipKind.GOOD, words.standing(case)))
        self.status.setText("")
        self._make()

    def _make(self) -> None:
        if self._case is None:
            return
        self._asked += 1
        self.notice.clear()
        self.making.start(words.MAKING)
        self._asking.start()

    def _ask_for_papers(self) -> None:
        case, asked = self._case, self._asked
        if case is None:
            return
        self._jobs.run(
            Lane.PAPER,
            partial(self._actions.make_due, case.case_id),
            owner=self,
            then=lambda papers: self._on_papers(asked, papers),
            failed=lambda error: self._on_not_made(asked, error),
        )

    def _on_papers(self, asked: int, papers: Sequence[IssuedPaper]) -> None:
        if asked != self._asked or self._case is None:
            return
        self.making.stop()
        self._copies = {}  # the papers themselves say how often they were printed so far
        self.list.show_papers(self._case, papers, self._copies)
        self.sending.follow(self._case.case_id, papers)
        if not papers:
            self.notice.set_kind("info")
            self.notice.show_trouble(words.NOTHING_YET)
        self._follow()

    def _on_not_made(self, asked: int, error: ClerkError) -> None:
        """Say it, and show what was made before."""
        if asked != self._asked or self._case is None:
            return
        self.making.stop()
        self._trouble(error)
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.of_case, self._case.case_id),
            owner=self,
            then=partial(self._on_earlier, asked),
            failed=self._trouble,
        )

    def _on_earlier(self, asked: int, papers: Sequence[IssuedPaper]) -> None:
        if asked == self._asked and self._case is not None:
            self.list.show_papers(self._case, papers, self._copies)
            self._follow()

    def retry(self) -> None:
        """F5: make what is missing, look for printers, show the page again."""
        self._make()
        self.entered()
        if not self.view.has_pages():
            self.view.retry()

    # The paper in front ---------------------------------------------------

    def _on_chosen(self, paper: IssuedPaper) -> None:
        self.aloud.stop()
        marks = tuple(marks_of(paper))
        others = [one for one in self.list.papers() if one.paper_id != paper.paper_id]
        self.panel.show_paper(paper, others)
        self._say_by_hand(paper)
        self.sending.ask_copies(paper.kind)
        self.quoting.follow(paper, self._case)
        if self.view.bar is not None:
            self.view.bar.hint.setText("蓝底是自动填的内容，打印时不显示" if marks else "")
        self.view.set_name(paper.title, of=paper.paper_id)
        pages, before = (
            partial(asked, paper) for asked in (self._actions.pages, self._actions.seals.before)
        )
        said = f"正在取{paper.title}的页面"
        self.panel.seal.follow(paper, self._actions.seals, self._jobs)
        self.view.load_sharp(pages, said=said, marks=marks, before=before)
        self._follow()

    def _say_by_hand(self, paper: IssuedPaper) -> None:
        asked = words.written_by_hand(paper)
        if asked:
            self.by_hand.show_trouble(asked)
        else:
            self.by_hand.clear()

    def _follow(self) -> None:
        """Let buttons and status say what would happen now."""
        sheets = self.panel.copies.value() * (1 + len(self.panel.along()))
        self.print_button.setText(f"打印 {sheets} 份")
        ready = self.list.current() is not None and bool(self.panel.printer_name())
        if not ready and self.print_button.hasFocus():  # a button that is barred loses the keys
            self._entering = True
            self.list.table.setFocus()
        self.print_button.setEnabled(ready)  # while printing too: the focus stays where it is
        if self._entering and ready and self.list.table.hasFocus():
            self._entering = False
            self.print_button.setFocus()
        for button in (self.save_button, self.aloud.button):
            button.setEnabled(self.list.current() is not None)
        self.signing.follow()
        printing = self.sending.printing
        if printing.busy:
            self.status.setText(printing.now())
        elif printing.hang is not None:
            self.status.setText("")  # the strip above says it
        self.list.repaint_copies(self._copies, self._under_way())
        self.print_button.setAccessibleName(
            "，".join(part for part in (self.print_button.words(), self._why_not_print()) if part)
        )

    def _why_not_print(self) -> str:
        if self.list.current() is None:
            return words.NOTHING_YET
        if not self.panel.printer_name():
            return words.NO_PRINTER
        paper, printing = self.list.current(), self.sending.printing
        hangs = printing.hang is not None
        return words.UNDER_WAY if paper and printing.under_way(paper) and not hangs else ""

    def print_now(self) -> None:
        """Print the paper in front and those that go along."""
        paper = self.list.current()
        if paper is None or self._why_not_print():
            return
        self.notice.clear()
        self.sending.start((paper, *self.panel.along()))

    def make_by_hand(self) -> None:
        """Note that the paper in front was made elsewhere, or written; asks why."""
        paper = self.list.current()
        if paper is not None:
            self.sending.ask_why_by_hand((paper,))

    def _on_went(self, order: Order) -> None:
        held = order.paper.paper_id
        self._copies[held] = self._copies.get(held, 0) + order.copies
        if self._case is not None and order.paper.case_id == self._case.case_id:
            self._follow()

    def _under_way(self) -> dict[UUID, str]:
        return {one.paper_id: self.sending.state_of(one) for one in self.list.papers()}

    def _on_said(self, said: str) -> None:
        self.status.setText(said)
        self._say(said)

    def _path_for(self, paper: IssuedPaper) -> str:
        """Let the clerk choose where a paper goes as a file."""
        case = self._case
        label = case.label if case is not None and case.case_id == paper.case_id else ""
        return self._choose_path(self, words.file_name(paper, paper.number or label))

    def save(self) -> None:
        """Write a copy of the paper in front where the clerk chooses."""
        paper, case = self.list.current(), self._case
        if paper is None or case is None:
            return
        path = self._choose_path(self, words.file_name(paper, paper.number or case.label))
        if not path:
            return
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.save_as, paper, path),
            owner=self,
            then=lambda _: self._on_saved(path),
            failed=self._trouble,
        )

    def _on_saved(self, path: str) -> None:
        self.status.setText(f"已另存到 {path}")
        self._say(f"已另存到 {path}")

    def _trouble(self, error: ClerkError) -> None:
        again = Button("重试", key="F5", small=True)
        again.clicked.connect(self.retry)
        self.notice.set_kind("bad")
        self.notice.show_error(error, [again])
