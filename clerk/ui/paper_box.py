"""How a paper comes to a case that was taken in: on the desk, under the camera, or as a file."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.material import StoredFile
from clerk.domain.standard import Way
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import LatePaperActions
from clerk.ui.approval_dialogs import TickList
from clerk.ui.intake_files import ENDINGS, read_chosen
from clerk.ui.intake_frame import choose_path
from clerk.ui.widgets import Label

_WORDS: Final[Mapping[Way, str]] = {
    Way.PAPER: "纸质件，原件在手上",
    Way.SCAN: "高拍仪扫描",
    Way.FILE: "选文件",
}

ChoosePath = Callable[[QWidget], Path | None]


class PaperBox(QWidget):
    """One list of ways; a scan or a file is fetched as soon as its line is chosen.

    ``changed`` follows a choice and what came of it.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        name: str,
        ways: Sequence[Way],
        actions: LatePaperActions,
        jobs: Jobs,
        *,
        choose: ChoosePath = choose_path,
    ) -> None:
        super().__init__()
        self._name, self._actions, self._jobs, self._choose = name, actions, jobs, choose
        self._ways = [way for way in _WORDS if way in ways]
        self._files: tuple[StoredFile, ...] = ()
        self._under_way = False
        self.list = TickList([_WORDS[way] for way in self._ways], many=False, name="怎样收")
        self.said = Label("", size=12, tone="t2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.list)
        column.addWidget(self.said)
        self.list.changed.connect(self._on_chosen)

    def way(self) -> Way | None:
        """The way that was chosen."""
        chosen = self.list.chosen()
        return self._ways[chosen[0]] if chosen else None

    def files(self) -> tuple[StoredFile, ...]:
        """What was scanned or chosen, and is in the store."""
        return self._files

    def lacking(self) -> str:
        """What is still missing, as a sentence; empty where nothing is."""
        way = self.way()
        if way is None:
            return "还没选怎样收"
        if self._under_way:
            return "还在读文件，读完再按"
        return "" if way is Way.PAPER or self._files else "还没有文件，再选一次扫描或选文件"

    def _on_chosen(self) -> None:
        self._files = ()
        self.said.setText("")
        match self.way():
            case Way.SCAN:
                self._fetch("正在扫描", Lane.DEVICE, self._scanned)
            case Way.FILE:
                path = self._choose(self)
                if path is not None:
                    self._fetch("正在读文件", Lane.STORE, partial(read_chosen, path))
            case _:
                self.changed.emit()

    def _scanned(self) -> tuple[bytes, str, str]:
        content, media_type = self._actions.scan()
        return content, f"{self._name}{ENDINGS.get(media_type, '')}", media_type

    def _fetch(self, words: str, lane: Lane, work: Callable[[], tuple[bytes, str, str]]) -> None:
        self._under_way = True
        self.said.setText(words)
        self._jobs.run(lane, work, owner=self, then=self._keep, failed=self._on_failed)

    def _keep(self, got: tuple[bytes, str, str]) -> None:
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.files.keep, *got),
            owner=self,
            then=self._on_kept,
            failed=self._on_failed,
        )

    def _on_kept(self, file: StoredFile) -> None:
        self._under_way, self._files = False, (file,)
        self.said.setText(f"{file.name}，{file.pages} 页，已存")
        self.changed.emit()

    def _on_failed(self, error: ClerkError) -> None:
        self._under_way = False
        self.said.setText(str(error))
        self.changed.emit()
