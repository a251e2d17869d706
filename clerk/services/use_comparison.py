"""Comparing our certificate calls with the library's list of them, a day at a time (用证对账).

The day before is compared by itself, once, as soon as the platform answers; any day again by hand.
What differs is shown until a person has taken note of it; nothing is put right by itself.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from clerk.documents import page_pictures
from clerk.domain.certificate_call import CertificateCall
from clerk.domain.days import HALL_ZONE, local_date
from clerk.domain.errors import BadInput, RemoteGarbled
from clerk.domain.identity import Act, Session
from clerk.domain.issued import PageImage
from clerk.domain.use_list import ListedUse, UseComparison, compared, listed_name
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import certificate_calls, use_comparisons

PDF = "application/pdf"
AT_ONCE = 200
MOST_PAGES = 200
SHOWN_DAYS = 30
BACK_DAYS = 7
"""A hall that was closed for less than this has every day compared once it opens, one a turn."""


def compare_day(desk: Desk, session: Session, on: date) -> UseComparison:
    """Compare one day by hand.

    Raises:
        BadInput: the day is not over yet.
        RemoteTrouble: the platform did not tell the whole list; nothing was kept.
    """
    session.require(Act.COMPARE_USES)
    if on >= desk.today():
        raise BadInput("这一天还没过完，没有对账。请选今天以前的日子")
    return _compare(desk, session, on)


def compare_days_before(desk: Desk, session: Session) -> int:
    """Compare the first of the last days that was not yet; how many differences are new.

    The round's own: the day before, and the days on which nobody worked here.

    Raises:
        RemoteTrouble: the platform did not tell the whole list; a later round asks again.
    """
    yesterday = desk.today() - timedelta(days=1)
    if not desk.calls.may_compare(yesterday, desk.now()):
        return 0
    on = _not_compared(desk, yesterday)
    if on is None:
        desk.calls.compared(yesterday)
        return 0
    return len(_compare(desk, session, on).differences)


def _not_compared(desk: Desk, yesterday: date) -> date | None:
    """Return the first day to compare; calls from before the ledger are none of its differences."""
    with desk.store.read() as tx:
        begun_at = certificate_calls.begun_at(tx)
        known = {one.on for one in use_comparisons.last(tx, SHOWN_DAYS)}
    if begun_at is None:
        return None
    first = max(local_date(begun_at), yesterday - timedelta(days=BACK_DAYS - 1))
    days = (first + timedelta(days=place) for place in range((yesterday - first).days + 1))
    return next((on for on in days if on not in known), None)


def comparisons(desk: Desk, session: Session) -> Sequence[UseComparison]:
    """Return the days compared last, the newest first."""
    session.require(Act.COMPARE_USES)
    with desk.store.read() as tx:
        return use_comparisons.last(tx, SHOWN_DAYS)


def look_at_comparison(desk: Desk, session: Session, on: date) -> None:
    """Note that this person has taken note of a day's differences."""
    session.require(Act.COMPARE_USES)
    with desk.store.begin() as tx:
        if use_comparisons.look_at(tx, on, session.account.account_id, desk.now()):
            record(desk, tx, session, "certificate_uses.differences_seen", on=on.isoformat())


def comparison_document(desk: Desk, session: Session, found: UseComparison) -> bytes:
    """Return a day's differences as a PDF for the printer; it is not kept."""
    session.require(Act.COMPARE_USES)
    from clerk.documents import use_differences  # hardly a day differs

    clerk = session.account.display_name
    html = use_differences.html_for(found, desk.counter, clerk, desk.now())
    return desk.press.print_html(html).pdf


def comparison_pages(desk: Desk, session: Session, pdf: bytes, width: int) -> Sequence[PageImage]:
    """Return the pages of such a sheet as pictures, ``width`` pixels wide."""
    session.require(Act.COMPARE_USES)
    return page_pictures.pictures_of(desk.press, pdf, PDF, width)


def days_that_differ(desk: Desk) -> Sequence[UseComparison]:
    """Return the days whose differences nobody has taken note of."""
    with desk.store.read() as tx:
        return use_comparisons.not_looked_at(tx)


def _compare(desk: Desk, session: Session, on: date) -> UseComparison:
    theirs = _listed(desk, session, on)
    begin = datetime.combine(on, time.min, tzinfo=HALL_ZONE)
    with desk.store.begin() as tx:
        ours = certificate_calls.of_span(tx, begin, begin + timedelta(days=1))
        known: dict[UUID, CertificateCall] = {}
        for use in theirs:
            call = certificate_calls.find_piece(tx, use.message_id)
            if call is not None:
                known[use.message_id] = call
        found = UseComparison(
            on=on,
            compared_at=desk.now(),
            listed=len(theirs),
            differences=compared([call for call in ours if listed_name(call)], known, theirs),
        )
        use_comparisons.keep(tx, found)
        record(
            desk,
            tx,
            session,
            "certificate_uses.compared",
            on=on.isoformat(),
            listed=len(theirs),
            differences=[f"{one.kind.value} {one.message_id}" for one in found.differences[:50]],
            count=len(found.differences),
        )
    desk.calls.compared(on)
    return found


def _listed(desk: Desk, session: Session, on: date) -> Sequence[ListedUse]:
    """Return the library's whole list of a day, page by page."""
    uses: list[ListedUse] = []
    cursor = ""
    for _ in range(MOST_PAGES):
        page = desk.platform.certificate_uses(desk.call(session, None), on, cursor, AT_ONCE)
        uses += page.uses
        if len(page.uses) < AT_ONCE:
            return uses
        if page.cursor == cursor:
            break
        cursor = page.cursor
    raise RemoteGarbled(
        "一窗式平台给的用证清单翻不到头，没有对账。请系统管理员联系对方",
        kind="same_page",
        sent="answered",
    )
