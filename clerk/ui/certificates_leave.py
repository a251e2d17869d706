"""The holder's leave to look: by code, by phone, by mandate, by duty; and what it covers."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from clerk.domain.case import Case
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    AuthorisationState,
    Holder,
)
from clerk.domain.certificate_matching import Matches
from clerk.domain.errors import ClerkError
from clerk.domain.party import MandateAct
from clerk.domain.secret import Secret
from clerk.domain.standard import Requirement
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import CertificateActions
from clerk.values import dataclass

T = TypeVar("T")

POLL_MS = 3000
MOST_POLLS = 40
"""Two minutes of asking every three seconds; silence until then means no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Somebody who gave leave, and what of his fits which material."""

    leave: Authorisation
    matches: Matches

    @property
    def holder(self) -> Holder:
        """Who he is."""
        return self.leave.holder


class Leave(QObject):
    """Asks for the leave and, once it is given, for the list of all materials at once.

    ``owners`` are those who gave leave, by their numbers. ``changed`` follows every change of
    ``held``, ``busy`` and ``polls_left``; ``listed`` carries the owner, ``failed`` known trouble. ``gave_up`` says that nobody answered in time. An
    answer to what was stopped is dropped.
    """

    changed = pyqtSignal()
    listed = pyqtSignal(object)
    failed = pyqtSignal(object)
    gave_up = pyqtSignal()

    def __init__(
        self,
        actions: CertificateActions,
        jobs: Jobs,
        case: Case,
        requirement_code: str,
        *,
        poll_ms: int = POLL_MS,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._actions, self._jobs = actions, jobs
        self._case, self._code = case, requirement_code
        self._turn = 0
        self._asking = False
        self.held: Authorisation | None = None
        self.owners: dict[str, Owner] = {}
        self.reason = ""
        self.busy = ""
        self.polls_left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(poll_ms)
        self._timer.timeout.connect(self._on_tick)

    @property
    def given(self) -> bool:
        """Whether a list may be asked for and shown now."""
        return self.held is not None and self.held.granted(self._now())

    def _now(self) -> datetime:
        return self._actions.here.now()

    @property
    def seconds_left(self) -> int:
        """How long the holder is still waited for."""
        return self.polls_left * POLL_MS // 1000

    @property
    def waits_for_holder(self) -> bool:
        """Whether the holder is being asked on his phone."""
        return self._timer.isActive()

    def take_up(self) -> None:
        """Go on with the leave that was given for this case before, if there is any."""
        held = [one for one in self._actions.leaves(self._case) if one.granted(self._now())]
        if held:
            self.held = held[0]
            self.find()

    def by_code(self, code: Secret) -> None:
        """Exchange a code for the leave; the code is not kept here."""
        self.reason = ""
        work = partial(self._actions.by_code, self._case, self._code, code)
        self._run("正在核对亮证码", work, self._on_asked)

    def ask(self, mode: AuthorisationMode, reason: str = "") -> None:
        """Ask the holder's phone, go by the mandate, or by duty with a listed reason."""
        self.reason = reason
        work = partial(self._actions.ask, self._case, self._code, mode, reason)
        self._run("正在请求授权", work, self._on_asked)

    def find(self, *, again: bool = False, case: Case | None = None) -> None:
        """Set all materials against what the leave covers; ``again`` asks the library anew."""
        self._case = case or self._case
        if self.held is not None:
            leave = self.held
            work = partial(self._actions.match, self._case, leave, again)
            self._run("正在查省证照库", work, partial(self._on_matched, leave))

    def choose(self, owner: Owner) -> None:
        """Go on under the leave of another owner."""
        self.held = owner.leave
        self.changed.emit()

    def stop(self) -> None:
        """Wait for nothing any more; whatever is under way is dropped when it arrives."""
        if self.busy:
            self._actions.cancel(self._case)
        self._turn += 1
        self._timer.stop()
        self._asking = False
        self.busy = ""
        if self.held is not None and self.held.state is AuthorisationState.PENDING:
            self.held = None
        self.changed.emit()

    def _run(self, words: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self._timer.stop()
        self._turn += 1
        turn = self._turn
        self.busy = words

        def arrived(answer: T) -> None:
            if turn == self._turn:
                self.busy = ""
                then(answer)

        def not_arrived(error: ClerkError) -> None:
            if turn == self._turn:
                self.busy = ""
                self.changed.emit()
                self.failed.emit(error)

        self.changed.emit()
        self._jobs.run(Lane.CERTIFICATES, work, owner=self, then=arrived, failed=not_arrived)

    def _on_asked(self, leave: Authorisation) -> None:
        self.held = leave
        if self.given:
            self.find()
            return
        if leave.state is AuthorisationState.PENDING:
            self.polls_left = MOST_POLLS
            self._timer.start()
        self.changed.emit()

    def _on_matched(self, leave: Authorisation, matches: Matches) -> None:
        owner = Owner(leave=leave, matches=matches)
        self.owners[leave.holder.id_number] = owner
        self.changed.emit()
        self.listed.emit(owner)

    def forget(self) -> None:
        """Show nobody's any longer: the leave ran out."""
        now = self._now()
        for number in [name for name, one in self.owners.items() if not one.leave.granted(now)]:
            del self.owners[number]

    def _on_tick(self) -> None:
        if self._asking or self.held is None:
            return
        if self.polls_left <= 0:
            self.stop()
            self.gave_up.emit()
            return
        self.polls_left -= 1
        self._asking = True
        turn = self._turn
        self._jobs.run(
            Lane.CERTIFICATES,
            partial(self._actions.poll, self._case, self.held),
            owner=self,
            then=lambda leave: self._on_polled(turn, leave),
            failed=lambda error: self._on_poll_failed(turn, error),
        )
        self.changed.emit()

    def _on_polled(self, turn: int, leave: Authorisation) -> None:
        if turn != self._turn:
            return
        self._asking = False
        self.held = leave
        if self.given:
            self.find()
        elif leave.state is not AuthorisationState.PENDING:
            self._timer.stop()
        self.changed.emit()

    def _on_poll_failed(self, turn: int, error: ClerkError) -> None:
        if turn == self._turn:
            self.stop()
            self.failed.emit(error)


def acts_for_holder(case: Case, asked: Requirement) -> bool:
    """Whether somebody else stands at the window for the holder."""
    link = asked.certificate
    return case.handler is not None and link is not None and link.holder != "handler"


def may_ask_holder(case: Case, asked: Requirement, on: date) -> bool:
    """Whether the holder's phone may be asked: whoever acts for him needs a mandate for it."""
    if case.handler is None or not acts_for_holder(case, asked):
        return True
    return case.handler.mandate.carries(MandateAct.AUTHORISE_CERTIFICATES, on)
