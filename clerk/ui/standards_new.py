"""Begins an item that the catalogue does not have yet (新建事项)."""

from collections.abc import Callable, Sequence
from typing import Final

from PyQt6.QtWidgets import QWidget

from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice

_WORDS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")


class NewItemDialog(Dialog):
    """Asks for the two things a draft begins with."""

    def __init__(self, begin: Callable[[str, str], None]) -> None:
        super().__init__("新建事项", width=480)
        self._begin = begin
        self.code = Field("本程序里的代号，小写字母、数字和下划线")
        self.name = Field("事项名称")
        self.notice = Notice("bad")
        for widget in (self.code, self.name, self.notice):
            self.body.addWidget(widget)
        says = "只建草稿，要素补齐、样例跑过、另一人发布以后窗口才看得到"
        self.body.addWidget(Label(says, size=12, tone="t3", wrap=True))
        self.button = Button("起草", key="F9", kind="compact")
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(lambda _: self.begin())
        self.code.next_gap.connect(self.name.focus_editor)
        self.name.next_gap.connect(self.begin)

    @override
    def acts(self) -> Sequence[Act]:
        return (Act(name="起草", key="F9", also=("Ctrl+Return",), trigger=self.begin),)

    @override
    def first_focus(self) -> QWidget:
        return self.code.editor

    def begin(self) -> None:
        """Begin the draft, or say what is missing."""
        code, name = self.code.value(), self.name.value()
        if not code or not set(code) <= _WORDS:
            self.notice.show_trouble("代号只用小写字母、数字和下划线，如 sole_trader_change")
            self.code.focus_editor()
        elif not name:
            self.notice.show_trouble("还差事项名称")
            self.name.focus_editor()
        else:
            self.close_dialog()
            self._begin(code, name)
