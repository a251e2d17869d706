"""Papers to look at (文书): previews, the papers of a case, pages for the screen, copies."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from clerk.documents import content, page_pictures
from clerk.documents.press import Press
from clerk.domain.case import Case
from clerk.domain.errors import BadInput, CertificateFileRefused, PaperTrouble
from clerk.domain.identity import Act, Session
from clerk.domain.issued import IssuedPaper, PageImage
from clerk.domain.material import StoredFile
from clerk.domain.papers import Paper, PaperKind
from clerk.domain.referral import Referral
from clerk.services import applicants_papers
from clerk.services.acceptance import reply_by_on
from clerk.services.desk import Desk
from clerk.services.file_looks import OFD
from clerk.services.letter_signing import print_letter
from clerk.services.paper_making import PDF, occasion_at
from clerk.services.records import record
from clerk.storage import files, papers
from clerk.values import replace

PREVIEW_WIDTH = 900


def papers_of_case(desk: Desk, session: Session, case_id: UUID) -> Sequence[IssuedPaper]:
    """Return the papers of a case that were made so far, in the order of ``make_due_papers``."""
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        return applicants_papers.in_order(papers.of_case(tx, case_id))


def preview_notice(
    desk: Desk, session: Session, case: Case, remarks: Mapping[str, str]
) -> tuple[PageImage, ...]:
    """Show the one-time notice as it would be, marked as a preview."""
    session.require(Act.NOTIFY_ONCE)
    standard = desk.standard(case.item_code, case.standard_version)
    occasion = replace(
        occasion_at(desk, session, case, effective=False),
        remarks=remarks,
        reply_by_on=reply_by_on(desk, standard),
    )
    return _preview(desk, content.paper_of(PaperKind.CORRECTION_NOTICE, occasion))


def preview_decline(
    desk: Desk, session: Session, case: Case, reason_code: str, referral: Referral
) -> tuple[PageImage, ...]:
    """Show the refusal as it would be, marked as a preview.

    Raises:
        PaperTrouble: it is not said yet who receives the applicant elsewhere.
    """
    session.require(Act.DECLINE)
    standard = desk.standard(case.item_code, case.standard_version)
    reason = next(one for one in standard.decline_reasons if one.code == reason_code)
    kind = PaperKind.NOT_REQUIRED if reason.not_required else PaperKind.DECLINE
    occasion = replace(
        occasion_at(desk, session, case, effective=False),
        reason_code=reason_code,
        referral=referral,
    )
    return _preview(desk, content.paper_of(kind, occasion))


def preview_letter(
    desk: Desk, session: Session, case: Case, requirement_code: str
) -> tuple[PageImage, ...]:
    """Show the commitment letter exactly as it would be signed, marked as a preview."""
    session.require(Act.MAKE_PAPER)
    return draw_preview(desk, session, case, requirement_code, desk.press)


def draw_preview(
    desk: Desk, session: Session, case: Case, requirement_code: str, press: Press
) -> tuple[PageImage, ...]:
    """Draw the letter marked as a preview; nothing is kept."""
    occasion = occasion_at(desk, session, case, effective=False)
    _, drawn = print_letter(desk, press, occasion, requirement_code)
    return page_pictures.pictures_of(press, drawn.printed.pdf, PDF, PREVIEW_WIDTH)


def file_pages(desk: Desk, session: Session, file: StoredFile, width: int) -> tuple[PageImage, ...]:
    """Return the pages of a kept file as pictures about ``width`` pixels wide."""
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        held = files.content_of(tx, file.sha256)
    if file.media_type == OFD:
        return _ofd_pages(desk, held, min(file.pages, page_pictures.MOST_PAGES), width)
    return page_pictures.pictures_of(desk.press, held, file.media_type, width)


def _ofd_pages(desk: Desk, held: bytes, pages: int, width: int) -> tuple[PageImage, ...]:
    dpi = width / page_pictures.A4_INCHES
    try:
        return tuple(
            page_pictures.as_page(desk.certificate_files.picture(held, "OFD", page=page, dpi=dpi))
            for page in range(1, pages + 1)
        )
    except CertificateFileRefused as error:
        raise PaperTrouble("这份 OFD 这里画不出来，文件已存好。用部门系统打开看") from error


def pages_before_seal(
    desk: Desk, session: Session, paper: IssuedPaper, width: int
) -> tuple[PageImage, ...]:
    """Return what ``file_pages`` shows of a paper but for its seal, where it was drawn just now.

    To look at until the pages of the sealed file are there; empty where nothing is remembered.
    """
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        held = files.content_of(tx, paper.pdf.sha256)
    return page_pictures.pictures_before_seal(desk.press, held, width)


def paper_document(desk: Desk, session: Session, paper: IssuedPaper) -> bytes:
    """Return the PDF of an issued paper as it is now: it may have been signed since it was listed."""
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        return files.content_of(tx, papers.get(tx, paper.paper_id).pdf.sha256)


def save_paper_as(desk: Desk, session: Session, paper: IssuedPaper, path: Path) -> None:
    """Write a copy of the paper where the clerk chose.

    Raises:
        BadInput: the place cannot be written; the paper itself is kept in the store.
    """
    session.require(Act.MAKE_PAPER)
    document = paper_document(desk, session, paper)
    try:
        path.write_bytes(document)
    except OSError as error:
        raise BadInput("这个位置写不进去，文书还在办件里。换一个文件夹再存") from error
    with desk.store.begin() as tx:
        record(desk, tx, session, "paper.saved_as", paper.case_id, paper=str(paper.paper_id))


def _preview(desk: Desk, paper: Paper) -> tuple[PageImage, ...]:
    printed = desk.press.print_paper(paper)
    return page_pictures.pictures_of(desk.press, printed.pdf, PDF, PREVIEW_WIDTH)
