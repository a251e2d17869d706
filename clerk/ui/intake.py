"""受理: decide on one application without leaving the screen."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication, QStackedLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.days import local_date, local_time
from clerk.domain.errors import ClerkError
from clerk.domain.findings import NextAct, Remedy
from clerk.domain.intake import with_answer, with_value
from clerk.domain.issued import PageImage
from clerk.domain.party import Source
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import IntakeActions
from clerk.ui.acts import Act
from clerk.ui.intake_acts import intake_acts
from clerk.ui.intake_bars import IntakeBars
from clerk.ui.intake_body import IntakeBody
from clerk.ui.intake_decision import DecisionWork
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_dialogs import ReasonsDialog
from clerk.ui.intake_drafts import IDLE_MS, MOST_MS
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.intake_idle import IdleView
from clerk.ui.intake_people_work import PeopleWork
from clerk.ui.intake_stops import Region, Stop, next_stop
from clerk.ui.intake_strip import THUMBNAIL_WIDTH
from clerk.ui.intake_work import MaterialWork
from clerk.ui.page import Page

POLL_MS = 500
_MAKE_MS = 300
_KEYS_OF_REMEDIES = {
    Remedy.SCAN: "1",
    Remedy.CHOOSE_FILE: "2",
    Remedy.CALL_CERTIFICATE: "3",
    Remedy.PROMISE: "4",
    Remedy.DEFER: "5",
    Remedy.TAKE_PAPER: "8",
}


class IntakePage(Page):
    """The page of open cases; each edit is a pure function, saved in the background.

    Needs everything it may call in ``actions`` and the ways out in ``frame``.
    """

    def __init__(
        self,
        jobs: Jobs,
        actions: IntakeActions,
        frame: IntakeFrame,
        *,
        idle_ms: int = IDLE_MS,
        most_ms: int = MOST_MS,
        poll_ms: int = POLL_MS,
    ) -> None:
        super().__init__("受理")
        self._jobs, self._actions, self._frame = jobs, actions, frame
        self._started = self._unsaved = False
        self._thumbnails: dict[str, PageImage] = {}
        self.body = IntakeBody(self._today)
        self.idle = IdleView()
        self.desk = IntakeDesk(
            jobs,
            actions,
            half_typed=self.body.form.half_typed,
            idle_ms=idle_ms,
            most_ms=most_ms,
            parent=self,
        )
        self.bars = IntakeBars(actions.find_items)
        self.people = PeopleWork(self, jobs, actions, frame, self.desk, poll_ms=poll_ms)
        self.materials = MaterialWork(self, jobs, actions, frame, self.desk, next_gap=self.go_on)
        self.decision = DecisionWork(self, jobs, actions, frame, self.desk)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.idle)
        self._stack.addWidget(self.body)
        self._make_soon = QTimer(self)
        self._make_soon.setSingleShot(True)
        self._make_soon.setInterval(_MAKE_MS)
        self._make_soon.timeout.connect(self.desk.make_application)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._on_second)
        self._connect()
        self._on_turned()

    def _connect(self) -> None:
        desk, body, bars = self.desk, self.body, self.bars
        desk.changed.connect(self._show)
        desk.turned.connect(self._on_turned)
        desk.said.connect(self._frame.say)
        desk.failed.connect(self._on_failed)
        desk.drafts.saved.connect(self._on_saved)
        desk.drafts.failed.connect(self._on_unsaved)
        body.questions.picked.connect(self._on_picked)
        body.form.committed.connect(self._on_committed)
        body.form.taken.connect(self._on_taken)
        body.form.typed.connect(self._on_typed)
        body.form.next_gap.connect(self.go_on)
        body.materials.act.connect(self.materials.act)
        body.materials.point.connect(self.materials.turn_point)
        body.page_wanted.connect(self._load_thumbnail)
        body.verdict.repair.connect(self._on_repair)
        body.verdict.reasons_wanted.connect(self.open_reasons)
        self.people.connect_card(body.applicant)
        bars.tabs.chosen.connect(self.choose)
        bars.tabs.new_wanted.connect(self.start_new)
        bars.search.chosen.connect(self.open_item)
        bars.park.clicked.connect(self.park)
        bars.other.clicked.connect(self.open_menu)
        bars.primary.clicked.connect(self.decide)
        self.decision.ended.connect(self._on_ended)

    # What the shell asks

    def top_bar(self) -> QWidget:
        return self.bars.top

    def action_bar(self) -> QWidget:
        return self.bars.foot

    def acts(self) -> Sequence[Act]:
        return intake_acts(self)

    def regions(self) -> Sequence[QWidget]:
        return self.body.regions() if self.desk.current else (self.idle, self.bars.search)

    def entered(self) -> None:
        """Take up the drafts once, and look for cards while the page is in front."""
        if not self._started:
            self._started = True
            self.desk.start()
        self.people.watch()
        self._second.start()

    def first_focus(self) -> QWidget | None:
        """The first gap, or the decision when there is none."""
        opened = self.desk.current
        if opened is None:
            return self.bars.search.editor
        stop = next_stop(opened, None, 1)
        if stop is not None and self.body.go_to(stop):
            return QApplication.focusWidget()
        return self.bars.primary

    # Acts

    def open_item(self, hit: object) -> None:
        """Open a case of the item that was found."""
        self.desk.open_item(str(hit))
        self._focus_first()

    def open_case(self, case: Case) -> None:
        """Bring a stored case to the front, from a list of another page."""
        opened = next((one for one in self.desk.cases if one.key == str(case.case_id)), None)
        if opened is not None:
            self.desk.bring_up(opened)
        else:
            self.desk.take_loaded(case)
        self._focus_first()

    def choose(self, key: str) -> None:
        """Go to another tab."""
        self.body.form.commit()
        self.desk.choose(key)
        self._focus_first()

    def start_new(self) -> None:
        """Park the case in front and ask for an item (Ctrl N)."""
        self.body.form.commit()
        self.idle.forget()
        self.desk.bring_up(None)
        self.bars.search.editor.setFocus()

    def park(self) -> None:
        """Put the case aside (Ctrl W); it stays among the tabs."""
        if self.desk.current is not None:
            self.start_new()

    def next_tab(self, step: int) -> None:
        """Go round the tabs."""
        key = self.bars.tabs.next_key(step)
        if key:
            self.choose(key)

    def search(self) -> None:
        """Look for an item (F2)."""
        self.bars.search.editor.setFocus()
        self.bars.search.editor.selectAll()

    def go_on(self) -> None:
        """Go to the next gap, after the last one to the decision."""
        self._go(1, wrap=False)

    def go_to_gap(self, step: int) -> None:
        """Go to the next or the previous gap, round the end (F4)."""
        self.body.form.commit()
        self._go(step, wrap=True)

    def _go(self, step: int, *, wrap: bool) -> None:
        opened = self.desk.current
        if opened is None:
            self.search()
            return
        here = self.body.focused_stop(QApplication.focusWidget())
        stop = next_stop(opened, here, step, wrap=wrap) or next_stop(opened, None, step)
        if stop is None or not self.body.go_to(stop):
            self.bars.primary.setFocus()

    def act_on_material(self, key: str) -> None:
        """Do what a digit does, from anywhere (F7, F8, Ctrl O)."""
        code = self.body.materials.current()
        if code:
            self.materials.act(key, code)

    def decide(self) -> None:
        """The one decision (F9)."""
        self.body.form.commit()
        opened = self.desk.current
        if opened is None:
            self.search()
        elif not opened.editable:
            self._frame.say(opened.closed_because or "这件已经收下，在办件里看进度")
        elif opened.verdict.act is NextAct.NEXT_GAP:
            self.desk.make_application()
            self._go(1, wrap=True)
        else:
            self.decision.decide(opened)

    def open_menu(self) -> None:
        """Other ways to end the intake (Shift F9)."""
        self.body.form.commit()
        if self.desk.current is not None:
            self.decision.open_menu(self.desk.current)

    def open_reasons(self) -> None:
        """Every check with its reason and clause (Ctrl I)."""
        if self.desk.current is not None:
            self._frame.open_dialog(self, ReasonsDialog(self.desk.current.verdict))

    def show_all_fields(self) -> None:
        """Show every line of the form, or only what matters again (Ctrl M)."""
        self.body.form.show_all(not self.body.form.shows_all())

    def undo(self) -> None:
        """Take back the last act on a material (Ctrl Z)."""
        opened = self.desk.current
        if opened is not None and opened.before is not None:
            self._frame.say(f"已撤回：{opened.before_words}")
            self.desk.undo()

    # What happens

    def _today(self) -> date:
        return local_date(self._actions.here.now())

    def _show(self) -> None:
        opened = self.desk.current
        self._stack.setCurrentWidget(self.body if opened else self.idle)
        self.bars.show_case(opened)
        if opened is None:
            self.idle.show_waiting(self.desk.waiting)
            return
        self.body.show_case(opened, self._actions.here)
        self._make_soon.start()

    def _on_turned(self) -> None:
        self.body.notice.clear()
        self.bars.show_tabs(self.desk, self._actions.here.now())
        self._show()
        self.acts_changed.emit()

    def _focus_first(self) -> None:
        if self.isVisible():
            first = self.first_focus()
            if first is not None:
                first.setFocus()

    def _on_picked(self, question: str, option: str) -> None:
        at = self._actions.here.now()
        self.desk.edit(lambda case: with_answer(case, question, option, at))
        opened = self.desk.current
        if opened is not None:
            stop = next_stop(opened, Stop(Region.QUESTION, question), 1, wrap=False)
            if stop is not None:
                self.body.go_to(stop)

    def _on_committed(self, code: str, text: str) -> None:
        at = self._actions.here.now()
        self.desk.edit(lambda case: with_value(case, code, text, at))

    def _on_taken(self, code: str) -> None:
        """Take the value of an earlier case that was offered under the field."""
        opened = self.desk.current
        offer = opened.offers.get(code) if opened else None
        if offer is not None:
            self.desk.edit(
                lambda case: with_value(case, code, offer.value, offer.at, Source.EARLIER)
            )
            self.go_on()

    def _on_typed(self) -> None:
        if self.desk.current is not None and self.desk.current.editable:
            self.desk.drafts.touch(self.desk.current)

    def _on_repair(self, remedy: Remedy, subject: str) -> None:
        opened = self.desk.current
        if opened is None:
            return
        if remedy in _KEYS_OF_REMEDIES and subject in opened.verdict.asked:
            self.body.materials.focus_row(subject)
            self.materials.act(_KEYS_OF_REMEDIES[remedy], subject)
        elif remedy is Remedy.READ_CARD:
            self.people.read()
        elif remedy is Remedy.TYPE_APPLICANT:
            self.people.type_applicant()
        elif remedy is Remedy.DECLINE:
            self.decision.decide(opened)
        elif remedy is Remedy.SIGN and subject not in opened.verdict.asked:
            self.people.open_handler()
        elif subject in opened.verdict.asked:
            self.body.go_to(Stop(Region.MATERIAL, subject))
        elif subject in opened.verdict.questions:
            self.body.go_to(Stop(Region.QUESTION, subject))
        else:
            self.body.go_to(Stop(Region.FIELD, subject))

    def _on_saved(self, _opened: OpenCase) -> None:
        self._frame.show_saved(f"草稿已存 {local_time(self._actions.here.now()):%H:%M:%S}")

        if self._unsaved:
            self._unsaved = False
            self.body.notice.clear()

    def _on_unsaved(self) -> None:
        """The notice says so until the next write succeeds."""
        self._unsaved = True

    def _on_failed(self, error: ClerkError) -> None:
        if self.desk.current is None:
            self._frame.say(str(error))
        else:
            self.body.notice.show_error(error)

    def _on_ended(self, title: str, hint: str) -> None:
        self.body.notice.clear()
        self.idle.show_result(title, hint)
        self._frame.show_saved("")

    def _on_second(self) -> None:
        opened = self.desk.current
        if opened is not None and self.isVisible():
            opened.spent_seconds += 1
            self.bars.show_time(opened)

    # Pictures

    def _load_thumbnail(self, code: str) -> None:
        opened = self.desk.current
        held = opened.case.evidence.get(code) if opened else None
        if held is None or not held.files:
            return
        file = held.files[0]
        if file.sha256 in self._thumbnails:
            self._show_thumbnail(code, file.sha256)
            return
        self.body.materials.strip.page.show_page(None)
        self._jobs.run(
            Lane.PAPER,
            partial(self._actions.files.pages, file, THUMBNAIL_WIDTH * 2),
            owner=self,
            then=partial(self._on_thumbnail, code, file.sha256),
            failed=lambda _error: None,
        )

    def _on_thumbnail(self, code: str, sha256: str, pages: Sequence[PageImage]) -> None:
        if pages:
            self._thumbnails = {**self._thumbnails, sha256: pages[0]}
            self._show_thumbnail(code, sha256)

    def _show_thumbnail(self, code: str, sha256: str) -> None:
        if self.body.materials.current() == code:
            self.body.materials.strip.page.show_page(self._thumbnails[sha256])
