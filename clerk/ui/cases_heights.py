"""行高: how tall the rows of a list are, chosen by the clerk and remembered."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PyQt6.QtCore import QObject, pyqtSignal

from clerk.jobs import Jobs, Lane
from clerk.ui.tables import Table

SETTING: Final = "case_row_height"
HEIGHTS: Final = {"紧凑": 30, "标准": 36, "宽松": 44}
STANDARD: Final = "标准"


class RowHeights(QObject):
    """The height of one table's rows. ``changed`` carries its word, ``failed`` a ``ClerkError``."""

    changed = pyqtSignal(str)
    failed = pyqtSignal(object)

    def __init__(
        self,
        table: Table,
        jobs: Jobs,
        load_setting: Callable[[str], str],
        save_setting: Callable[[str, str], None],
    ) -> None:
        super().__init__(table)
        self._table, self._jobs = table, jobs
        self._load, self._save = load_setting, save_setting
        self._read = False
        self.word = STANDARD

    def read_once(self) -> None:
        """Take over what was chosen before, the first time only."""
        if not self._read:
            self._read = True
            self._run(partial(self._load, SETTING), self._on_read)

    def turn(self) -> None:
        """Go on to the next height, and keep it."""
        words = list(HEIGHTS)
        self._show(words[(words.index(self.word) + 1) % len(words)])
        self._run(partial(self._save, SETTING, self.word), lambda _: None)

    def _on_read(self, kept: object) -> None:
        if kept in HEIGHTS:
            self._show(str(kept))

    def _show(self, word: str) -> None:
        self.word = word
        self._table.set_row_height(HEIGHTS[word])
        self.changed.emit(word)

    def _run(self, work: Callable[[], object], then: Callable[[object], None]) -> None:
        self._jobs.run(Lane.STORE, work, owner=self, then=then, failed=self.failed.emit)
