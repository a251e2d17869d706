"""导出实施清单: the catalogue or some of its items as a worksheet that can be imported again."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QWidget

from clerk.domain.errors import ClerkError
from clerk.jobs import Jobs
from clerk.ui.acts import Act
from clerk.ui.import_actions import ImportActions
from clerk.ui.long_work import LongWork
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Label, Notice

ChoosePlace = Callable[[QWidget, str], str]


def choose_place(host: QWidget, name: str) -> str:
    """Ask where the list goes; empty where the person thought better of it."""
    path, _ = QFileDialog.getSaveFileName(host, "导出实施清单", name, "表格 (*.xlsx)")
    return path if not path or path.lower().endswith(".xlsx") else f"{path}.xlsx"


def open_export(
    host: QWidget,
    actions: ImportActions,
    jobs: Jobs,
    open_dialog: Callable[[QWidget, Dialog], None],
    *,
    item_codes: Sequence[str] = (),
    done: Callable[[str], None] = lambda _: None,
    place: ChoosePlace = choose_place,
) -> None:
    """Open the export of these items, of everything in force without any."""
    dialog = SheetExportDialog(item_codes, actions, jobs, place)
    dialog.done.connect(done)
    open_dialog(host, dialog)


class SheetExportDialog(Dialog):
    """What goes out and where to; F9 asks for the place, and stops it while it runs."""

    done = pyqtSignal(str)

    def __init__(
        self,
        item_codes: Sequence[str],
        actions: ImportActions,
        jobs: Jobs,
        place: ChoosePlace = choose_place,
    ) -> None:
        super().__init__("导出实施清单", width=560)
        self._item_codes, self._actions, self._place = tuple(item_codes), actions, place
        what = f"选中的 {len(item_codes)} 个事项" if item_codes else "现行的全部事项"
        about = (
            f"{what}，一份材料一行，导入时保留下来的栏目一起带上。"
            "问答、规则和申请表不在表里，再导入时从现行版本接过来"
        )
        self.work = LongWork(jobs, "项")
        self.notice = Notice("bad")
        self.button = Button("选存放位置", key="F9", kind="compact")
        self.body.addWidget(Label(about, size=13, tone="t2", wrap=True))
        self.body.addWidget(self.work)
        self.body.addWidget(self.notice)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.go_on)
        self.work.changed.connect(lambda: self.button.setText(self._words()))
        self.closed.connect(self.work.stop)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name=self._words,
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.button

    def go_on(self) -> None:
        """Ask for the place and begin; while it runs, stop."""
        if self.work.running:
            self.work.stop()
            return
        path = self._place(self, "实施清单.xlsx")
        if path:
            self.notice.clear()
            self.work.begin(
                "正在导出",
                partial(self._actions.export, self._item_codes, path),
                partial(self._on_done, path),
                self._on_trouble,
            )

    def _words(self) -> str:
        return "停下" if self.work.running else "选存放位置"

    def _on_done(self, path: str, items: int | None) -> None:
        if items is None:
            self.work.say("停下了，没有留下文件")
            return
        self.close_dialog()
        self.done.emit(f"导出了 {items:,} 个事项到 {path}")

    def _on_trouble(self, error: ClerkError) -> None:
        self.notice.show_error(error)
