"""The guided face of a case (一步步办): the cards of the dense page, one step of them at a time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QApplication, QWidget

from clerk.domain.step_times import Step
from clerk.ui import theme
from clerk.ui.guide_words import STEP_NAMES, is_done, left_at, missing, standing, steps_of, to_do

if TYPE_CHECKING:
    from clerk.ui.guide_parts import StepLine
    from clerk.ui.intake_body import IntakeBody
    from clerk.ui.intake_flow import OpenCase

_PEOPLE = frozenset({Step.NOTICE, Step.APPLICANT, Step.QUESTIONS})
"""The steps whose card stands in the left column, with what is to be brought beside it."""
_GIVEN = frozenset({Step.FORM, Step.MATERIALS})
_END = frozenset({Step.CHECK, Step.ACCEPT})
LEFT_WIDTH = 420
RIGHT_WIDTH = 760


class GuideFace(QObject):
    """Shows the cards of one step and hides the others; nothing on them is its own.

    Only the list of steps, the words above the cards and what is to be brought are made for it,
    when it is first turned on (``made``). Where a case stands is kept with it (``OpenCase.step``);
    ``turned`` follows every new step, ``wanted`` carries one that the clerk chose from the list.
    """

    made = pyqtSignal()
    turned = pyqtSignal()
    wanted = pyqtSignal(object)

    def __init__(self, body: "IntakeBody") -> None:
        super().__init__(body)
        self._body = body
        self.on = self._made = False

    def set_on(self, on: bool) -> None:
        """Turn to this face or back to the dense one; what has the cursor keeps it."""
        if on is self.on:
            return
        self.on = on
        if self._body.is_whole():
            focus = QApplication.focusWidget()
            self.arrange()
            if focus is not None and focus.isVisible():
                focus.setFocus()

    def arrange(self) -> None:
        """Lay the cards out for the face that is on; called once they are there."""
        if self.on and not self._made:
            self._make()
        body = self._body
        for later in (body.form, body.materials, body.right):
            policy = later.sizePolicy()
            policy.setRetainSizeWhenHidden(not self.on)
            later.setSizePolicy(policy)
        if self._made:
            for part in (self.head, self.steps, self.bring):
                part.setVisible(self.on)
        if not self.on:
            for widget in (body.left, body.middle, body.item, body.applicant):
                widget.show()
        body.refit()
        body.show_again()

    def _make(self) -> None:
        from clerk.ui.guide_notice import BringCard  # of no use to whoever works on the dense page
        from clerk.ui.guide_parts import GuideHead, StepList

        self._made = True
        self.head, self.steps, self.bring = GuideHead(), StepList(), BringCard()
        self.steps.chosen.connect(self.wanted)
        self._body.take_guide(self.head, self.steps, self.bring)
        self.made.emit()

    def lines(self, opened: "OpenCase") -> Sequence["StepLine"]:
        """The steps of a case as the list shows them."""
        from clerk.ui.guide_parts import StepLine

        left = left_at(opened)
        made = []
        for step in steps_of(opened):
            problems = left.get(step, ())
            made.append(
                StepLine(
                    step=step,
                    name=STEP_NAMES[step],
                    state=standing(problems),
                    done=is_done(opened, step, problems),
                )
            )
        return made

    def show_case(self, opened: "OpenCase", ready: frozenset[QWidget]) -> None:
        """Show the step at which the case stands; of the cards only those of ``ready``."""
        steps = steps_of(opened)
        if opened.step not in steps:
            opened.step = next(step for step in steps if list(Step).index(step) >= _at(opened))
        step, problems = opened.step, left_at(opened).get(opened.step, ())
        self.head.show_step(
            f"第 {steps.index(step) + 1} 步，共 {len(steps)} 步：{STEP_NAMES[step]}",
            to_do(opened, step),
            missing(opened, step, problems),
            done=step is Step.NOTICE or is_done(opened, _judged(step), problems),
        )
        self.head.back.setEnabled(step is not steps[0])
        self.head.next.setEnabled(step is not steps[-1])
        self.steps.show_lines(self.lines(opened), step)
        self.bring.show_case(opened)
        self._let_see(step, ready)

    def _let_see(self, step: Step, ready: frozenset[QWidget]) -> None:
        body = self._body
        for widget, seen in (
            (body.left, step in _PEOPLE),
            (body.item, step is Step.NOTICE),
            (body.applicant, step is Step.APPLICANT),
            (body.questions, step is Step.QUESTIONS),
            (self.bring, step in _PEOPLE),
            (body.middle, step in _GIVEN),
            (body.form, step is Step.FORM and body.form in ready),
            (body.materials, step is Step.MATERIALS and body.materials in ready),
            (body.right, step in _END and body.right in ready),
        ):
            widget.setVisible(seen)
        if step is not Step.ACCEPT:
            body.after.hide()

    def turn_to(self, opened: "OpenCase", step: Step) -> None:
        """Go to a step of the case in front; its cards are shown, the focus is the caller's."""
        if opened.step is step or step not in steps_of(opened):
            return
        opened.step = step
        if self.on:
            self.steps.setFocus()  # what is hidden now must not hand the cursor to a stranger
            self._body.show_again()
            self.turned.emit()

    def beside(self, opened: "OpenCase", step: int) -> Step:
        """Return the step before (-1) or after (1) the one at hand, the same at either end."""
        steps = steps_of(opened)
        at = steps.index(opened.step) + step
        return steps[min(max(at, 0), len(steps) - 1)]

    def regions(self, opened: "OpenCase | None") -> Sequence[QWidget]:
        """What F6 goes round: the steps, the cards of the one at hand, and the way on."""
        body = self._body
        step = opened.step if opened is not None else Step.NOTICE
        shown: tuple[QWidget, ...] = (body.right,)
        if step in _PEOPLE:
            shown = (body.left, self.bring)
        elif step in _GIVEN:
            shown = (body.middle,)
        return (self.steps, *shown, self.head)

    def head_height(self) -> int:
        """How many pixels of the page the words above the cards take."""
        return self.head.sizeHint().height() + theme.px(36) if self.on and self._made else 0


def _at(opened: "OpenCase") -> int:
    return list(Step).index(opened.step)


def _judged(step: Step) -> Step:
    """The step whose state stands above the cards: the last one is as fit as the check says."""
    return Step.CHECK if step is Step.ACCEPT else step
