"""The one window: sign-in, then the shell, and over it the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QApplication, QStackedLayout, QWidget

from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.sign_in import SignInPage

if TYPE_CHECKING:
    from clerk.ui.acts import Acts
    from clerk.ui.lock import LockPage
    from clerk.ui.shell import Shell

_PROGRAM = "综合窗口工作台"
_LEAST_WIDTH, _LEAST_HEIGHT = 1024, 640


class MainWindow(QWidget):
    """Shows exactly one of sign-in page, shell and lock screen.

    It opens with the sign-in page alone, which needs nothing but Qt, so that it can be painted
    before anything else is loaded. While it is locked, no key reaches any act.
    """

    closing = pyqtSignal()
    painted = pyqtSignal()

    def __init__(self, sign_in: SignInPage) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._acts: Acts | None = None
        self.sign_in = sign_in
        self.shell: Shell | None = None
        self.lock_page: LockPage | None = None
        self._focus_before_lock: QWidget | None = None
        self._was_painted = False
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(sign_in)
        self.set_place_name("")

    @property
    def acts(self) -> Acts:
        """The acts of this window; made when the first shell asks for them."""
        if self._acts is None:
            from clerk.ui.acts import Acts

            self._acts = Acts(self)
            self._acts.set_silent(True)
        return self._acts

    def set_place_name(self, text: str) -> None:
        """Show hall, counter and person in the title bar."""
        self.setWindowTitle(f"{_PROGRAM} — {text}" if text else _PROGRAM)

    def show_shell(self, shell: Shell) -> None:
        """Show the shell of the person who has signed in; a former one is dropped."""
        if self.shell is not None:
            self._close_dialogs()
            self.acts.pop_all()
            self._stack.removeWidget(self.shell)
            self.shell.deleteLater()
        self.shell = shell
        self._stack.addWidget(shell)
        self.acts.set_silent(False)
        self._stack.setCurrentWidget(shell)

    def show_sign_in(self) -> None:
        """Show the sign-in page, as at the start and for 换人登录."""
        self._close_dialogs()
        self.acts.set_silent(True)
        self._stack.setCurrentWidget(self.sign_in)
        self.sign_in.enter()

    def _close_dialogs(self) -> None:
        """Take away what the person who leaves had open."""
        if self.shell is not None:
            from clerk.ui.widgets.dialog import close_dialogs

            close_dialogs(self)

    def lock(self, page: LockPage) -> None:
        """Cover everything with ``page``; what lies behind stays as it is."""
        if self.lock_page is not None:
            return
        self._focus_before_lock = QApplication.focusWidget()
        self.lock_page = page
        self.acts.set_silent(True)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.enter()

    def unlock(self) -> None:
        """Take the lock away and return to where the clerk was."""
        if self.lock_page is None or self.shell is None:
            return
        page, self.lock_page = self.lock_page, None
        self._stack.setCurrentWidget(self.shell)
        self._stack.removeWidget(page)
        page.deleteLater()
        self.acts.set_silent(False)
        before = self._focus_before_lock
        if before is not None and before.isVisible():
            before.setFocus()

    def is_locked(self) -> bool:
        """Whether the lock screen covers the window."""
        return self.lock_page is not None

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("window"))
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    @override
    def closeEvent(self, event: QCloseEvent | None) -> None:
        self.closing.emit()
        super().closeEvent(event)
