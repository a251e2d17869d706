"""免提交: by which reason of the standard a material is not asked of this applicant."""

from collections.abc import Callable

from PyQt6.QtWidgets import QWidget

from clerk.domain.standard import Requirement
from clerk.ui.intake_strip import Tick
from clerk.ui.widgets import Button, Dialog, Label
from clerk.wording import clause


class ExemptDialog(Dialog):
    """Shows the reason and its clause; a person says that it holds before ``take`` is called."""

    def __init__(self, asked: Requirement, take: Callable[[], None]) -> None:
        super().__init__(f"免提交：{asked.name}", height=300)
        self._take = take
        self.body.addWidget(Label("标准写明的免交理由", size=13, tone="t3"))
        self.body.addWidget(Label(asked.exemption, wrap=True))
        self.body.addWidget(Label(f"依据 {clause(asked.basis)}", size=13, tone="t2", wrap=True))
        self.holds = Tick("看过了，这个申请人符合", two_states=True)
        self.body.addWidget(self.holds)
        self.confirm = Button("免提交", key="Enter", kind="compact")
        self.confirm.setEnabled(False)
        self.foot.addStretch(1)
        self.foot.addWidget(self.confirm)
        self.holds.turned.connect(self._on_turned)
        self.confirm.clicked.connect(self._on_confirmed)

    def first_focus(self) -> QWidget:
        return self.holds

    def _on_turned(self, holds: object) -> None:
        self.confirm.setEnabled(bool(holds))
        if holds:
            self.confirm.setFocus()

    def _on_confirmed(self) -> None:
        self.close_dialog()
        self._take()
