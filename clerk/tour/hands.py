"""Two hands at the keyboard: real key events to whatever has the focus."""

from importlib import import_module
from typing import Any

from PyQt6.QtGui import QInputMethodEvent, QKeySequence
from PyQt6.QtWidgets import QApplication, QWidget

from clerk.tour.moves import StepFailed

_test: Any = import_module("PyQt6.QtTest").QTest  # its stubs take the functions for methods


class Hands:
    """Presses and types; ``keys`` counts the strokes, one for each character."""

    def __init__(self) -> None:
        self.keys = 0

    def press(self, key: str) -> None:
        """Press and release a key with its modifiers."""
        combination = QKeySequence(key)[0]
        self.keys += 1
        _test.keyClick(_focus(), combination.key(), combination.keyboardModifiers())

    def say(self, text: str) -> None:
        """Type ASCII; what an input method would commit arrives as it commits it."""
        self.keys += len(text)
        if text.isascii():
            _test.keyClicks(_focus(), text)
            return
        committed = QInputMethodEvent()
        committed.setCommitString(text)
        QApplication.sendEvent(_focus(), committed)


def _focus() -> QWidget:
    focus = QApplication.focusWidget()
    if focus is None:
        raise StepFailed("没有一处有焦点，按键到不了窗口")
    return focus
