"""Papers that take effect (文书): those that the state and the acts ask for, and the application.

A paper is drawn outside any transaction; its files and its record are then written together. Its
文号 was given with the act it tells of.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from uuid import UUID

from sqlalchemy import Connection

from clerk.documents import content, due, notices, press_values
from clerk.documents.act_content import paper_of_act
from clerk.documents.press import Press, PrintedPaper
from clerk.domain import handwriting
from clerk.domain.case import Case
from clerk.domain.handwriting import Handwriting
from clerk.domain.identity import Act, Session
from clerk.domain.issued import IssuedPaper, PaperPlaces
from clerk.domain.material import StoredFile
from clerk.domain.paper_numbers import replaced_by
from clerk.domain.paper_signature import SIGN_PLACE
from clerk.domain.papers import Paper, PaperKind
from clerk.domain.papers_due import ActPaper, outdated, papers_of_acts
from clerk.domain.rare_characters import numbers_of
from clerk.domain.standard import ItemStandard
from clerk.services import applicants_papers
from clerk.services.desk import Desk
from clerk.services.letter_templates import keep_used
from clerk.services.paper_drawing import drawn_from
from clerk.services.paper_places import keep_places, places_on
from clerk.services.paper_sealing import draw, seal_of, sealed
from clerk.services.records import record
from clerk.storage import cases, files, papers
from clerk.values import replace

PDF = "application/pdf"
STROKES = "application/json"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def make_due_papers(desk: Desk, session: Session, case_id: UUID) -> Sequence[IssuedPaper]:
    """Make whatever paper the case's state asks for and does not have yet.

    Return all of them, those the office issues first, each group oldest first.

    Raises:
        PaperTrouble: a paper could not be made; the case is unchanged and it can be tried again.
    """
    session.require(Act.MAKE_PAPER)
    with desk.store.read() as tx:
        case = cases.load(tx, case_id)
        made = papers.of_case(tx, case_id)
    standard = desk.standard(case.item_code, case.standard_version)
    have = {
        (paper.kind, paper.number)
        for paper in made
        if not outdated(case, paper.kind, paper.made_at)
    }
    missing = [
        paper for paper in papers_owed(case, standard) if (paper.kind, paper.number) not in have
    ]
    # two papers side by side, where there are two presses; from the last one on, since the other
    # press may be drawing the first of them ahead
    presses = cycle((desk.press, desk.press.ahead))
    with ThreadPoolExecutor(max_workers=2) as pool:
        drawn = [
            pool.submit(_draw_for_good, desk, session, case, press, owed)
            for owed, press in zip(reversed(missing), presses, strict=False)
        ]
        made += [
            _issue(desk, session, case, owed.kind, *one.result())
            for owed, one in zip(missing, reversed(drawn), strict=True)
        ]
    return applicants_papers.list_papers(desk, case, made)


def papers_owed(case: Case, standard: ItemStandard) -> Sequence[ActPaper]:
    """Return what the state asks for, and what each act on the case owes, each by its number."""
    of_state = [
        ActPaper(kind=kind, number=case.paper_numbers.get(kind.value, ""))
        for kind in due.due_papers(case, standard)
    ]
    return (*of_state, *reversed(papers_of_acts(case)))


def make_application(desk: Desk, session: Session, case: Case) -> StoredFile:
    """Make the application form (申请书) from what is filled in, and keep it."""
    session.require(Act.EDIT_CASE)
    occasion = occasion_at(desk, session, case, effective=True)
    paper = content.paper_of(PaperKind.APPLICATION, occasion)
    printed = desk.press.print_paper(paper)
    places = replace(places_on(paper, printed), content=_content_to_sign(paper, printed))
    with desk.store.begin() as tx:
        beside = keep_places(desk, tx, places)
        pdf = keep_pdf(desk, tx, printed, due.TITLES[PaperKind.APPLICATION])
    return replace(pdf, places_sha256=beside)


def draw_paper(
    desk: Desk,
    session: Session,
    case: Case,
    kind: PaperKind,
    press: Press,
    owed: ActPaper | None = None,
) -> tuple[Paper, PrintedPaper]:
    """Draw a paper of the case as it is issued, by the state or by the act that owes it.

    Nothing is kept.

    Raises:
        PaperTrouble: a value is missing, or it could not be drawn.
    """
    occasion = occasion_at(desk, session, case, effective=True)
    if owed is not None and owed.event is not None:
        paper = paper_of_act(owed, occasion)
    else:
        paper = content.paper_of(kind, occasion)
    paper = replace(paper, replaces=replaced_by(case, paper.document_number))
    return draw(desk, paper, press)


def _draw_for_good(
    desk: Desk, session: Session, case: Case, press: Press, owed: ActPaper
) -> tuple[Paper, PrintedPaper]:
    """Draw a paper that takes effect now, and seal it."""
    paper, printed = draw_paper(desk, session, case, owed.kind, press, owed)
    return sealed(desk, case, paper, printed, press)


def _issue(
    desk: Desk,
    session: Session,
    case: Case,
    kind: PaperKind,
    paper: Paper,
    printed: PrintedPaper,
) -> IssuedPaper:
    title, made = due.title_of(paper), drawn_from(desk, kind, printed)
    places = places_on(paper, printed)
    with desk.store.begin() as tx:
        if made.letter is not None:
            keep_used(tx, made.letter, desk.now())
        issued = IssuedPaper(
            paper_id=desk.new_id(),
            case_id=case.case_id,
            kind=kind,
            title=title,
            number=paper.document_number,
            template=made.name,
            template_sha256=made.sha256,
            made_at=desk.now(),
            made_by=session.account.account_id,
            pdf=keep_pdf(desk, tx, printed, title),
            docx=keep_docx(desk, tx, printed, title),
            values=_values(paper, printed, places),
            placed=places.placed,
            quotes=places.quotes,
            content=_content_to_sign(paper, printed),
        )
        papers.put(tx, issued)
        record(
            desk,
            tx,
            session,
            "paper.made",
            case.case_id,
            kind=kind.value,
            number=issued.number,
            pdf=issued.pdf.sha256,
            seal=seal_of(paper, printed),
            by_hand=numbers_of(issued.pdf.by_hand),
        )
    return issued


def _values(
    paper: Paper, printed: PrintedPaper, places: PaperPlaces
) -> tuple[tuple[str, str], ...]:
    if printed.letter is not None:
        return tuple((quote.label, quote.text) for quote in places.quotes)
    return notices.quoted(paper, printed.marks)


def _content_to_sign(paper: Paper, printed: PrintedPaper) -> str:
    """Return all that a page says which is to be signed: it is drawn again with the strokes."""
    asked = any(mark.field == SIGN_PLACE for mark in printed.marks)
    return press_values.packed(paper).decode() if asked else ""


def keep_pdf(desk: Desk, tx: Connection, printed: PrintedPaper, title: str) -> StoredFile:
    """Keep the PDF of a paper in the caller's transaction."""
    held = files.keep(
        tx,
        printed.pdf,
        name=f"{title}.pdf",
        media_type=PDF,
        pages=printed.pages,
        at=desk.now(),
    )
    return replace(held, by_hand=printed.by_hand)


def keep_docx(desk: Desk, tx: Connection, printed: PrintedPaper, title: str) -> StoredFile | None:
    """Keep the Word file of a paper that is a letter."""
    if printed.letter is None:
        return None
    docx = printed.letter.docx
    return files.keep(tx, docx, name=f"{title}.docx", media_type=DOCX, at=desk.now())


def keep_strokes(desk: Desk, tx: Connection, hand: Handwriting, title: str) -> StoredFile:
    """Keep the strokes of a signature in the caller's transaction."""
    return files.keep(
        tx, handwriting.plain(hand), name=f"{title}.json", media_type=STROKES, at=desk.now()
    )


def occasion_at(desk: Desk, session: Session, case: Case, *, effective: bool) -> content.Occasion:
    """Return what a paper of the case is drawn from, as it is now."""
    standard = desk.standard(case.item_code, case.standard_version)
    told = case.notice
    return content.Occasion(
        standard=standard,
        law=desk.kind_laws[standard.law_kind],
        office=desk.office,
        case=case,
        verdict=desk.verdict(session, case),
        counter=desk.counter,
        clerk_name=session.account.display_name,
        at=desk.now(),
        effective=effective,
        remarks=told.remarks if told else None,
        reply_by_on=told.reply_by_on if told else None,
    )
