"""Look at the seals of papers (验签): of one that was issued here, or of a PDF file from elsewhere.

What a look tells is whether the file is still as it was sealed, by whom, and under which authority;
it is no check by the state's algorithms (国密).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from clerk.domain.certificate_file import FileLook
from clerk.domain.errors import BadInput, CertificateFileRefused
from clerk.domain.identity import Act, Session
from clerk.domain.issued import IssuedPaper
from clerk.services import applicants_papers
from clerk.services.desk import Desk
from clerk.storage import cases, files, papers

_MOST_BYTES: Final = 20 << 20


def look_at_paper(desk: Desk, session: Session, paper: IssuedPaper) -> FileLook:
    """Return what is found of the seals on the stored file of a paper.

    Raises:
        BadInput: the file cannot be opened; nothing was changed.
    """
    session.require(Act.READ_CASE)
    with desk.store.read() as tx:
        content = files.content_of(tx, paper.pdf.sha256)
    return _look(desk, content)


def look_at_file(desk: Desk, session: Session, path: Path) -> FileLook:
    """Return what is found of the seals on a PDF file; nothing of it is kept.

    Raises:
        BadInput: it cannot be read or opened.
    """
    session.require(Act.READ_CASE)
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise BadInput("这个文件读不到，没有验签。请确认文件还在、U 盘没有拔下") from error
    return _look(desk, content)


def papers_under(desk: Desk, session: Session, number: str) -> Sequence[IssuedPaper]:
    """Return the papers under a 文号, or those of the case that bears this number as 文书 has them.

    Raises:
        BadInput: there are none.
    """
    session.require(Act.READ_CASE)
    wanted = number.strip()
    with desk.store.read() as tx:
        found = papers.numbered(tx, wanted)
        case_id = cases.id_of_number(tx, wanted) if not found else None
        if case_id is not None:
            found = list(applicants_papers.in_order(papers.of_case(tx, case_id)))
    if not found:
        raise BadInput(f"本窗口没有编号是“{wanted}”的文书。核对编号，或选 PDF 文件验")
    return found


def _look(desk: Desk, content: bytes) -> FileLook:
    try:
        return desk.certificate_files.look(content, "PDF")
    except CertificateFileRefused as error:
        raise BadInput("这个文件打不开，没有验签。只认 20 MB 以内、没有密码的 PDF") from error
