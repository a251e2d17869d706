"""Commitment letters that are signed (承诺书): filled for good, and kept with what was shown."""

import hashlib

from clerk.documents import commitment_content, content, due, letters, notices, page_pictures
from clerk.documents.letter_signature import signed_by
from clerk.documents.press import Press, PrintedLetter, PrintedPaper
from clerk.domain.case import Case
from clerk.domain.credit_gate import require_no_bad_record
from clerk.domain.errors import PaperTrouble
from clerk.domain.handwriting import Handwriting, require_same_page
from clerk.domain.identity import Act, Session
from clerk.domain.issued import ShownPages
from clerk.domain.material import SignedLetter, StoredFile
from clerk.domain.papers import PaperKind
from clerk.domain.promise import require_open
from clerk.domain.rare_characters import numbers_of
from clerk.domain.signing import require_own_hand, signer_of
from clerk.services.desk import Desk
from clerk.services.letter_templates import ChosenTemplate, for_letter, keep_used, named
from clerk.services.numbers import give_number
from clerk.services.paper_making import DOCX, PDF, keep_pdf, keep_strokes, occasion_at
from clerk.services.paper_places import keep_places, places_on
from clerk.services.paper_sealing import sealed_letter
from clerk.services.records import record
from clerk.storage import files, numbers
from clerk.values import dataclass, replace


def letter_to_sign(
    desk: Desk, session: Session, case: Case, requirement_code: str, width: int
) -> ShownPages:
    """Return the letter as whoever promises reads it on the screen, whole but for its number.

    Raises:
        NotAllowed: this proof, or whoever stands here, may not promise.
        NotAcceptable: a bad record bars the applicant's word.
        PaperTrouble: a value is missing, or it could not be drawn.
    """
    session.require(Act.MAKE_PAPER)
    _require_open_promise(desk, case, requirement_code)
    drawn = _unsigned(desk, session, case, requirement_code)
    return ShownPages(
        pages=page_pictures.pictures_of(desk.press, drawn.printed.pdf, PDF, width),
        sha256=_digest(drawn.printed.pdf),
        text=drawn.filled.text,
        quotes=letters.quotes_of(drawn.filled),
        placed=notices.placed(drawn.printed.marks),
    )


def _unsigned(desk: Desk, session: Session, case: Case, requirement_code: str) -> PrintedLetter:
    """Draw the letter without number and signature: what is read before it is signed."""
    occasion = occasion_at(desk, session, case, effective=True)
    return print_letter(desk, desk.press, occasion, requirement_code)[1]


def _digest(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


def sign_letter(
    desk: Desk,
    session: Session,
    case: Case,
    requirement_code: str,
    hand: Handwriting | None = None,
) -> SignedLetter:
    """Fill the letter for good and keep it as docx and PDF, with the hashes of what was shown.

    Signed on the screen, the letter says what was read there, and bears its number and the strokes;
    without ``hand`` it is signed on paper.

    It is drawn under the number that is next, and takes that number in the transaction that keeps
    it: a letter that cannot be made leaves no gap in its series. Where another window took the
    number meanwhile, it is drawn again under the next one.

    Raises:
        NotAllowed: this proof, or whoever stands here, may not promise.
        NotAcceptable: a bad record bars the applicant's word.
        HandwritingRefused: another person signed than the one who promises.
        PageChanged: the letter no longer says what was on the screen.
        PaperTrouble: a value is missing, or it could not be drawn; nothing was kept.
    """
    session.require(Act.MAKE_PAPER)
    _require_open_promise(desk, case, requirement_code)
    if hand is not None:
        require_own_hand(case, hand)
        shown = _unsigned(desk, session, case, requirement_code)
        require_same_page(hand, _digest(shown.printed.pdf))
    offered_at = desk.now()
    while True:
        drawn = draw_letter(desk, session, case, requirement_code, desk.press, hand)
        bare = drawn.printed.pdf
        drawn = replace(drawn, printed=sealed_letter(desk, case, drawn.printed))
        drawn = replace(drawn, sealed=drawn.printed.pdf is not bare)
        try:
            docx, pdf, strokes = _keep_letter(desk, session, case, drawn, hand)
        except _NumberGone:
            continue
        break
    return SignedLetter(
        template=f"{drawn.filled.template} {drawn.filled.template_version}",
        template_sha256=drawn.filled.template_sha256,
        text_sha256=drawn.filled.text_sha256,
        offered_at=offered_at,
        signed_at=desk.now(),
        signer=signer_of(case),
        docx=docx,
        pdf=pdf,
        online_check=case.handler is None and letters.agrees_to_online_check(drawn.filled.text),
        handwriting=strokes,
        shown_sha256=hand.page_sha256 if hand else "",
    )


class _NumberGone(Exception):
    """Another window took the number that a letter was drawn under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLetter:
    """A letter under the number that is next in its series; the number is not taken yet."""

    filled: letters.FilledLetter
    printed: PrintedPaper
    template: ChosenTemplate
    year: int
    count: int
    number: str
    sealed: bool = False


def draw_letter(
    desk: Desk,
    session: Session,
    case: Case,
    requirement_code: str,
    press: Press,
    hand: Handwriting | None = None,
) -> DrawnLetter:
    """Draw the letter as it would be signed now; nothing is kept.

    Raises:
        PaperTrouble: a value is missing, or it could not be drawn.
    """
    standard = desk.standard(case.item_code, case.standard_version)
    kind, year = PaperKind.COMMITMENT, desk.today().year
    with desk.store.read() as tx:
        count = numbers.expected_paper_number(tx, standard.body.code, kind.value, year)
    number = content.document_number(standard, kind, year, count)
    occasion = replace(occasion_at(desk, session, case, effective=True), letter_number=number)
    template, drawn = print_letter(desk, press, occasion, requirement_code, hand)
    return DrawnLetter(
        filled=drawn.filled,
        printed=drawn.printed,
        template=template,
        year=year,
        count=count,
        number=number,
    )


def _keep_letter(
    desk: Desk, session: Session, case: Case, drawn: DrawnLetter, hand: Handwriting | None
) -> tuple[StoredFile, StoredFile, StoredFile | None]:
    """Take the letter's number and keep its files, or do neither."""
    kind, filled, pages = PaperKind.COMMITMENT, drawn.filled, drawn.printed.pages
    title, text = due.TITLES[kind], filled.text_sha256
    with desk.store.begin() as tx:
        docx = files.keep(
            tx, filled.docx, name=f"{title}.docx", media_type=DOCX, at=desk.now(), pages=pages
        )
        beside = keep_places(desk, tx, places_on(None, replace(drawn.printed, letter=filled)))
        pdf = replace(keep_pdf(desk, tx, drawn.printed, title), places_sha256=beside)
        keep_used(tx, drawn.template, desk.now())
        standard = desk.standard(case.item_code, case.standard_version)
        given = give_number(desk, tx, session, standard, kind, case.case_id, pdf.sha256)
        if (given.series.year, given.count) != (drawn.year, drawn.count):
            raise _NumberGone
        strokes = keep_strokes(desk, tx, hand, title) if hand else None
        record(
            desk,
            tx,
            session,
            "letter.signed",
            case.case_id,
            number=drawn.number,
            text=text,
            shown=hand.page_sha256 if hand else "",
            strokes=strokes.sha256 if strokes else "",
            seal="electronic" if drawn.sealed else "none",
            by_hand=numbers_of(pdf.by_hand),
        )
    return docx, pdf, strokes


def _require_open_promise(desk: Desk, case: Case, requirement_code: str) -> None:
    """The one gate before a promise is signed: the standard, the mandate, the credit."""
    standard = desk.standard(case.item_code, case.standard_version)
    require_open(standard.requirement(requirement_code), case, desk.today())
    require_no_bad_record(case)


def print_letter(
    desk: Desk,
    press: Press,
    occasion: content.Occasion,
    requirement_code: str,
    hand: Handwriting | None = None,
) -> tuple[ChosenTemplate, PrintedLetter]:
    """Fill and draw the letter for a proof from the template of today; nothing is kept.

    Raises:
        PaperTrouble: the proof may not be promised, a value is missing, or it could not be drawn.
    """
    asked = occasion.standard.requirement(requirement_code)
    if asked.promise is None:
        raise PaperTrouble(f"{asked.name}不在告知承诺清单内，没有承诺书。收原件，或一次性告知")
    commitment = commitment_content.commitment_of(occasion, asked)
    agent = occasion.case.handler is not None
    chosen = for_letter(desk, asked.promise.template, promises=True)
    drawn = press.print_letter(
        chosen.code,
        letters.values_for(commitment),
        pictures=signed_by(hand, agent=agent),
        content=chosen.content,
    )
    return chosen, named(chosen, drawn)
