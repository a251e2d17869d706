"""The papers of a case: those that are made, and those that come when they are needed."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.issued import IssuedPaper
from clerk.ui import theme
from clerk.ui.chips import LinesSpec
from clerk.ui.column_model import ColumnModel
from clerk.ui.documents_words import TEXT_IS_MADE, below, in_front, later
from clerk.ui.overriding import override
from clerk.ui.tables import Table
from clerk.ui.widgets import Label

_WIDTH = 252
_ROW = 58
_MOST_ROWS = 6


class _Papers(ColumnModel[IssuedPaper]):
    def __init__(self) -> None:
        super().__init__()
        self.copies: Mapping[UUID, int] = {}
        self.under_way: Mapping[UUID, str] = {}

    def show_papers(self, papers: Sequence[IssuedPaper], copies: Mapping[UUID, int]) -> None:
        self.copies, self.under_way = dict(copies), {}
        self.show_rows(papers)

    def show_copies(self, copies: Mapping[UUID, int], under_way: Mapping[UUID, str]) -> None:
        if (copies, under_way) == (self.copies, self.under_way):
            return
        self.copies, self.under_way = dict(copies), dict(under_way)
        self.look_again()

    @override
    def spec_of(self, row: IssuedPaper) -> LinesSpec:
        copies, now = self.copies.get(row.paper_id, 0), self.under_way.get(row.paper_id, "")
        return LinesSpec(row.title, below(row, copies, now))


class PaperList(QWidget):
    """The left column; ``chosen`` carries the paper that is to be shown."""

    chosen = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(_WIDTH))
        self.model = _Papers()
        self.title = Label(size=12, tone="t3")
        self.table = Table(
            self.model, widths=[None], row_height=_ROW, header=False, name="本件文书"
        )
        self.later_title = Label("用得到时再出", size=12, tone="t3")
        self.later = QVBoxLayout()
        self.later.setSpacing(0)
        self._later_labels: list[QWidget] = []
        self._lay_out()
        self.table.moved.connect(self._on_moved)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(10), 0, theme.px(12))
        column.setSpacing(theme.px(6))
        for label in (self.title, self.later_title):
            label.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        column.addWidget(self.title)
        column.addWidget(self.table)
        column.addSpacing(theme.px(6))
        column.addWidget(self.later_title)
        column.addLayout(self.later)
        column.addStretch(1)
        foot = Label(TEXT_IS_MADE, size=12, tone="t3", wrap=True)
        foot.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        column.addWidget(foot)

    def show_papers(
        self, case: Case, papers: Sequence[IssuedPaper], copies: Mapping[UUID, int]
    ) -> None:
        """Show other papers; the one in front stays there unless the one to be shown has just come."""
        before, known = self.current(), {paper.paper_id for paper in self.model.rows}
        self.table.setFixedHeight(theme.px(_ROW) * min(len(papers), _MOST_ROWS))
        self.title.setText(f"本件文书，{case.label}" if case.label else "本件文书")
        self.model.show_papers(papers, copies)
        for label in self._later_labels:
            self.later.removeWidget(label)
            label.deleteLater()
        words = later(case, papers)
        self.later_title.setVisible(bool(words))
        self._later_labels = [self._later_line(title, when) for title, when in words]
        for label in self._later_labels:
            self.later.addWidget(label)
        kept = [paper.paper_id for paper in papers]
        row = in_front(case, papers)
        if before and before.paper_id in kept and papers[row].paper_id in known:
            row = kept.index(before.paper_id)
        self.table.go_to(row)

    def repaint_copies(self, copies: Mapping[UUID, int], under_way: Mapping[UUID, str]) -> None:
        """Say how often each paper was printed, and what a printer does with it; nothing else moves."""
        self.model.show_copies(copies, under_way)

    def current(self) -> IssuedPaper | None:
        """The paper in front."""
        row = self.table.current_row()
        return self.model.row(row)

    def papers(self) -> tuple[IssuedPaper, ...]:
        """Every paper that is made."""
        return self.model.rows

    @staticmethod
    def _later_line(title: str, when: str) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(theme.px(14), theme.px(4), theme.px(14), theme.px(4))
        column.setSpacing(0)
        column.addWidget(Label(title, tone="t2"))
        column.addWidget(Label(when, size=12, tone="t3"))
        return line

    def _on_moved(self, _row: int) -> None:
        paper = self.current()
        if paper is not None:
            self.chosen.emit(paper)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.color("line"))
