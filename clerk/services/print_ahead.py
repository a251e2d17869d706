"""Papers drawn before they are asked for, while the clerk and the applicant are still reading.

Nothing is kept, numbered or told here: what is drawn stays in the press's memory, under the digest
of its content. The use case that issues the paper works it out for itself and finds the same
content drawn; where anything differs by then, it draws its own.
"""

from clerk.documents import due, page_pictures
from clerk.domain.case import Case
from clerk.domain.findings import NextAct
from clerk.domain.identity import Act, Session
from clerk.services import acceptance, letter_signing, paper_making, papers
from clerk.services.desk import Desk


def letter(desk: Desk, session: Session, case: Case, requirement_code: str) -> None:
    """Draw what ``papers.preview_letter`` shows, then what ``letter_signing.sign_letter`` keeps.

    Raises:
        PaperTrouble: it cannot be drawn yet.
    """
    session.require(Act.MAKE_PAPER)
    press = desk.press.ahead
    papers.draw_preview(desk, session, case, requirement_code, press)
    letter_signing.draw_letter(desk, session, case, requirement_code, press)


def papers_of_act(desk: Desk, session: Session, case: Case, act: NextAct, width: int) -> None:
    """Draw the papers that taking the case in would bring, and the first page that is shown.

    Raises:
        NotAcceptable: a finding still blocks the case.
        PaperTrouble: a paper cannot be drawn yet.
    """
    session.require(Act.MAKE_PAPER)
    taken = acceptance.foreseen(desk, session, case, act)
    if taken is None:
        return
    press = desk.press.ahead
    standard = desk.standard(case.item_code, case.standard_version)
    for place, kind in enumerate(due.due_papers(taken, standard)):
        _, drawn = paper_making.draw_paper(desk, session, taken, kind, press)
        if place == 0:
            page_pictures.pictures_of(press, drawn.pdf, paper_making.PDF, width)
