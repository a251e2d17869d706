"""Signing on the screen, wired to the services."""

from functools import partial

from clerk.app.use_cases import letter_signing, mandate_signing, paper_signing
from clerk.domain.handwriting import Handwriting
from clerk.domain.identity import Session
from clerk.domain.issued import IssuedPaper
from clerk.domain.paper_signature import SignWay
from clerk.services.desk import Desk
from clerk.ui.signing_actions import SigningActions


def signing_actions(desk: Desk, session: Session) -> SigningActions:
    """Return what the signing window may ask for."""

    def sign_paper(paper: IssuedPaper, way: SignWay, hand: Handwriting | None) -> IssuedPaper:
        return paper_signing.sign_paper(desk, session, paper.paper_id, way, hand)

    return SigningActions(
        letter_pages=partial(letter_signing.letter_to_sign, desk, session),
        sign_letter=partial(letter_signing.sign_letter, desk, session),
        mandate_pages=partial(mandate_signing.mandate_to_sign, desk, session),
        sign_mandate=partial(mandate_signing.sign_mandate, desk, session),
        sign_paper=sign_paper,
    )
