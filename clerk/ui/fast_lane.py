"""即办件: what was just taken in goes on at the same window, as far as this person may go."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeGuard
from uuid import UUID

from PyQt6.QtCore import QObject

from clerk.domain.case import Case, CaseState
from clerk.domain.errors import ClerkError
from clerk.domain.id_card import IdCard
from clerk.domain.identity import Act as Right
from clerk.domain.parcel import ResultWay
from clerk.domain.parcels import plan_of
from clerk.domain.standard import DecidedBy, ItemStandard
from clerk.jobs import Jobs
from clerk.ui.actions import Actions
from clerk.ui.acts import DECISION_KEYS, Act
from clerk.ui.handing_out import HandingOut
from clerk.ui.page import Page
from clerk.ui.rail import Place
from clerk.ui.shell import Shell
from clerk.ui.widgets import Button, open_dialog

if TYPE_CHECKING:
    from clerk.ui.documents import DocumentsPage

_UNDECIDED = frozenset({CaseState.ACCEPTED, CaseState.UNDER_REVIEW})


class FastLane(QObject):
    """Puts what comes next of an on-the-spot case on F9, as long as its papers are in front.

    Nothing is done of itself: the hand-out and the decision are the same acts as everywhere, with
    the same bars. Who may not decide what he took in is not led there, and reads who decides.
    """

    def __init__(
        self,
        shell: Shell,
        actions: Actions,
        jobs: Jobs,
        show_papers: Callable[[Case], None],
    ) -> None:
        super().__init__(shell)
        self._shell, self._actions, self._say = shell, actions, shell.say
        self._session = actions.intake.here.session
        self._offered: Act | None = None
        self._arrived = False
        self._button: Button | None = None
        read_card: Callable[[], IdCard] = actions.intake.read_card
        self._handing_out = HandingOut(
            shell, actions.cases, jobs, open_dialog, read_card=read_card, show_papers=show_papers
        )
        self._handing_out.failed.connect(self._on_failed)
        self._handing_out.handed_out.connect(self._take_back)
        shell.content.currentChanged.connect(self._on_page)

    def go_on(self, case: Case) -> None:
        """Offer the hand-out or the decision, and say so; say why where neither is next."""
        self._take_back()  # of a case before: its papers are no longer in front
        standard = self._actions.intake.here.standard(case.item_code, case.standard_version)
        if not standard.on_the_spot:
            return
        if case.state is CaseState.RESULT_WAITING:
            self._after_the_end(standard, case)
        elif case.state in _UNDECIDED:
            self._before_the_decision(standard, case)

    def _after_the_end(self, standard: ItemStandard, case: Case) -> None:
        if not self._session.may(Right.HAND_OUT):
            self._say("即办件已办结，结果在窗口，请结果窗口登记送达")
        elif plan_of(standard, case).way is not ResultWay.WINDOW:
            self._say("即办件已办结，约定不在窗口领，在办件里寄出或交人代领")
        else:
            self._say("即办件已办结，打好文书按 F9 接着登记送达")
            self._offer("接着登记送达", partial(self._handing_out.begin, case.case_id))

    def _before_the_decision(self, standard: ItemStandard, case: Case) -> None:
        if standard.decided_by is not DecidedBy.CHIEF:
            self._say(f"即办件已受理，由{standard.body.short_name}当场办")
        elif not self._session.may(Right.DECIDE):
            self._say("即办件已受理，请首席代表当场审")
        elif why_not := self._actions.approval.why_not(case):
            self._say(f"即办件已受理。{why_not}")
        else:
            self._say("即办件已受理，按 F9 接着审批")
            self._offer("接着审批", partial(self._decide, case.case_id))

    def _decide(self, case_id: UUID) -> None:
        from clerk.ui.approval import ApprovalPage  # loaded with its page, not before

        self._shell.go(Place.APPROVAL)
        page = self._shell.page()
        if isinstance(page, ApprovalPage):
            page.choose(case_id)

    def _offer(self, name: str, trigger: Callable[[], None]) -> None:
        self._take_back()
        decide, *others = DECISION_KEYS
        self._offered = Act(name=name, key=decide, also=tuple(others), trigger=trigger)
        self._shell.acts.push(self, (self._offered,), modal=False)
        self._arrived = False
        self._on_page()

    def _on_page(self) -> None:
        """The papers have come to the front, or something else has: then it is no longer next."""
        page, offered = self._shell.page(), self._offered
        if offered is not None and _shows_papers(page):
            self._arrived = True
            self._show_button(page, offered)
        elif self._arrived:
            self._take_back()

    def _show_button(self, page: "DocumentsPage", offered: Act) -> None:
        if self._button is None:
            self._button = Button("", key="F9")
            self._button.clicked.connect(self._on_clicked)
            page.foot.lead(self._button)
        self._button.setText(offered.title)
        self._button.show()

    def _on_clicked(self) -> None:
        if self._offered is not None:
            self._shell.acts.do(self._offered)

    def _take_back(self) -> None:
        if self._offered is not None:
            self._offered = None
            self._shell.acts.pop(self)
        if self._button is not None:
            self._button.hide()

    def _on_failed(self, error: ClerkError) -> None:
        self._say(str(error))


def _shows_papers(page: Page | None) -> "TypeGuard[DocumentsPage]":
    from clerk.ui.documents import DocumentsPage  # where nobody was there yet, it is not loaded

    return isinstance(page, DocumentsPage)
