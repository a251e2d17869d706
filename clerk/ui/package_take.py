"""取标准包: a signed package, what it changes; then drafts, and nothing before."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.errors import ClerkError
from clerk.domain.letter_template import TemplateFaulty
from clerk.domain.standard_package import PackageFaulty
from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.letter_templates_rows import finding_lines
from clerk.ui.overriding import override
from clerk.ui.package_actions import Compared, PackageActions, Taken
from clerk.ui.sheet_import_difference import DifferencePage
from clerk.ui.standards_reasons import Reason, ReasonList
from clerk.ui.standards_scrolled import scrolled
from clerk.ui.taking import ChooseFile, FileRow, SteppedTakingDialog, asking_for
from clerk.ui.widgets import Dialog, Label
from clerk.wording_standard import package_fault_words

MOST_FAULTS = 1000
choose_file = asking_for("选标准包", "标准包 (*.zip)")


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


class PackageDialog(SteppedTakingDialog):
    """First the file and what is wrong with it, then what it changes.

    ``done`` carries the sentence for the status bar once drafts are kept.
    """

    done = pyqtSignal(str)

    def __init__(self, actions: PackageActions, jobs: Jobs, choose: ChooseFile) -> None:
        row = FileRow("标准包（zip），签名文件放在旁边")
        super().__init__("取标准包", jobs, choose, row, unit="步")
        self._actions = actions
        self._found: Compared | None = None
        self._path = ""
        self.faults = ReasonList("标准包的问题")
        self.difference = DifferencePage("标准包", row="")
        self.made = Label(size=13, tone="t2", wrap=True)
        self.pages = QStackedWidget()
        self._lay_out()
        self._ready()

    def _lay_out(self) -> None:
        about = (
            "别处打好、签过名的标准包。先核对签名和内容，和现行的比较，看过才存为草稿；"
            "发布仍由两个人做。随时按 Esc 离开，什么都不留"
        )
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(Label(about, size=13, tone="t2", wrap=True))
        column.addWidget(self.row)
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
    def _do_next(self) -> None:
        if self._found is None:
            self._compare()
        else:
            self._keep(self._found)

    @override
    def _step_back(self) -> None:
        self._forget()
        self.pages.setCurrentIndex(0)
        self.row.field.focus_editor()

    def _compare(self) -> None:
        self._forget()
        self._path = self.row.field.value()
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
            self.faults.show_lines(_fault_lines(error.faults))
        elif isinstance(error, TemplateFaulty):
            self.faults.show_lines(finding_lines(error.faults))
        self.notice.show_error(error)

    @override
    def _on_named(self) -> None:
        if self.row.field.value() != self._path:
            self._forget()

    def _forget(self) -> None:
        """Another file: what was found counts no longer."""
        if self._found is not None:
            self.work.drop(self._found.close)
            self._found = None
        self.notice.clear()
        self.work.say("")
        self.faults.show_lines(())
        self._show()

    @override
    def _next_name(self) -> str:
        if self._found is None:
            return "核对"
        return f"存为草稿 {self._found.report.to_keep:,} 项"

    @override
    def _lacking(self) -> str:
        if self._found is None:
            return "" if self.row.field.value() else "还没选文件"
        some = self._found.report.to_keep or self._found.letters
        return "" if some else "没有要取的：标准包和现行的一样"

    @override
    def _is_under_way(self) -> bool:
        return self._found is not None

    @override
    def _leave(self) -> None:
        super()._leave()
        self._forget()


def _made(found: Compared) -> str:
    """Who packed it; what of it is other here and not taken."""
    said = f"打包的是 {found.made}"
    if found.letters:
        said += f"；带着 {len(found.letters)} 份承诺书模板"
    if found.differing:
        said += f"；和本机不同、不取的文件：{'、'.join(found.differing)}"
    return said


def _fault_lines(faults: Sequence[str]) -> list[Reason]:
    said = [package_fault_words(one) for one in faults[:MOST_FAULTS]]
    left = len(faults) - len(said)
    more = [f"还有 {left:,} 处没有列出"] if left else []
    return [Reason(text=one, icon="circle-alert", icon_tone="bad") for one in (*said, *more)]
