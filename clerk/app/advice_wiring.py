"""Gives 咨询 its use cases."""

from functools import partial

from clerk.app.opening import OpenCounter
from clerk.app.use_cases import advice
from clerk.domain.identity import Session
from clerk.ui.actions import AdviceActions, Here


def advice_actions(open_counter: OpenCounter, session: Session, here: Here) -> AdviceActions:
    """Return what is told without a case, by the version that counts today."""
    desk, items = open_counter.desk, open_counter.items
    return AdviceActions(
        here=here,
        standard=lambda code: desk.standard(code, items.current(code, desk.today())),
        advise=partial(advice.advice_on, desk, session),
        document=partial(advice.advice_document, desk, session),
        pages=partial(advice.advice_pages, desk, session),
        printers=open_counter.printers,
    )
