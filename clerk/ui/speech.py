"""Reading aloud (朗读), where the computer has a voice for it.

Qt's speech is loaded when somebody asks for it and not before: it brings Qt's multimedia along.
It belongs to the window's own thread.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QLocale, QObject, pyqtSignal

if TYPE_CHECKING:
    from PyQt6.QtTextToSpeech import QTextToSpeech

_PLAYS: Final = "mock"
"""Qt's own engine for tests: it says nothing."""
_NO_VOICE: Final = "这台电脑没有能用的中文朗读语音，请读给申请人听，或请系统管理员装上"

Engines = Callable[[], Iterable[str]]


def installed() -> Iterable[str]:
    """Return the speech engines of this computer, Qt's silent one apart."""
    from PyQt6.QtTextToSpeech import QTextToSpeech

    return [name for name in QTextToSpeech.availableEngines() if name != _PLAYS]


class Speech(QObject):
    """Reads one text at a time; ``ended`` follows its end.

    ``engines`` are asked when something is first read, for a voice of ``language``.
    """

    ended = pyqtSignal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        engines: Engines = installed,
        language: "QLocale.Language | None" = None,
    ) -> None:
        super().__init__(parent)
        self._engines, self._language = engines, language
        self._voice: QTextToSpeech | None = None
        self._reading = False

    def speaks(self) -> bool:
        """Whether it is reading now."""
        return self._reading

    def read(self, text: str) -> str:
        """Begin to read; return a sentence where no voice can, empty where it reads."""
        voice = self._voice or self._found()
        if voice is None:
            return _NO_VOICE
        self._voice = voice
        self._reading = True
        voice.say(text)
        return ""

    def stop(self) -> None:
        """Be silent."""
        if self._voice is not None and self._reading:
            self._reading = False
            self._voice.stop()

    def _found(self) -> "QTextToSpeech | None":
        """Return the first engine that works and has a voice of the language."""
        from PyQt6.QtTextToSpeech import QTextToSpeech

        for name in self._engines():
            voice = QTextToSpeech(name, self)
            # asked for only now: with it Qt's names of all languages and countries are made
            wanted = self._language or QLocale.Language.Chinese
            known = (one for one in voice.availableLocales() if one.language() is wanted)
            locale = next(known, None)
            if voice.state() is not QTextToSpeech.State.Error and locale is not None:
                voice.setLocale(locale)
                voice.stateChanged.connect(self._on_state)
                return voice
            voice.deleteLater()
        return None

    def _on_state(self, state: object) -> None:
        from PyQt6.QtTextToSpeech import QTextToSpeech

        if self._reading and state in {QTextToSpeech.State.Ready, QTextToSpeech.State.Error}:
            self._reading = False
            self.ended.emit()
