"""Where quoted values stand on a paper, kept beside its PDF; the PDF itself has no links.

Papers that the office issues keep it with their record. What is made during intake (申请书、承诺书)
has no record yet: its places are a small file of their own, which the case holds with the PDF.
"""

from sqlalchemy import Connection

from clerk.documents import letters, notices
from clerk.documents.press import PrintedPaper
from clerk.domain.identity import Act, Session
from clerk.domain.issued import IssuedPaper, PaperPlaces
from clerk.domain.material import StoredFile
from clerk.domain.paper_signature import SIGN_PLACE
from clerk.domain.papers import Paper
from clerk.domain.quoted import Quote, QuotedValue, quoted_earlier, quoted_values
from clerk.services.desk import Desk
from clerk.storage import cases, codec, files
from clerk.values import replace

_MEDIA_TYPE = "application/json"


def places_on(paper: Paper | None, printed: PrintedPaper) -> PaperPlaces:
    """Return what a printed paper quotes and where; a letter tells it itself."""
    quotes: tuple[Quote, ...] = ()
    if printed.letter is not None:
        quotes = letters.quotes_of(printed.letter)
    elif paper is not None:
        quotes = notices.quotes(paper, printed.marks)
    return PaperPlaces(quotes=quotes, placed=notices.placed(printed.marks))


def keep_places(desk: Desk, tx: Connection, places: PaperPlaces) -> str:
    """Keep the places of a paper that has no record yet; return what its PDF refers to them by."""
    kept = files.keep(
        tx, codec.dump(places).encode(), name="", media_type=_MEDIA_TYPE, at=desk.now()
    )
    return kept.sha256


def places_of(tx: Connection, pdf: StoredFile) -> PaperPlaces:
    """Return what was kept beside a PDF; nothing beside one of an older program."""
    if not pdf.places_sha256:
        return PaperPlaces()
    held = codec.load(files.content_of(tx, pdf.places_sha256).decode(), PaperPlaces)
    if held.content:
        return held
    placed = tuple(one for one in held.placed if one.field != SIGN_PLACE)  # signed at intake
    return replace(held, placed=placed)


def quoted_by(desk: Desk, session: Session, paper: IssuedPaper) -> tuple[QuotedValue, ...]:
    """Return what a paper quotes, each value with where it comes from as the case has it now."""
    session.require(Act.READ_CASE)
    if not paper.quotes:
        return quoted_earlier(paper.values)
    with desk.store.read() as tx:
        case = cases.load(tx, paper.case_id)
    standard = desk.standard(case.item_code, case.standard_version)
    return quoted_values(standard, case, paper.quotes)
