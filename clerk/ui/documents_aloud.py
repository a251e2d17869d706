"""The button that reads a paper to whoever cannot read it (朗读): its title and what it says."""

from collections.abc import Callable
from typing import Final

from PyQt6.QtCore import QObject

from clerk.domain.issued import IssuedPaper
from clerk.ui.speech import Speech
from clerk.ui.widgets import Button

READ: Final = "朗读"
STOP: Final = "停止朗读"
_NOT_ALOUD: Final = ("证件号", "密码", "二维码")
"""Words of labels of what is not read: who stands behind the applicant hears it too."""

_SECRET_FIELDS: Final = ("id_number", "query_code", "qr_text")
"""Ends of the names of the same values, where a paper has such names."""


def spoken(paper: IssuedPaper) -> str:
    """Return a paper as it is read aloud: every value with its label, secrets apart."""
    number = f"，{paper.number}" if paper.number else ""
    secret = {one.label for one in paper.quotes if one.field.endswith(_SECRET_FIELDS)}
    said = (
        f"{label}：{value}"
        for label, value in paper.values
        if label not in secret and not any(word in label for word in _NOT_ALOUD)
    )
    return "。".join((f"{paper.title}{number}", *said)) + "。"


class Aloud(QObject):
    """Reads the paper that ``current`` returns; a second press stops. ``say`` gets what fails."""

    def __init__(
        self,
        host: QObject,
        current: Callable[[], IssuedPaper | None],
        say: Callable[[str], None],
        speech: Speech | None = None,
    ) -> None:
        super().__init__(host)
        self._current, self._say = current, say
        self._speech = speech or Speech(self)
        self.button = Button(READ, key="Ctrl E")
        self.button.clicked.connect(self.turn)
        self._speech.ended.connect(self._show_quiet)

    def turn(self) -> None:
        """Begin to read, or stop."""
        paper = self._current()
        if self._speech.speaks():
            self.stop()
        elif paper is not None:
            trouble = self._speech.read(spoken(paper))
            self.button.setText(READ if trouble else STOP)
            if trouble:
                self._say(trouble)

    def stop(self) -> None:
        """Be silent, as when another paper or page is shown."""
        self._speech.stop()
        self._show_quiet()

    def _show_quiet(self) -> None:
        self.button.setText(READ)
