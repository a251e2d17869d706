"""Electronic seals on papers that take effect (电子印章): once, before the paper is kept.

The seal is that of the item's own authority. Where no seal service is connected, or it does not
answer, the paper goes out all the same: drawn with a ring in which it is stamped by hand.
"""

import logging

from clerk.documents.commitment_content import LETTER_SEAL
from clerk.documents.notices import seal_place
from clerk.documents.press import Press, PrintedPaper
from clerk.domain.case import Case
from clerk.domain.errors import SealUnavailable
from clerk.domain.paper_seal import SealOrder
from clerk.domain.papers import Paper
from clerk.services.desk import Desk
from clerk.services.paper_drawing import print_paper
from clerk.values import replace

_log = logging.getLogger(__name__)


def draw_and_seal(desk: Desk, case: Case, paper: Paper, press: Press) -> tuple[Paper, PrintedPaper]:
    """Draw a paper as it is issued, with its seal; return what it says and what it looks like.

    Raises:
        PaperTrouble: a value is missing, or it could not be drawn.
    """
    told, printed = draw(desk, paper, press)
    return sealed(desk, case, told, printed, press)


def draw(desk: Desk, paper: Paper, press: Press) -> tuple[Paper, PrintedPaper]:
    """Draw a paper as ``draw_and_seal`` does, without its seal; nothing takes effect by it.

    Raises:
        PaperTrouble: a value is missing, or it could not be drawn.
    """
    told = replace(paper, by_hand=desk.paper_seal is None)
    return told, print_paper(desk, told, press)


def sealed(
    desk: Desk, case: Case, paper: Paper, printed: PrintedPaper, press: Press
) -> tuple[Paper, PrintedPaper]:
    """Return the paper with its seal; drawn once more for the hand, where the service is down."""
    if paper.by_hand or not paper.seal_name:
        return paper, printed
    drawn = paper.practice and printed.letter is None
    try:
        return paper, _with_seal(desk, case, paper.seal_name, printed, drawn=drawn)
    except SealUnavailable:
        _log.info("a paper goes out without an electronic seal")
        told = replace(paper, by_hand=True)
        return told, print_paper(desk, told, press)


def seal_of(paper: Paper, printed: PrintedPaper) -> str:
    """Say for the journal what seal a finished paper bears: ``electronic``, ``by_hand``, ``none``."""
    if paper.by_hand and paper.seal_name:
        return "by_hand"
    sealed_now = paper.seal_name and seal_place(printed.marks) is not None
    return "electronic" if sealed_now else "none"


def sealed_letter(desk: Desk, case: Case, printed: PrintedPaper) -> PrintedPaper:
    """Return a letter with the seal where it asks for one; as it is, where the service is down."""
    try:
        return _with_seal(desk, case, LETTER_SEAL, printed, drawn=False)
    except SealUnavailable:
        _log.info("a letter goes out without an electronic seal")
        return printed


def _with_seal(
    desk: Desk, case: Case, seal_name: str, printed: PrintedPaper, *, drawn: bool
) -> PrintedPaper:
    """Ask the service; a page without a place for a seal is left as it is."""
    place = seal_place(printed.marks)
    if place is None or desk.paper_seal is None:
        return printed
    body = desk.standard(case.item_code, case.standard_version).body
    order = SealOrder(
        body_code=body.code,
        body_name=body.name,
        seal_name=seal_name,
        at=desk.now(),
        place=place,
        drawn=drawn,
    )
    return replace(printed, pdf=desk.paper_seal.seal(printed.pdf, order))
