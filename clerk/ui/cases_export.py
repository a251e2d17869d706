"""导出: take the list that is shown away, for a purpose, as xlsx or csv; long ones can be stopped."""

import threading
from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from clerk.domain.case_list import CaseQuery
from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import ExportCases
from clerk.ui.acts import Act
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Choice, Dialog, Field, Label, Notice, Progress

ChoosePath = Callable[[QWidget, str, str], str]
LOOK_MS = 200
_FORMATS = ("xlsx", "csv")


def choose_path(host: QWidget, name: str, ending: str) -> str:
    """Ask where the list goes; empty where the person thought better of it."""
    path, _ = QFileDialog.getSaveFileName(host, "导出办件", name, f"{ending} (*.{ending})")
    return path if not path or path.lower().endswith(f".{ending}") else f"{path}.{ending}"


class ExportDialog(Dialog):
    """What is taken away and for what. ``done`` carries the sentence for the status bar."""

    done = pyqtSignal(str)

    def __init__(
        self,
        query: CaseQuery,
        says: str,
        export: ExportCases,
        jobs: Jobs,
        choose: ChoosePath = choose_path,
    ) -> None:
        super().__init__("导出办件", width=560)
        self._query, self._export, self._jobs, self._choose = query, export, jobs, choose
        self._running = False
        self._stop = threading.Event()
        self._far = (0, 0)
        self.purpose = Field("用途，如 周例会")
        self.format = Choice(_FORMATS, label="格式")
        self.format.set_chosen(0)
        self.words = Label("", size=13, tone="t2")
        self.progress = Progress()
        self.progress.hide()
        self.notice = Notice("bad")
        self.button = Button("选存放位置", key="F9", kind="compact")
        about = f"{says}。证件号只留首尾，谁在什么时候导出多少件、作什么用，都记在日志里"
        self.body.addWidget(Label(about, size=13, tone="t2", wrap=True))
        for widget in (self.purpose, self.format, self.progress, self.words, self.notice):
            self.body.addWidget(widget)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.go_on)
        self.purpose.next_gap.connect(self.format.setFocus)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._show_how_far)
        self.closed.connect(self._stop.set)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name=lambda: "停下" if self._running else "选存放位置",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
            ),
            Act(name="选格式", key="1–2", trigger=self.format.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.purpose.editor

    def go_on(self) -> None:
        """Ask for the place and begin; while it runs, stop."""
        if self._running:
            self._stop.set()
            return
        if not self.purpose.value():
            self.purpose.set_error("还没写用途")
            self.purpose.focus_editor()
            return
        self.purpose.set_error("")
        ending = _FORMATS[self.format.chosen() or 0]
        path = self._choose(self, f"办件{self._query.on.isoformat()}.{ending}", ending)
        if path:
            self._begin(path)

    def _begin(self, path: str) -> None:
        self._running = True
        self._stop.clear()
        self.notice.clear()
        self.progress.show()
        self.words.setText("正在导出")
        self.button.setText("停下")
        self._far = (0, 0)
        self._look.start()
        self._jobs.run(
            Lane.AHEAD,
            partial(self._export, self._query, self.purpose.value(), path, self._told),
            owner=self,
            then=self._on_done,
            failed=self._on_trouble,
        )

    def _told(self, written: int, total: int) -> bool:
        """Runs in the lane: say how far it is, and whether it is still wanted."""
        if self._stop.is_set():
            return False
        self._far = (written, total)
        return True

    def _show_how_far(self) -> None:
        written, total = self._far
        self.progress.set_fraction(written / total if total else 1.0)
        self.words.setText(f"{total} 件里写了 {written} 件")

    def _on_done(self, rows: int | None) -> None:
        self._rest()
        if rows is None:
            self.words.setText("停下了，没有留下文件")
            return
        self.close_dialog()
        self.done.emit(f"导出了 {rows} 件，证件号已脱敏")

    def _on_trouble(self, error: ClerkError) -> None:
        self._rest()
        self.notice.show_error(error)

    def _rest(self) -> None:
        self._running = False
        self._look.stop()
        self.progress.hide()
        self.words.setText("")
        self.button.setText("选存放位置")
