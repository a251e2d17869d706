"""What 调证照 shows in place of the list: nothing yet, waiting, a few reasons, an answer."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Choice, Icon, Label, Spinner

_SECOND_MS = 1000
_LONG = 3
_TOO_LONG = 20


class Message(QWidget):
    """An answer with what can be done about it."""

    def __init__(self) -> None:
        super().__init__()
        self.icon = Icon("key-round", 26, "t3", disc=56)
        self.title = Label(size=16, bold=True, wrap=True)
        self.hint = Label(size=13, tone="t2", wrap=True)
        self.buttons: tuple[Button, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(60), 0, theme.px(60), 0)
        column.setSpacing(theme.px(10))
        column.addStretch()
        column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(8))
        self._row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._row)
        column.addStretch()

    def say(
        self, title: str, hint: str = "", *, icon: str = "key-round", buttons: Sequence[Button] = ()
    ) -> None:
        """Say something else."""
        self.icon.show_icon(icon)
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = tuple(buttons)
        for button in self.buttons:
            self._row.addWidget(button)
        self.setAccessibleName("，".join(part for part in (title, hint) if part))


class Waiting(QWidget):
    """What is being done, after 400 ms; how long it has taken and 取消 after 3 s.

    ``too_long`` says that the time of one act is over.
    """

    stop_wanted = pyqtSignal()
    too_long = pyqtSignal()

    def __init__(self, *, second_ms: int = _SECOND_MS) -> None:
        super().__init__()
        self._seconds = 0
        self.spinner = Spinner()
        self.elapsed = Label(size=13, tone="t3")
        self.stop_button = Button("取消", key="Esc")
        self.stop_button.clicked.connect(self.stop_wanted)
        self._timer = QTimer(self)
        self._timer.setInterval(second_ms)
        self._timer.timeout.connect(self._on_second)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(10))
        column.addStretch()
        for widget in (self.spinner, self.elapsed, self.stop_button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self._show_long()

    def start(self, words: str) -> None:
        """Begin to wait."""
        self._seconds = 0
        self.spinner.start(words)
        self._timer.start()
        self._show_long()

    def stop(self) -> None:
        """Wait no more."""
        self.spinner.stop()
        self._timer.stop()

    def _on_second(self) -> None:
        self._seconds += 1
        self._show_long()
        if self._seconds >= _TOO_LONG:
            self.stop()
            self.too_long.emit()

    def _show_long(self) -> None:
        long = self._seconds >= _LONG
        self.elapsed.setVisible(long)
        self.stop_button.setVisible(long)
        self.elapsed.setText(f"已等 {self._seconds} 秒，没有回答就可以取消，什么都不会改动")


class Owners(QWidget):
    """Those who gave leave, as tabs; hidden while it is one. ``chosen`` carries the place."""

    chosen = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        self.tabs: Choice | None = None
        self.hide()

    def show_owners(self, names: Sequence[str], current: int) -> None:
        """Show these, with the place ``current`` in front."""
        if self.tabs is not None:
            self._column.removeWidget(self.tabs)
            self.tabs.hide()
            self.tabs.deleteLater()
        self.tabs = Choice(names, label="谁的证照")
        self.tabs.set_chosen(current)
        self.tabs.picked.connect(self.chosen)
        self._column.addWidget(self.tabs)
        self.setVisible(len(names) > 1)


class Reasons(QWidget):
    """A short list to choose from, by digit or button, under a question and what it means."""

    chosen = pyqtSignal(int)

    def __init__(self, title: str, hint: str, reasons: Sequence[str]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(60), 0, theme.px(60), 0)
        column.setSpacing(theme.px(10))
        column.addStretch()
        self.title = Label(title, size=16, bold=True, wrap=True)
        self.hint = Label(hint, size=13, tone="t2", wrap=True)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        self.buttons: list[Button] = []
        for number, reason in enumerate(reasons, start=1):
            button = Button(reason, key=str(number), key_first=True)
            button.clicked.connect(self._taker(number - 1))
            self.buttons.append(button)
            column.addWidget(button)
        column.addStretch()

    def _taker(self, place: int) -> Callable[[], None]:
        return lambda: self.chosen.emit(place)

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        text = event.text() if event is not None else ""
        if text.isascii() and text.isdigit() and 0 < int(text) <= len(self.buttons):
            self.buttons[int(text) - 1].click()
        else:
            super().keyPressEvent(event)
