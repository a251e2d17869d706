"""Two small dialogs of 试办: take what came out for right, and make a sample after a case."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice

T = TypeVar("T")


class AskDialog(Dialog):
    """Asks for one line of text; ``go_on`` gets it, ``missing`` is said where nothing was typed.

    It stays open until ``close_dialog``: what is asked for may be refused. What it asks for by
    ``run`` is asked for once, and no answer counts after it was closed.
    """

    def __init__(
        self, title: str, asked: str, says: str, missing: str, go_on: Callable[[str], None]
    ) -> None:
        super().__init__(title, width=560)
        self._missing, self._go_on = missing, go_on
        self._running, self._gone = False, False
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
        self.closed.connect(self._on_closed)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name=self.title,
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
                enabled=lambda: not self._running,
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.field.editor

    def go_on(self) -> None:
        """Go on with what was typed, or say what is missing; nothing while it goes on."""
        if self._running or self._gone:
            return
        typed = self.field.value().strip()
        if not typed:
            self.notice.show_trouble(self._missing)
            self.field.focus_editor()
            return
        self.notice.clear()
        self._go_on(typed)

    def run(self, jobs: Jobs, lane: Lane, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Run ``work`` while the dialog is open; what keeps it from being done is said here."""

        def came(answer: T) -> None:
            self._set_running(False)
            if not self._gone:
                then(answer)

        self._set_running(True)
        jobs.run(lane, work, owner=self, then=came, failed=self.show_failed)

    def show_failed(self, error: ClerkError) -> None:
        """Say what did not work."""
        self._set_running(False)
        self.notice.show_error(error)

    def show_trouble(self, words: str) -> None:
        """Say why nothing was done; what was typed stays."""
        self.notice.show_trouble(words)

    def _set_running(self, running: bool) -> None:
        self._running = running
        self.button.setEnabled(not running)

    def _on_closed(self) -> None:
        self._gone = True
