"""Papers drawn while clerk and applicant are still reading, so that nobody waits for them."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PyQt6.QtCore import QObject

from clerk.domain.case import Case
from clerk.domain.errors import ClerkError
from clerk.domain.findings import NextAct
from clerk.domain.standard import Way
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import AheadActions
from clerk.ui.intake_flow import OpenCase
from clerk.ui.widgets.page_view import PICTURE_WIDTH

_Wanted = tuple[UUID, str]
"""A case, and a requirement's code or the name of an act."""


class PrintAhead(QObject):
    """Asks for papers that are likely to be wanted next; says nothing, whatever comes of it.

    The same case is asked for once. What was not begun when something else came is not drawn.
    """

    def __init__(self, jobs: Jobs, actions: AheadActions, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._actions = jobs, actions
        self._asked: dict[_Wanted, Case] = {}

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
        """The decision can still be taken back: draw what comes with it."""
        work = partial(self._actions.papers, case, act, PICTURE_WIDTH)
        self._ask((case.case_id, act.value), case, work)

    def stop(self) -> None:
        """A number was taken: what was not begun would be drawn under one that is gone."""
        self._asked.clear()

    def _ask(self, wanted: _Wanted, case: Case, work: Callable[[], None]) -> None:
        if self._asked.get(wanted) is case:
            return
        self._asked[wanted] = case

        def unless_stale() -> None:
            if self._asked.get(wanted) is case:
                work()

        self._jobs.run(Lane.AHEAD, unless_stale, owner=self, then=_nothing, failed=_no_matter)


def _nothing(_: None) -> None:
    """What was drawn lies in the press's memory."""


def _no_matter(_: ClerkError) -> None:
    """Whoever asks for the paper itself is told."""
