"""What 文号台账 may ask for."""

from functools import partial

from clerk.app.use_cases import paper_ledger
from clerk.domain.identity import Session
from clerk.services.desk import Desk
from clerk.ui.actions import Here
from clerk.ui.number_actions import NumberActions


def number_actions(desk: Desk, session: Session, here: Here) -> NumberActions:
    """Return the ledger's window for this person; the use cases check who may."""
    return NumberActions(
        here=here,
        page=partial(paper_ledger.paper_numbers_page, desk, session),
        void=partial(paper_ledger.void_paper_number, desk, session),
        document=partial(paper_ledger.number_sheet_document, desk, session),
        pages=partial(paper_ledger.number_sheet_pages, desk, session),
        export=partial(paper_ledger.export_paper_numbers, desk, session),
    )
