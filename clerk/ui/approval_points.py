"""What a person found at one review point, where it is not simply met (不符合、不适用)."""

from collections.abc import Callable, Sequence
from typing import Final

from PyQt6.QtWidgets import QWidget

from clerk.domain.review import PointOutcome
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import TickList
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice
from clerk.wording_approval import POINT_OUTCOMES

_CHOICES: Final = (PointOutcome.NOT_MET, PointOutcome.NOT_APPLICABLE, PointOutcome.MET)


class PointDialog(Dialog):
    """One point: the outcome by digit, then why; F9 writes it down.

    ``answered`` gets the outcome and the remark.
    """

    def __init__(self, text: str, answered: Callable[[PointOutcome, str], None]) -> None:
        super().__init__("这一处的结论", width=560)
        self._answered = answered
        names = [POINT_OUTCOMES[outcome] for outcome in _CHOICES]
        self.choice = TickList(names, many=False, name="结论")
        self.remark = Field("看到什么，为什么")
        self.notice = Notice("warn")
        self.button = Button("记下，下一处", key="F9", kind="compact")
        self.body.addWidget(Label(text, bold=True, wrap=True))
        self.body.addWidget(self.choice)
        self.body.addWidget(self.remark)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.choice.changed.connect(self.remark.focus_editor)
        self.button.clicked.connect(self.confirm)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="记下，下一处", key="F9", trigger=self.confirm),
            Act(name="选结论", key="1–3", trigger=self.choice.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.choice

    def confirm(self) -> None:
        """Write it down, if there is an outcome and, where it needs one, a reason."""
        chosen = self.choice.chosen()
        if not chosen:
            self.notice.show_trouble("还没选结论", "", "按数字选")
            self.choice.setFocus()
            return
        outcome, remark = _CHOICES[chosen[0]], self.remark.value().strip()
        if outcome is not PointOutcome.MET and not remark:
            self.notice.show_trouble("还没写原因", "", "不符合或不适用都要写")
            self.remark.focus_editor()
            return
        self.close_dialog()
        self._answered(outcome, remark)
