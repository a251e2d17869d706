"""One case beside the list: stage, limits, whose hands, deliveries, its course, what to do."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.case import CLOSED_STATES, Case, CaseState
from clerk.domain.case_list import CaseLine
from clerk.domain.days import local_date
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.identifiers import IdKind
from clerk.domain.masking import masked_identity_number
from clerk.domain.standard import ItemStandard
from clerk.domain.urging import last_urging
from clerk.ui import theme
from clerk.ui.cases_chips import is_urged, workdays_left
from clerk.ui.cases_materials import MaterialProofs
from clerk.ui.cases_timeline import StageBar, Step, Timeline
from clerk.ui.widgets import Button, Icon, Label, Line, Notice
from clerk.ui.widgets.ground import Ground
from clerk.wording import ID_KINDS, day
from clerk.wording_approval import handed_over
from clerk.wording_care import care_line, care_words
from clerk.wording_cases import (
    STAGES,
    decision,
    delivery_of,
    due,
    held,
    holder,
    return_reasons,
    stage_of,
)
from clerk.wording_course import all_task_words, urged_words
from clerk.wording_events import event_by, event_note, event_title
from clerk.wording_proof import proof_lines

_FACTS = ("承诺时限", "法定时限", "在谁手里", "督办", "待做", "服务", "转办", "容缺", "证件")
_ONLY_WHERE_SET = ("督办", "待做", "服务")
_BEING_READ = "…"
_UNDECIDED = {CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.UNDER_REVIEW}
_BODY_KINDS = {IdKind.UNIFIED_CODE, IdKind.ORGANISATION_CODE, IdKind.OTHER_BODY}


def steps_of(case: Case, standard: ItemStandard, today: date) -> tuple[Step, ...]:
    """The course of a case in words, newest first."""
    return tuple(
        Step(
            title=event_title(event, case, standard),
            by=event_by(event, today),
            note=event_note(event, case, standard),
        )
        for event in reversed(case.events)
    )


def facts_of(
    line: CaseLine, case: Case, standard: ItemStandard, today: date, calendar: WorkCalendar
) -> dict[str, str]:
    """What stands in the quiet block, by label."""
    paused = case.state is CaseState.SPECIAL_PROCEDURE and line.next_due_on is None
    running = case.decision is None and not case.closed and not paused

    def _limit(on: date | None) -> str:
        if on is None and case.closed:
            return "没有受理，不计算"
        left = workdays_left(on, today, calendar) if on is not None and running else None
        said = due(on, left, estimated=case.dates_estimated)
        return f"{said}，暂停计时" if paused and on is not None else said

    facts = {
        "承诺时限": _limit(case.due_on),
        "法定时限": _limit(case.statutory_due_on),
        "在谁手里": held(line, today),
        "督办": _urged(line, case, standard),
        "待做": all_task_words(line.tasks, today),
        "服务": care_words(case.care) if case.care else "",
        "转办": delivery_of(line),
        "容缺": _deferred(case, standard),
        "证件": _identity(case),
    }
    if case.accepted_at is None and case.decide_by_on is not None:
        facts["承诺时限"] = _decide_by(case.decide_by_on)
    return facts


def facts_of_line(line: CaseLine, today: date, calendar: WorkCalendar) -> dict[str, str]:
    """What the list itself knows of the quiet block; the rest is still being read."""
    running = line.state in _UNDECIDED

    def _limit(on: date | None) -> str:
        left = workdays_left(on, today, calendar) if on is not None and running else None
        return due(on, left, estimated=line.dates_estimated)

    facts = {
        "承诺时限": _limit(line.due_on),
        "法定时限": _limit(line.statutory_due_on),
        "在谁手里": held(line, today),
        "督办": _urged_line(line),
        "待做": all_task_words(line.tasks, today),
        "服务": care_line(line.care),
        "转办": delivery_of(line),
        "容缺": _BEING_READ if line.deferred else "无",
        "证件": _BEING_READ,
    }
    if line.state is CaseState.RECEIVED and line.next_due_on is not None:
        facts["承诺时限"] = _decide_by(line.next_due_on)
    return facts


def _urged_line(line: CaseLine) -> str:
    return f"{holder(line)}，{urged_words(line.term)}" if is_urged(line) else ""


def _urged(line: CaseLine, case: Case, standard: ItemStandard) -> str:
    """Who is urged, about which clock, what for and by when; empty while nobody waits."""
    event = last_urging(case)
    if event is None or not is_urged(line):
        return ""
    return f"{event_title(event, case, standard)}：{event_note(event, case, standard)}"


def _decide_by(on: date) -> str:
    return f"受理后开始算；{day(on)}前定是否受理"


def _deferred(case: Case, standard: ItemStandard) -> str:
    names = {asked.code: asked.name for asked in standard.requirements}
    waits = [
        f"{names.get(code, code)}，{day(held.due_on)}前补"
        for code, held in case.evidence.items()
        if held.due_on is not None
    ]
    return "；".join(waits) or "无"


def _identity(case: Case) -> str:
    """What a body is registered under is public; a person's number is masked in lists."""
    if case.applicant is None:
        return "还没有申请人"
    party = case.applicant.party
    number = party.id_number
    shown = number if party.id_kind in _BODY_KINDS else masked_identity_number(number)
    return f"{ID_KINDS[party.id_kind]} {shown}"


class Drawer(QFrame):
    """The case the cursor is on; its buttons say what they want and do nothing themselves.

    Where ``reviews``, a closed case has a button for the review of its file.
    """

    close_wanted = pyqtSignal()
    open_wanted = pyqtSignal()
    papers_wanted = pyqtSignal()
    step_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case_id: UUID | None = None
        self.setProperty("ground", "surface")
        self.number = Label(size=13, tone="t3", selectable=True)
        self.applicant = Label(size=16, bold=True, elide=True)
        self.item = Label(size=13, tone="t2", elide=True)
        self.stages = StageBar(STAGES)
        self.facts = {name: Label(size=13, wrap=True) for name in _FACTS}
        self._names: dict[str, Label] = {}
        self.notice = Notice("info")
        self.timeline = Timeline()
        self.proofs = MaterialProofs()
        self.open_button = Button("打开", key="Enter", kind="compact")
        self.open_beside = Button("打开", key="Enter")
        self.papers_button = Button("文书", key="Ctrl P")
        self.step_button = Button("登记送达", key="F9", kind="compact")
        self.review_button = Button("评查")
        self.reviews = False
        self._lay_out()
        for button in (self.open_button, self.open_beside):
            button.clicked.connect(self.open_wanted)
        self.papers_button.clicked.connect(self.papers_wanted)
        self.step_button.clicked.connect(self.step_wanted)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Line(upright=True))
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        column.addLayout(self._head())
        column.addWidget(self._facts_block())
        column.addLayout(self._course(), 1)
        column.addWidget(Line())
        column.addLayout(self._foot())

    def _head(self) -> QVBoxLayout:
        close = Button("收起", key="Esc", kind="quiet", small=True)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.close_wanted)
        first = QHBoxLayout()
        first.addWidget(self.number, 1)
        first.addWidget(close)
        head = QVBoxLayout()
        head.setContentsMargins(theme.px(18), theme.px(8), theme.px(12), theme.px(10))
        head.setSpacing(theme.px(2))
        head.addLayout(first)
        head.addWidget(self.applicant)
        head.addWidget(self.item)
        head.addSpacing(theme.px(8))
        head.addWidget(self.stages)
        return head

    def _facts_block(self) -> QWidget:
        block = QFrame()
        block.setProperty("ground", "subtle")
        grid = QGridLayout(block)
        grid.setContentsMargins(theme.px(18), theme.px(10), theme.px(14), theme.px(10))
        grid.setVerticalSpacing(theme.px(5))
        grid.setHorizontalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(self.facts.items()):
            label = Label(name, size=13, tone="t3")
            label.setFixedWidth(theme.px(64))
            self._names[name] = label
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1)
        return block

    def _course(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(18), theme.px(10), theme.px(14), theme.px(8))
        head.setSpacing(theme.px(8))
        head.addWidget(Label("经过", bold=True))
        head.addWidget(Label("新的在上", size=12, tone="t3"))
        head.addStretch(1)
        inside = QWidget()
        inside.setProperty("scrolled", True)
        within = QVBoxLayout(inside)
        within.setContentsMargins(theme.px(18), 0, theme.px(14), 0)
        within.addWidget(self.notice)
        within.addWidget(self.timeline)
        within.addWidget(self.proofs)
        within.addStretch(1)
        self.course = QScrollArea()
        self.course.setWidgetResizable(True)
        self.course.setFrameShape(QFrame.Shape.NoFrame)
        self.course.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.course.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.course.setAccessibleName("经过")
        self.course.setWidget(inside)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.course, 1)
        return column

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(18), theme.px(10), theme.px(14), theme.px(10))
        foot.setSpacing(theme.px(8))
        for button in (self.step_button, self.open_button, self.open_beside, self.papers_button):
            foot.addWidget(button)
        foot.addWidget(self.review_button)
        self.step_button.hide()
        self.open_beside.hide()
        self.review_button.hide()
        foot.addStretch(1)
        return foot

    def show_line(self, line: CaseLine, today: date, calendar: WorkCalendar) -> None:
        """Show at once what the list knows; the rest follows with ``show_case``.

        Nothing of another case stays, and nothing of the same case goes.
        """
        if line.case_id != self._case_id:
            self._case_id = line.case_id
            self._show_facts(facts_of_line(line, today, calendar))
            self.timeline.show_steps(())
            self.notice.clear()
            self.proofs.show_lines(())
        self.number.setText(line.label or "还没有编号")
        self.applicant.setText(line.applicant_name or "还没有申请人")
        self.item.setText(line.item_name)
        self.stages.show_stage(stage_of(line.state))
        self.review_button.setVisible(self.reviews and line.state in CLOSED_STATES)
        self._show_facts(
            {
                "在谁手里": held(line, today),
                "转办": delivery_of(line),
                "待做": all_task_words(line.tasks, today),
            }
        )
        if not (is_urged(line) and self.facts["督办"].text()):
            self._show_facts({"督办": _urged_line(line)})

    def show_case(
        self,
        line: CaseLine,
        case: Case,
        standard: ItemStandard,
        today: date,
        calendar: WorkCalendar,
    ) -> None:
        """Show everything of the case."""
        self.show_line(line, today, calendar)
        representative = case.applicant.representative if case.applicant else None
        self.item.setText(
            f"{case.item_name}，负责人 {representative.name}" if representative else case.item_name
        )
        self._show_facts(facts_of(line, case, standard, today, calendar))
        self.timeline.show_steps(steps_of(case, standard, today))
        self._show_notice(case, standard, today)
        self.proofs.show_lines(proof_lines(standard, case))

    def _show_facts(self, facts: Mapping[str, str]) -> None:
        for name, text in facts.items():
            self.facts[name].setText(text)
            if name in _ONLY_WHERE_SET:
                self.facts[name].setVisible(bool(text))
                self._names[name].setVisible(bool(text))

    def show_step(self, words: str) -> None:
        """Name the act of F9 here, or take its button away; only one button is solid."""
        self.step_button.setVisible(bool(words))
        self.open_beside.setVisible(bool(words))
        self.open_button.setVisible(not words)
        if words:
            self.step_button.setText(words)

    def _show_notice(self, case: Case, standard: ItemStandard, today: date) -> None:
        back = case.returns[-1] if case.returns else None
        if back is not None and back.answered_at is None:
            points = return_reasons("、".join(back.points), standard)
            names = {asked.code: asked.name for asked in standard.requirements}
            materials = "、".join(names.get(code, code) for code in back.materials)
            self.notice.show_trouble(
                f"退回补核：{points}",
                f"涉及{materials}。" if materials else "",
                f"{back.remark}（{back.by}）" if back.remark else f"{back.by}退回，计时不停",
            )
        elif case.hand_out is not None:
            number = masked_identity_number(case.hand_out.receiver_id_number)
            on = local_date(case.hand_out.at)
            self.notice.show_trouble(
                f"{'今天' if on == today else day(on)}由{case.hand_out.receiver}领取", number
            )
        elif case.decision is not None and case.state is CaseState.RESULT_WAITING:
            leaves = "、".join(name for name, _ in handed_over(case, standard))
            self.notice.show_trouble(
                f"{decision(case, standard)}，{leaves}在出件窗口", "领取人带身份证来"
            )
        else:
            self.notice.clear()


class StaleBar(Ground):
    """Says that the list has changed since it was read; it never moves rows by itself."""

    reload_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("info", parent)
        self.words = Label(size=13)
        button = Button("看最新", key="F5", small=True)
        button.clicked.connect(self.reload_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(8), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(Icon("refresh-cw", 16, "accentT"))
        row.addWidget(self.words, 1)
        row.addWidget(button)
        self.hide()

    def show_changes(self, changes: int) -> None:
        """Say how many lines are other than shown; nothing for none."""
        self.words.setText(f"有 {changes} 件变化")
        self.setVisible(changes > 0)

    def text(self) -> str:
        """What is said now; empty when nothing is."""
        return "" if self.isHidden() else self.words.text()


def changed_lines(shown: Sequence[CaseLine], now: Sequence[CaseLine], more: int) -> int:
    """Count the cases that read differently now; ``more`` is how many the list has grown by.

    A case that comes into the part looked at pushes another one out of it: that is one change.
    """
    before = {line.case_id: line for line in shown}
    after = {line.case_id: line for line in now}
    differ = sum(before[both] != after[both] for both in before.keys() & after.keys())
    came, gone = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    return differ + max(came, gone, abs(more))
