"""咨询: the list of what to bring, on paper, without a case (A2); only that it was given is kept."""

from collections.abc import Sequence

from clerk.documents import advice_sheet, page_pictures
from clerk.domain.advice import Advice, Inquiry, advise
from clerk.domain.identity import Act, Session
from clerk.domain.issued import PageImage
from clerk.domain.standard import ItemStandard
from clerk.services.desk import Desk
from clerk.services.records import record


def advice_on(desk: Desk, session: Session, standard: ItemStandard, inquiry: Inquiry) -> Advice:
    """Return what somebody would have to bring today."""
    session.require(Act.OPEN_CASE)
    return advise(standard, inquiry, desk.today())


def advice_document(desk: Desk, session: Session, advice: Advice) -> bytes:
    """Return the one-time sheet of a consultation (一次性告知单) as a PDF for the printer.

    It names nobody and is not kept; the journal says that it was printed and how much was lacking.

    Raises:
        PaperTrouble: it could not be drawn.
    """
    session.require(Act.OPEN_CASE)
    html = advice_sheet.html_for(advice, desk.counter, session.account.display_name, desk.now())
    printed = desk.press.print_html(html)
    item = advice.standard
    with desk.store.begin() as tx:
        record(
            desk,
            tx,
            session,
            "advice.given",
            item=item.item_code,
            version=item.version,
            asked=len(advice.asked.requirements),
            lacking=advice.lacking,
        )
    return printed.pdf


def advice_pages(desk: Desk, session: Session, pdf: bytes, width: int) -> Sequence[PageImage]:
    """Return the pages of the sheet as pictures."""
    session.require(Act.OPEN_CASE)
    return page_pictures.pictures_of(desk.press, pdf, "application/pdf", width)
