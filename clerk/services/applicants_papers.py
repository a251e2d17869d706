"""The applicant's own papers (申请书、承诺书、委托书) beside those the office issues.

They are made and kept during intake, as evidence. Once the case is taken in they are listed with
its other papers, so that they are shown, printed and counted like those. Nothing is drawn here.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Connection

from clerk.documents import due, notices
from clerk.domain.case import Case, CaseState
from clerk.domain.issued import IssuedPaper
from clerk.domain.material import Evidence, Origin, SignedLetter, StoredFile
from clerk.domain.papers import PaperKind
from clerk.services.desk import Desk
from clerk.services.paper_places import places_of
from clerk.storage import papers
from clerk.values import replace

_PLACES = {PaperKind.APPLICATION: 1, PaperKind.COMMITMENT: 2}


def list_papers(desk: Desk, case: Case, made: Sequence[IssuedPaper]) -> list[IssuedPaper]:
    """Return ``made`` with the applicant's papers behind it; new ones are entered in the store."""
    known = {_as_made(paper).sha256 for paper in made}
    new = []
    if case.state is not CaseState.DRAFT:
        new = [paper for paper in _papers_of(desk, case) if paper.pdf.sha256 not in known]
    if new:
        with desk.store.read() as tx:
            new = [_with_places(tx, paper) for paper in new]
        with desk.store.begin() as tx:
            for paper in new:
                papers.put(tx, paper)
    return in_order([*made, *new])


def in_order(made: Sequence[IssuedPaper]) -> list[IssuedPaper]:
    """Return the papers that the office issues, then the application, then the letters."""
    return sorted(made, key=lambda paper: _PLACES.get(paper.kind, 0))


def _papers_of(desk: Desk, case: Case) -> Iterator[IssuedPaper]:
    if case.mandate_letter is not None:
        kind = PaperKind.AGENCY_MANDATE
        yield _letter(desk.new_id(), case, kind, case.mandate_letter, case.clerk)
    for held in case.evidence.values():
        if held.letter is not None:
            yield _letter(desk.new_id(), case, PaperKind.COMMITMENT, held.letter, held.by)
        elif held.origin is Origin.MADE_BY_SYSTEM and held.files:
            yield _application(desk.new_id(), case, held)


def _with_places(tx: Connection, paper: IssuedPaper) -> IssuedPaper:
    """Return the paper with what it quotes, as it was kept beside its PDF when that was made."""
    held = places_of(tx, paper.pdf)
    return replace(paper, quotes=held.quotes, placed=held.placed, content=held.content)


def _as_made(paper: IssuedPaper) -> StoredFile:
    """Return the file as it was before anybody signed it on the screen."""
    shown = paper.signature.shown if paper.signature is not None else None
    return shown or paper.pdf


def _letter(
    paper_id: UUID, case: Case, kind: PaperKind, letter: SignedLetter, by: str
) -> IssuedPaper:
    return IssuedPaper(
        paper_id=paper_id,
        case_id=case.case_id,
        kind=kind,
        title=due.TITLES[kind],
        number="",
        template=letter.template,
        template_sha256=letter.template_sha256,
        made_at=letter.signed_at,
        made_by=by,
        pdf=letter.pdf,
        docx=letter.docx,
        values=(),
    )


def _application(paper_id: UUID, case: Case, held: Evidence) -> IssuedPaper:
    kind = PaperKind.APPLICATION
    return IssuedPaper(
        paper_id=paper_id,
        case_id=case.case_id,
        kind=kind,
        title=due.TITLES[kind],
        number="",
        template=f"{kind.value}.html",
        template_sha256=notices.template_sha256(kind),
        made_at=held.at,
        made_by=held.by,
        pdf=held.files[0],
        docx=None,
        values=(),
    )
