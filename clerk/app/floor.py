"""A signed-in person's window: the shell with its pages, the lock, and what runs behind it.

Imported in a worker, so that nobody waits for the panels to load.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar
from uuid import UUID

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication

from clerk.app.door import ROLE_WORDS
from clerk.app.opening import OpenCounter
from clerk.app.practice_acts import practice_acts
from clerk.app.wiring import actions_for
from clerk.domain.case import Case
from clerk.domain.case_list import CaseView
from clerk.domain.errors import ClerkError
from clerk.domain.identity import Act as PermittedAct
from clerk.domain.identity import Session
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import Connection
from clerk.ui.acts import Act
from clerk.ui.approval import ApprovalPage
from clerk.ui.cases import CasesPage
from clerk.ui.certificates import open_certificates
from clerk.ui.documents import DocumentsPage
from clerk.ui.idle import IdleLock
from clerk.ui.intake import IntakePage
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.lock import LockPage
from clerk.ui.main_window import MainWindow
from clerk.ui.no_places import NoPlacesPage
from clerk.ui.page import Page
from clerk.ui.rail import Place
from clerk.ui.shell import Shell
from clerk.ui.status_bar import DotSpec
from clerk.ui.today import TodayPage

T = TypeVar("T")

DELIVER_MS = 2000
CONNECTIONS_MS = 30_000
SCALE_KEY = "type_size"
_SCALES = (theme.Scale.STANDARD, theme.Scale.LARGE, theme.Scale.EXTRA)


class Floor(QObject):
    """Everything of one session.

    ``left`` asks for the sign-in page, ``rebuilt`` for the same window in another type size.
    """

    left = pyqtSignal()
    rebuilt = pyqtSignal()

    def __init__(
        self,
        app: QApplication,
        window: MainWindow,
        jobs: Jobs,
        opened: OpenCounter,
        session: Session,
    ) -> None:
        super().__init__()
        self._app, self._window, self._jobs = app, window, jobs
        self._opened, self._session = opened, session
        self.actions = actions_for(opened, session)
        self._delivering = self._asking = False
        self._before_papers: Place | None = None
        self._intake: IntakePage | None = None
        self._cases: CasesPage | None = None
        self._documents: DocumentsPage | None = None
        self._idle = IdleLock(app, minutes=opened.idle_minutes)
        self._idle.idle.connect(self.lock)
        self.shell = Shell(window.acts, jobs, now=opened.desk.now)
        first = self._build()
        window.show_shell(self.shell)
        self._enter(first)  # shown first: what is hidden takes no focus
        self._idle.start()
        self._deliver_timer = self._every(DELIVER_MS, self.deliver)
        self._connections_timer = self._every(CONNECTIONS_MS, self.ask_connections)
        self.deliver()
        self.ask_connections()
        self._run(partial(self.actions.load_setting, SCALE_KEY), self._on_remembered_scale)

    def _run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do something small with the store; what goes wrong is said at the foot."""
        self._jobs.run(Lane.STORE, work, owner=self, then=then, failed=self._say_trouble)

    def _say_trouble(self, error: ClerkError) -> None:
        self.shell.say(str(error))

    def _on_remembered_scale(self, name: str) -> None:
        scheme, scale = theme.active()
        if name and theme.Scale[name] is not scale:
            theme.apply(self._app, scheme, theme.Scale[name])
            self.rebuilt.emit()

    def _build(self) -> Place | None:
        """Put this person's places on the rail; return the one to begin with.

        Each page is made when it is first gone to: all at once would hold the window still.
        """
        shell, session = self.shell, self._session
        places: tuple[tuple[Place, Callable[[], Page], PermittedAct], ...] = (
            (Place.TODAY, self._make_today, PermittedAct.LIST_CASES),
            (Place.INTAKE, lambda: self.intake, PermittedAct.OPEN_CASE),
            (Place.CASES, lambda: self.cases, PermittedAct.LIST_CASES),
            (Place.APPROVAL, self._make_approval, PermittedAct.DECIDE),
        )
        given = [(place, make) for place, make, act in places if session.may(act)]
        for place, make in given:
            shell.add_place_later(place, make)
        shell.set_everywhere(self._everywhere())
        shell.lock_wanted.connect(self.lock)
        shell.scale_wanted.connect(self.scaled)
        shell.show_person(self._person())
        counter = self._opened.desk.counter
        self._window.set_place_name(
            f"{counter.hall} · {counter.name} · {session.account.display_name}"
        )
        if session.may(PermittedAct.DECIDE):
            return Place.APPROVAL
        return given[0][0] if given else None

    def _make_today(self) -> Page:
        return TodayPage(
            self.actions.cases,
            self.actions.connections,
            self.actions.deliver,
            self._jobs,
            self._go_cases,
            self.open_case,
            self.start_new,
            show_papers=self.show_papers,
            read_card=self.actions.intake.read_card,
            say=self.shell.say,
        )

    @property
    def intake(self) -> IntakePage:
        """受理, made when it is first asked for."""
        if self._intake is None:
            self._intake = IntakePage(self._jobs, self.actions.intake, self._intake_frame())
        return self._intake

    @property
    def cases(self) -> CasesPage:
        """办件, made when it is first asked for."""
        if self._cases is None:
            self._cases = CasesPage(
                self.actions.cases,
                self._jobs,
                self.open_case,
                self.show_papers,
                read_card=self.actions.intake.read_card,
                say=self.shell.say,
            )
        return self._cases

    @property
    def documents(self) -> DocumentsPage:
        """文书, made when it is first asked for."""
        if self._documents is None:
            self._documents = DocumentsPage(
                self.actions.papers, self._jobs, self._back, say=self.shell.say
            )
            self.shell.add_page(self._documents)
        return self._documents

    def _make_approval(self) -> Page:
        shell = self.shell
        page = ApprovalPage(self.actions.approval, self._jobs, shell.offer_undo, shell.say)
        page.counted.connect(partial(shell.set_badge, Place.APPROVAL))
        return page

    def _enter(self, first: Place | None) -> None:
        if first is not None:
            self.shell.go(first)
            return
        nothing = NoPlacesPage(self.left.emit)
        self.shell.add_page(nothing)
        self.shell.show_page(nothing)

    def _go_cases(self, view: CaseView) -> None:
        self.shell.go(Place.CASES)
        self.cases.show_view(view)

    def start_new(self) -> None:
        """Bring 受理 to the front, ready for the next applicant."""
        self.shell.go(Place.INTAKE)
        self.intake.start_new()

    def _find_item(self) -> None:
        self.shell.go(Place.INTAKE)
        self.intake.search()

    def _person(self) -> str:
        words = "、".join(ROLE_WORDS[role] for role in sorted(self._session.account.roles))
        return f"{self._session.account.display_name} · {words}"

    def _intake_frame(self) -> IntakeFrame:
        shell = self.shell
        return IntakeFrame(
            open_certificates=self._open_certificates,
            show_papers=self.show_papers,
            offer_undo=shell.offer_undo,
            commit_waiting=shell.undo.commit_now,
            say=shell.say,
            show_saved=shell.show_saved,
        )

    def _everywhere(self) -> Sequence[Act]:
        acts = []
        if self._session.may(PermittedAct.OPEN_CASE):
            acts += [
                Act(name="新收件", key="Ctrl+N", trigger=self.start_new),
                Act(name="搜事项", key="F2", trigger=self._find_item),
            ]
        tools = self._opened.practice
        return acts if tools is None else acts + practice_acts(tools, self.shell.say)

    def _open_certificates(
        self, case: Case, requirement_code: str, done: Callable[[Case], None]
    ) -> None:
        open_certificates(
            self.shell, self.actions.certificates, self._jobs, case, requirement_code, done
        )

    def open_case(self, case_id: UUID) -> None:
        """Bring a case to 受理; one that is no draft any more is shown there and not changed."""
        self.shell.go(Place.INTAKE)
        self.intake.choose(str(case_id))

    def show_papers(self, case: Case) -> None:
        """Show the papers of a case; Esc leads back to where the clerk was."""
        self._before_papers = self.shell.place()
        self.documents.show_case(case)
        self.shell.show_page(self.documents)

    def _back(self) -> None:
        if self._before_papers is not None:
            self.shell.go(self._before_papers)

    # What runs behind

    def _every(self, milliseconds: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(work)
        timer.start()
        return timer

    def deliver(self) -> None:
        """Send what waits and take over what happened, unless that is under way."""
        if self._delivering:
            return
        self._delivering = True
        self._jobs.run(
            Lane.BACK_OFFICE,
            self.actions.deliver,
            owner=self,
            then=self._on_delivered,
            failed=self._on_not_delivered,
        )

    def _on_delivered(self, _moved: int) -> None:
        self._delivering = False

    def _on_not_delivered(self, error: ClerkError) -> None:
        self._delivering = False
        self.shell.say(str(error))

    def ask_connections(self) -> None:
        """Ask every peer how it stands, for the dots at the foot of the window."""
        if self._asking:
            return
        self._asking = True
        self._jobs.run(
            Lane.CERTIFICATES,
            self.actions.connections,
            owner=self,
            then=self._on_connections,
            failed=self._on_no_connections,
        )

    def _on_connections(self, found: Sequence[Connection]) -> None:
        self._asking = False
        self.shell.show_dots(
            [DotSpec(name=one.name, state=one.state, detail=one.detail, group=1) for one in found]
        )

    def _on_no_connections(self, error: ClerkError) -> None:
        self._asking = False
        self.shell.say(str(error))

    # Lock and leave

    def lock(self) -> None:
        """Cover the screen at once; what was typed is kept."""
        if self._window.is_locked():
            return
        self._idle.stop()
        self.save_all()
        page = LockPage(
            self._jobs,
            self._session,
            unlock=partial(self._opened.sign_in, self._session.account.account_id),
            now=self._opened.desk.now,
            drafts=len(self._intake.desk.cases) if self._intake else 0,
        )
        page.unlocked.connect(self._on_unlocked)
        page.other_person_wanted.connect(self._on_other_person)
        self._window.lock(page)

    def _on_unlocked(self) -> None:
        self._window.unlock()
        self._idle.start()

    def _on_other_person(self) -> None:
        self._window.unlock()
        self.left.emit()

    def scaled(self, step: int) -> None:
        """Show everything a type size larger, smaller, or at the standard (0); remembered."""
        scheme, scale = theme.active()
        at = 0 if step == 0 else _SCALES.index(scale) + step
        wanted = _SCALES[min(max(at, 0), len(_SCALES) - 1)]
        if wanted is scale:
            return
        self.save_all()
        self._run(partial(self.actions.save_setting, SCALE_KEY, wanted.name), self._on_saved_scale)
        theme.apply(self._app, scheme, wanted)

    def _on_saved_scale(self, _: None) -> None:
        self.rebuilt.emit()

    def save_all(self) -> None:
        """Let a waiting decision take effect and write every open draft."""
        self.shell.undo.commit_now()
        if self._intake is not None:
            self._intake.desk.drafts.save_now()

    def end(self) -> None:
        """Stop what runs; the drafts are on their way to the store."""
        self.save_all()
        self._idle.stop()
        self._deliver_timer.stop()
        self._connections_timer.stop()
