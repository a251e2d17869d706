"""Making the certificate (证照制作): drawn, bound to its blank and its case, printed, or voided.

The page is drawn outside any transaction; then page, blank, number and the line of the case's
course are written in one. What the printer does comes after that: a blank it spoils is voided.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from clerk.documents import page_pictures
from clerk.documents.certificate_face import html_for, series_mark
from clerk.domain.blanks import BlankState
from clerk.domain.case import Case
from clerk.domain.certificate_making import (
    CertificateOffer,
    MadeCertificate,
    last_number,
    made_certificate,
    printed_on,
    require_makeable,
    require_number,
    voided,
)
from clerk.domain.errors import NotAcceptable, PaperTrouble
from clerk.domain.identity import Act, Session
from clerk.domain.issued import PageImage
from clerk.domain.rare_characters import numbers_of
from clerk.domain.standard import ItemStandard
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import blanks, cases, files, numbers

PDF = "application/pdf"
SERIES = "certificate"


def offer_certificate(desk: Desk, session: Session, case_id: UUID) -> CertificateOffer:
    """Return which blank and which number come next for a case, and what it has already.

    Raises:
        NotAcceptable: no certificate may be made of this case now.
        PaperTrouble: its kind of certificate has no face here.
    """
    session.require(Act.MANAGE_BLANKS)
    with desk.store.read() as tx:
        return _offer(desk, tx, cases.load(tx, case_id))


def preview_certificate(
    desk: Desk, session: Session, case_id: UUID, blank: str, number: str, width: int
) -> Sequence[PageImage]:
    """Show the certificate as it would be printed, marked as a preview; nothing is kept."""
    session.require(Act.MANAGE_BLANKS)
    with desk.store.read() as tx:
        case = cases.load(tx, case_id)
    pdf = _draw(desk, case, blank, number, effective=False)
    return page_pictures.pictures_of(desk.press, pdf, PDF, width)


def print_certificate(
    desk: Desk, session: Session, case_id: UUID, blank: str, number: str
) -> CertificateOffer:
    """Bind the next blank to the case and keep the page that goes on it.

    Raises:
        NotAcceptable: the case is not granted or has a certificate already, the blank is not in
            stock, or the number stands on another one; nothing was written.
        BadInput: no number.
        PaperTrouble: the page could not be drawn; nothing was written.
    """
    session.require(Act.MANAGE_BLANKS)
    given = require_number(number)
    with desk.store.read() as tx:
        case = cases.load(tx, case_id)
    require_makeable(case)
    pdf = _draw(desk, case, blank.strip(), given, effective=True)
    now = desk.now()
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        rules = desk.rules(case)
        kind = rules.standard.result.name
        if blanks.bears_number(tx, kind, given):
            raise NotAcceptable("这个证照号已经印在别的证上，没有印制。按 F5 看最新的号")
        _take_number(desk, tx, case, given)
        sheet = files.keep(tx, pdf, name=f"{kind} {given}.pdf", media_type=PDF, at=now)
        found = blanks.find(tx, kind, blank.strip())
        printed, used = printed_on(rules, case, found, given, sheet.sha256, session, now)
        if not blanks.change(tx, used):
            raise NotAcceptable("这张空白证刚被别处登记，没有印制。按 F5 刷新后再看")
        saved = cases.save(tx, printed)
        record(
            desk,
            tx,
            session,
            "certificate.printed",
            case_id,
            kind=kind,
            blank=used.number,
            number=given,
            sheet=sheet.sha256,
        )
        return _offer(desk, tx, saved)


def void_certificate(desk: Desk, session: Session, case_id: UUID, reason: str) -> CertificateOffer:
    """Void a misprint with its reason; the next blank is suggested, under the same number.

    Raises:
        NotAcceptable: the case has no certificate, or it was handed out.
        BadInput: no reason.
    """
    session.require(Act.MANAGE_BLANKS)
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        made = made_certificate(case)
        found = blanks.find(tx, made.kind, made.blank) if made else None
        after, spoilt = voided(desk.rules(case), case, found, reason, session, desk.now())
        if not blanks.change(tx, spoilt, BlankState.USED):
            raise NotAcceptable("这张空白证刚被别处登记，没有作废。按 F5 刷新后再看")
        saved = cases.save(tx, after)
        record(
            desk,
            tx,
            session,
            "certificate.voided",
            case_id,
            kind=spoilt.kind,
            blank=spoilt.number,
            reason=spoilt.reason,
        )
        return _offer(desk, tx, saved)


def certificate_document(desk: Desk, session: Session, case_id: UUID) -> bytes:
    """Return the page of the certificate a case has, for the printer; a line of the journal.

    Raises:
        NotAcceptable: it has none, or it was printed elsewhere and only registered here.
    """
    session.require(Act.MANAGE_BLANKS)
    with desk.store.begin() as tx:
        made = _with_sheet(cases.load(tx, case_id))
        record(desk, tx, session, "certificate.sent_to_printer", case_id, blank=made.blank)
        return files.content_of(tx, made.sheet)


def certificate_pages(
    desk: Desk, session: Session, case_id: UUID, width: int
) -> Sequence[PageImage]:
    """Return the page of the certificate a case has, as a picture."""
    session.require(Act.MANAGE_BLANKS)
    with desk.store.read() as tx:
        pdf = files.content_of(tx, _with_sheet(cases.load(tx, case_id)).sheet)
    return page_pictures.pictures_of(desk.press, pdf, PDF, width)


def _with_sheet(case: Case) -> MadeCertificate:
    made = made_certificate(case)
    if made is None or not made.sheet:
        raise NotAcceptable("这件没有在这里印过证照，没有可看的。先印制")
    return made


def _offer(desk: Desk, tx: Connection, case: Case) -> CertificateOffer:
    made = made_certificate(case)
    if made is None:
        require_makeable(case)
    standard = desk.rules(case).standard
    kind = standard.result.name
    stock = next((one for one in blanks.stocks(tx) if one.kind == kind), None)
    return CertificateOffer(
        case_id=case.case_id,
        kind=kind,
        blank=stock.next_number if stock else "",
        left=stock.in_stock if stock else 0,
        number=made.number if made else last_number(case) or _next_number(desk, tx, standard),
        made=made,
    )


def _next_number(desk: Desk, tx: Connection, standard: ItemStandard) -> str:
    mark, year = series_mark(standard.result.name), desk.today().year
    count = numbers.expected_paper_number(tx, standard.body.code, SERIES + mark, year)
    return f"{mark}{year}{count:06}"


def _take_number(desk: Desk, tx: Connection, case: Case, given: str) -> None:
    """Count the series on where the number is its next one; another one was given elsewhere."""
    standard = desk.rules(case).standard
    if given == _next_number(desk, tx, standard):
        series = SERIES + series_mark(standard.result.name)
        numbers.next_paper_number(tx, standard.body.code, series, desk.today().year)


def _draw(desk: Desk, case: Case, blank: str, number: str, *, effective: bool) -> bytes:
    html = html_for(
        case,
        desk.rules(case).standard,
        blank=blank,
        number=number,
        effective=effective,
        practice=desk.counter.practice,
    )
    printed = desk.press.print_html(html)
    if printed.by_hand:
        named = "、".join(numbers_of(printed.by_hand))
        raise PaperTrouble(
            f"字库里没有 {named} 这个字，证照印不出来，空白证照没有用掉，办件未改动。"
            "请系统管理员装上有这个字的字体后再印"
        )
    return printed.pdf
