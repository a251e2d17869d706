"""The button that reads a paper to whoever cannot read it (朗读): its title and what it says."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from PyQt6.QtCore import QObject

from clerk.domain.issued import IssuedPaper
from clerk.domain.quoted import Quote
from clerk.ui.speech import Speech
from clerk.ui.widgets import Button

READ: Final = "朗读"
STOP: Final = "停止朗读"
_NOT_ALOUD: Final = ("证件号", "密码", "二维码")
"""Words of labels of what is not read: who stands behind the applicant hears it too."""

_SECRET_FIELDS: Final = ("id_number", "query_code", "qr_text")
"""Ends of the names of the same values, where a paper has such names."""


_LONG_NUMBERS: Final = re.compile(r"[0-9A-Z]{10,}")
"""Of identity cards, firms and telephones, wherever they stand."""


def spoken(paper: IssuedPaper) -> str:
    """Return a paper as it is read aloud: every value with its label, secrets apart."""
    number = f"，{paper.number}" if paper.number else ""
    secret = {one.label for one in paper.quotes if _is_secret(one)}
    values = paper.values or tuple((one.label, one.text) for one in paper.quotes)
    said = (
        f"{label}：{value}"
        for label, value in values
        if label not in secret and not any(word in label for word in _NOT_ALOUD)
    )
    return aloud("。".join((f"{paper.title}{number}", *said)) + "。")


def aloud(text: str, quotes: Iterable[Quote] = ()) -> str:
    """Return ``text`` as it is read aloud: without what it quotes that nobody else should hear."""
    for quote in filter(_is_secret, quotes):
        for value in quote.text.split("、"):
            if any(character.isdigit() for character in value):  # there may be none, in words
                text = text.replace(value, "")
    return _LONG_NUMBERS.sub("", text)


def _is_secret(quote: Quote) -> bool:
    return quote.field.endswith(_SECRET_FIELDS) or any(word in quote.label for word in _NOT_ALOUD)


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
