"""The mandate of an agent (帮办代办委托书), signed by the principal before anything is handed in."""

from functools import partial

from clerk.domain.agency import mandate_was_signed, principal_of, require_open_mandate
from clerk.domain.case import Case
from clerk.domain.errors import NotAcceptable
from clerk.domain.material import SignedLetter
from clerk.domain.standard import ItemStandard
from clerk.ui.asked_to_sign import SIGNING_WIDTH, Signing, ask_to_sign
from clerk.ui.intake_part import IntakePart

_TITLE = "帮办代办委托书"
_NOT_SIGNED = "委托人没有签，委托书没有生成，代办员还不能替他办。本人办理，或过一会儿再签"
_SIGNED = "委托书已签，收件后在文书里打印三份，代办员在纸上签"
_ON_PAPER = "收下委托人签好的委托书原件，在改委托里勾上看过原件，代办员才能替他办"


class MandateWork(IntakePart):
    """Lets the principal of the case in front sign, and the mandate carry from then on."""

    def sign(self) -> None:
        """Show the mandate to the principal, or say why there is none to sign."""
        opened = self._desk.current
        if opened is None:
            return
        case, signing = opened.case, self._actions.signing
        try:
            require_open_mandate(case)
        except NotAcceptable as bar:
            self._frame.say(str(bar))
            return
        wanted = Signing(
            title=_TITLE,
            signer=principal_of(case),
            pages=partial(signing.mandate_pages, case, SIGNING_WIDTH),
            keep=partial(signing.sign_mandate, case),
            take=partial(self._take, case, opened.standard),
            refused=partial(self._frame.say, _NOT_SIGNED),
            on_paper=partial(self._frame.say, _ON_PAPER),
        )
        ask_to_sign(
            self._host,
            wanted,
            self._jobs,
            self._actions.here,
            say=self._frame.say,
            open_dialog=self._frame.open_dialog,
        )

    def _take(self, shown: Case, standard: ItemStandard, letter: SignedLetter) -> None:
        """Note it in the case whose pages were signed, whichever is in front by now."""
        session = self._actions.here.session

        def change(case: Case) -> Case:
            return mandate_was_signed(standard, case, session, letter, _TITLE, shown=shown)

        if self._desk.note_signed(shown.case_id, change):
            self._frame.say(_SIGNED)
