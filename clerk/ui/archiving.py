"""案卷评查 and 归档: what the review of a closed case found, and the package that is made of it."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.errors import ClerkError
from clerk.domain.file_review import FileReview, ReviewResult
from clerk.domain.findings import Outcome
from clerk.domain.identity import Act as Right
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import ArchiveActions
from clerk.ui.acts import Act
from clerk.ui.cases_drawer import Drawer
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Icon, Label, Notice, Spinner

ChooseFolder = Callable[[QWidget], str]

_MARKS = {
    Outcome.FAIL: ("circle-x", "bad", "不合"),
    Outcome.CANNOT_TELL: ("circle-question-mark", "warn", "查不到"),
    Outcome.PASS: ("circle-check", "ok", "通过"),
}
_FIRST = (Outcome.FAIL, Outcome.CANNOT_TELL, Outcome.PASS)


def choose_folder(host: QWidget) -> str:
    """Ask where packages go; empty where the person thought better of it."""
    return QFileDialog.getExistingDirectory(host, "归档包放在哪个文件夹")


class Archiving(QObject):
    """Opens the review of a closed case; ``done`` says what was archived."""

    done = pyqtSignal(str)

    def __init__(
        self,
        host: QWidget,
        actions: ArchiveActions,
        jobs: Jobs,
        open_dialog: Callable[[QWidget, Dialog], None],
        folder: ChooseFolder = choose_folder,
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs = host, actions, jobs
        self._open_dialog, self._folder = open_dialog, folder

    def act(self, current: Callable[[], Case | None]) -> Act:
        """Return the act on whatever case is the current one."""

        def closed() -> bool:
            case = current()
            return case is not None and case.closed

        def begin() -> None:
            case = current()
            if case is not None:
                self.begin(case)

        return Act(
            name="案卷评查、归档",
            key="Ctrl+G",
            trigger=begin,
            enabled=closed,
            why_not=lambda: "先选一件已办结的办件",
        )

    def offer_in(self, drawer: Drawer, current: Callable[[], Case | None]) -> None:
        """Let the drawer of a closed case have a button for it."""
        drawer.reviews = True
        drawer.review_button.clicked.connect(self.act(current).trigger)

    def begin(self, case: Case) -> None:
        """Show the review of the case, with the way to its archive for whoever may."""
        dialog = ArchiveDialog(case, self._actions, self._jobs, self._folder)
        dialog.archived.connect(self.done)
        self._open_dialog(self._host, dialog)


class ArchiveDialog(Dialog):
    """What the review found, what fails first; F9 packs the file where nothing stands against it.

    ``archived`` carries the sentence for the status bar.
    """

    archived = pyqtSignal(str)

    def __init__(
        self,
        case: Case,
        actions: ArchiveActions,
        jobs: Jobs,
        folder: ChooseFolder = choose_folder,
    ) -> None:
        super().__init__("案卷评查", width=760, height=620)
        self._case, self._actions, self._jobs = case, actions, jobs
        self._may = actions.here.session.may(Right.ARCHIVE)
        self._found: FileReview | None = None
        self._busy = False
        self.summary = Label("正在评查", size=13, tone="t2", wrap=True)
        self.list = ReviewList()
        self.reason = Field("有项目不合，仍要归档的理由")
        self.place = FolderField(folder)
        self.notice = Notice("bad")
        self.spinner = Spinner()
        self.button = Button("归档", key="F9", kind="compact")
        self._lay_out()
        self.button.clicked.connect(self.go_on)
        self._read()

    def _lay_out(self) -> None:
        case = self._case
        what = f"{case.label}　{case.item_name}，{case.applicant_name}"
        self.body.addWidget(Label(what, bold=True, elide=True))
        self.body.addWidget(self.summary)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.place)
        self.body.addWidget(self.notice)
        self.reason.hide()
        self.place.setVisible(self._may)
        self.foot.addWidget(self.spinner)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.setVisible(self._may)
        self.button.setEnabled(False)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name="归档",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
                enabled=lambda: self._may and self._found is not None and not self._busy,
                why_not=lambda: "归档由值班长办" if not self._may else "还在评查，稍等",
            ),
            Act(
                name="选文件夹",
                key="Ctrl+O",
                trigger=self.place.choose,
                enabled=lambda: self._may,
            ),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.list

    def _read(self) -> None:
        self._jobs.run(
            Lane.COUNT,
            partial(_look, self._actions, self._case),
            owner=self,
            then=self._on_found,
            failed=self._on_failed,
        )

    def _on_found(self, seen: tuple[FileReview, str]) -> None:
        found, folder = seen
        self._found = found
        self.place.offer(folder)
        self.list.show_review(found)
        self.summary.setText(summary_of(found, archivist=self._may))
        blocked = bool(found.blocking)
        self.reason.setVisible(blocked and self._may)
        self.button.setEnabled(True)
        if self._may:
            (self.reason if blocked else self.place.field).focus_editor()

    def go_on(self) -> None:
        """Make the package in the folder that is named."""
        found = self._found
        if found is None or self._busy or not self._may:
            return
        reason = self.reason.value().strip()
        if found.blocking and not reason:
            self.notice.show_trouble("有必须项不合", "没有归档。", "先补齐，或写明理由再按 F9")
            self.reason.focus_editor()
            return
        folder = self.place.folder()
        if not folder:
            self.notice.show_trouble("还没写放在哪个文件夹", "没有归档。", "写上再按 F9")
            self.place.field.focus_editor()
            return
        self._busy = True
        self.button.setEnabled(False)
        self.spinner.start("正在做归档包")
        self._jobs.run(
            Lane.PAPER,
            partial(self._actions.archive, self._case.case_id, folder, reason),
            owner=self,
            then=self._on_archived,
            failed=self._on_failed,
        )

    def _on_archived(self, packed: str) -> None:
        self.spinner.stop()
        self.close_dialog()
        self.archived.emit(f"{self._case.label}已归档到 {packed}")

    def _on_failed(self, error: ClerkError) -> None:
        self._busy = False
        self.spinner.stop()
        self.button.setEnabled(self._found is not None)
        self.notice.show_error(error)


def _look(actions: ArchiveActions, case: Case) -> tuple[FileReview, str]:
    """Review the file and say where packages went last; runs in the COUNT lane."""
    return actions.review(case.case_id), actions.last_folder()


class FolderField(QWidget):
    """Where packages go: typed, or chosen by Ctrl O."""

    def __init__(self, choose: ChooseFolder = choose_folder) -> None:
        super().__init__()
        self._choose = choose
        self.field = Field("归档包放在哪个文件夹")
        button = Button("选文件夹", key="Ctrl O")
        button.clicked.connect(self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)

    def folder(self) -> str:
        """What is named now."""
        return self.field.value().strip()

    def offer(self, folder: str) -> None:
        """Name the folder of last time, unless somebody has named one meanwhile."""
        if folder and not self.folder():
            self.field.set_value(folder)

    def choose(self) -> None:
        """Let the person choose; thinking better of it changes nothing."""
        chosen = self._choose(self)
        if chosen:
            self.field.set_value(chosen)


def summary_of(found: FileReview, *, archivist: bool) -> str:
    """One sentence above the list: how it came out, and what that means."""
    counted = "，".join(
        f"{found.count(outcome)} 项{_MARKS[outcome][2]}"
        for outcome in reversed(_FIRST)
        if found.count(outcome)
    )
    if not found.blocking:
        return f"{counted}。可以归档" + ("" if archivist else "，由值班长归档")
    must = f"{len(found.blocking)} 项必须补齐"
    return f"{counted}。{must}，" + ("或由你写明理由" if archivist else "或由值班长写明理由")


class ReviewList(QScrollArea):
    """The lines of a review: what fails on top, with what was compared and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("评查结果")

    def show_review(self, found: FileReview) -> None:
        """Show these lines instead of any before."""
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.px(4), theme.px(8), theme.px(4))
        column.setSpacing(theme.px(6))
        for outcome in _FIRST:
            for result in found.results:
                if result.outcome is outcome:
                    column.addWidget(_ReviewLine(result))
        column.addStretch(1)
        self.setWidget(inside)


class _ReviewLine(QWidget):
    """One check: how it came out and what it saw; one that failed says by what law, what to do.

    A passed one is a single text: there are two dozen, and all are laid out in one go.
    """

    def __init__(self, result: ReviewResult) -> None:
        super().__init__()
        icon, tone, words = _MARKS[result.outcome]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(Icon(icon, 16, tone), 0, Qt.AlignmentFlag.AlignTop)
        seen = "；".join(
            f"{one.what} {one.value}" if one.value else one.what for one in result.compared
        )
        if result.outcome is Outcome.PASS:
            passed = f"{result.rule.name}：{seen}" if seen else result.rule.name
            row.addWidget(Label(passed, size=13, tone="t2", wrap=True), 1)
            return
        must = "，必须" if result.rule.must else ""
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        row.addLayout(column, 1)
        column.addWidget(
            Label(f"{result.rule.name}，{words}{must}", size=14, bold=True, tone=tone, wrap=True)
        )
        told = "。".join(
            part for part in (seen, f"依据 {result.rule.basis}", result.rule.remedy) if part
        )
        column.addWidget(Label(told, size=13, tone="t2", wrap=True))
