"""A signed-in person's window: the shell with its pages, the lock, and what runs behind it.

Imported in a worker, so that nobody waits for the panels to load.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QApplication

from clerk.app.behind import Behind
from clerk.app.certificate_wiring import certificates_opener
from clerk.app.codes import acts_of_text
from clerk.app.door import ROLE_WORDS
from clerk.app.ledger_wiring import ledger_actions
from clerk.app.lists import acts_of_lists
from clerk.app.number_wiring import number_actions
from clerk.app.opening import OpenCounter
from clerk.app.pages_place import make_approval, make_cases
from clerk.app.practice_acts import practice_acts
from clerk.app.quoted_fields import go_to_quoted
from clerk.app.standards_place import make_standards
from clerk.app.wiring import actions_for
from clerk.domain.case import Case
from clerk.domain.case_list import CaseView
from clerk.domain.errors import ClerkError
from clerk.domain.identity import Act as PermittedAct
from clerk.domain.identity import Session
from clerk.domain.late_paper_code import LatePaperCode
from clerk.jobs import Jobs, Lane
from clerk.ui import theme, warm
from clerk.ui.acts import Act
from clerk.ui.fast_lane import FastLane
from clerk.ui.idle import IdleLock
from clerk.ui.intake import IntakePage
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.lock import LockPage
from clerk.ui.main_window import MainWindow
from clerk.ui.no_places import NoPlacesPage
from clerk.ui.page import Page
from clerk.ui.pieces import AHEAD_MS, Pieces
from clerk.ui.rail import Place
from clerk.ui.shell import Shell
from clerk.ui.today import TodayPage

if TYPE_CHECKING:
    from clerk.ui.approval import ApprovalPage
    from clerk.ui.cases import CasesPage
    from clerk.ui.documents import DocumentsPage

T = TypeVar("T")

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
        self._before_papers: Place | None = None
        self._intake: IntakePage | None = None
        self._cases: CasesPage | None = None
        self._documents: DocumentsPage | None = None
        self._approval: ApprovalPage | None = None
        self._today: TodayPage | None = None
        self._idle = IdleLock(app, minutes=opened.idle_minutes)
        self._idle.idle.connect(self.lock)
        self.shell = Shell(window.acts, jobs, now=opened.desk.now)
        self.ledger = ledger_actions(opened, session, self.actions.intake.here)
        numbers = number_actions(opened.desk, session, self.actions.intake.here)
        self._lists = acts_of_lists(
            self.shell, self.actions, self.ledger, numbers, jobs, opened.printers, self.open_case
        )
        self._behind = Behind(jobs, self.actions, self.shell, self._on_moved)
        first = self._build()
        window.show_shell(self.shell)
        self._pieces = Pieces(self)
        self._papers = Pieces(self)
        self._pieces.begin(self._settling_in(first))

    def _settling_in(self, first: Place | None) -> Iterator[None]:
        """The first page, then what runs behind, then the other pages before they are asked for.

        The shell is shown before its page is made: what is hidden takes no focus.
        """
        if first is not None:
            yield from self.shell.preparing(first)
            yield
        self._enter(first)
        yield
        self._run(partial(self.actions.load_setting, SCALE_KEY), self._on_remembered_scale)
        yield
        self._behind.start()
        self._pieces.begin(self._made_ahead(), pause_ms=AHEAD_MS)

    def _made_ahead(self) -> Iterator[None]:
        """受理 and what forms are painted with, before anybody asks for them.

        The other pages wait for whoever goes there: made, each of them is kept all day.
        """
        if self._session.may(PermittedAct.OPEN_CASE):
            yield from self.shell.preparing(Place.INTAKE)
            yield
            yield from self.intake.making()
        yield from warm.icons_of_forms()
        if not self._window.is_locked():
            self._idle.start()  # only now: it looks at every event, and making pages has many

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
        shell, session, jobs = self.shell, self._session, self._jobs
        make = partial(make_standards, self._opened, session, self.actions.intake.here, jobs, shell)
        places: tuple[tuple[Place, Callable[[], Page], PermittedAct], ...] = (
            (Place.TODAY, self._make_today, PermittedAct.LIST_CASES),
            (Place.INTAKE, lambda: self.intake, PermittedAct.OPEN_CASE),
            (Place.CASES, lambda: self.cases, PermittedAct.LIST_CASES),
            (Place.APPROVAL, self._make_approval, PermittedAct.DECIDE),
            (Place.STANDARDS, make, PermittedAct.READ_STANDARDS),
        )
        given = [(place, made) for place, made, act in places if session.may(act)]
        for place, made in given:
            shell.add_place_later(place, made)
        shell.set_everywhere(self._everywhere())
        shell.set_acts_of_text(partial(acts_of_text, session, self._take_late_paper))
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
        self._today = TodayPage(
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
        return self._today

    @property
    def intake(self) -> IntakePage:
        """受理, made when it is first asked for."""
        if self._intake is None:
            self._intake = IntakePage(self._jobs, self.actions.intake, self._intake_frame())
            self._intake.desk.ahead.asked.connect(self._make_documents)
        return self._intake

    @property
    def cases(self) -> "CasesPage":
        """办件, made when it is first asked for."""
        if self._cases is None:
            shell, actions = self.shell, self.actions
            self._cases = make_cases(
                shell, actions, self.ledger, self._jobs, self.open_case, self.show_papers
            )
        return self._cases

    @property
    def documents(self) -> "DocumentsPage":
        """文书, made when it is first asked for."""
        for _ in self._making_documents():
            pass
        if self._documents is None:
            raise RuntimeError("the page was not made")
        return self._documents

    def _make_documents(self) -> None:
        """A paper is being drawn: soon somebody looks at it."""
        if self._documents is None and not self._papers.busy():
            self._papers.begin(self._making_documents(), pause_ms=AHEAD_MS)

    def _making_documents(self) -> Iterator[None]:
        if self._documents is None:  # its panels one by one: to load them all takes longest
            for panel in ("widgets.page_view", "documents_panel", "documents_sending"):
                import_module(f"clerk.ui.{panel}")
                yield
        if self._documents is None:
            from clerk.ui.documents import DocumentsPage

            self._documents = DocumentsPage(
                self.actions.papers,
                self._jobs,
                self._back,
                say=self.shell.say,
                printers=self._opened.printers,
                change=partial(go_to_quoted, self.shell, lambda: self.intake),
                in_pieces=True,
            )
            yield
        yield from self.shell.taking_in(self._documents)

    def _make_approval(self) -> Page:
        self._approval = make_approval(self.shell, self.actions, self._jobs)
        return self._approval

    def _enter(self, first: Place | None) -> None:
        if self.shell.page() is not None:
            return  # a key was quicker
        if first is not None:
            self.shell.go(first)
            return
        nothing = NoPlacesPage(self.left.emit, self._lists)
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
            open_certificates=certificates_opener(
                self.shell, self.actions.certificates, self.ledger, self._jobs
            ),
            show_papers=self.show_papers,
            offer_undo=shell.offer_undo,
            commit_waiting=shell.undo.commit_now,
            say=shell.say,
            show_saved=shell.show_saved,
            go_on=FastLane(shell, self.actions, self._jobs, self.show_papers).go_on,
        )

    def _everywhere(self) -> Sequence[Act]:
        acts = []
        if self._session.may(PermittedAct.OPEN_CASE):
            acts += [
                Act(name="新收件", key="Ctrl+N", trigger=self.start_new),
                Act(name="搜事项", key="F2", trigger=self._find_item),
            ]
        acts.append(Act(name="电脑时间核对过了，接着算时限", trigger=self._behind.trust_the_clock))
        acts += self._lists
        tools = self._opened.practice
        return acts if tools is None else acts + practice_acts(tools, self.shell.say, self._jobs)

    def _take_late_paper(self, code: LatePaperCode) -> None:
        self.shell.go(Place.CASES)
        self.cases.others.find_late_paper(code)

    def open_case(self, case_id: UUID) -> None:
        """Bring a case to 受理; one that is no draft any more is shown there and not changed.

        Who takes nothing in but decides finds it in 审批.
        """
        if self._session.may(PermittedAct.OPEN_CASE):
            self.shell.go(Place.INTAKE)
            self.intake.choose(str(case_id))
        elif self._session.may(PermittedAct.DECIDE):
            self.shell.go(Place.APPROVAL)
            if self._approval is not None:
                self._approval.choose(case_id)
        else:
            self.shell.go(Place.CASES)
            self.cases.show_drawer(True)

    def show_papers(self, case: Case) -> None:
        """Show the papers of a case; Esc leads back to where the clerk was."""
        self._before_papers = self.shell.place()
        self._papers.begin(self._showing_papers(case), first_now=self._documents is not None)

    def _showing_papers(self, case: Case) -> Iterator[None]:
        """At once where the page was made ahead, else in pieces."""
        yield from self._making_documents()
        self.documents.show_case(case)
        self.shell.show_page(self.documents)

    def _back(self) -> None:
        if self._before_papers is not None:
            self.shell.go(self._before_papers)

    def _on_moved(self) -> None:
        """Something was sent or came in."""
        if self._today is not None:
            self._today.look_again()

    # Lock and leave

    def lock(self) -> None:
        """Cover the screen at once; what was typed is kept."""
        if self._window.is_locked():
            return
        self._idle.stop()
        self.save_all()
        if self._session.may(PermittedAct.DECIDE):  # behind the decision that still waited
            self._run(self.actions.approval.pin.end, lambda _: None)
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
        self._pieces.drop()
        self._papers.drop()
        self.save_all()
        self._idle.stop()
        self._behind.stop()
