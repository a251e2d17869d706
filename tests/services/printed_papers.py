"""A paper that goes to a printer and comes out of it."""

from dataclasses import replace

from clerk.documents.due import TITLES
from clerk.domain.case import Case
from clerk.domain.issued import IssuedPaper
from clerk.domain.paper_gates import number_owed
from clerk.domain.paper_signature import PaperSignature
from clerk.domain.papers import PaperKind
from clerk.domain.printing import PaperPrint, PrintState, SentJob
from clerk.services import paper_prints
from clerk.storage import files, papers
from tests.services.window import Window

LASER = "窗口打印机"


def sent(window: Window, paper: IssuedPaper, copies: int = 1) -> PaperPrint:
    """A printer takes it."""
    job = SentJob(printer=LASER, job="7")
    return paper_prints.note_sent(window.desk, window.clerk, paper, job, copies)


def printed(window: Window, paper: IssuedPaper, copies: int = 1) -> PaperPrint:
    """Its sheets come out."""
    under_way = sent(window, paper, copies)
    return paper_prints.note_state(window.desk, window.clerk, under_way, PrintState.DONE)


def in_hand(window: Window, case: Case, *kinds: PaperKind) -> Case:
    """Papers that the case owes came out of another window's printer; nothing is drawn for it."""
    for kind in kinds:
        number = number_owed(case, kind)
        assert number is not None, f"no {kind} is owed"
        came_out(window, case, kind, number)
    return case


def came_out(window: Window, case: Case, kind: PaperKind, number: str) -> None:
    """One of them, under its number."""
    paper = kept(window, case, kind, number)
    with window.desk.store.begin() as tx:
        papers.printed(tx, paper.paper_id, 1, window.desk.now())


def kept(
    window: Window,
    case: Case,
    kind: PaperKind,
    number: str,
    signature: PaperSignature | None = None,
    by_hand: tuple[str, ...] = (),
) -> IssuedPaper:
    """A paper that was made and did not go anywhere."""
    with window.desk.store.begin() as tx:
        pdf = files.keep(
            tx, b"%PDF-1.7", name="", media_type="application/pdf", at=window.desk.now()
        )
        paper = IssuedPaper(
            paper_id=window.desk.new_id(),
            case_id=case.case_id,
            kind=kind,
            title=TITLES[kind],
            number=number,
            template=f"{kind.value}.html",
            template_sha256="",
            made_at=window.desk.now(),
            made_by="",
            pdf=replace(pdf, by_hand=by_hand),
            docx=None,
            values=(),
            signature=signature,
        )
        papers.put(tx, paper)
    return paper
