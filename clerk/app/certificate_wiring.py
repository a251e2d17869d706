"""What 证照制作 may ask for, as plain callables."""

from functools import partial

from clerk.domain.identity import Session
from clerk.services import certificate_making
from clerk.services.desk import Desk
from clerk.ui.actions import Here, MakingActions


def making_actions(desk: Desk, session: Session, here: Here) -> MakingActions:
    """Return the making of certificates for this person; the use cases check who may."""
    return MakingActions(
        here=here,
        offer=partial(certificate_making.offer_certificate, desk, session),
        preview=partial(certificate_making.preview_certificate, desk, session),
        make=partial(certificate_making.print_certificate, desk, session),
        void=partial(certificate_making.void_certificate, desk, session),
        pages=partial(certificate_making.certificate_pages, desk, session),
        document=partial(certificate_making.certificate_document, desk, session),
    )
