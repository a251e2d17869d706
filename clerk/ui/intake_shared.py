"""核共享数据: what a source is asked about whom, by what right, and its answer taken over."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from clerk.domain.case import Case
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.form import asked_of, facts_of
from clerk.domain.identity import Act as Right
from clerk.domain.shared_asking import sources_of, standing_answer, subject_of
from clerk.domain.shared_data import SharedAnswer, SharedBasis, SharedOutcome, SharedSource
from clerk.domain.shared_taking import with_answer
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import IntakeActions
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import TickList
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Label, Notice, Spinner
from clerk.wording_shared import RIGHTS, SOURCES, answer_words, source_line

_WITHOUT_DUTY = frozenset({SharedBasis.CONSENT})
_FIXED_HEIGHT, _LINE_HEIGHT = 300, 40
_KINDS = {
    SharedOutcome.FOUND: "ok",
    SharedOutcome.NOT_FOUND: "warn",
    SharedOutcome.NO_ANSWER: "bad",
}


class SharedDataDialog(Dialog):
    """Which source and by what right, by digits and arrows; F9 asks, the answer stands below.

    ``ask`` gets source, basis and reason; the answer comes back through ``show_answer``.
    """

    def __init__(
        self,
        case: Callable[[], Case],
        sources: Sequence[SharedSource],
        rights: Sequence[tuple[SharedBasis, str]],
        ask: Callable[[SharedSource, SharedBasis, str], None],
    ) -> None:
        tall = _FIXED_HEIGHT + _LINE_HEIGHT * (len(sources) + len(rights))
        super().__init__("核共享数据", width=640, height=tall)
        self._case, self._sources, self._rights, self._ask = case, sources, tuple(rights), ask
        self._busy = False
        self.sources = TickList(self._lines(), many=False, name="核哪一类")
        self.rights = TickList([words for _, words in self._rights], many=False, name="依据")
        if len(sources) == 1:
            self.sources.toggle(0)
        self.notice = Notice("bad")
        self.spinner = Spinner()
        self.button = Button("核验", key="F9", kind="compact")
        self.body.addWidget(Label("核哪一类", bold=True))
        self.body.addWidget(self.sources)
        self.body.addWidget(Label("凭什么核，没有同意也没有职责的不能核", bold=True))
        self.body.addWidget(self.rights)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        self.foot.addWidget(self.spinner)
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.confirm)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="核验", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.confirm),
            Act(name="选一类、选依据", key="1–9", trigger=self.sources.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.rights if len(self._sources) == 1 else self.sources

    def _lines(self) -> list[str]:
        case = self._case()
        lines = []
        for source in self._sources:
            subject = subject_of(case, source)
            about = subject.name if subject else ""
            lines.append(source_line(source, about, standing_answer(case, source)))
        return lines

    def confirm(self) -> None:
        """Ask the source that is chosen, by the right that is chosen."""
        if self._busy:
            return
        sources, rights = self.sources.chosen(), self.rights.chosen()
        self.notice.set_kind("bad")
        if not sources:
            self.notice.show_trouble("还没选核哪一类", "没有查询", "按数字选一类")
            self.sources.setFocus()
        elif not rights:
            self.notice.show_trouble("还没选凭什么核", "没有查询", "按数字选同意或职责")
            self.rights.setFocus()
        else:
            self._busy = True
            self.notice.clear()
            source = self._sources[sources[0]]
            self.spinner.start(f"正在核{SOURCES[source]}")
            self._ask(source, *self._rights[rights[0]])

    def show_answer(self, answer: SharedAnswer) -> None:
        """Show what the source said, after it was taken over."""
        self._stop()
        chosen = self.sources.chosen()
        self.sources.show_texts(self._lines())
        for place in chosen:
            self.sources.toggle(place)
        self.notice.set_kind(_KINDS[answer.outcome])
        self.notice.show_trouble(*answer_words(answer))

    def show_failed(self, error: ClerkError) -> None:
        """Say what did not work; nothing was asked."""
        self._stop()
        self.notice.set_kind("bad")
        self.notice.show_error(error)

    def _stop(self) -> None:
        self._busy = False
        self.spinner.stop()


class SharedDataWork(QObject):
    """Opens the dialog for the case in front and takes the answers over, also late ones."""

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        actions: IntakeActions,
        frame: IntakeFrame,
        desk: IntakeDesk,
    ) -> None:
        super().__init__(host)
        self._host, self._jobs, self._actions = host, jobs, actions
        self._frame, self._desk = frame, desk

    def why_not(self) -> str:
        """Why there is nothing to ask; empty where there is."""
        opened = self._desk.current
        if opened is None:
            return "还没有开件。放上身份证，或按 F2 搜事项"
        if not opened.editable:
            return "这件已经收下，不再核共享数据"
        return "" if sources_of(opened.standard) else "这个事项没有可核的共享数据"

    def open(self) -> None:
        """Ask which source and by what right (Ctrl U)."""
        opened = self._desk.current
        if opened is None or self.why_not():
            return
        may_by_duty = self._actions.here.session.may(Right.CALL_BY_DUTY)
        rights = RIGHTS if may_by_duty else [one for one in RIGHTS if one[0] in _WITHOUT_DUTY]
        dialog = SharedDataDialog(
            lambda: opened.case,
            sources_of(opened.standard),
            rights,
            lambda *said: self._ask(opened, dialog, *said),
        )
        self._frame.open_dialog(self._host, dialog)

    def _ask(
        self,
        opened: OpenCase,
        dialog: SharedDataDialog,
        source: SharedSource,
        basis: SharedBasis,
        reason: str,
    ) -> None:
        self._jobs.run(
            Lane.CERTIFICATES,
            partial(self._actions.ask_shared_data, opened.case, source, basis, reason),
            owner=dialog,
            then=partial(self._on_answer, opened, dialog),
            failed=dialog.show_failed,
        )

    def _on_answer(self, opened: OpenCase, dialog: SharedDataDialog, answer: SharedAnswer) -> None:
        if opened.editable:
            here = self._actions.here
            now = here.now()
            asked = asked_of(opened.standard, facts_of(opened.case, local_date(now), here.calendar))
            after = with_answer(asked, opened.case, answer, here.session, now)
            self._desk.apply(opened, after)
        dialog.show_answer(answer)
