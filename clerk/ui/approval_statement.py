"""Before a refusal: tell the applicant why it is intended and that he may speak (陈述、申辩)."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QPlainTextEdit, QWidget

from clerk.domain.review import gives_reasons
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Label, Notice


class StatementDialog(Dialog):
    """The reasons of an intended refusal; F9 tells them. ``told`` gets the text."""

    def __init__(self, what: str, workdays: int, told: Callable[[str], None]) -> None:
        super().__init__("先告知陈述申辩", width=620)
        self._told = told
        self.reasons = QPlainTextEdit()
        self.reasons.setAccessibleName("拟不予许可的理由")
        self.reasons.setTabChangesFocus(True)
        self.reasons.setPlaceholderText("写明查到什么，哪一条不符合")
        self.reasons.setFixedHeight(theme.px(120))
        self.notice = Notice("warn")
        self.button = Button("告知申请人", key="F9", kind="compact")
        says = (
            f"不予许可以前，申请人有 {workdays} 个工作日可以陈述、申辩。"
            "告知后这件还在你这里，计时不停；他陈述了、放弃了，或到期没有来，再作出决定。"
        )
        self.body.addWidget(Label(what, bold=True, elide=True))
        self.body.addWidget(Label(says, size=13, tone="t2", wrap=True))
        self.body.addWidget(Label("拟不予许可的理由", size=13, bold=True))
        self.body.addWidget(self.reasons)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.confirm)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name="告知申请人",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.confirm,
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.reasons

    def confirm(self) -> None:
        """Tell it, if it says why."""
        text = self.reasons.toPlainText().strip()
        if not gives_reasons(text):
            self.notice.show_trouble("还没写清理由", "", "写明查到什么，哪一条不符合")
            self.reasons.setFocus()
            return
        self.close_dialog()
        self._told(text)
