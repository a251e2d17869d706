"""Brings a file in: it is named, looked through and seen, and only then kept."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.long_work import LongWork
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Notice

ChooseFile = Callable[[QWidget], str]
"""Asks for a file over a window; empty where the person thought better of it."""


def asking_for(what: str, kinds: str) -> ChooseFile:
    """Return how to ask for a file with the computer's own dialog; ``kinds`` as Qt filters them."""

    def choose(host: QWidget) -> str:
        path, _ = QFileDialog.getOpenFileName(host, what, "", kinds)
        return path

    return choose


class FileRow(QWidget):
    """The name of the file, and the button that asks for it."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.field = Field(label)
        self.button = Button("选文件", key="Ctrl O")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)


class TakingDialog(Dialog):
    """F9 does what comes next and stops what runs, Ctrl O names a file, Esc leaves nothing.

    Sub-classes lay out ``row``, ``notice``, ``work`` and ``button``, then call ``_ready``. They say
    what comes next and what is lacking; a press that cannot be followed says it in ``notice``.
    """

    def __init__(
        self,
        title: str,
        jobs: Jobs,
        choose: ChooseFile,
        row: FileRow,
        *,
        unit: str,
        width: int = 1160,
        height: int = 650,
    ) -> None:
        super().__init__(title, width=width, height=height)
        self._jobs, self._choose, self.row = jobs, choose, row
        self.notice = Notice("bad")
        self.work = LongWork(jobs, unit)
        self.button = Button("", key="F9", kind="compact")

    def _ready(self) -> None:
        """Listen to the keys and buttons from now on."""
        self.row.field.committed.connect(lambda _: self._on_named())
        self.row.field.next_gap.connect(self.go_on)
        self.row.button.clicked.connect(lambda _: self.choose())
        self.button.clicked.connect(lambda _: self.go_on())
        self.work.changed.connect(self._show)
        self.closed.connect(self._leave)
        self._show()

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name=self._next_words,
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
            ),
            Act(name="选文件", key="Ctrl+O", trigger=self.choose, enabled=self._may_choose),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.row.field.editor

    def choose(self) -> None:
        """Ask for the file and look through it."""
        chosen = self._choose(self) if self._may_choose() else ""
        if chosen:
            self.row.field.editor.setText(chosen)
            self._on_named()
            self.go_on()

    def go_on(self) -> None:
        """Do what comes next, or say what is lacking; while something runs, stop it."""
        if self.work.running:
            self.work.stop()
        elif lacking := self._why_not():
            self.notice.show_trouble(lacking)
        else:
            self.notice.clear()
            self._do_next()

    def _may_choose(self) -> bool:
        return not self.work.running

    def _next_words(self) -> str:
        return "停下" if self.work.running else self._next_name()

    def _why_not(self) -> str:
        if self.work.running:
            return ""
        return self._lacking()

    def _show(self) -> None:
        self.button.setText(self._next_words())
        self.button.setEnabled(not self._why_not())
        self.row.button.setEnabled(not self.work.running)
        self.row.field.editor.setReadOnly(self.work.running)  # what is found is this file's

    def _on_named(self) -> None:
        """Another file was named: what was found counts no longer."""
        raise NotImplementedError

    def _do_next(self) -> None:
        raise NotImplementedError

    def _next_name(self) -> str:
        raise NotImplementedError

    def _lacking(self) -> str:
        """What is lacking for the next step; empty where nothing is."""
        raise NotImplementedError

    def _leave(self) -> None:
        self.work.stop()


class SteppedTakingDialog(TakingDialog):
    """The same in steps: F7 goes back, and a file is named only at the first of them.

    Sub-classes lay out ``back_button``, say whether they are past the first step, and go back.
    """

    def __init__(
        self, title: str, jobs: Jobs, choose: ChooseFile, row: FileRow, *, unit: str
    ) -> None:
        super().__init__(title, jobs, choose, row, unit=unit)
        self.back_button = Button("上一步", key="F7")
        self.back_button.clicked.connect(lambda _: self.go_back())

    @override
    def acts(self) -> Sequence[Act]:
        back = Act(name="上一步", key="F7", trigger=self.go_back, enabled=self._may_go_back)
        return (*super().acts(), back)

    def go_back(self) -> None:
        """Go to the step before."""
        if self._may_go_back():
            self.notice.clear()
            self._step_back()

    @override
    def _may_choose(self) -> bool:
        return not self._is_under_way() and not self.work.running

    def _may_go_back(self) -> bool:
        return self._is_under_way() and not self.work.running

    @override
    def _show(self) -> None:
        super()._show()
        self.back_button.setVisible(self._is_under_way())
        self.back_button.setEnabled(self._may_go_back())

    def _is_under_way(self) -> bool:
        raise NotImplementedError

    def _step_back(self) -> None:
        raise NotImplementedError
