"""Two small dialogs of 试办: take what came out for right, and make a sample after a case."""

from collections.abc import Callable, Sequence

from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import ClerkError
from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice


class AskDialog(Dialog):
    """Asks for one line of text; ``go_on`` gets it, ``missing`` is said where nothing was typed.

    It stays open until ``close_dialog``: what is asked for may be refused.
    """

    def __init__(
        self, title: str, asked: str, says: str, missing: str, go_on: Callable[[str], None]
    ) -> None:
        super().__init__(title, width=560)
        self._missing, self._go_on = missing, go_on
        self.field = Field(asked)
        self.notice = Notice("bad")
        self.button = Button(title, key="F9", kind="compact")
        self.body.addWidget(Label(says, size=12, tone="t2", wrap=True))
        self.body.addWidget(self.field)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(lambda _: self.go_on())
        self.field.next_gap.connect(self.go_on)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name=self.title, key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.go_on),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.field.editor

    def go_on(self) -> None:
        """Go on with what was typed, or say what is missing."""
        typed = self.field.value().strip()
        if not typed:
            self.notice.show_trouble(self._missing)
            self.field.focus_editor()
            return
        self.notice.clear()
        self._go_on(typed)

    def show_failed(self, error: ClerkError) -> None:
        """Say what did not work."""
        self.notice.show_error(error)
