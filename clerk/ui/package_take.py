"""取标准包: a signed package, what it changes; then drafts, and nothing before."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.letter_template import TemplateFaulty
from clerk.domain.standard_package import PackageFaulty
from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.letter_templates_rows import finding_lines
from clerk.ui.long_work import LongWork
from clerk.ui.overriding import override
from clerk.ui.package_actions import Compared, PackageActions, Taken
from clerk.ui.sheet_import_difference import DifferencePage
from clerk.ui.standards_reasons import Reason, ReasonList
from clerk.ui.standards_scrolled import scrolled
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice

ChooseFile = Callable[[QWidget], str]
WIDTH, HEIGHT = 1160, 650
MOST_FAULTS = 1000


def choose_file(host: QWidget) -> str:
    """Ask for the package; empty where the person thought better of it."""
    path, _ = QFileDialog.getOpenFileName(host, "选标准包", "", "标准包 (*.zip)")
    return path


def open_package(
    host: QWidget,
    actions: PackageActions,
    jobs: Jobs,
    open_dialog: Callable[[QWidget, Dialog], None],
    *,
    done: Callable[[str], None] = lambda _: None,
    choose: ChooseFile = choose_file,
) -> None:
    """Open the taking over the window of ``host``; ``done`` gets the sentence for the status bar."""
    dialog = PackageDialog(actions, jobs, choose)
    dialog.done.connect(done)
    open_dialog(host, dialog)


class PackageDialog(Dialog):
    """First the file and what is wrong with it, then what it changes; F9 goes on, F7 back.

    ``done`` carries the sentence for the status bar once drafts are kept.
    """

    done = pyqtSignal(str)

    def __init__(self, actions: PackageActions, jobs: Jobs, choose: ChooseFile) -> None:
        super().__init__("取标准包", width=WIDTH, height=HEIGHT)
        self._actions, self._choose = actions, choose
        self._found: Compared | None = None
        self._path = ""
        self.field = Field("标准包（zip），签名文件放在旁边")
        self.choose_button = Button("选文件", key="Ctrl O")
        self.faults = ReasonList("标准包的问题")
        self.difference = DifferencePage("标准包", row="")
        self.made = Label(size=13, tone="t2", wrap=True)
        self.pages = QStackedWidget()
        self.notice = Notice("bad")
        self.work = LongWork(jobs, "步")
        self.back_button = Button("上一步", key="F7")
        self.button = Button("核对", key="F9", kind="compact")
        self._lay_out()
        self.field.committed.connect(lambda _: self._on_named())
        self.field.next_gap.connect(self.go_on)
        self.choose_button.clicked.connect(lambda _: self.choose())
        self.back_button.clicked.connect(lambda _: self.go_back())
        self.button.clicked.connect(lambda _: self.go_on())
        self.work.changed.connect(self._show)
        self.closed.connect(self._leave)
        self._show()

    def _lay_out(self) -> None:
        about = (
            "别处打好、签过名的标准包。先核对签名和内容，和现行的比较，看过才存为草稿；"
            "发布仍由两个人做。随时按 Esc 离开，什么都不留"
        )
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self.choose_button)
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(Label(about, size=13, tone="t2", wrap=True))
        column.addLayout(row)
        column.addWidget(scrolled(self.faults), 1)
        second = QWidget()
        column = QVBoxLayout(second)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.made)
        column.addWidget(self.difference, 1)
        for page in (first, second):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.back_button)
        self.foot.addWidget(self.work, 1)
        self.foot.addWidget(self.button)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name=self._next_words,
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
                enabled=lambda: not self._why_not(),
                why_not=self._why_not,
            ),
            Act(name="上一步", key="F7", trigger=self.go_back, enabled=self._may_go_back),
            Act(
                name="选文件",
                key="Ctrl+O",
                trigger=self.choose,
                enabled=lambda: self._found is None and not self.work.running,
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.field.editor

    def choose(self) -> None:
        """Ask for the file and look through it."""
        chosen = "" if self._found is not None or self.work.running else self._choose(self)
        if chosen:
            self.field.editor.setText(chosen)
            self._forget()
            self.go_on()

    def go_on(self) -> None:
        """Compare, then keep; while something runs, stop it."""
        if self.work.running:
            self.work.stop()
        elif why := self._why_not():
            self.notice.show_trouble(why)
        elif self._found is None:
            self._compare()
        else:
            self._keep(self._found)

    def go_back(self) -> None:
        """Go back to the file; what was compared is dropped."""
        if self._may_go_back():
            self._forget()
            self.pages.setCurrentIndex(0)
            self.field.focus_editor()

    def _compare(self) -> None:
        self._forget()
        self._path = self.field.value()
        self.work.begin(
            "正在核对、比较",
            partial(self._actions.compare, self._path),
            self._on_compared,
            self._on_trouble,
        )

    def _on_compared(self, found: Compared | None) -> None:
        if found is None:
            self.work.say("停下了，什么都没有留下")
            return
        self._found = found
        self.made.setText(_made(found))
        self.difference.show_report(found.report)
        self.pages.setCurrentIndex(1)
        self._show()
        self.work.say(self._why_not())
        self.difference.first_focus().setFocus()

    def _keep(self, found: Compared) -> None:
        self.notice.clear()
        self.work.begin(
            "正在存为草稿",
            partial(self._actions.keep, found, PurePath(self._path).stem),
            self._on_kept,
            self._on_trouble,
        )

    def _on_kept(self, taken: Taken | None) -> None:
        if taken is None:
            self.work.say("停下了，什么都没有取")
            return
        self.close_dialog()
        letters = f"，{taken.letters} 份承诺书模板待启用" if taken.letters else ""
        self.done.emit(f"取进 {taken.drafts:,} 份草稿{letters}，送审、发布以后才生效")

    def _on_trouble(self, error: ClerkError) -> None:
        self._show()
        if isinstance(error, PackageFaulty):
            self.faults.show_lines([_fault(one) for one in error.faults[:MOST_FAULTS]])
        elif isinstance(error, TemplateFaulty):
            self.faults.show_lines(finding_lines(error.faults))
        self.notice.show_error(error)

    def _on_named(self) -> None:
        if self.field.value() != self._path:
            self._forget()

    def _forget(self) -> None:
        """Another file: what was found counts no longer."""
        if self._found is not None:
            self._found.close()
            self._found = None
        self.notice.clear()
        self.work.say("")
        self.faults.show_lines(())
        self._show()

    def _show(self) -> None:
        self.button.setText(self._next_words())
        self.button.setEnabled(self.work.running or not self._why_not())
        self.back_button.setVisible(self._found is not None)
        self.back_button.setEnabled(self._may_go_back())
        self.choose_button.setEnabled(not self.work.running)

    def _next_words(self) -> str:
        if self.work.running:
            return "停下"
        if self._found is None:
            return "核对"
        return f"存为草稿 {self._found.report.to_keep:,} 项"

    def _why_not(self) -> str:
        if self.work.running:
            return ""
        if self._found is None:
            return "" if self.field.value() else "还没选文件"
        some = self._found.report.to_keep or self._found.letters
        return "" if some else "没有要取的：标准包和现行的一样"

    def _may_go_back(self) -> bool:
        return self._found is not None and not self.work.running

    def _leave(self) -> None:
        self.work.stop()
        self._forget()


def _made(found: Compared) -> str:
    """Who packed it; what of it is other here and not taken."""
    said = f"打包的是 {found.made}"
    if found.letters:
        said += f"；带着 {len(found.letters)} 份承诺书模板"
    if found.differing:
        said += f"；和本机不同、不取的文件：{'、'.join(found.differing)}"
    return said


def _fault(words: str) -> Reason:
    return Reason(text=words, icon="circle-alert", icon_tone="bad")
