"""Which face 受理 shows, and the ways through the guided one; what was chosen is remembered."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QApplication, QWidget

from clerk.domain.step_times import Step
from clerk.jobs import Jobs, Lane
from clerk.ui.acts import Act
from clerk.ui.guide_actions import GuideActions
from clerk.ui.guide_words import STEP_NAMES, step_of_region, steps_of
from clerk.ui.intake_bars import CaseSeconds
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.intake_stops import Stop, stops_of
from clerk.ui.step_clock import StepClock

if TYPE_CHECKING:
    from clerk.ui.intake import IntakePage
    from clerk.ui.intake_body import IntakeBody

GUIDED, DENSE = "guided", "dense"
_NO_CASE = "还没有开件。放上身份证，或按 F2 搜事项"


class GuideWork(QObject):
    """Turns the page of one case between its two faces and leads from step to step."""

    def __init__(
        self,
        page: "IntakePage",
        body: "IntakeBody",
        jobs: Jobs,
        actions: GuideActions,
        frame: IntakeFrame,
    ) -> None:
        super().__init__(page)
        self._page, self._body, self._jobs = page, body, jobs
        self._actions, self._frame = actions, frame
        self._read = self._chosen = False
        self._face = body.guide
        self._face.wanted.connect(self.go_to)
        self._face.made.connect(self._connect_parts)
        self.clock = StepClock(page, body, actions, page.desk, page.bars)
        self._seconds = CaseSeconds(page, page.desk, page.bars)

    @property
    def on(self) -> bool:
        """Whether one step at a time is shown."""
        return self._face.on

    def start(self) -> None:
        """Count seconds; take over the face that was chosen before, the first time only."""
        self._seconds.start()
        if not self._read:
            self._read = True
            self._run(self._actions.load_face, self._on_kept)

    def _on_kept(self, kept: object) -> None:
        if not self._chosen:  # a key was quicker
            self._show(kept == GUIDED)

    def _connect_parts(self) -> None:
        self._face.head.next.clicked.connect(lambda: self.step(1))
        self._face.head.back.clicked.connect(lambda: self.step(-1))
        self._face.bring.print_wanted.connect(self._advise)
        self._face.steps.entered.connect(lambda: self._focus_on(self.first_focus()))

    def _advise(self) -> None:
        if self._page.desk.current is not None:
            self._page.decision.advice.open(self._page.desk.current.case.item_code)

    def turn(self) -> None:
        """Turn to the other face (Alt G); the case, what is being typed and the cursor stay."""
        on, self._chosen = not self.on, True
        self._show(on)
        self._run(partial(self._actions.save_face, GUIDED if on else DENSE), lambda _: None)
        self._frame.say("一步步办，Alt G 换回一页" if on else "一页办，Alt G 换成一步步")

    def _show(self, on: bool) -> None:
        """Show a face; one step at a time begins where the cursor is."""
        if on is self.on:
            return
        opened, focus = self._page.desk.current, QApplication.focusWidget()
        if opened is not None and on:
            opened.step = self.clock.step_at(focus) or opened.step
        self._face.set_on(on)
        self._page.acts_changed.emit()
        if opened is not None and (focus is None or not focus.isVisible()):
            self._focus_on(self._page.first_focus())

    def step(self, by: int) -> None:
        """Go a step on (1) or back (-1)."""
        opened = self._page.desk.current
        if opened is not None:
            self.go_to(self._face.beside(opened, by))

    def go_to(self, step: Step) -> None:
        """Go to a step and to what is first to be done there; what was being typed is kept."""
        opened = self._page.desk.current
        if opened is None or opened.step is step:
            return
        self._page.body.commit_typing()
        by_list = self._face.steps.hasFocus()
        self._face.turn_to(opened, step)
        if not by_list:
            self._focus_on(self.first_focus())

    def first_focus(self) -> QWidget | None:
        """The first gap of the step at hand; without one the way on, at the end the decision."""
        opened = self._page.desk.current
        if opened is None:
            return None
        here = [s for s in stops_of(opened) if step_of_region(s.region) is opened.step]
        if here and self._page.go_to(here[0]):
            return QApplication.focusWidget()
        return self._way_on()

    def _way_on(self) -> QWidget:
        self._page.body.complete()
        on = self._face.head.next
        return on if on.isEnabled() else self._page.bars.primary

    def stays(self, stop: Stop | None) -> bool:
        """Whether this step is done with and the way on has the cursor now, instead of ``stop``."""
        opened = self._page.desk.current
        if not self.on or opened is None:
            return False
        if stop is not None and step_of_region(stop.region) is opened.step:
            return False
        self._focus_on(self._way_on())
        return True

    def acts(self) -> Sequence[Act]:
        """The key that turns the face; in the guided one the ways through its steps."""
        turn = Act(name="换成一页办" if self.on else "换成一步步办", key="Alt+G", trigger=self.turn)
        if not self.on:
            return (turn,)
        return (
            turn,
            self._way("下一步", "Alt+Right", partial(self.step, 1)),
            self._way("上一步", "Alt+Left", partial(self.step, -1)),
            *(self._jump(place) for place in range(len(Step))),
        )

    def _way(self, name: str, key: str, trigger: Callable[[], None]) -> Act:
        return Act(
            name=name,
            key=key,
            trigger=trigger,
            enabled=lambda: self._page.desk.current is not None,
            why_not=lambda: _NO_CASE,
        )

    def _jump(self, place: int) -> Act:
        """The way to a step by its number in the list."""

        def there() -> Step | None:
            opened = self._page.desk.current
            steps = steps_of(opened) if opened is not None else ()
            return steps[place] if place < len(steps) else None

        def jump() -> None:
            step = there()
            if step is not None:
                self.go_to(step)

        def name() -> str:
            step = there()
            return f"到第 {place + 1} 步{'：' + STEP_NAMES[step] if step is not None else ''}"

        return Act(
            name=name,
            key=f"Ctrl+{place + 1}",
            trigger=jump,
            enabled=lambda: there() is not None,
            why_not=lambda: "这件没有这一步" if self._page.desk.current else _NO_CASE,
        )

    def _focus_on(self, widget: QWidget | None) -> None:
        if widget is not None and self._page.isVisible():
            widget.setFocus()

    def _run(self, work: Callable[[], object], then: Callable[[object], None]) -> None:
        self._jobs.run(
            Lane.STORE,
            work,
            owner=self,
            then=then,
            failed=lambda error: self._frame.say(str(error)),
        )
