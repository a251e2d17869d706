"""要带什么: the list that is told to the applicant before anything is asked of him."""

from collections.abc import Mapping

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QScrollArea, QWidget

from clerk.domain.material import Evidence
from clerk.domain.standard import Requirement
from clerk.ui import theme
from clerk.ui.intake_flow import OpenCase
from clerk.ui.widgets import Button, Card, Label
from clerk.wording_advice import HAS_IT, copies, easier


class BringCard(Card):
    """What this case asks for as far as it is known now, and what spares a paper."""

    print_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.head = self.header("要带什么")
        self.print = Button("打印给申请人", key="Ctrl H", small=True)
        self.print.clicked.connect(self.print_wanted)
        self.head.add(self.print)
        inside = QWidget()
        inside.setProperty("scrolled", True)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(12))
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(10))
        for column, stretch in enumerate((5, 3, 5)):
            self._grid.setColumnStretch(column, stretch)
        self._rows: list[tuple[Label, Label, Label]] = []
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)

    def show_case(self, opened: OpenCase) -> None:
        """Show the list of the case; a row is used again for the next one."""
        asked = [opened.standard.requirement(code) for code in opened.verdict.asked]
        there = sum(one.code in opened.case.evidence for one in asked)
        open_questions = [q for q in opened.verdict.questions if q not in opened.case.answers]
        fewer = "，答完情形可能更少" if open_questions else ""
        self.head.hint.setText(f"{len(asked)} 项，已有 {there} 项{fewer}")
        while len(self._rows) < len(asked):
            self._add_row()
        for place, row in enumerate(self._rows):
            texts = _texts(asked[place], opened.case.evidence) if place < len(asked) else ("",) * 3
            for label, text in zip(row, texts, strict=True):
                label.setText(text)
                label.setVisible(place < len(asked))

    def _add_row(self) -> None:
        made = (
            Label(size=14, wrap=True),
            Label(size=13, tone="t2", wrap=True),
            Label(size=13, tone="t2", wrap=True),
        )
        place = len(self._rows)
        self._grid.setRowStretch(place, 0)
        for column, label in enumerate(made):
            self._grid.addWidget(label, place, column, Qt.AlignmentFlag.AlignTop)
        self._grid.setRowStretch(place + 1, 1)
        self._rows.append(made)


def _texts(asked: Requirement, evidence: Mapping[str, Evidence]) -> tuple[str, str, str]:
    """Name, how many of it, and how it may be spared."""
    if asked.generated_from_form:
        return asked.name, "窗口打出来", "当场签名，不用带"
    if asked.code in evidence:
        return asked.name, copies(asked), HAS_IT
    return asked.name, copies(asked), easier(asked)
