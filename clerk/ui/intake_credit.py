"""Asks about the applicant's credit while a dialog takes his word, and never in the clerk's way.

The question goes out when the dialog opens. The clerk need not wait: an answer that comes later
still stands with the case, and the check of the whole case knows it.
"""

from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.credit import CreditAnswer, CreditOccasion, CreditOutcome
from clerk.domain.credit_gate import answer_about, bad_record, must_ask, with_credit
from clerk.domain.days import local_date
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import IntakeActions
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_flow import OpenCase
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Label, Notice
from clerk.wording_deferral import credit_line, record_words

ASKING = "信用：正在查，不用等"


class CreditLine(QWidget):
    """What is known of the applicant's credit, under what he promises.

    ``changed`` follows an answer; ``bars`` says whether his word may not be taken.
    """

    changed = pyqtSignal()

    def __init__(self, key: str, answer: CreditAnswer | None, *, asking: bool) -> None:
        super().__init__()
        self._key, self._bars = key, False
        self.said = Label(ASKING if asking else "", size=13, tone="t2", wrap=True)
        self.notice = Notice("bad")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.said)
        column.addWidget(self.notice)
        if answer is not None and not asking:
            self.show_answer(answer)

    def bars(self) -> bool:
        """Whether a bad record stands."""
        return self._bars

    def on_answered(self, key: str, answer: CreditAnswer) -> None:
        """Show the answer if it belongs to this line's case."""
        if key == self._key:
            self.show_answer(answer)

    def show_answer(self, answer: CreditAnswer) -> None:
        """Show what came of the question."""
        self._bars = answer.outcome is CreditOutcome.BAD
        if answer.records:
            self.said.hide()
            self.notice.show_trouble(
                "申请人有没修复的失信记录，不能凭承诺办",
                record_words(answer.records[0]),
                "收材料照常办",
            )
        else:
            self.said.setText(credit_line(answer))
        self.changed.emit()


class WayBackDialog(Dialog):
    """The bad record that bars the applicant's word, and how it is put right (信用修复)."""

    def __init__(self, answer: CreditAnswer) -> None:
        super().__init__("不能凭承诺办", width=640, height=360)
        self.line = CreditLine("", answer, asking=False)
        self.back = Button("知道了，收材料", key="Enter", kind="compact")
        self.body.addWidget(self.line)
        self.body.addWidget(
            Label("受理、收件或一次性告知时，随文书打印信用修复告知单", size=13, tone="t2")
        )
        self.body.addStretch(1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.back)
        self.back.clicked.connect(self.close_dialog)

    @override
    def first_focus(self) -> QWidget:
        return self.back


class CreditAsking(QObject):
    """Puts the question for the case in front and lets the answer stand with it.

    ``answered`` carries the case's key and the answer, also after the dialog was closed.
    """

    answered = pyqtSignal(str, object)

    def __init__(self, host: QWidget, jobs: Jobs, actions: IntakeActions, desk: IntakeDesk) -> None:
        super().__init__(host)
        self._jobs, self._actions, self._desk = jobs, actions, desk

    def way_back(self, opened: OpenCase) -> WayBackDialog | None:
        """Return why the applicant's word is not taken, and the way back; None where it may be."""
        answer = answer_about(opened.case)
        barred = bad_record(opened.case) is not None
        return WayBackDialog(answer) if answer is not None and barred else None

    def line_for(self, opened: OpenCase, occasion: CreditOccasion) -> CreditLine:
        """Return the line to be shown; the question is under way where one is needed."""
        case = opened.case
        asking = must_ask(case, local_date(self._actions.here.now()))
        line = CreditLine(opened.key, answer_about(case), asking=asking)
        self.answered.connect(line.on_answered)
        if asking:
            self._jobs.run(
                Lane.CERTIFICATES,
                partial(self._actions.ask_credit, case, occasion),
                owner=self,
                then=partial(self._on_answer, opened),
                failed=self._desk.failed.emit,
            )
        return line

    def _on_answer(self, opened: OpenCase, answer: CreditAnswer) -> None:
        """An answer about somebody who is the applicant no more is worth nothing."""
        applicant = opened.case.applicant
        if applicant is None or applicant.party.id_number != answer.about or not opened.editable:
            return
        session = self._actions.here.session
        self._desk.apply(opened, with_credit(opened.case, answer, session))
        self.answered.emit(opened.key, answer)
