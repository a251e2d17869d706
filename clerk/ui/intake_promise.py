"""A promise in place of a paper (告知承诺): offered, then signed on paper or on the screen."""

from functools import partial

from PyQt6.QtWidgets import QWidget

from clerk.domain.case import Case
from clerk.domain.credit import CreditOccasion
from clerk.domain.days import local_date
from clerk.domain.intake import letter_was_signed, promised, with_evidence
from clerk.domain.material import SignedLetter
from clerk.domain.promise import decline_offer, promise_bar, refused
from clerk.domain.signing import require_same_people, signer_of
from clerk.domain.standard import Requirement
from clerk.jobs import Jobs, Lane
from clerk.ui.actions import IntakeActions
from clerk.ui.asked_to_sign import SIGNING_WIDTH, Signing, ask_to_sign
from clerk.ui.intake_credit import CreditAsking
from clerk.ui.intake_desk import IntakeDesk
from clerk.ui.intake_flow import OpenCase
from clerk.ui.intake_frame import IntakeFrame
from clerk.ui.intake_letters import PromiseDialog
from clerk.ui.intake_part import IntakePart

_NOT_SIGNED = "申请人没有签，承诺书没有生成。可以收原件，或过一会儿再签"


class PromiseWork(IntakePart):
    """Opens the offer for a material of the case in front, and what follows from the answer."""

    def __init__(
        self,
        host: QWidget,
        jobs: Jobs,
        actions: IntakeActions,
        frame: IntakeFrame,
        desk: IntakeDesk,
        credit: CreditAsking,
    ) -> None:
        super().__init__(host, jobs, actions, frame, desk)
        self._credit = credit

    def offer(self, opened: OpenCase, asked: Requirement) -> None:
        """Offer the promise, or say why it is not to be had."""
        here, offered_at = self._actions.here, self._actions.here.now()
        bar = promise_bar(asked, opened.case, local_date(offered_at))
        if bar is not None:
            self._frame.say(str(refused(bar, asked)))
            return

        def declined() -> None:
            self._desk.edit(
                lambda case: decline_offer(case, asked, offered_at, here.session, here.now())
            )

        self._frame.open_dialog(
            self._host,
            PromiseDialog(
                asked,
                self._jobs,
                preview=partial(self._actions.letter_preview, opened.case, asked.code),
                sign=partial(self._actions.sign_letter, opened.case, asked.code),
                take=partial(self._take, opened.case, asked),
                shown=partial(self._desk.ahead.letter, opened.case, asked.code),
                credit=self._credit.line_for(opened, CreditOccasion.PROMISE),
                declined=declined,
                on_screen=partial(self._sign_on_screen, opened, asked),
            ),
        )

    def _take(self, shown: Case, asked: Requirement, letter: SignedLetter) -> None:
        """Note it in the case whose letter was signed, whichever is in front by now."""
        session = self._actions.here.session
        self._desk.ahead.stop()

        def change(case: Case) -> Case:
            require_same_people(case, shown)
            evidence = promised(asked, letter, session)
            case = with_evidence(case, asked.code, evidence)
            return letter_was_signed(case, session, asked, letter.signed_at)

        self._desk.note_signed(shown.case_id, change)

    def _sign_on_screen(self, opened: OpenCase, asked: Requirement) -> None:
        case, signing = opened.case, self._actions.signing
        take = partial(self._take, case, asked)
        wanted = Signing(
            title="告知承诺书",
            signer=signer_of(case),
            pages=partial(signing.letter_pages, case, asked.code, SIGNING_WIDTH),
            keep=partial(signing.sign_letter, case, asked.code),
            take=take,
            refused=partial(self._frame.say, _NOT_SIGNED),
            on_paper=lambda: self._jobs.run(
                Lane.PAPER,
                partial(self._actions.sign_letter, case, asked.code),
                owner=self,
                then=take,
                failed=lambda error: self._frame.say(str(error)),
            ),
        )
        ask_to_sign(
            self._host,
            wanted,
            self._jobs,
            self._actions.here,
            say=self._frame.say,
            open_dialog=self._frame.open_dialog,
        )
