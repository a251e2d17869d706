"""A window with a page and 调证照 over it, and what came of it."""

from functools import partial

from PyQt6.QtCore import Qt

from clerk.ui.acts import Act
from clerk.ui.certificates import CertificatesDialog
from clerk.ui.main_window import MainWindow
from clerk.ui.page import Page
from clerk.ui.rail import Place
from clerk.ui.shell import Shell
from clerk.ui.sign_in import SignInPage
from clerk.ui.widgets import Button, open_dialog
from tests.ui.certificate_library import LICENCE, Library
from tests.ui.example_values import NOW
from tests.ui.examples import SmallCounter


class Behind(Page):
    """The page below the dialog: remembers which of its keys were pressed."""

    def __init__(self) -> None:
        super().__init__("受理")
        self.pressed: list[str] = []
        self.row = Button("营业执照", parent=self)

    def acts(self):
        return [
            Act(name=key, key=key, trigger=partial(self.pressed.append, key))
            for key in ("F7", "Shift+F9")
        ]

    def first_focus(self):
        return self.row


class Counter:
    """The window with the page behind; opens the dialog and keeps what came of it."""

    def __init__(self, jobs, on_screen, size) -> None:
        self.small = SmallCounter()
        self.library = Library(self.small)
        self.jobs = jobs
        self.done: list = []
        self.behind = Behind()
        self.window = MainWindow(SignInPage(jobs, hall="示例县政务服务中心"))
        self.window.resize(*size)
        shell = Shell(self.window.acts, jobs, now=lambda: NOW)
        shell.add_place(Place.INTAKE, self.behind)
        self.window.show_shell(shell)
        on_screen(self.window)
        shell.go(Place.INTAKE)
        self.dialog: CertificatesDialog = None  # type: ignore[assignment]

    def open(self, case, **times) -> CertificatesDialog:
        self.dialog = CertificatesDialog(
            self.library.actions(), self.jobs, case, LICENCE, self.done.append, **times
        )
        open_dialog(self.behind, self.dialog)
        return self.dialog

    def settled(self) -> bool:
        return not any(self.jobs.pending().values())

    def texts(self) -> str:
        """Everything the dialog shows in words."""
        dialog, model = self.dialog, self.dialog.model
        rows = [
            model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole)
            for row in range(model.rowCount())
            for column in range(2)
        ]
        strip = (dialog.strip.title.text(), dialog.strip.hint.text())
        message = (dialog.message.title.text(), dialog.message.hint.text())
        shown = message if dialog.stack.currentWidget() is dialog.message else ()
        return "\n".join((*strip, *shown, dialog.trouble.text(), *rows))


def show_code(counter, hands, qtbot, code="9901-1001"):
    hands.type(code)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(counter.settled)
