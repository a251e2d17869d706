"""受理: decide on one application without leaving the screen."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QStackedLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.days import local_date, local_time
from clerk.domain.errors import ClerkError
from clerk.domain.findings import NextAct
from clerk.domain.intake import with_answer, with_value
from clerk.domain.party import Source
from clerk.jobs import Jobs
from clerk.ui.actions import IntakeActions
from clerk.ui.acts import Act
from clerk.ui.guide_work import GuideWork
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
from clerk.ui.intake_pictures import Thumbnails
from clerk.ui.intake_repair import repair
from clerk.ui.intake_stops import Region, Stop, next_stop
from clerk.ui.intake_work import MaterialWork
from clerk.ui.overriding import override
from clerk.ui.page import ActionBar, Page
from clerk.ui.pieces import Pieces
from clerk.ui.timers import timer

POLL_MS = 500
_MAKE_MS = 300


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
        self._started = self._unsaved = self._connected = self._focus_first_due = False
        self._body = IntakeBody(self._today)
        self.idle = IdleView()
        self.desk = IntakeDesk(
            jobs,
            actions,
            half_typed=self._body.half_typed,
            idle_ms=idle_ms,
            most_ms=most_ms,
            parent=self,
        )
        self.bars = IntakeBars(actions.find_items)
        self.people = PeopleWork(self, jobs, actions, frame, self.desk, poll_ms=poll_ms)
        self.materials = MaterialWork(self, jobs, actions, frame, self.desk, next_gap=self.go_on)
        self.decision = DecisionWork(self, jobs, actions, frame, self.desk)
        self._showing = Pieces(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.idle)
        self._stack.addWidget(self._body)
        self._make_soon = timer(self, _MAKE_MS, self._make_ahead, once=True)
        self.guide = GuideWork(self, self._body, jobs, actions.guide, frame)
        self._connect()
        self._show()
        self._on_turned()

    @property
    def body(self) -> IntakeBody:
        """The cards of the case, whole and with everything of the case on them."""
        self._make_body()
        self._showing.finish()
        return self._body

    def making(self) -> Iterator[None]:
        """Make the cards while nobody waits for them; ends when they are made."""
        self._body.prepare()
        while not self._body.is_whole():
            yield

    def _make_body(self) -> None:
        if not self._connected:
            self._connected = True
            self._body.complete()
            self._connect_body(self._body)

    def _connect(self) -> None:
        desk, bars = self.desk, self.bars
        desk.changed.connect(self._show)
        desk.turned.connect(self._on_turned)
        desk.fetched.connect(self._focus_first)
        desk.said.connect(self._frame.say)
        desk.failed.connect(self._on_failed)
        desk.drafts.saved.connect(self._on_saved)
        desk.drafts.failed.connect(self._on_unsaved)
        bars.tabs.chosen.connect(self.choose)
        bars.tabs.new_wanted.connect(self.start_new)
        bars.search.chosen.connect(self.open_item)
        bars.park.clicked.connect(self.park)
        bars.other.clicked.connect(self.open_menu)
        bars.primary.clicked.connect(self.decide)
        self.decision.ended.connect(self._on_ended)

    def _connect_body(self, body: IntakeBody) -> None:
        body.questions.picked.connect(self._on_picked)
        body.form.committed.connect(self._on_committed)
        body.form.taken.connect(self._on_taken)
        body.form.typed.connect(self._on_typed)
        body.form.next_gap.connect(self.go_on)
        body.materials.act.connect(self.materials.act)
        body.materials.given.connect(self.materials.give)
        body.materials.point.connect(self.materials.turn_point)
        body.materials.dated.connect(self.materials.date_paper)
        body.materials.strip.issued_on.next_gap.connect(self.go_on)
        self.materials.date_wanted.connect(body.materials.strip.issued_on.focus_editor)
        self._thumbnails = Thumbnails(self._jobs, self._actions.files, self.desk, body.materials)
        body.page_wanted.connect(self._thumbnails.load)
        body.verdict.repair.connect(partial(repair, self))
        body.verdict.reasons_wanted.connect(self.open_reasons)
        self.people.connect_card(body.applicant)

    # What the shell asks

    def top_bar(self) -> QWidget:
        return self.bars.top

    def action_bar(self) -> ActionBar:
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
        self._body.prepare()
        self.people.watch()
        self.guide.start()
        self._make_soon.start()

    def first_focus(self) -> QWidget | None:
        """The first gap, or the decision when there is none."""
        opened = self.desk.current
        if opened is None or self.guide.on:
            return self.guide.first_focus() if opened else self.bars.search.editor
        stop = next_stop(opened, None, 1)
        if stop is not None and self.go_to(stop):
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
        self._body.commit_typing()
        self.desk.choose(key)
        self._focus_first()

    def start_new(self) -> None:
        """Park the case in front and ask for an item (Ctrl N)."""
        self._body.commit_typing()
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
        self._body.commit_typing()
        self._go(step, wrap=True)

    def _go(self, step: int, *, wrap: bool) -> None:
        opened = self.desk.current
        if opened is None:
            self.search()
            return
        here = self._body.focused_stop(QApplication.focusWidget())
        stop = next_stop(opened, here, step, wrap=wrap) or next_stop(opened, None, step)
        if (wrap or not self.guide.stays(stop)) and (stop is None or not self.go_to(stop)):
            self.bars.primary.setFocus()

    def act_on_material(self, key: str) -> None:
        """Do what a digit does, from anywhere (F7, F8, Ctrl O)."""
        code = self.body.material_in_sight()
        if code:
            self.materials.act(key, code)

    def decide(self) -> None:
        """The one decision (F9)."""
        self._body.commit_typing()
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
        self._body.commit_typing()
        if self.desk.current is not None:
            self.decision.open_menu(self.desk.current)

    def open_reasons(self) -> None:
        """Every check with its reason and clause (Ctrl I)."""
        if self.desk.current is not None:
            self._frame.open_dialog(self, ReasonsDialog(self.desk.current, self._actions.here))

    def reopen_questions(self) -> None:
        """Unfold the questions (Alt Q)."""
        self.body.reopen_questions()

    def show_all_fields(self) -> None:
        """Show every line of the form, or only what matters again (Ctrl M)."""
        self.body.turn_all_fields()

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
        self.bars.show_case(opened)
        if opened is None:
            self._showing.drop()
            self._stack.setCurrentWidget(self.idle)
            self.idle.show_waiting(self.desk.waiting)
            return
        self._showing.begin(self._pieces_of(opened), first_now=True)
        self._make_soon.start()

    def _make_ahead(self) -> None:
        if self.isVisible():
            self.desk.make_application()
            self.decision.foresee()

    def _pieces_of(self, opened: OpenCase) -> Iterator[None]:
        yield from self._body.completing()
        self._make_body()
        self._body.take_room(self.size())
        pieces = self._body.showing(opened, self._actions.here)
        next(pieces, None)
        self._stack.setCurrentWidget(self._body)
        yield
        yield from pieces
        due, self._focus_first_due = self._focus_first_due, False
        if due and self.hasFocus():
            self._focus_on(self.first_focus())

    def _on_turned(self) -> None:
        """Another case is in front or the tabs are others; ``changed`` comes for the case."""
        self._body.clear_notice()
        self.bars.show_tabs(self.desk, self._actions.here.now())

    def _focus_first(self) -> None:
        """Go to the first gap once the case is shown; a key that comes before waits for that."""
        if not self.isVisible():
            return
        if self._showing.busy():
            self._focus_first_due = True
            self.setFocus()
        else:
            self._focus_on(self.first_focus())

    def _focus_on(self, widget: QWidget | None) -> None:
        if widget is not None and self.isVisible():
            widget.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Hand a key that came early to where it belongs, once that stands."""
        if event is None or not self._focus_first_due:
            super().keyPressEvent(event)
            return
        self._showing.finish()
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self:
            QApplication.sendEvent(focus, event)

    def _on_picked(self, question: str, option: str) -> None:
        at = self._actions.here.now()
        self.desk.edit(lambda case: with_answer(case, question, option, at))
        opened = self.desk.current
        if opened is not None:
            stop = next_stop(opened, Stop(Region.QUESTION, question), 1, wrap=False)
            if not self.guide.stays(stop) and stop is not None:
                self.go_to(stop)

    def go_to(self, stop: Stop) -> bool:
        """Put the focus on a place; the questions are there at once, the rest once it is shown."""
        at_once = stop.region is Region.QUESTION and self._body.is_whole()
        return (self._body if at_once else self.body).go_to(stop)

    def _on_committed(self, code: str, text: str) -> None:
        at = self._actions.here.now()
        self.desk.edit(lambda case: with_value(case, code, text, at))

    def _on_taken(self, code: str) -> None:
        """Take the value of an earlier case that was offered under the field."""
        offer = self.desk.current.offers.get(code) if self.desk.current else None
        if offer is not None:
            self.desk.edit(
                lambda case: with_value(case, code, offer.value, offer.at, Source.EARLIER)
            )
            self.go_on()

    def _on_typed(self) -> None:
        if self.desk.current is not None and self.desk.current.editable:
            self.desk.drafts.touch(self.desk.current)

    def _on_saved(self, _opened: OpenCase) -> None:
        self._frame.show_saved(f"草稿已存 {local_time(self._actions.here.now()):%H:%M:%S}")
        if self._unsaved:
            self._unsaved = False
            self._body.clear_notice()

    def _on_unsaved(self) -> None:
        self._unsaved = True  # the notice says so until the next write succeeds

    def _on_failed(self, error: ClerkError) -> None:
        if self.desk.current is None:
            self._frame.say(str(error))
        else:
            self.body.notice.show_error(error)

    def _on_ended(self, title: str, hint: str) -> None:
        self._body.clear_notice()
        self.idle.show_result(title, hint)
        self._frame.show_saved("")
