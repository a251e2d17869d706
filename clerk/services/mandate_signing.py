"""The mandate of an agent (帮办代办委托书), signed while the case is taken in, before it carries.

On the screen the principal reads the whole letter and signs it there; the agent signs the printed
copies. It bears no number of a series, so nothing is taken where it cannot be made.
"""

import hashlib

from clerk.documents import content, due, letters, notices, page_pictures
from clerk.documents.letters import FilledLetter
from clerk.documents.press import PrintedPaper
from clerk.domain.agency import principal_of, require_open_mandate, require_principals_hand
from clerk.domain.case import Case
from clerk.domain.handwriting import Handwriting, require_same_page
from clerk.domain.identity import Act, Session
from clerk.domain.issued import ShownPages
from clerk.domain.material import SignedLetter
from clerk.domain.papers import PaperKind
from clerk.domain.rare_characters import numbers_of
from clerk.services.desk import Desk
from clerk.services.letter_templates import keep_used
from clerk.services.paper_drawing import DrawnFrom, drawn_from, print_paper
from clerk.services.paper_making import PDF, keep_docx, keep_pdf, keep_strokes, occasion_at
from clerk.services.paper_places import keep_places, places_on
from clerk.services.records import record
from clerk.values import replace

_KIND = PaperKind.AGENCY_MANDATE


def mandate_to_sign(desk: Desk, session: Session, case: Case, width: int) -> ShownPages:
    """Return the mandate as the principal reads it on the screen.

    Raises:
        NotAcceptable: nobody was entrusted, it is signed already, or the case was taken in.
        PaperTrouble: a value is missing, or it could not be drawn.
    """
    session.require(Act.MAKE_PAPER)
    require_open_mandate(case)
    printed, filled = _drawn(desk, session, case)
    return ShownPages(
        pages=page_pictures.pictures_of(desk.press, printed.pdf, PDF, width),
        sha256=_digest(printed.pdf),
        text=filled.text,
        quotes=letters.quotes_of(filled),
        placed=notices.placed(printed.marks),
    )


def sign_mandate(desk: Desk, session: Session, case: Case, hand: Handwriting) -> SignedLetter:
    """Fill the mandate for good, with the principal's strokes, and keep it with what was shown.

    Raises:
        NotAcceptable: nobody was entrusted, it is signed already, or the case was taken in.
        HandwritingRefused: another person signed than the principal.
        PageChanged: the mandate no longer says what was on the screen.
        PaperTrouble: a value is missing, or it could not be drawn; nothing was kept.
    """
    session.require(Act.MAKE_PAPER)
    require_open_mandate(case)
    require_principals_hand(case, hand)
    require_same_page(hand, _digest(_drawn(desk, session, case)[0].pdf))
    offered_at = desk.now()
    printed, filled = _drawn(desk, session, case, hand)
    made = drawn_from(desk, _KIND, printed)
    return replace(_kept(desk, session, case, printed, filled, made, hand), offered_at=offered_at)


def _drawn(
    desk: Desk, session: Session, case: Case, hand: Handwriting | None = None
) -> tuple[PrintedPaper, FilledLetter]:
    paper = content.paper_of(_KIND, occasion_at(desk, session, case, effective=True))
    printed = print_paper(desk, replace(paper, hand=hand), desk.press)
    if printed.letter is None:
        raise ValueError("a mandate is a letter")
    return printed, printed.letter


def _digest(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


def _kept(
    desk: Desk,
    session: Session,
    case: Case,
    printed: PrintedPaper,
    filled: FilledLetter,
    made: DrawnFrom,
    hand: Handwriting,
) -> SignedLetter:
    """Keep the files and write the journal, or do neither."""
    title, at = due.TITLES[_KIND], desk.now()
    with desk.store.begin() as tx:
        docx = keep_docx(desk, tx, printed, title)
        beside = keep_places(desk, tx, places_on(None, printed))
        pdf = replace(keep_pdf(desk, tx, printed, title), places_sha256=beside)
        if docx is None:
            raise ValueError("a mandate is a letter")
        if made.letter is not None:
            keep_used(tx, made.letter, at)
        strokes = keep_strokes(desk, tx, hand, title)
        record(
            desk,
            tx,
            session,
            "mandate.signed",
            case.case_id,
            text=filled.text_sha256,
            shown=hand.page_sha256,
            strokes=strokes.sha256,
            by_hand=numbers_of(pdf.by_hand),
        )
    return SignedLetter(
        template=made.name,
        template_sha256=made.sha256,
        text_sha256=filled.text_sha256,
        offered_at=at,
        signed_at=at,
        signer=principal_of(case),
        docx=docx,
        pdf=pdf,
        handwriting=strokes,
        shown_sha256=hand.page_sha256,
    )
