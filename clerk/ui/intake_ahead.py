"""Papers drawn while clerk and applicant are still reading, so that nobody waits for them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from PyQt6.QtCore import QObject, pyqtSignal

from clerk.domain.case import Case
from clerk.domain.errors import ClerkError
from clerk.domain.findings import NextAct
from clerk.domain.standard import Way
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import AheadActions
from clerk.ui.intake_flow import OpenCase
from clerk.ui.timers import timer
from clerk.ui.widgets.page_marks import PICTURE_WIDTH
from clerk.values import replace

_Wanted = tuple[UUID, str]
"""A case, and a requirement's code or the name of an act."""
_Asked = tuple[Case, datetime]
_MINUTE_MS: Final = 60_000


class PrintAhead(QObject):
    """Asks for papers that are likely to be wanted next; says nothing, whatever comes of it.

    The same case is asked for once a minute, to which papers tell the time. What was not begun
    when something else came is not drawn.
    """

    asked = pyqtSignal()
    """A paper is going to be drawn."""

    def __init__(
        self, jobs: Jobs, actions: AheadActions, now: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._actions, self._now = jobs, actions, now
        self._asked: dict[_Wanted, _Asked] = {}
        self._again: Callable[[], None] = self.rest
        self._turning = timer(self, _MINUTE_MS, self._on_turned, once=True)

    def letters(self, opened: OpenCase) -> None:
        """The form is complete: draw the promises that may stand for what is still missing."""
        for code in opened.verdict.asked:
            asked = opened.standard.requirement(code)
            promised = asked.promise is not None and Way.COMMITMENT in asked.ways
            if promised and code not in opened.case.evidence:
                self.letter(opened.case, code)

    def letter(self, case: Case, requirement_code: str) -> None:
        """Draw a promise as it is read and as it would be signed."""
        work = partial(self._actions.letter, case, requirement_code)
        self._ask((case.case_id, requirement_code), case, work)

    def papers(self, case: Case, act: NextAct) -> None:
        """The case can be taken in: draw what comes with it."""
        work = partial(self._actions.papers, case, act, PICTURE_WIDTH)
        self._ask((case.case_id, act.value), case, work)

    def until_written(self, case: Case, act: NextAct) -> None:
        """It takes effect soon: the same, and anew where the minute turns while it can be undone."""
        self.papers(case, act)
        self._again = partial(self.until_written, case, act)
        now = self._now()
        gone_ms = now.second * 1000 + now.microsecond // 1000
        self._turning.start(_MINUTE_MS - gone_ms)

    def rest(self) -> None:
        """It was taken back, or takes effect: no minute changes its papers any more."""
        self._turning.stop()

    def _on_turned(self) -> None:
        self._again()

    def stop(self) -> None:
        """A number was taken: what was not begun would be drawn under one that is gone."""
        self._asked.clear()

    def _ask(self, wanted: _Wanted, case: Case, work: Callable[[], None]) -> None:
        minute = self._now().replace(second=0, microsecond=0)
        asked = replace(case, version=0), minute  # a save changes nothing that is printed
        if self._asked.get(wanted) == asked:
            return
        self._asked[wanted] = asked

        def unless_stale() -> None:
            if self._asked.get(wanted) is asked:
                work()

        self.asked.emit()
        self._jobs.run(Lane.AHEAD, unless_stale, owner=self, then=_nothing, failed=_no_matter)


def _nothing(_: None) -> None:
    """What was drawn lies in the press's memory."""


def _no_matter(_: ClerkError) -> None:
    """Whoever asks for the paper itself is told."""
