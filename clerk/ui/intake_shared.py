"""核共享数据: what a source is asked about whom, by what right, and its answer taken over.

A source that is silent is asked again by itself, under the same word of the same person, until it
answers, the case is taken in or half an hour is over.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PyQt6 import sip
from PyQt6.QtWidgets import QWidget

from clerk.domain.case import Case
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError
from clerk.domain.form import Asked, asked_of, facts_of
from clerk.domain.identity import Act as Right
from clerk.domain.shared_asking import sources_of, standing_answer, subject_of
from clerk.domain.shared_data import SharedAnswer, SharedBasis, SharedOutcome, SharedSource
from clerk.domain.shared_taking import with_answer, with_objection
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import IntakeActions
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import TickList
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_dialogs import ReasonDialog
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.intake_part import IntakePart
from clerk.ui.overriding import override
from clerk.ui.timers import timer
from clerk.ui.widgets import Button, Dialog, Label, Notice, Spinner
from clerk.values import dataclass, replace
from clerk.wording_shared import OBJECTED, RIGHTS, SOURCES, answer_words, source_line

_WITHOUT_DUTY = frozenset({SharedBasis.CONSENT})
_FIXED_HEIGHT, _LINE_HEIGHT = 300, 40
RETRY_MS: Final = 60_000
_LONGEST: Final = timedelta(minutes=30)
_KINDS = {
    SharedOutcome.FOUND: "ok",
    SharedOutcome.NOT_FOUND: "warn",
    SharedOutcome.NO_ANSWER: "bad",
}


class SharedDataDialog(Dialog):
    """Which source and by what right, by digits and arrows; F9 asks, the answer stands below.

    ``ask`` gets source, basis and reason; the answer comes back through ``show_answer``.
    ``object_to`` is called with a source whose word the person contests. ``first`` is chosen when
    the dialog opens.
    """

    def __init__(
        self,
        case: Callable[[], Case],
        sources: Sequence[SharedSource],
        rights: Sequence[tuple[SharedBasis, str]],
        ask: Callable[[SharedSource, SharedBasis, str], None],
        object_to: Callable[[SharedSource], None],
        first: SharedSource | None = None,
    ) -> None:
        tall = _FIXED_HEIGHT + _LINE_HEIGHT * (len(sources) + len(rights))
        super().__init__("核共享数据", width=640, height=tall)
        self._case, self._sources, self._rights, self._ask = case, sources, tuple(rights), ask
        self._object_to = object_to
        self._busy = False
        self.sources = TickList(self._lines(), many=False, name="核哪一类")
        self.rights = TickList([words for _, words in self._rights], many=False, name="依据")
        if first is not None or len(sources) == 1:
            self.sources.toggle(sources.index(first) if first is not None else 0)
        self.notice = Notice("bad")
        self.spinner = Spinner()
        self.button = Button("核验", key="F9", kind="compact")
        self.objection = Button("有异议", key="Alt O")
        self.body.addWidget(Label("核哪一类", bold=True))
        self.body.addWidget(self.sources)
        self.body.addWidget(Label("凭什么核，没有同意也没有职责的不能核", bold=True))
        self.body.addWidget(self.rights)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        self.foot.addWidget(self.spinner)
        self.foot.addStretch(1)
        self.foot.addWidget(self.objection)
        self.foot.addWidget(self.button)
        self.button.clicked.connect(self.confirm)
        self.objection.clicked.connect(self.object_to)

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(name="核验", key="F9", also=("Ctrl+Return", "Ctrl+Enter"), trigger=self.confirm),
            Act(name="申请人有异议", key="Alt+O", trigger=self.object_to),
            Act(name="选一类、选依据", key="1–9", trigger=self.sources.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.rights if self.sources.chosen() else self.sources

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

    def object_to(self) -> None:
        """The person says otherwise than the source that is chosen."""
        chosen = self.sources.chosen()
        answer = standing_answer(self._case(), self._sources[chosen[0]]) if chosen else None
        if answer is None or not answer.proves:
            self.notice.set_kind("bad")
            self.notice.show_trouble("选一类查到的数据，再提异议", "没有改动")
            return
        self.close_dialog()
        self._object_to(answer.source)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """One question as it was put; ``row`` is the material it was asked for, if any."""

    opened: OpenCase
    source: SharedSource
    basis: SharedBasis
    reason: str
    row: str
    since: datetime

    @property
    def key(self) -> tuple[str, SharedSource]:
        """By what it is found among those that are silent."""
        return self.opened.key, self.source


class SharedDataWork(IntakePart):
    """Opens the dialog for the case in front and takes the answers over, also late ones."""

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        actions: IntakeActions,
        frame: IntakeFrame,
        desk: IntakeDesk,
    ) -> None:
        super().__init__(host, jobs, actions, frame, desk)
        self._silent: dict[tuple[str, SharedSource], _Asking] = {}
        self._again = timer(self, RETRY_MS, self.ask_again)

    def why_not(self) -> str:
        """Why there is nothing to ask; empty where there is."""
        opened = self._desk.current
        if opened is None:
            return "还没有开件。放上身份证，或按 F2 搜事项"
        if not opened.editable:
            return "这件已经收下，不再核共享数据"
        return "" if sources_of(self._asked(opened)) else "这件的情形没有可核的共享数据"

    def open(self, row: str = "") -> None:
        """Ask which source and by what right (Ctrl U); the source of material ``row`` is chosen."""
        opened = self._desk.current
        if opened is None or self.why_not():
            return
        may_by_duty = self._actions.here.session.may(Right.CALL_BY_DUTY)
        rights = RIGHTS if may_by_duty else [one for one in RIGHTS if one[0] in _WITHOUT_DUTY]
        first = opened.standard.requirement(row).shared_source if row else None

        def ask(source: SharedSource, basis: SharedBasis, reason: str) -> None:
            self._ask(
                _Asking(
                    opened=opened,
                    source=source,
                    basis=basis,
                    reason=reason,
                    row=row if source is first else "",
                    since=self._actions.here.now(),
                ),
                dialog,
            )

        dialog = SharedDataDialog(
            lambda: opened.case,
            sources_of(self._asked(opened)),
            rights,
            ask,
            lambda source: self._object_to(opened, source),
            first,
        )
        self._frame.open_dialog(self._host, dialog)

    def ask_again(self) -> None:
        """Ask the silent sources once more, for as long as the word that was given carries."""
        now = self._actions.here.now()
        for key, asking in list(self._silent.items()):
            held = asking.opened in self._desk.cases and asking.opened.editable
            if held and now - asking.since < _LONGEST:
                self._ask(replace(asking, row=""), None)  # what was handed in meanwhile stays
            else:
                del self._silent[key]
        if not self._silent:
            self._again.stop()

    def _ask(self, asking: _Asking, dialog: SharedDataDialog | None) -> None:
        def failed(error: ClerkError) -> None:
            self._silent.pop(asking.key, None)
            if dialog is not None and not sip.isdeleted(dialog):
                dialog.show_failed(error)

        case = asking.opened.case
        self._jobs.run(
            Lane.CERTIFICATES,
            partial(
                self._actions.ask_shared_data, case, asking.source, asking.basis, asking.reason
            ),
            owner=self,
            then=partial(self._on_answer, asking, dialog),
            failed=failed,
        )

    def _on_answer(
        self, asking: _Asking, dialog: SharedDataDialog | None, answer: SharedAnswer
    ) -> None:
        opened = asking.opened
        if opened.editable and opened in self._desk.cases:
            here = self._actions.here
            asked, now = self._asked(opened), here.now()
            after = with_answer(asked, opened.case, answer, here.session, now, asking.row)
            self._desk.apply(opened, after)
        if answer.outcome is SharedOutcome.NO_ANSWER:
            self._silent[asking.key] = asking
            self._again.start()
        elif self._silent.pop(asking.key, None) is not None:
            self._frame.say(f"{SOURCES[answer.source]}接通了，{answer_words(answer)[0]}")
        if dialog is not None and not sip.isdeleted(dialog):
            dialog.show_answer(answer)

    def _object_to(self, opened: OpenCase, source: SharedSource) -> None:
        here = self._actions.here

        def take(words: str) -> None:
            asked = self._asked(opened)
            self._desk.edit(
                lambda case: with_objection(asked, case, source, words, here.session, here.now()),
                undo_words=f"对{SOURCES[source]}的异议",
            )
            self._frame.say(OBJECTED.format(name=SOURCES[source]))

        said = "写明哪里不对、申请人怎么说。不再凭它，改收纸质材料；源头更正后再核"
        dialog = ReasonDialog(f"对{SOURCES[source]}有异议", said, take, words="记下异议")
        self._frame.open_dialog(self._host, dialog)

    def _asked(self, opened: OpenCase) -> Asked:
        here = self._actions.here
        facts = facts_of(opened.case, local_date(here.now()), here.calendar)
        return asked_of(opened.standard, facts)
