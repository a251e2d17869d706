"""The verdict (核对结论): one headline, problems with their repair, what passed, what follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.findings import Check, Finding, Group, Headline, Outcome, Remedy, Verdict
from clerk.ui import theme
from clerk.ui.intake_flow import OpenCase
from clerk.ui.widgets import Button, Card, Icon, Label
from clerk.ui.widgets.label import restyle
from clerk.wording import (
    GROUPS,
    REMEDIES,
    authority,
    basis,
    counts,
    decline_name,
    finding,
    headline,
    remedy,
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
_GATHERED = frozenset({Check.QUESTION_ANSWERED, Check.FIELD_FILLED})
_MOST_BUTTONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to put right, with its ways out; ``subject`` is where F4 goes."""

    subject: str
    title: str
    detail: str
    basis: str
    hard: bool
    remedies: tuple[Remedy, ...]
    words: tuple[str, ...]


def problems_of(opened: OpenCase) -> tuple[Problem, ...]:
    """Return what does not hold, most of it one by one, gaps of one kind together."""
    found = [
        f
        for f in opened.verdict.findings
        if f.outcome is not Outcome.PASS and not _solves_itself(opened, f)
    ]
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for one in sorted(found, key=lambda f: not f.hard):
        if _is_looking(one) or one.check in _GATHERED:
            key = (one.check.value, one.subject if _is_looking(one) else "")
            if key not in seen:
                seen.add(key)
                alike = [f for f in found if f.check is one.check and _same(f, one)]
                problems.append(_gathered(one, alike))
        else:
            problems.append(_single(opened, one))
    return tuple(problems)


def _solves_itself(opened: OpenCase, found: Finding) -> bool:
    """Whether it goes away with a gap that is named already: rules on empty lines, our own paper."""
    if found.check is Check.RULE:
        return found.outcome is Outcome.CANNOT_TELL
    return (
        found.check is Check.MATERIAL_PRESENT
        and opened.standard.requirement(found.subject).generated_from_form
        and found.subject not in opened.trouble
    )


def _same(left: Finding, right: Finding) -> bool:
    return left.outcome is right.outcome and (
        not _is_looking(right) or left.subject == right.subject
    )


def _is_looking(found: Finding) -> bool:
    return found.check is Check.MATERIAL_POINT and found.outcome is Outcome.CANNOT_TELL


def _gathered(first: Finding, alike: Sequence[Finding]) -> Problem:
    names = "、".join(f.subject_name for f in alike)
    match first.check:
        case Check.QUESTION_ANSWERED:
            title = f"还有 {len(alike)} 问没答" if len(alike) > 1 else finding(first)
            detail = names if len(alike) > 1 else ""
        case Check.FIELD_FILLED:
            title = f"还差 {len(alike)} 处没填" if len(alike) > 1 else finding(first)
            detail = names if len(alike) > 1 else ""
        case _:
            title = f"{first.subject_name}还有 {len(alike)} 个要点没看"
            detail = "要点由人看过才算合格"
    return Problem(
        subject=first.subject,
        title=title,
        detail=detail,
        basis="",
        hard=first.hard,
        remedies=first.remedies[:1],
        words=tuple(REMEDIES[one] for one in first.remedies[:1]),
    )


def _single(opened: OpenCase, found: Finding) -> Problem:
    ways = tuple(one for one in found.remedies if one is not Remedy.NOTIFY)[:_MOST_BUTTONS]
    not_required = opened.verdict.headline is Headline.NOT_REQUIRED
    words = tuple(
        decline_name(opened.standard, not_required=not_required)
        if one is Remedy.DECLINE
        else REMEDIES[one]
        for one in ways
    )
    return Problem(
        subject=found.subject,
        title=finding(found),
        detail=remedy(found),
        basis=basis(found),
        hard=found.hard,
        remedies=ways,
        words=words,
    )


class _Block(QFrame):
    """One problem with its repair buttons; filled again instead of made again."""

    repair = pyqtSignal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("box", True)
        self._problem: Problem | None = None
        self.icon = Icon("circle-x", 16, "bad")
        self.title = Label(size=13, bold=True, wrap=True)
        self.detail = Label(size=12, tone="t2", wrap=True)
        self.basis = Label(size=12, tone="t3", wrap=True)
        self.buttons = [Button("", small=True) for _ in range(_MOST_BUTTONS)]
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(9))
        row.setSpacing(theme.px(8))
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.px(3))
        for label in (self.title, self.detail, self.basis):
            column.addWidget(label)
        line = QHBoxLayout()
        line.setContentsMargins(0, theme.px(4), 0, 0)
        line.setSpacing(theme.px(6))
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, at=place: self._on_pressed(at))
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        row.addLayout(column, 1)

    def show_problem(self, number: int, problem: Problem) -> None:
        """Show ``problem`` as the ``number``-th to put right."""
        self.show()
        if problem == self._problem:
            return
        self._problem = problem
        open_gap = problem.basis == ""
        if self.property("box") is not problem.hard:
            self.setProperty("box", problem.hard)
            self.setProperty("notice", "" if problem.hard else "warn")
            restyle(self)
        self.icon.show_icon(
            "circle-dashed" if open_gap else "circle-x" if problem.hard else "circle-alert",
            "t2" if open_gap else "bad" if problem.hard else "warn",
        )
        self.title.setText(problem.title)
        for label, text in ((self.detail, problem.detail), (self.basis, problem.basis)):
            label.setText(text)
            label.setVisible(bool(text))
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(problem.words))
            if place < len(problem.words):
                button.setText(problem.words[place])
                button.setAccessibleName(f"{problem.words[place]}，{problem.title}")
        self.setAccessibleName(f"第 {number} 项，{problem.title}，{problem.detail}")

    def _on_pressed(self, place: int) -> None:
        if self._problem is not None:
            self.repair.emit(self._problem.remedies[place], self._problem.subject)


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
        self._blocks: list[_Block] = []
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

    def show_case(self, opened: OpenCase) -> None:
        """Show the verdict of the case; blocks are filled in place."""
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
        self._show_problems(problems_of(opened) if verdict.headline is not _IDLE else ())
        explained = not verdict.failed and not self._short
        for passed in self._passed:
            passed.show_findings(verdict.findings, explained=explained)

    def set_short(self, short: bool) -> None:
        """Leave out the explanations of what passed on a low screen."""
        self._short = short

    def wanted_height(self) -> int:
        """How high the card would like to be, with nothing scrolled away."""
        top = self.body.itemAt(0)
        head = top.sizeHint().height() if top is not None else 0
        return head + self._inside.sizeHint().height() + theme.px(8)

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        while len(self._blocks) < len(problems):
            block = _Block()
            block.repair.connect(self.repair)
            holder = QHBoxLayout()
            holder.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
            holder.addWidget(block)
            self._column.insertLayout(len(self._blocks), holder)
            self._blocks.append(block)
        for place, block in enumerate(self._blocks):
            if place < len(problems):
                block.show_problem(place + 1, problems[place])
            else:
                block.hide()


_IDLE = Headline.NOT_STARTED


def failing_subjects(verdict: Verdict) -> tuple[str, ...]:
    """Return where something is still to be done, in the order of the check."""
    found = (f for f in verdict.findings if f.outcome is not Outcome.PASS and f.hard)
    return tuple(dict.fromkeys(f.subject for f in found))
