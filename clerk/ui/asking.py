"""A dialog that asks for one thing at a time; meanwhile a spinner says what is under way."""

from collections.abc import Callable
from typing import TypeVar

from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui.widgets import Dialog, Notice, Spinner

T = TypeVar("T")


class AskingDialog(Dialog):
    """Trouble stands in ``notice``. Sub-classes place it, and ``spinner``, where they belong."""

    def __init__(self, title: str, jobs: Jobs, *, width: int, height: int | None = None) -> None:
        super().__init__(title, width=width, height=height)
        self._jobs = jobs
        self.asking = False
        self.notice, self.spinner = Notice("bad"), Spinner()

    def ask(self, lane: Lane, work: Callable[[], T], then: Callable[[T], None], said: str) -> None:
        """Do ``work`` in its lane and show its answer; nothing while something is under way."""
        if self.asking:
            return
        self.asking = True
        self.notice.clear()
        self.spinner.start(said)

        def arrived(answer: T) -> None:
            self._over()
            then(answer)

        self._jobs.run(lane, work, owner=self, then=arrived, failed=self._on_trouble)

    def _on_trouble(self, error: ClerkError) -> None:
        self._over()
        self.notice.show_error(error)

    def _over(self) -> None:
        self.asking = False
        self.spinner.stop()
