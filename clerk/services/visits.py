"""Visits at home (上门服务): the list of those to be made, on screen and on paper.

Need, address and telephone are read by those only who may read the case, and every reading is a
line of the journal.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from clerk.documents import page_pictures, visit_roster
from clerk.domain.identity import Act, Session
from clerk.domain.issued import PageImage
from clerk.domain.tasks import TaskKind
from clerk.domain.visits import VisitLine, visit_line
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import cases, tasks

_FAR: Final = timedelta(days=366)
_MOST: Final = 200


def visits_to_make(desk: Desk, session: Session) -> tuple[VisitLine, ...]:
    """Return the visits that are still to be made, the earliest first.

    Raises:
        NotAllowed: the role serves nobody at a window.
    """
    _require(session)
    with desk.store.begin() as tx:
        due = tasks.due_by(tx, desk.today() + _FAR, {TaskKind.HOME_VISIT}, _MOST)
        held = [cases.load(tx, line.case_id) for line in due]
        record(desk, tx, session, "visits.read", count=len(held))
    lines = (
        visit_line(desk.rules(case).standard, case, desk.verdict(session, case)) for case in held
    )
    return tuple(line for line in lines if line is not None)


def roster_document(desk: Desk, session: Session, lines: Sequence[VisitLine]) -> bytes:
    """Return the list as a PDF for the printer; it is not kept.

    Raises:
        PaperTrouble: it could not be drawn.
    """
    _require(session)
    html = visit_roster.html_for(lines, desk.counter, session.account.display_name, desk.now())
    printed = desk.press.print_html(html)
    with desk.store.begin() as tx:
        record(desk, tx, session, "visits.printed", count=len(lines))
    return printed.pdf


def roster_pages(desk: Desk, session: Session, pdf: bytes, width: int) -> Sequence[PageImage]:
    """Return the pages of the list as pictures, for a printer that takes only those."""
    _require(session)
    return page_pictures.pictures_of(desk.press, pdf, "application/pdf", width)


def _require(session: Session) -> None:
    session.require(Act.NOTE_CARE)
    session.require(Act.READ_CASE)
