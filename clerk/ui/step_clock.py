"""The stopwatch at the window: which step of which case the clerk is at, in either face."""

from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QEvent, QObject
from PyQt6.QtGui import QInputEvent, QWindow
from PyQt6.QtWidgets import QApplication, QWidget

from clerk.domain.step_times import Step
from clerk.ui.guide_actions import GuideActions
from clerk.ui.intake_bars import IntakeBars
from clerk.ui.intake_body import IntakeBody
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_flow import OpenCase
from clerk.ui.overriding import override

if TYPE_CHECKING:
    from clerk.ui.page import Page

_OFTEN_S: Final = 1.0
"""Signs of life closer together than this need not be written down."""


class StepClock(QObject):
    """Writes into the watch of the case in front, and into that of no other.

    It runs while the page is in front. Locked, on another page or with another client's case the
    watch stands still; a long silence is left out by the watch itself. Who sits there is nowhere
    asked for.
    """

    def __init__(
        self,
        page: "Page",
        body: IntakeBody,
        actions: GuideActions,
        desk: IntakeDesk,
        bars: IntakeBars,
    ) -> None:
        super().__init__(page)
        self._page, self._body, self._desk, self._bars = page, body, desk, bars
        self._elapsed_ms = actions.elapsed_ms
        self._at: OpenCase | None = None
        self._native: QWindow | None = None
        page.installEventFilter(self)
        desk.turned.connect(self.look)
        desk.changed.connect(self.look)
        body.typed.connect(self.look)  # an input method sends no key
        body.guide.turned.connect(self.look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _now(self) -> float:
        return self._elapsed_ms() / 1000

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.look(new)

    def look(self, focus: QWidget | None = None) -> None:
        """See which case is in front and at which step; called with every sign of life."""
        opened = self._desk.current if self._page.isVisible() else None
        if self._at is not None and self._at is not opened:
            self._stop(self._at)
        self._at = opened
        if opened is None or opened.watch is None:
            return
        step = self._step(opened, focus or QApplication.focusWidget()) or opened.watch.step
        since, now = opened.watch.since, self._now()
        if step is opened.watch.step and since is not None and 0 <= now - since < _OFTEN_S:
            return
        opened.watch = opened.watch.at(step, now)

    def _stop(self, opened: OpenCase) -> None:
        if opened.watch is not None:
            opened.watch = opened.watch.stopped(self._now())

    def _step(self, opened: OpenCase, focus: QWidget | None) -> Step | None:
        if opened.closed_because:
            return Step.ACCEPT  # the decision is on its way
        return opened.step if self._body.guide.on else self.step_at(focus)

    def step_at(self, focus: QWidget | None) -> Step | None:
        """Return the step whose part of the page holds ``focus``, None where none does."""
        if focus is None or not self._body.is_whole():
            return None
        body = self._body
        parts: tuple[tuple[QWidget, Step], ...] = (
            (body.item, Step.NOTICE),
            (body.applicant, Step.APPLICANT),
            (body.questions, Step.QUESTIONS),
            (body.form, Step.FORM),
            (body.materials, Step.MATERIALS),
            (body.verdict, Step.CHECK),
            (body.after, Step.ACCEPT),
            (self._bars.foot, Step.ACCEPT),
        )
        holds = (step for part, step in parts if part is focus or part.isAncestorOf(focus))
        return next(holds, None)

    def _watch_window(self) -> None:
        """Keys and the mouse are seen where they enter the window: few events come by there."""
        top = self._page.window()
        native = top.windowHandle() if top is not None else None
        if native is not None and native is not self._native:
            self._native = native
            native.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is None:
            return False
        if isinstance(event, QInputEvent):
            if self._at is not None:
                self.look()
        elif watched is self._page and event.type() == QEvent.Type.Show:
            self._watch_window()
            self.look()
        elif watched is self._page and event.type() == QEvent.Type.Hide:
            self.look()
        return False
