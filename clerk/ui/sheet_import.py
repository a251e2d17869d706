"""导入实施清单: file, headings, checks, difference; then drafts, and nothing before."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import partial
from pathlib import PurePath
from typing import NamedTuple

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.sheet_columns import SheetVocabulary
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.import_actions import GoOn, Head, ImportActions, ReadList
from clerk.ui.overriding import override
from clerk.ui.sheet_import_difference import DifferencePage
from clerk.ui.sheet_import_faults import FaultsPage
from clerk.ui.sheet_import_file import FilePage
from clerk.ui.sheet_import_mapping import MappingPage
from clerk.ui.taking import ChooseFile, SteppedTakingDialog, asking_for
from clerk.ui.widgets import Button, Dialog, Label

ChoosePlace = Callable[[QWidget, str], str]
_STEPS = ("选文件", "对栏目", "看核对", "看差别")
choose_file = asking_for("选实施清单", "表格 (*.xlsx)")


class Step(IntEnum):
    """Where in the import one is."""

    FILE = 0
    MAPPING = 1
    FAULTS = 2
    DIFFERENCE = 3


def choose_place(host: QWidget, name: str) -> str:
    """Ask where the faults go; empty where the person thought better of it."""
    path, _ = QFileDialog.getSaveFileName(host, "导出问题清单", name, "csv (*.csv)")
    return path if not path or path.lower().endswith(".csv") else f"{path}.csv"


def open_import(
    host: QWidget,
    actions: ImportActions,
    jobs: Jobs,
    open_dialog: Callable[[QWidget, Dialog], None],
    *,
    done: Callable[[str], None] = lambda _: None,
    choose: ChooseFile = choose_file,
    place: ChoosePlace = choose_place,
) -> None:
    """Open the import over the window of ``host``; ``done`` gets the sentence for the status bar."""
    dialog = SheetImportDialog(actions, jobs, choose, place)
    dialog.done.connect(done)
    open_dialog(host, dialog)


class _Opened(NamedTuple):
    """A file that turned out to be a worksheet file."""

    sheets: tuple[str, ...]
    vocabulary: SheetVocabulary


class SheetImportDialog(SteppedTakingDialog):
    """The import, step by step.

    ``done`` carries the sentence for the status bar once drafts are kept.
    """

    done = pyqtSignal(str)

    def __init__(
        self, actions: ImportActions, jobs: Jobs, choose: ChooseFile, place: ChoosePlace
    ) -> None:
        file = FilePage()
        super().__init__("导入实施清单", jobs, choose, file.row, unit="行")
        self._actions, self._place, self.file = actions, place, file
        self._opened: _Opened | None = None
        self._path = ""
        self._found: ReadList | None = None
        self.step = Step.FILE
        self.mapping = MappingPage()
        self.faults = FaultsPage()
        self.difference = DifferencePage()
        self.pages = QStackedWidget()
        self.steps = [Label(f"{at}　{name}", size=13) for at, name in enumerate(_STEPS, 1)]
        self.faults_button = Button("导出问题清单", key="F8")
        self._lay_out()
        self.mapping.changed.connect(self._show)
        self.faults_button.clicked.connect(self.export_faults)
        self._ready()

    def _lay_out(self) -> None:
        strip = QHBoxLayout()
        strip.setSpacing(theme.px(24))
        for label in self.steps:
            strip.addWidget(label)
        strip.addStretch(1)
        self.body.addLayout(strip)
        for page in (self.file, self.mapping, self.faults, self.difference):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.back_button)
        self.foot.addWidget(self.work, 1)
        self.foot.addWidget(self.faults_button)
        self.foot.addWidget(self.button)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            *super().acts(),
            Act(
                name="导出问题清单",
                key="F8",
                trigger=self.export_faults,
                enabled=lambda: self._found is not None and not self.work.running,
            ),
            Act(name="改含义", key="Enter", trigger=self.mapping.picker.begin, local=True),
        )

    @override
    def _do_next(self) -> None:
        match self.step:
            case Step.FILE if self._opened is None:
                self._open()
            case Step.FILE:
                self._read_head()
            case Step.MAPPING:
                self._check()
            case Step.FAULTS:
                self._go_to(Step.DIFFERENCE)
            case Step.DIFFERENCE:
                self._keep()

    @override
    def _step_back(self) -> None:
        self._go_to(Step(self.step - 1))

    def export_faults(self) -> None:
        """Write every fault to a file of the person's choice."""
        found = self._found
        if found is None or self.work.running:
            return
        path = self._place(self, f"{PurePath(self._path).stem}问题清单.csv")
        if path:
            self.notice.clear()
            self.work.begin(
                "正在写问题清单",
                lambda _: self._actions.write_faults(found, path),
                lambda _: self.work.say(f"问题清单已写到 {path}"),
                self._on_trouble,
            )

    # ---- the steps -------------------------------------------------------------------------

    @override
    def _on_named(self) -> None:
        if self.row.field.value() != self._path:
            self._opened = None
            self.file.offer(())
            self._show()

    def _open(self) -> None:
        path = self.row.field.value()

        def work(_: GoOn) -> _Opened:
            return _Opened(tuple(self._actions.sheets(path)), self._actions.vocabulary())

        self.work.begin("正在打开", work, partial(self._on_opened, path), self._on_trouble)

    def _on_opened(self, path: str, opened: _Opened) -> None:
        self._path, self._opened = path, opened
        self.file.offer(opened.sheets)
        if len(opened.sheets) == 1:
            self._read_head()
        else:
            self._show()
            self.file.sheets.setFocus()

    def _read_head(self) -> None:
        opened = self._opened
        if opened is None:
            return
        sheet = opened.sheets[self.file.sheets.chosen() or 0]
        self.work.begin(
            "正在找表头",
            lambda _: self._actions.head(self._path, sheet),
            self._on_head,
            self._on_trouble,
        )

    def _on_head(self, head: Head) -> None:
        if self._opened is not None:
            self.mapping.show_head(head, self._opened.vocabulary)
            self._go_to(Step.MAPPING)

    def _check(self) -> None:
        mapping = self.mapping.mapping
        if mapping is None:
            return
        self._drop()
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.remember, mapping),
            owner=self,
            then=lambda _: None,
            failed=self._on_trouble,
        )
        self.work.begin(
            "正在逐行核对",
            partial(self._actions.check, self._path, mapping),
            self._on_checked,
            self._on_trouble,
        )

    def _on_checked(self, found: ReadList | None) -> None:
        if found is None:
            self.work.say("停下了，什么都没有留下")
            return
        self._found = found
        self.faults.show_report(found.report)
        self.difference.show_report(found.report)
        self._go_to(Step.FAULTS)

    def _keep(self) -> None:
        found = self._found
        if found is None:
            return
        self.work.begin(
            "正在存为草稿",
            partial(self._actions.keep, found, PurePath(self._path).name),
            self._on_kept,
            self._on_trouble,
        )

    def _on_kept(self, kept: int | None) -> None:
        if kept is None:
            self.work.say("停下了，一份草稿也没有存")
            return
        self.close_dialog()
        self.done.emit(f"存了 {kept:,} 份草稿，送审、发布以后才生效")

    def _on_trouble(self, error: ClerkError) -> None:
        self._show()
        self.notice.set_kind("bad")
        self.notice.show_error(error)

    # ---- what is shown -----------------------------------------------------------------------

    def _go_to(self, step: Step) -> None:
        self.step = step
        self.pages.setCurrentIndex(step)
        self._show()
        self.work.say(self._why_not() if step is Step.DIFFERENCE else "")
        page = self.pages.currentWidget()
        if isinstance(page, MappingPage | FaultsPage | DifferencePage):
            page.first_focus().setFocus()
        else:
            self.row.field.focus_editor()

    @override
    def _show(self) -> None:
        super()._show()
        for at, label in enumerate(self.steps):
            label.set_tone("accentT" if at == self.step else "t3" if at > self.step else "t2")
            label.set_bold(at == self.step)
        self.faults_button.setVisible(self.step is Step.FAULTS)
        self.faults_button.setEnabled(not self.work.running)
        lacking = self._why_not() if self.step is Step.MAPPING else ""
        if lacking and not self.work.running:
            self.notice.set_kind("warn")
            unsaid = self.mapping.first_focus() is self.mapping.type_choice
            self.notice.show_trouble(
                lacking, "", "在上面按 1 或 2" if unsaid else "在表里选中那一栏，按 Enter 选含义"
            )
        elif self.step is Step.MAPPING and not self.work.running:
            self.notice.clear()

    @override
    def _next_name(self) -> str:
        match self.step:
            case Step.FILE:
                return "打开" if self._opened is None else "读这一张"
            case Step.MAPPING:
                return "逐行核对"
            case Step.FAULTS:
                return "看差别"
            case Step.DIFFERENCE:
                kept = self._found.report.to_keep if self._found else 0
                return f"存为草稿 {kept:,} 项"

    @override
    def _lacking(self) -> str:
        match self.step:
            case Step.FILE:
                return "" if self.row.field.value() else "还没选文件"
            case Step.MAPPING:
                return self.mapping.lacking()
            case Step.FAULTS:
                return ""
            case Step.DIFFERENCE:
                some = self._found is not None and self._found.report.to_keep
                return "" if some else "没有要存的：清单和现行的一样，或者都有错误"

    @override
    def _is_under_way(self) -> bool:
        return self.step is not Step.FILE

    @override
    def _leave(self) -> None:
        super()._leave()
        self._drop()

    def _drop(self) -> None:
        if self._found is not None:
            self.work.drop(self._found.close)
            self._found = None
