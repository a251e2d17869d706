"""Papers that whoever gets them signs (文书签收): on the screen by hand, on paper, or not at all.

On the screen he sees the very file that was issued. What is kept afterwards is drawn from the same
content with his strokes at their place; the paper then has that file, and the one he saw stays with
the signature.
"""

from uuid import UUID

from clerk.documents import press_values
from clerk.documents.press import PrintedPaper
from clerk.domain.case import Case
from clerk.domain.errors import NotAcceptable, PaperTrouble
from clerk.domain.handwriting import Handwriting, HandwritingRefused, require_same_page
from clerk.domain.identity import Act, Session
from clerk.domain.issued import IssuedPaper
from clerk.domain.paper_signature import SignWay
from clerk.domain.papers import Paper
from clerk.domain.signing import (
    require_own_hand,
    require_signable,
    signature_of,
    with_signature,
)
from clerk.services.desk import Desk
from clerk.services.paper_drawing import print_paper, template_sha256
from clerk.services.paper_making import keep_docx, keep_pdf, keep_strokes
from clerk.services.paper_sealing import seal_of, sealed
from clerk.services.records import record
from clerk.storage import cases, papers
from clerk.values import replace


def sign_paper(
    desk: Desk,
    session: Session,
    paper_id: UUID,
    way: SignWay,
    hand: Handwriting | None = None,
) -> IssuedPaper:
    """Note how a paper was signed; by pen on the screen, draw the strokes into its page.

    Raises:
        NotAcceptable: it has no place for that, was signed before, or its template was changed.
        HandwritingRefused: it is no signature, or another person's.
        PageChanged: the page that was on the screen is no longer the paper's.
        PaperTrouble: the signed page could not be drawn or sealed; nothing was kept.
        CaseChanged: somebody else saved the case meanwhile; nothing was kept.
    """
    session.require(Act.MAKE_PAPER)
    if (way is SignWay.PEN) is (hand is None):
        raise HandwritingRefused("还没有写下签名。请申请人在框里签上名字")
    with desk.store.read() as tx:
        paper = papers.get(tx, paper_id)
        case = cases.load(tx, paper.case_id)
    require_signable(paper)
    if hand is None:
        return _keep(desk, session, case, paper, way)
    require_own_hand(case, hand)
    require_same_page(hand, paper.pdf.sha256)
    return _keep(desk, session, case, paper, way, hand, _drawn(desk, case, paper, hand))


def _drawn(
    desk: Desk, case: Case, paper: IssuedPaper, hand: Handwriting
) -> tuple[Paper, PrintedPaper]:
    """Draw the page that was shown once more, with the strokes on it, and seal it again."""
    if not paper.content or paper.template_sha256 != template_sha256(desk, paper.kind):
        raise NotAcceptable(f"{paper.title}的版式换过了，不能在屏上签这一份。打印出来在纸上签")
    said = replace(press_values.unpacked(paper.content.encode()), hand=hand)
    printed = print_paper(desk, said, desk.press)
    told, printed = sealed(desk, case, said, printed, desk.press)
    if told.by_hand is not said.by_hand:
        raise PaperTrouble("电子印章这会儿盖不上，这次签名没有用上。过一会儿再签，或在纸上签")
    return told, printed


def _keep(
    desk: Desk,
    session: Session,
    case: Case,
    paper: IssuedPaper,
    way: SignWay,
    hand: Handwriting | None = None,
    drawn: tuple[Paper, PrintedPaper] | None = None,
) -> IssuedPaper:
    """Write strokes, signed page, paper, case and journal, or nothing of it."""
    at = desk.now()
    with desk.store.begin() as tx:
        strokes, pdf, docx, sealing = None, paper.pdf, paper.docx, {}
        if hand is not None and drawn is not None:
            strokes = keep_strokes(desk, tx, hand, paper.title)
            pdf = keep_pdf(desk, tx, drawn[1], paper.title)
            docx = keep_docx(desk, tx, drawn[1], paper.title)
            sealing = {"seal": seal_of(*drawn)}
        signature = signature_of(paper, case, session, at, way=way, handwriting=strokes)
        signed = replace(paper, signature=signature, pdf=pdf, docx=docx)
        papers.signed(tx, signed)
        cases.save(tx, with_signature(case, session, paper.title, signature))
        record(
            desk,
            tx,
            session,
            "paper.signed",
            paper.case_id,
            paper=str(paper.paper_id),
            way=way.value,
            shown=paper.pdf.sha256,
            signed=signed.pdf.sha256,
            strokes=strokes.sha256 if strokes else "",
            **sealing,
        )
    return signed
