"""The open cases of the intake page: which there are, which is in front, how each is changed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from uuid import UUID

from PyQt6.QtCore import QObject, pyqtSignal

from clerk.domain.case import Case
from clerk.domain.case_list import CaseLine, EarlierValue
from clerk.domain.errors import ClerkError
from clerk.domain.findings import NextAct
from clerk.domain.intake import (
    card_was_read,
    made_by_system,
    with_evidence,
    with_person,
    with_value,
)
from clerk.domain.material import StoredFile
from clerk.domain.party import Applicant, Party, PartyKind
from clerk.domain.step_times import StepWatch
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import IntakeActions
from clerk.ui.intake_ahead import PrintAhead
from clerk.ui.intake_drafts import Drafts
from clerk.ui.intake_flow import (
    OpenCase,
    application_is_due,
    application_line,
    form_key,
    settled,
)
from clerk.values import replace

_MOST_DRAFTS = 6
_NOT_NOTED = "签名时的那件已经关上或收下，签名没有记上，没有改动。打开那件，请再签一次"
_TAKES_IN = frozenset({NextAct.ACCEPT_AND_PASS_ON, NextAct.RECEIVE_AND_PASS_ON})


class IntakeDesk(QObject):
    """Holds one ``OpenCase`` per tab; every change goes through ``apply``.

    ``changed`` follows every edit of the case in front, ``turned`` when another one came to the
    front or the tabs changed, ``fetched`` when a chosen one came from the store, ``said`` carries a
    passing word, ``failed`` known trouble.
    """

    changed = pyqtSignal()
    turned = pyqtSignal()
    fetched = pyqtSignal()
    said = pyqtSignal(str)
    failed = pyqtSignal(object)

    def __init__(
        self,
        jobs: Jobs,
        actions: IntakeActions,
        *,
        half_typed: Callable[[], Mapping[str, str]],
        idle_ms: int,
        most_ms: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._actions, self._half_typed = jobs, actions, half_typed
        self.cases: list[OpenCase] = []
        self.stored: list[CaseLine] = []
        self.current: OpenCase | None = None
        self.waiting: Party | None = None
        self.drafts = Drafts(
            jobs,
            actions.save_draft,
            snapshot=self._snapshot,
            idle_ms=idle_ms,
            most_ms=most_ms,
            parent=self,
        )
        self.drafts.failed.connect(self._on_save_failed)
        self.ahead = PrintAhead(jobs, actions.ahead, actions.here.now, self)

    def start(self) -> None:
        """Bring back the drafts that were open when the program last ended."""
        self._jobs.run(
            Lane.STORE,
            self._actions.drafts,
            owner=self,
            then=self._on_drafts,
            failed=self.failed.emit,
        )

    def open_item(self, item_code: str) -> None:
        """Open a case of an item; an applicant who was just read comes along."""
        before = self.current
        try:
            case = self._actions.open_case(item_code)
            here = self._actions.here
            standard = here.standard(case.item_code, case.standard_version)
        except ClerkError as error:
            self.failed.emit(error)
            return
        if before is not None and _bare(before.case):
            applicant = before.case.applicant
            if applicant is not None and self.waiting is None:
                self.waiting = applicant.representative or applicant.party
            self.discard(before)
        person, self.waiting = self.waiting, None
        if person is not None:
            case = with_person(case, person, standard.applicant_kinds)
            case = card_was_read(case, here.session, here.now(), person.name)
        case, verdict = settled(self._actions, standard, case, None)
        opened = OpenCase(
            key=str(case.case_id), standard=standard, case=case, verdict=verdict, watch=StepWatch()
        )
        self.cases.insert(0, opened)
        self.bring_up(opened)
        if person is not None:
            self.drafts.touch(opened)
        self._ask_earlier(opened)

    def apply(self, opened: OpenCase, case: Case, *, undo_words: str = "") -> None:
        """Put an edited case in place: everything that follows, verdict, soon the store."""
        before = opened.case
        if undo_words:
            opened.before, opened.before_words = before, undo_words
        case, verdict = settled(self._actions, opened.standard, case, opened.made_from)
        opened.case = replace(case, version=before.version)
        opened.verdict = verdict
        self.drafts.touch(opened)
        if _applicant_number(before) != _applicant_number(case):
            self._ask_earlier(opened)
        if opened is self.current:
            self.changed.emit()
        if before.applicant != case.applicant:
            self.turned.emit()

    def edit(self, change: Callable[[Case], Case], *, undo_words: str = "") -> None:
        """Change the case in front by a pure function; known trouble is said, nothing changes."""
        opened = self.current
        if opened is None:
            return
        if not opened.editable:
            self.said.emit(opened.closed_because or "这件已经收下，材料和表格不再改动")
            return
        try:
            case = change(opened.case)
        except ClerkError as error:
            self.failed.emit(error)
            return
        self.apply(opened, case, undo_words=undo_words)

    def note_signed(self, case_id: UUID, change: Callable[[Case], Case]) -> bool:
        """Put what was signed into its own case, in front or not; says so where it cannot."""
        opened = next((one for one in self.cases if one.case.case_id == case_id), None)
        if opened is None or not opened.editable:
            self.said.emit(_NOT_NOTED)
            return False
        try:
            case = change(opened.case)
        except ClerkError as error:
            self.said.emit(str(error))
            return False
        self.apply(opened, case)
        return True

    def undo(self) -> None:
        """Put the case back as it was before the last act that can be taken back."""
        opened = self.current
        if opened is not None and opened.before is not None:
            before, opened.before = opened.before, None
            self.apply(opened, before)

    def current_can_undo(self) -> bool:
        """Whether the last act on the case in front can be taken back."""
        return self.current is not None and self.current.before is not None

    def recheck(self) -> None:
        """Check the case in front again (F5); what failed before is forgotten."""
        opened = self.current
        if opened is not None:
            opened.trouble.clear()
            self.apply(opened, opened.case)
            self.make_application()

    def bring_up(self, opened: OpenCase | None) -> None:
        """Bring a case to the front, or none; the one in front is parked (挂起)."""
        if self.current is not None and self.current is not opened:
            self.current.parked_at = self._actions.here.now()
            self.drafts.save_now()
        self.current = opened
        if opened is not None:
            opened.parked_at = None
        self.turned.emit()
        self.changed.emit()

    def choose(self, key: str) -> None:
        """Bring the case of a tab to the front, from the store if it is not loaded yet."""
        opened = next((one for one in self.cases if one.key == key), None)
        if opened is not None:
            self.bring_up(opened)
            return
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.load_case, UUID(key)),
            owner=self,
            then=self._on_fetched,
            failed=self.failed.emit,
        )

    def _on_fetched(self, case: Case) -> None:
        self.take_loaded(case)
        self.fetched.emit()

    def take_loaded(self, case: Case) -> None:
        """Show a case from the store; what is no draft any more is shown and not changed."""
        self.stored = [line for line in self.stored if line.case_id != case.case_id]
        standard = self._actions.here.standard(case.item_code, case.standard_version)
        made_from = form_key(case)
        case, verdict = settled(self._actions, standard, case, made_from)
        opened = OpenCase(
            key=str(case.case_id),
            standard=standard,
            case=case,
            verdict=verdict,
            made_from=made_from,
        )
        self.cases.append(opened)
        self.bring_up(opened)
        if opened.editable:
            self._ask_earlier(opened)

    def leave(self, opened: OpenCase) -> None:
        """Take a case off the screen while its decision is written."""
        if self.current is opened:
            self.bring_up(None)

    def close(self, opened: OpenCase) -> None:
        """Drop a tab; nothing of it is saved any more."""
        self.drafts.forget(opened)
        if opened in self.cases:
            self.cases.remove(opened)
        if self.current is opened:
            self.current = None
            self.changed.emit()
        self.turned.emit()

    def discard(self, opened: OpenCase) -> None:
        """Destroy a draft, in the store as well once what is being written is there."""
        self.drafts.forget(opened)
        self.close(opened)
        if opened.case.version or opened.saving:
            self.drafts.settle(opened, partial(self._destroy, opened))

    def _destroy(self, opened: OpenCase) -> None:
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.destroy_draft, opened.case),
            owner=self,
            then=lambda _: None,
            failed=self.failed.emit,
        )

    def set_person(self, party: Party) -> None:
        """Put a person who was read or typed in the applicant's place."""
        opened = self.current
        if opened is None:
            self.waiting = party
            self.turned.emit()
            self.changed.emit()
            return
        here, kinds = self._actions.here, opened.standard.applicant_kinds

        def change(case: Case) -> Case:
            case = with_person(case, party, kinds)
            return card_was_read(case, here.session, here.now(), party.name)

        self.edit(change)

    def make_application(self) -> None:
        """Make the application once the form is complete; a second request waits for the first."""
        opened = self.current
        if opened is None or not opened.editable:
            return
        asked = application_line(opened.standard, opened.verdict)
        due = application_is_due(opened.standard, opened.case, opened.verdict)
        if asked is None or not due or asked.code in opened.busy:
            return
        opened.busy[asked.code] = "正在生成"
        opened.trouble.pop(asked.code, None)
        self.changed.emit()
        case, here = opened.case, self._actions.here
        at = here.now()

        def made(file: StoredFile) -> None:
            opened.busy.pop(asked.code, None)
            if form_key(opened.case) == form_key(case):
                opened.made_from = form_key(case)
                evidence = made_by_system(file, here.session, at)
                self.apply(opened, with_evidence(opened.case, asked.code, evidence))
            elif opened is self.current:
                self.make_application()

        def not_made(error: ClerkError) -> None:
            opened.busy.pop(asked.code, None)
            opened.trouble[asked.code] = str(error)
            self.changed.emit()

        self._jobs.run(
            Lane.PAPER,
            partial(self._actions.application, case),
            owner=self,
            then=made,
            failed=not_made,
        )
        self.ahead.letters(opened)

    def foresee(self) -> None:
        """Have the papers drawn that the one next act brings: it may come at any moment."""
        opened = self.current
        if opened is not None and opened.editable and opened.verdict.act in _TAKES_IN:
            self.ahead.papers(opened.case, opened.verdict.act)

    def _snapshot(self, opened: OpenCase) -> Case:
        """The case with what is being typed, in the spelling it is typed in."""
        case = opened.case
        if opened is self.current and opened.editable:
            for code, text in self._half_typed().items():
                case = with_value(case, code, text, self._actions.here.now())
        return case

    def _ask_earlier(self, opened: OpenCase) -> None:
        number = _applicant_number(opened.case)
        opened.offers = {}
        if not number:
            return
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.earlier_values, opened.case),
            owner=self,
            then=partial(self._on_earlier, opened, number),
            failed=lambda _error: None,
        )

    def _on_earlier(self, opened: OpenCase, number: str, found: Sequence[EarlierValue]) -> None:
        if _applicant_number(opened.case) == number:
            opened.offers = {value.field: value for value in reversed(found)}
            if opened is self.current:
                self.changed.emit()

    def _on_drafts(self, lines: Sequence[CaseLine]) -> None:
        known = {opened.case.case_id for opened in self.cases}
        fresh = [line for line in lines if line.case_id not in known]
        self.stored = fresh[:_MOST_DRAFTS]
        self.turned.emit()

    def _on_save_failed(self, opened: OpenCase, error: ClerkError) -> None:
        if opened not in self.cases:
            return
        if self.current is None:
            self.bring_up(opened)
        self.failed.emit(error)
        self.changed.emit()


def _applicant_number(case: Case) -> str:
    return case.applicant.party.id_number if case.applicant else ""


def _bare(case: Case) -> bool:
    """Whether nothing but the applicant is known, so that changing the item loses nothing."""
    typed = any(held.source.value in {"typed", "earlier"} for held in case.values.values())
    answered = any(given.source.value == "answered" for given in case.answers.values())
    held = any(one.origin.value != "read_from_card" for one in case.evidence.values())
    return not (typed or answered or held)


def same_person(left: Party, right: Party) -> bool:
    """Whether two readings name the same person."""
    return left.id_number == right.id_number and left.name == right.name


def applicants_of(case: Case) -> tuple[Party, ...]:
    """Return everybody of the case whose card may be placed again."""
    applicant: Applicant | None = case.applicant
    people: list[Party] = []
    if applicant is not None:
        people = [one for one in (applicant.party, applicant.representative) if one is not None]
    if case.handler is not None:
        people.append(case.handler.party)
    return tuple(one for one in people if one.kind is PartyKind.PERSON)
