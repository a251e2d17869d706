"""导入承诺书模板: the Word file, what is wrong with it, its sample; then kept, and nothing before."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout

from clerk.domain.errors import ClerkError
from clerk.domain.letter_template import CheckedLetter, LetterTemplate, TemplateFaulty
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.acts import Act
from clerk.ui.letter_templates_actions import Checked, GoOn, LetterTemplateActions
from clerk.ui.letter_templates_rows import finding_lines
from clerk.ui.overriding import override
from clerk.ui.standards_reasons import ReasonList
from clerk.ui.standards_scrolled import scrolled
from clerk.ui.taking import ChooseFile, FileRow, TakingDialog, asking_for
from clerk.ui.widgets import Choice, Field, Label, Line
from clerk.ui.widgets.page_view import PICTURE_WIDTH, Fit, PageView

choose_file = asking_for("选 Word 文件", "Word 文档 (*.docx *.doc)")
WIDTH, HEIGHT = 1180, 660
_KINDS = ("告知承诺书", "其他文书")
_PROMISE, _OTHER = 0, 1


class LetterImportDialog(TakingDialog):
    """One file, checked and shown before anything is kept.

    ``taken`` carries the template once it is kept.
    """

    taken = pyqtSignal(object)

    def __init__(
        self,
        actions: LetterTemplateActions,
        jobs: Jobs,
        choose: ChooseFile = choose_file,
        code: str = "",
        *,
        promises: bool = True,
    ) -> None:
        row = FileRow("Word 文件（docx）")
        super().__init__("导入承诺书模板", jobs, choose, row, unit="步", width=WIDTH, height=HEIGHT)
        self._actions = actions
        self._checked: CheckedLetter | None = None
        self._keeping = False
        self._named = ""
        self.kind = Choice(_KINDS, label="按什么校核", digits=False)
        self.kind.set_chosen(_PROMISE if promises else _OTHER)
        self.code = Field("模板代号，事项标准里“承诺书范本”填的就是它")
        self.code.set_value(code)
        self.name = Field("名称")
        self.verdict = Label(size=13, bold=True, wrap=True)
        self.marks = Label(size=12, tone="t2", wrap=True)
        self.findings = ReasonList("校核")
        self.view = PageView(jobs, name="样张", fit=Fit.WIDTH)
        self._lay_out()
        self.kind.picked.connect(lambda _: self._on_named())
        self.view.show_words("校核以后，这里是按示例办件填好的样张")
        self._ready()

    def _lay_out(self) -> None:
        about = "部门给的 Word 文件，填空处写成【字段】。先校核、看样张再导入；随时按 Esc 离开，什么都不留"
        kind = QHBoxLayout()
        kind.addWidget(self.kind)
        kind.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        left.addWidget(Label(about, size=12, tone="t3", wrap=True))
        left.addWidget(self.row)
        left.addLayout(kind)
        left.addWidget(self.code)
        left.addWidget(self.name)
        left.addWidget(self.verdict)
        left.addWidget(self.marks)
        left.addWidget(scrolled(self.findings), 1)
        both = QHBoxLayout()
        both.setSpacing(theme.px(12))
        both.addLayout(left, 5)
        both.addWidget(Line(upright=True))
        both.addWidget(self.view, 5)
        self.body.addLayout(both, 1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.work, 1)
        self.foot.addWidget(self.button)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            *super().acts(),
            Act(name="再校核一次", key="F5", trigger=self.check),
            *self.view.acts(),
        )

    @override
    def _do_next(self) -> None:
        if self._checked is None:
            self.check()
        else:
            self._keep(self._checked)

    def check(self) -> None:
        """Read and check the file as it is on the disk now."""
        path = self.row.field.value()
        if not path or self.work.running or self._keeping:
            return
        self._on_named()
        promises = self.kind.chosen() == _PROMISE

        def work(go_on: GoOn) -> Checked | None:
            return self._actions.check(path, promises, PICTURE_WIDTH, go_on)

        self.work.begin("正在校核、填样张", work, self._on_checked, self._on_trouble)

    def _on_checked(self, found: Checked | None) -> None:
        if found is None:
            self.work.say("停下了，什么都没有留下")
            return
        checked, pages = found
        self._checked = checked
        bad = sum(one.kind.refuses for one in checked.faults)
        hints = len(checked.faults) - bad
        words = f"{bad} 处不能用，{hints} 处提示" if checked.faults else "校核没有发现问题"
        self.verdict.setText(words)
        self.verdict.set_tone("bad" if bad else "warn" if hints else "ok")
        self.marks.setText(_marks_of(checked))
        self.findings.show_lines(finding_lines(checked.faults))
        if pages:
            self.view.show_pages(pages)
        else:
            self.view.show_words("有不能用的地方，改好 Word 文件再看样张")
        if self.name.value() in {"", self._named}:
            self._named = checked.title
            self.name.set_value(checked.title)
        self._show()
        if not checked.refused and not self.code.value():
            self.code.focus_editor()

    def _keep(self, checked: CheckedLetter) -> None:
        self._keeping = True
        self._show()
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.take, checked, self.code.value(), self.name.value()),
            owner=self,
            then=self._on_kept,
            failed=self._on_trouble,
        )

    def _on_kept(self, one: LetterTemplate) -> None:
        self._keeping = False
        self.close_dialog()
        self.taken.emit(one)

    def _on_trouble(self, error: ClerkError) -> None:
        self._keeping = False
        self._show()
        if isinstance(error, TemplateFaulty):
            self.findings.show_lines(finding_lines(error.faults))
        self.notice.show_error(error)

    @override
    def _show(self) -> None:
        super()._show()
        self.kind.setEnabled(not self.work.running)

    @override
    def _on_named(self) -> None:
        self._checked = None
        self.notice.clear()
        self.verdict.setText("")
        self.marks.setText("")
        self.findings.show_lines(())
        self.view.show_words("校核以后，这里是按示例办件填好的样张")
        self._show()

    @override
    def _next_name(self) -> str:
        return "校核" if self._checked is None else "导入"

    @override
    def _lacking(self) -> str:
        if self._keeping:
            return "正在导入"
        if not self.row.field.value():
            return "还没选文件"
        if self._checked is not None and self._checked.refused:
            return "有不能用的地方，改好 Word 文件，按 F5 再校核一次"
        return ""


def _marks_of(checked: CheckedLetter) -> str:
    """What is filled in, or how to go on where the file may not be used."""
    if checked.refused:
        return "改好 Word 文件，按 F5 再校核一次"
    return "填空：" + "、".join(checked.fields) if checked.fields else "没有填空"
