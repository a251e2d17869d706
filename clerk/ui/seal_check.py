"""验签: the seals on a paper that was issued here, or on a PDF file from elsewhere."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.certificate_file import FileLook
from clerk.domain.issued import IssuedPaper
from clerk.jobs import Jobs, Lane
from clerk.ui import seal_words as words
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import KEYS, TickList
from clerk.ui.asking import AskingDialog
from clerk.ui.overriding import override
from clerk.ui.seal_actions import SealActions
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice, open_dialog

_NAME_WIDTH = 72


def choose_pdf(host: QWidget) -> str:
    """Let the clerk choose a file; empty where he chose nothing."""
    path, _ = QFileDialog.getOpenFileName(host, "选要验签的文件", "", "PDF (*.pdf)")
    return path


class SealCheckDialog(AskingDialog):
    """A paper by its number, or a file; below, what was found of it and of each seal."""

    def __init__(
        self, actions: SealActions, jobs: Jobs, choose: Callable[[QWidget], str] = choose_pdf
    ) -> None:
        super().__init__("验签", jobs, width=760, height=600)
        self._actions, self._choose = actions, choose
        self._papers: tuple[IssuedPaper, ...] = ()
        self.number = Field("文号或办件编号")
        self.find_button = Button("查文书", key="F5")
        self.file_button = Button("选 PDF 文件", key="F3")
        self.papers = TickList([], many=False, name="哪一份文书")
        self.verdict = Notice("info")
        self.told = QGridLayout()
        self._lay_out()
        self.papers.changed.connect(self._look_at_paper)
        self.find_button.clicked.connect(self.find_papers)
        self.file_button.clicked.connect(self.choose_file)
        self.number.next_gap.connect(self.find_papers)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.number, 1)
        for button in (self.find_button, self.file_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.papers)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self._scrolled(), 1)
        said = f"看的是文件在盖章以后改过没有、是谁的章。{words.NOT_SM}，不能代替国密验签"
        self.foot.addWidget(Label(said, size=12, tone="t3", wrap=True), 1)
        self.foot.addWidget(self.spinner)

    def _scrolled(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("scrolled", True)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        self.told.setHorizontalSpacing(theme.px(12))
        self.told.setVerticalSpacing(theme.px(6))
        self.told.setColumnMinimumWidth(0, theme.px(_NAME_WIDTH))
        self.told.setColumnStretch(1, 1)
        column.addLayout(self.told)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setAccessibleName("每个签章的情况")
        area.setWidget(inner)
        return area

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="查文书", key="F5", trigger=self.find_papers),
            Act(name="选 PDF 文件", key="F3", trigger=self.choose_file),
            Act(name="选一份", key="1–9、A–Q", trigger=self.papers.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.number.editor

    def find_papers(self) -> None:
        """Look for the papers under the number that is filled in."""
        number = self.number.value().strip()
        if not number:
            self.notice.show_trouble("先填文号或办件编号，或选 PDF 文件")
            return
        self._forget()
        self.ask(Lane.STORE, partial(self._actions.under, number), self._on_papers, "正在找文书")

    def choose_file(self) -> None:
        """Let the clerk choose a file and look at it."""
        path = self._choose(self)
        if path and not self.asking:
            self._forget()
            work = partial(self._actions.of_file, path)
            self.ask(Lane.PAGES, work, partial(self._show, Path(path).name), words.LOOKING)

    def _forget(self) -> None:
        self._papers = ()
        self.papers.show_texts([])
        self._clear()

    def _clear(self) -> None:
        self.verdict.clear()
        while (item := self.told.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _on_papers(self, found: Sequence[IssuedPaper]) -> None:
        self._papers = tuple(found[: len(KEYS)])
        self.papers.show_texts([f"{one.title} {one.number}".strip() for one in self._papers])
        self.papers.setFocus()
        if len(self._papers) == 1:
            self.papers.toggle(0)

    def _look_at_paper(self) -> None:
        places = self.papers.chosen()
        if not places:
            return
        paper = self._papers[places[0]]
        self._clear()
        work = partial(self._actions.of_paper, paper)
        self.ask(Lane.PAGES, work, partial(self._show, paper.title), words.LOOKING)

    def _show(self, name: str, look: FileLook) -> None:
        self._clear()
        found, follows = words.verdict(look)
        self.verdict.set_kind(words.kind(look.seal))
        self.verdict.show_trouble(f"{name}：{found}", f"{follows}。共 {look.pages} 页")
        for seal in look.seals:
            for label, text in words.rows(seal):
                row = self.told.rowCount()
                name_label = Label(label, size=13, tone="t3")
                self.told.addWidget(name_label, row, 0, Qt.AlignmentFlag.AlignTop)
                self.told.addWidget(Label(text, size=13, wrap=True, selectable=True), row, 1)


class SealWork(QObject):
    """Opens 验签; who may, is asked again by every use case."""

    def __init__(
        self,
        host: QWidget,
        actions: SealActions,
        jobs: Jobs,
        *,
        show: Callable[[QWidget, Dialog], None] = open_dialog,
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs = host, actions, jobs
        self._show = show

    def open(self) -> None:
        """Show the dialog."""
        self._show(self._host, SealCheckDialog(self._actions, self._jobs))
