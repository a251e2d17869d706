"""Cards and people: what a placed card means, and who is named by hand."""

from functools import partial

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QWidget

from clerk.domain.care import Care
from clerk.domain.caring import age_of_applicant, note_care, record_visit, suggests_elderly
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError, NoCard
from clerk.domain.intake import party_from_card, with_body, with_handler
from clerk.domain.party import Handler, Party, PartyKind
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import IntakeActions
from clerk.ui.care import CareDialog
from clerk.ui.intake_alike import AlikeWork
from clerk.ui.intake_applicant import ApplicantCard, wants_person
from clerk.ui.intake_desk import IntakeDesk, applicants_of, same_person
from clerk.ui.intake_dialogs import Choosable, MenuDialog
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.intake_mandate import MandateWork
from clerk.ui.intake_people import BodyDialog, HandlerDialog, PersonDialog
from clerk.wording_care import suggestion

_AFTER_TROUBLE = 6
"""After a failed look at the reader, so many times the usual pause."""


class PeopleWork(QTimer):
    """Looks for a card twice a second while the page is in front, and acts on what it finds.

    A card is read when it is placed, not again while it lies there.
    """

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        actions: IntakeActions,
        frame: IntakeFrame,
        desk: IntakeDesk,
        *,
        poll_ms: int,
    ) -> None:
        super().__init__(host)
        self._host, self._jobs, self._actions = host, jobs, actions
        self._frame, self._desk = frame, desk
        self._poll_ms = poll_ms
        self._looking = self._lies_there = self._asking = False
        self.alike = AlikeWork(host, jobs, actions, frame, desk)
        self.mandate = MandateWork(host, jobs, actions, frame, desk)
        self.setSingleShot(True)
        self.timeout.connect(self._look)

    def watch(self) -> None:
        """Begin to look for cards."""
        if not self.isActive() and not self._looking:
            self.start(self._poll_ms)

    def lies_there(self) -> bool:
        """Whether a card lay on the reader at the last look."""
        return self._lies_there

    def connect_card(self, card: ApplicantCard) -> None:
        """Let the buttons of the applicant's card work."""
        card.read_wanted.connect(self.read)
        card.type_wanted.connect(self.type_applicant)
        card.body_wanted.connect(self._on_change)
        card.handler_wanted.connect(self.open_handler)
        card.mandate_wanted.connect(self.mandate.sign)
        card.care_wanted.connect(self.open_care)
        card.alike.wanted.connect(self.alike.open)

    def _look(self) -> None:
        if not self._host.isVisible():
            return
        self._looking = True
        self._jobs.run(
            Lane.DEVICE,
            self._actions.card_present,
            owner=self,
            then=self._on_looked,
            failed=self._on_no_reader,
        )

    def _on_looked(self, present: bool) -> None:
        self._looking = False
        placed, self._lies_there = present and not self._lies_there, present
        if placed:
            self.read()
        self.start(self._poll_ms)

    def _on_no_reader(self, _error: ClerkError) -> None:
        """A reader that is not there is the status bar's matter."""
        self._looking = self._lies_there = False
        self.start(self._poll_ms * _AFTER_TROUBLE)

    def read(self) -> None:
        """Read the card that lies on the reader (Ctrl R)."""
        here = self._actions.here
        self._jobs.run(
            Lane.DEVICE,
            self._actions.read_card,
            owner=self,
            then=lambda card: self.take(party_from_card(card, here.now())),
            failed=self._on_unread,
        )

    def _on_unread(self, error: ClerkError) -> None:
        if isinstance(error, NoCard):
            self._lies_there = False  # so that the next card is noticed, however soon it comes
        self._desk.failed.emit(error)

    def take(self, party: Party) -> None:
        """Act on a card: begin, fill the applicant, or ask what it means."""
        self._frame.commit_waiting()
        opened = self._desk.current
        if opened is None or (opened.editable and wants_person(opened.case)):
            self._desk.set_person(party)
            return
        if any(same_person(party, known) for known in applicants_of(opened.case)):
            self._frame.say(f"还是{party.name}，没有变化")
            return
        if self._asking:
            return
        self._asking = True
        dialog = MenuDialog(
            f"放上了{party.name}的身份证",
            _in_hand(opened),
            [
                Choosable(words="开新件（这件挂起）", take=partial(self._begin_new, party)),
                Choosable(
                    words="登记为代办人",
                    take=partial(self.open_handler, party),
                    why_not="" if opened.editable else "这件已经收下，不再改代办人",
                ),
                Choosable(words="取消", take=lambda: None),
            ],
        )
        dialog.closed.connect(self._on_asked)
        self._frame.open_dialog(self._host, dialog)

    def _on_asked(self) -> None:
        self._asking = False

    def _begin_new(self, party: Party) -> None:
        self._desk.bring_up(None)
        self._desk.set_person(party)

    def type_applicant(self) -> None:
        """Name the applicant by hand; for items that are not for persons, the body first."""
        opened = self._desk.current
        kinds = opened.standard.applicant_kinds if opened else (PartyKind.PERSON,)
        now = self._actions.here.now
        applicant = opened.case.applicant if opened else None
        if PartyKind.PERSON in kinds or (applicant is not None and applicant.party.name):
            dialog = PersonDialog(now, self._desk.set_person)
            self._frame.open_dialog(self._host, dialog)
        else:
            self._open_body()

    def _on_change(self) -> None:
        """The button beside the applicant: a person gets a handler, a body is corrected."""
        opened = self._desk.current
        applicant = opened.case.applicant if opened else None
        if applicant is not None and applicant.party.kind is not PartyKind.PERSON:
            self._open_body()
        elif opened is not None and opened.case.handler is None:
            self.open_handler()
        else:
            self._frame.open_dialog(
                self._host, PersonDialog(self._actions.here.now, self._desk.set_person)
            )

    def _open_body(self) -> None:
        opened = self._desk.current
        if opened is None:
            return
        held = opened.case.applicant.party if opened.case.applicant else None

        def take(body: Party) -> None:
            self._desk.edit(lambda case: with_body(case, body))

        kinds = opened.standard.applicant_kinds
        dialog = BodyDialog(self._actions.here.now, kinds, held, take)
        self._frame.open_dialog(self._host, dialog)

    def open_care(self) -> None:
        """Mark how the applicant is to be served (Ctrl G)."""
        opened = self._desk.current
        if opened is None:
            return
        if not opened.editable:
            self._frame.say("这件已经收下，在办件的其他处理里登记服务需求")
            return
        here = self._actions.here

        def take(care: Care) -> None:
            self._desk.edit(lambda case: note_care(case, care, here.session, here.now()))

        def visited(made: str) -> None:
            self._desk.edit(lambda case: record_visit(case, made, here.session, here.now()))

        on = local_date(here.now())
        age = age_of_applicant(opened.case, on)
        suggests = age is not None and suggests_elderly(opened.case, here.office, on)
        hint = f"{suggestion(age or 0)}，是才选" if suggests else ""
        self._frame.open_dialog(self._host, CareDialog(opened.case, hint, take, visited))

    def open_handler(self, person: Party | None = None) -> None:
        """Say who acts for the applicant, what he may do and until when."""
        opened = self._desk.current
        if opened is None:
            return

        def take(handler: Handler | None) -> None:
            self._desk.edit(lambda case: with_handler(case, handler))

        dialog = HandlerDialog(self._actions.here.now, opened.case.handler, person, take)
        self._frame.open_dialog(self._host, dialog)


def _in_hand(opened: OpenCase) -> str:
    """Whose case is in hand; while its body has no name yet, who stands for it."""
    applicant, item = opened.case.applicant, opened.standard.name
    if opened.case.applicant_name:
        return f"手上这件是{opened.case.applicant_name}的{item}"
    if applicant is not None and applicant.representative is not None:
        return f"手上这件是{item}，负责人{applicant.representative.name}，单位还没写"
    return f"手上这件是{item}，还没写申请人"
