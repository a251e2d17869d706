"""Who used whose certificate, when, for what (用证记录): asked by the holder, printed for him.

The holder is found by the keyed digest of his number; that somebody looked is a line of the
journal, as every read of personal data. The journal and this list hold nobody's number.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from clerk.documents import certificate_uses, page_pictures
from clerk.domain.certificate_call import UsesPage
from clerk.domain.certificate_holder import HolderAsking
from clerk.domain.days import HALL_ZONE
from clerk.domain.errors import BadInput
from clerk.domain.identity import Act, Session
from clerk.domain.issued import PageImage
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import certificate_calls
from clerk.storage.blind_index import index_of

PDF = "application/pdf"
AT_ONCE = 50
MOST_PRINTED = 1000
"""A print of more calls is asked for in shorter spans; nobody reads such a pile."""


def uses_of(desk: Desk, session: Session, asked: HolderAsking, page: int) -> UsesPage:
    """Return a page of the calls about whoever asks, the newest first; ``page`` counts from 1."""
    session.require(Act.SHOW_USES)
    found = _found(desk, asked, offset=(page - 1) * AT_ONCE, limit=AT_ONCE)
    _note(desk, session, "certificate_uses.shown", asked, found.total)
    return found


def uses_document(desk: Desk, session: Session, asked: HolderAsking) -> bytes:
    """Return all of it as a PDF for the printer; it is not kept, only its digest.

    Raises:
        BadInput: more calls than one print can hold.
        PaperTrouble: it could not be drawn.
    """
    session.require(Act.SHOW_USES)
    found = _found(desk, asked, offset=0, limit=MOST_PRINTED)
    if found.total > MOST_PRINTED:
        raise BadInput(
            f"这段日期有 {found.total} 条，一次最多打印 {MOST_PRINTED} 条，没有打印。请缩短日期"
        )
    html = certificate_uses.html_for(
        asked, found.calls, desk.counter, session.account.display_name, desk.now()
    )
    pdf = desk.press.print_html(html).pdf
    digest = sha256(pdf).hexdigest()
    _note(desk, session, "certificate_uses.printed", asked, found.total, digest)
    return pdf


def uses_pages(desk: Desk, session: Session, pdf: bytes, width: int) -> Sequence[PageImage]:
    """Return the pages of such a print as pictures, ``width`` pixels wide."""
    session.require(Act.SHOW_USES)
    return page_pictures.pictures_of(desk.press, pdf, PDF, width)


def _found(desk: Desk, asked: HolderAsking, *, offset: int, limit: int) -> UsesPage:
    first_at, until_at = _span(asked.first, asked.last)
    with desk.store.read() as tx:
        index = index_of(tx, asked.number)
        return UsesPage(
            total=certificate_calls.count_of_holder(tx, index, first_at, until_at),
            calls=tuple(
                certificate_calls.of_holder(
                    tx, index, first_at, until_at, offset=offset, limit=limit
                )
            ),
        )


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    return (
        datetime.combine(first, time.min, tzinfo=HALL_ZONE),
        datetime.combine(last + timedelta(days=1), time.min, tzinfo=HALL_ZONE),
    )


def _note(
    desk: Desk, session: Session, act: str, asked: HolderAsking, count: int, sheet: str = ""
) -> None:
    with desk.store.begin() as tx:
        record(
            desk,
            tx,
            session,
            act,
            holder=index_of(tx, asked.number),
            known_by=asked.known_by.value,
            first=asked.first.isoformat(),
            last=asked.last.isoformat(),
            count=count,
            sheet=sheet,
        )
