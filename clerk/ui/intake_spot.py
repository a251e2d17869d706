"""当场更正: what was put right on a paper at the window, and who signed beside it."""

from collections.abc import Callable

from PyQt6.QtWidgets import QWidget

from clerk.ui.widgets import Button, Dialog, Field, Label


class SpotDialog(Dialog):
    """Asks what was put right and whose signature stands there; ``take`` gets both."""

    def __init__(self, name: str, signer: str, take: Callable[[str, str], None]) -> None:
        super().__init__(f"当场更正：{name}")
        self._take = take
        said = "明显的笔误当场改，申请人在改动处签字。内容不全或不符合要求的，仍然一次性告知"
        self.body.addWidget(Label(said, size=13, tone="t2", wrap=True))
        self.what = Field("原来是什么，改成什么")
        self.signer = Field("谁在改动处签了字")
        self.signer.set_value(signer)
        for field in (self.what, self.signer):
            self.body.addWidget(field)
        self.confirm = Button("记下更正", key="Enter", kind="compact")
        self.confirm.setEnabled(False)
        self.foot.addStretch(1)
        self.foot.addWidget(self.confirm)
        for field in (self.what, self.signer):
            field.editor.textChanged.connect(self._refresh)
            field.editor.entered.connect(self._on_confirmed)
        self.confirm.clicked.connect(self._on_confirmed)

    def first_focus(self) -> QWidget:
        return self.what.editor

    def _refresh(self) -> None:
        self.confirm.setEnabled(bool(self.what.value().strip() and self.signer.value().strip()))

    def _on_confirmed(self) -> None:
        if self.confirm.isEnabled():
            self.close_dialog()
            self._take(self.what.value().strip(), self.signer.value().strip())
