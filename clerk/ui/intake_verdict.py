"""The verdict (核对结论): one headline, problems with their repair, what passed, what follows."""

from collections.abc import Iterator, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.findings import Finding, Group, Headline, Outcome
from clerk.ui import theme
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_problems import Block, problems_of
from clerk.ui.widgets import Button, Card, Icon, Label
from clerk.wording import (
    GROUPS,
    authority,
    counts,
    headline,
)

_LOOKS = {
    Headline.NOT_STARTED: ("circle-dashed", "t2"),
    Headline.ACCEPTABLE: ("circle-check", "ok"),
    Headline.ACCEPTABLE_WITH_DEFERRAL: ("circle-check", "ok"),
    Headline.RECEIVABLE: ("circle-check", "ok"),
    Headline.GAPS: ("circle-dashed", "t1"),
    Headline.NOT_YET: ("circle-x", "bad"),
    Headline.NOT_REQUIRED: ("info", "accentT"),
    Headline.NOT_OURS: ("info", "accentT"),
}
_WHOLE = {
    Group.APPLICANT: "身份核过，可以申请本事项",
    Group.COMPETENCE: "事项在用，归本大厅办",
    Group.FORM: "填全了，与证照和证件一致",
    Group.MATERIALS: "按事项标准逐项核过",
}
"""What it means that nothing of a group is left."""
_IDLE = Headline.NOT_STARTED
_SHOWN_AT_ONCE = 4
"""About as many blocks as there is room for."""


class _Passed(QWidget):
    """One group of checks: how many passed of how many."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self._group = group
        self.icon = Icon("check", 16, "ok", stroke="2.25")
        self.count = Label(size=13, tone="t3")
        self.why = Label(size=12, tone="t3", elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(5), theme.px(16), theme.px(5))
        row.setSpacing(theme.px(8))
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(GROUPS[group], size=13))
        column.addWidget(self.why)
        row.addLayout(column, 1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)

    def show_findings(self, findings: Sequence[Finding], *, explained: bool) -> None:
        passed = [f for f in findings if f.group is self._group and f.outcome is Outcome.PASS]
        mine = [f for f in findings if f.group is self._group and (f.hard or f in passed)]
        self.setVisible(bool(passed))
        whole = len(passed) == len(mine)
        self.icon.show_icon("check" if whole else "minus", "ok" if whole else "t3")
        self.count.setText(f"{len(passed)} / {len(mine)}")
        self.why.setText(_WHOLE[self._group])
        self.why.setVisible(explained and whole)


class VerdictCard(Card):
    """The machine's answer; ``repair`` carries a remedy and its subject."""

    repair = pyqtSignal(object, str)
    reasons_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._short = False
        self.icon = Icon("circle-dashed", 24, "t2", stroke="2")
        self.headline = Label(size=20, bold=True)
        self.counts = Label(size=13, tone="t2", wrap=True)
        self.authority = Label(size=12, tone="t2", wrap=True)
        self.shield = Icon("shield-check", 14, "ok")
        head = QWidget()
        top = QVBoxLayout(head)
        top.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(8))
        top.setSpacing(theme.px(4))
        first, last = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(theme.px(10))
        first.addWidget(self.icon)
        first.addWidget(self.headline, 1)
        last.setSpacing(theme.px(5))
        last.addWidget(self.shield)
        last.addWidget(self.authority, 1)
        top.addLayout(first)
        top.addWidget(self.counts)
        top.addLayout(last)
        self.body.addWidget(head)
        inside = QWidget()
        inside.setProperty("scrolled", True)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._column.addStretch(1)
        self._blocks: list[Block] = []
        self._passed = [_Passed(group) for group in Group]
        groups = QVBoxLayout()
        groups.setSpacing(0)
        for passed in self._passed:
            groups.addWidget(passed)
        self.reasons = Button("逐条看理由和依据", key="Ctrl I", kind="text", small=True)
        self.reasons.clicked.connect(self.reasons_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(8))
        foot.addWidget(self.reasons)
        foot.addStretch(1)
        groups.addLayout(foot)
        self._column.insertLayout(0, groups)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self._inside = inside
        self.body.addWidget(self._scroll, 1)

    def showing(self, opened: OpenCase) -> Iterator[None]:
        """Show the verdict of the case, a few problems at each step; blocks are filled in place."""
        verdict = opened.verdict
        icon, tone = _LOOKS[verdict.headline]
        self.icon.show_icon(icon, tone)
        self.headline.setText(headline(opened.standard, verdict))
        self.headline.set_tone(tone)
        self.counts.setText(counts(verdict))
        self.authority.setText(authority(opened.standard, verdict))
        self.shield.show_icon(
            "shield-check" if verdict.delegated else "shield-alert",
            "ok" if verdict.delegated else "warn",
        )
        explained = not verdict.failed and not self._short
        for passed in self._passed:
            passed.show_findings(verdict.findings, explained=explained)
        problems = problems_of(opened) if verdict.headline is not _IDLE else ()
        for block in self._blocks[len(problems) :]:
            block.hide()
        for place, problem in enumerate(problems):
            if place and place % _SHOWN_AT_ONCE == 0:
                yield
            if place == len(self._blocks):
                self._add_block()
            self._blocks[place].show_problem(place + 1, problem)

    def set_short(self, short: bool) -> None:
        """Leave out the explanations of what passed on a low screen."""
        self._short = short

    def blocks(self) -> Sequence[Block]:
        """The blocks of the problems, from the top down; those that are not needed are hidden."""
        return self._blocks

    def prepare(self) -> Iterator[None]:
        """Make the blocks that are in sight at first, one at each step."""
        for _ in range(_SHOWN_AT_ONCE):
            self._add_block()
            yield

    def _add_block(self) -> None:
        block = Block()
        block.repair.connect(self.repair)
        block.hide()
        holder = QHBoxLayout()
        holder.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        holder.addWidget(block)
        self._column.insertLayout(len(self._blocks), holder)
        self._blocks.append(block)
