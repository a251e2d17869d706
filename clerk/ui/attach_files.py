"""Files that go with an act: chosen one by one, kept in the store at once, named below the button."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.material import StoredFile
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.intake_files import read_chosen
from clerk.ui.widgets import Button, Label, Notice
from clerk.values import dataclass

Keep = Callable[[bytes, str, str], StoredFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attaching:
    """How a file is chosen and kept; ``keep`` runs in STORE."""

    jobs: Jobs
    keep: Keep
    choose_path: Callable[[QWidget], Path | None]


class AttachFiles(QWidget):
    """A button that adds a file, and the names of those that are there."""

    def __init__(self, words: str, attaching: Attaching) -> None:
        super().__init__()
        self._attaching = attaching
        self._files: list[StoredFile] = []
        self.button = Button(words)
        self.names = Label("还没有", size=13, tone="t2", wrap=True)
        self.notice = Notice("bad")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for part in (self.button, self.names, self.notice):
            column.addWidget(part)
        self.button.clicked.connect(self._on_clicked)

    def files(self) -> tuple[StoredFile, ...]:
        """The files that are kept by now."""
        return tuple(self._files)

    def _on_clicked(self) -> None:
        path = self._attaching.choose_path(self)
        if path is None:
            return
        self.notice.clear()
        self.button.setEnabled(False)
        self._attaching.jobs.run(
            Lane.STORE,
            partial(_read_and_keep, self._attaching.keep, path),
            owner=self,
            then=self._on_kept,
            failed=self._on_failed,
        )

    def _on_kept(self, file: StoredFile) -> None:
        self._files.append(file)
        self.names.setText("、".join(one.name for one in self._files))
        self._free()

    def _on_failed(self, error: ClerkError) -> None:
        self.notice.show_error(error)
        self._free()

    def _free(self) -> None:
        self.button.setEnabled(True)
        self.button.setFocus()


def _read_and_keep(keep: Keep, path: Path) -> StoredFile:
    return keep(*read_chosen(path))
