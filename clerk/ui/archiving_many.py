"""归档已办结的件: many packages one after the other, with progress, until done or stopped."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from clerk.domain.errors import ClerkError, NotAcceptable
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import ArchiveActions
from clerk.ui.acts import Act
from clerk.ui.archiving import ChooseFolder, FolderField, choose_folder
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Label, Notice, open_dialog
from clerk.ui.widgets.spinner import Progress

_NAMED = 5
"""So many cases that did not go are named; the rest is counted."""


class ArchiveManyDialog(Dialog):
    """Packs every closed case that waits. Each case is whole or not begun; Esc stops after one.

    A case in which a must of the review fails is left out: its reason is written one by one.
    """

    def __init__(
        self, actions: ArchiveActions, jobs: Jobs, folder: ChooseFolder = choose_folder
    ) -> None:
        super().__init__("归档已办结的件", width=620, height=360)
        self._actions, self._jobs = actions, jobs
        self._left: list[UUID] = []
        self._all = self._made = 0
        self._refused: list[str] = []
        self._into = ""
        self._running = False
        self.place = FolderField(folder)
        self.words = Label("正在数", size=14, wrap=True)
        self.progress = Progress()
        self.refusals = Label(size=13, tone="t2", wrap=True)
        self.notice = Notice("bad")
        self.button = Button("开始归档", key="F9", kind="compact")
        self._lay_out()
        self.button.clicked.connect(self.go_on)
        self.closed.connect(self._stop)
        jobs.run(
            Lane.COUNT,
            partial(_look, actions),
            owner=self,
            then=self._on_counted,
            failed=self._on_trouble,
        )

    def _lay_out(self) -> None:
        self.body.addWidget(self.words)
        self.body.addWidget(self.place)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.refusals)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.setEnabled(False)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name=lambda: "停下" if self._running else "开始归档",
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
                enabled=self.button.isEnabled,
                why_not=lambda: "没有等归档的件",
            ),
            Act(name="选文件夹", key="Ctrl+O", trigger=self.place.choose),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.button

    def _on_counted(self, seen: tuple[Sequence[UUID], str]) -> None:
        self._left = list(seen[0])
        self.place.offer(seen[1])
        self._all = len(self._left)
        self.button.setEnabled(bool(self._left))
        self.words.setText(
            f"有 {self._all} 件已办结，还没归档" if self._left else "已办结的件都归档了"
        )
        if self._left:
            self.place.field.focus_editor()

    def go_on(self) -> None:
        """Begin in the folder that is named, or stop after the case that is being packed."""
        if self._running:
            self._running = False
            self.button.setEnabled(False)
            self.words.setText("做完这一件就停")
            return
        if not self._left:
            return
        self._into = self.place.folder()
        if not self._into:
            self.notice.show_trouble("还没写放在哪个文件夹", "没有归档。", "写上再按 F9")
            self.place.field.focus_editor()
            return
        self.notice.clear()
        self._running = True
        self.button.setText("停下")
        self._next()

    def _next(self) -> None:
        case_id = self._left.pop(0)
        self._jobs.run(
            Lane.AHEAD,
            partial(self._actions.archive, case_id, self._into, ""),
            owner=self,
            then=self._on_archived,
            failed=self._on_refused,
        )

    def _on_archived(self, _: str) -> None:
        self._made += 1
        self._go_on()

    def _on_refused(self, error: ClerkError) -> None:
        """A file that fails its review is left out; any other trouble would meet the next too."""
        self._refused.append(str(error))
        if not isinstance(error, NotAcceptable):
            self._running = False
            self._on_trouble(error)
        self._go_on()

    def _go_on(self) -> None:
        done = self._all - len(self._left)
        self.progress.set_fraction(done / self._all)
        self.words.setText(f"{self._all} 件里归档了 {self._made} 件")
        named = "\n".join(self._refused[:_NAMED])
        more = len(self._refused) - _NAMED
        self.refusals.setText(f"{named}\n另有 {more} 件没有归档" if more > 0 else named)
        if self._running and self._left:
            self._next()
            return
        self._running = False
        self.button.setText("开始归档")
        self.button.setEnabled(bool(self._left))

    def _on_trouble(self, error: ClerkError) -> None:
        self.notice.show_error(error)

    def _stop(self) -> None:
        """Stop after the case that is being packed."""
        self._running = False


def _look(actions: ArchiveActions) -> tuple[Sequence[UUID], str]:
    """Count what waits and say where packages went last; runs in the COUNT lane."""
    return actions.waiting(), actions.last_folder()


class ArchiveWork(QObject):
    """Opens the packing of all closed cases; who may, is asked again by every use case."""

    def __init__(self, host: QWidget, actions: ArchiveActions, jobs: Jobs) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs = host, actions, jobs

    def open(self) -> None:
        """Show the dialog; it counts what waits by itself."""
        open_dialog(self._host, ArchiveManyDialog(self._actions, self._jobs))
