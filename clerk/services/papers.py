"""Papers (文书): previews, the papers a state asks for, letters, and pages for the screen.

A paper is drawn outside any transaction; its files and its record are then written together. Its
文号 was given with the act it tells of.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from clerk.documents import (
    commitment_content,
    content,
    due,
    letters,
    notices,
    page_pictures,
)
from clerk.documents.act_content import paper_of_act
from clerk.documents.press import Press, PrintedLetter, PrintedPaper
from clerk.domain.case import Case
from clerk.domain.credit_gate import require_no_bad_record
from clerk.domain.errors import BadInput, PaperTrouble
from clerk.domain.identity import Act, Session
from clerk.domain.issued import IssuedPaper, PageImage
from clerk.domain.material import SignedLetter, StoredFile
from clerk.domain.papers import Paper, PaperKind
from clerk.domain.papers_due import ActPaper, outdated, papers_of_acts
from clerk.domain.promise import require_open
from clerk.domain.referral import Referral
from clerk.domain.standard import ItemStandard
from clerk.services import applicants_papers
from clerk.services.acceptance import reply_by_on
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import cases, files, numbers, papers

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PREVIEW_WIDTH = 900


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
    missing = [paper for paper in _owed(case, standard) if (paper.kind, paper.number) not in have]
    # two papers side by side, where there are two presses; from the last one on, since the other
    # press may be drawing the first of them ahead
    presses = cycle((desk.press, desk.press.ahead))
    with ThreadPoolExecutor(max_workers=2) as pool:
        drawn = [
            pool.submit(draw_paper, desk, session, case, owed.kind, press, owed)
            for owed, press in zip(reversed(missing), presses, strict=False)
        ]
        made += [
            _issue(desk, session, case, owed.kind, *one.result())
            for owed, one in zip(missing, reversed(drawn), strict=True)
        ]
    return applicants_papers.list_papers(desk, case, made)


def _owed(case: Case, standard: ItemStandard) -> Sequence[ActPaper]:
    """Return what the state asks for, and what each act on the case owes, each by its number."""
    of_state = [
        ActPaper(kind=kind, number=case.paper_numbers.get(kind.value, ""))
        for kind in due.due_papers(case, standard)
    ]
    return (*of_state, *reversed(papers_of_acts(case)))


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
        _occasion(desk, session, case, effective=False),
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
        _occasion(desk, session, case, effective=False),
        reason_code=reason_code,
        referral=referral,
    )
    return _preview(desk, content.paper_of(kind, occasion))


def make_application(desk: Desk, session: Session, case: Case) -> StoredFile:
    """Make the application form (申请书) from what is filled in, and keep it."""
    session.require(Act.EDIT_CASE)
    occasion = _occasion(desk, session, case, effective=True)
    paper = content.paper_of(PaperKind.APPLICATION, occasion)
    printed = desk.press.print_paper(paper)
    with desk.store.begin() as tx:
        return _keep_pdf(desk, tx, printed, due.TITLES[PaperKind.APPLICATION])


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
    drawn = _letter(press, _occasion(desk, session, case, effective=False), requirement_code)
    return page_pictures.pictures_of(press, drawn.printed.pdf, PDF, PREVIEW_WIDTH)


def sign_letter(desk: Desk, session: Session, case: Case, requirement_code: str) -> SignedLetter:
    """Fill the letter for good and keep it as docx and PDF, with the hashes of what was shown.

    It is drawn under the number that is next, and takes that number in the transaction that keeps
    it: a letter that cannot be made leaves no gap in its series. Where another window took the
    number meanwhile, it is drawn again under the next one.

    Raises:
        NotAllowed: this proof, or whoever stands here, may not promise.
        NotAcceptable: a bad record bars the applicant's word.
        PaperTrouble: a value is missing, or it could not be drawn; nothing was kept.
    """
    session.require(Act.MAKE_PAPER)
    _require_open_promise(desk, case, requirement_code)
    offered_at = desk.now()
    while True:
        drawn = draw_letter(desk, session, case, requirement_code, desk.press)
        try:
            docx, pdf = _keep_letter(desk, session, case, drawn)
        except _NumberGone:
            continue
        break
    return SignedLetter(
        template=f"{drawn.filled.template} {drawn.filled.template_version}",
        template_sha256=drawn.filled.template_sha256,
        text_sha256=drawn.filled.text_sha256,
        offered_at=offered_at,
        signed_at=desk.now(),
        signer=case.handler.party.name if case.handler else case.applicant_name,
        docx=docx,
        pdf=pdf,
        online_check=case.handler is None and letters.agrees_to_online_check(drawn.filled.text),
    )


class _NumberGone(Exception):
    """Another window took the number that a letter was drawn under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLetter:
    """A letter under the number that is next in its series; the number is not taken yet."""

    filled: letters.FilledLetter
    printed: PrintedPaper
    authority: str
    year: int
    count: int
    number: str


def draw_letter(
    desk: Desk, session: Session, case: Case, requirement_code: str, press: Press
) -> DrawnLetter:
    """Draw the letter as it would be signed now; nothing is kept.

    Raises:
        PaperTrouble: a value is missing, or it could not be drawn.
    """
    standard = desk.standard(case.item_code, case.standard_version)
    authority, kind, year = standard.body.code, PaperKind.COMMITMENT, desk.today().year
    with desk.store.read() as tx:
        count = numbers.expected_paper_number(tx, authority, kind.value, year)
    number = content.document_number(standard, kind, year, count)
    occasion = replace(_occasion(desk, session, case, effective=True), letter_number=number)
    drawn = _letter(press, occasion, requirement_code)
    return DrawnLetter(
        filled=drawn.filled,
        printed=drawn.printed,
        authority=authority,
        year=year,
        count=count,
        number=number,
    )


def _keep_letter(
    desk: Desk, session: Session, case: Case, drawn: DrawnLetter
) -> tuple[StoredFile, StoredFile]:
    """Take the letter's number and keep its files, or do neither."""
    kind, filled, pages = PaperKind.COMMITMENT, drawn.filled, drawn.printed.pages
    title, text = due.TITLES[kind], filled.text_sha256
    with desk.store.begin() as tx:
        if numbers.next_paper_number(tx, drawn.authority, kind.value, drawn.year) != drawn.count:
            raise _NumberGone
        docx = files.keep(
            tx, filled.docx, name=f"{title}.docx", media_type=DOCX, at=desk.now(), pages=pages
        )
        pdf = _keep_pdf(desk, tx, drawn.printed, title)
        record(desk, tx, session, "letter.signed", case.case_id, number=drawn.number, text=text)
    return docx, pdf


def file_pages(desk: Desk, session: Session, file: StoredFile, width: int) -> tuple[PageImage, ...]:
    """Return the pages of a kept file as pictures about ``width`` pixels wide."""
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        held = files.content_of(tx, file.sha256)
    return page_pictures.pictures_of(desk.press, held, file.media_type, width)


def paper_document(desk: Desk, session: Session, paper: IssuedPaper) -> bytes:
    """Return the PDF of an issued paper."""
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        return files.content_of(tx, paper.pdf.sha256)


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


def note_printed(
    desk: Desk, session: Session, paper: IssuedPaper, printer: str, copies: int
) -> None:
    """Note in the journal that copies went to a printer."""
    session.require(Act.MAKE_PAPER)
    with desk.store.begin() as tx:
        papers.printed(tx, paper.paper_id, copies, desk.now())
        record(
            desk,
            tx,
            session,
            "paper.printed",
            paper.case_id,
            paper=str(paper.paper_id),
            printer=printer,
            copies=copies,
        )


def _require_open_promise(desk: Desk, case: Case, requirement_code: str) -> None:
    """The one gate before a promise is signed: the standard, the mandate, the credit."""
    standard = desk.standard(case.item_code, case.standard_version)
    require_open(standard.requirement(requirement_code), case, desk.today())
    require_no_bad_record(case)


def _letter(press: Press, occasion: content.Occasion, requirement_code: str) -> PrintedLetter:
    asked = occasion.standard.requirement(requirement_code)
    if asked.promise is None:
        raise PaperTrouble(f"{asked.name}不在告知承诺清单内，没有承诺书。收原件，或一次性告知")
    commitment = commitment_content.commitment_of(occasion, asked)
    return press.print_letter(asked.promise.template, letters.values_for(commitment))


def _preview(desk: Desk, paper: Paper) -> tuple[PageImage, ...]:
    printed = desk.press.print_paper(paper)
    return page_pictures.pictures_of(desk.press, printed.pdf, PDF, PREVIEW_WIDTH)


def _keep_pdf(desk: Desk, tx: Connection, printed: PrintedPaper, title: str) -> StoredFile:
    return files.keep(
        tx,
        printed.pdf,
        name=f"{title}.pdf",
        media_type=PDF,
        pages=printed.pages,
        at=desk.now(),
    )


def _occasion(desk: Desk, session: Session, case: Case, *, effective: bool) -> content.Occasion:
    standard = desk.standard(case.item_code, case.standard_version)
    told = case.notice
    return content.Occasion(
        standard=standard,
        case=case,
        verdict=desk.verdict(session, case),
        counter=desk.counter,
        clerk_name=session.account.display_name,
        at=desk.now(),
        effective=effective,
        remarks=told.remarks if told else None,
        reply_by_on=told.reply_by_on if told else None,
    )


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
    occasion = _occasion(desk, session, case, effective=True)
    if owed is not None and owed.event is not None:
        paper = paper_of_act(owed, occasion)
    else:
        paper = content.paper_of(kind, occasion)
    return paper, press.print_paper(paper)


def _issue(
    desk: Desk,
    session: Session,
    case: Case,
    kind: PaperKind,
    paper: Paper,
    printed: PrintedPaper,
) -> IssuedPaper:
    title = due.TITLES[kind]
    with desk.store.begin() as tx:
        issued = IssuedPaper(
            paper_id=desk.new_id(),
            case_id=case.case_id,
            kind=kind,
            title=title,
            number=paper.document_number,
            template=f"{kind.value}.html",
            template_sha256=notices.template_sha256(kind),
            made_at=desk.now(),
            made_by=session.account.account_id,
            pdf=_keep_pdf(desk, tx, printed, title),
            docx=None,
            values=notices.quoted(paper, printed.marks),
            placed=notices.placed(printed.marks),
        )
        papers.put(tx, issued)
        record(desk, tx, session, "paper.made", case.case_id, kind=kind.value, number=issued.number)
    return issued
