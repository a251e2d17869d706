"""The field for a password, with the state of the keyboard told beside it."""

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPaintEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from clerk.ui import early
from clerk.ui.overriding import override
from clerk.ui.widgets.line import LineEdit


class PasswordEdit(LineEdit):
    """Hides what is typed, keeps the input method out, and notices a caps lock.

    Qt does not tell the state of the lock, so it is read off the letters themselves: a capital
    without Shift, or a small one with it. ``caps`` carries the state when it changes.
    """

    caps = pyqtSignal(bool)
    entered = pyqtSignal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps = self._was_painted = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setProperty("contextMenuPolicy", early.NO_CONTEXT_MENU)

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        """The input method is kept out behind the first paint, which does not wait for its name."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._keep_input_method_out)

    def _keep_input_method_out(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._notice(not self._caps)
        elif len(letter) == 1 and letter.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._notice(letter.isupper() != shifted)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def _notice(self, caps: bool) -> None:
        if caps != self._caps:
            self._caps = caps
            self.caps.emit(caps)
