"""Papers that were issued: which template, which values, which bytes, how often printed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from clerk.domain.issued import IssuedPaper
from clerk.domain.paper_numbers import WentOut
from clerk.storage.codec import dump, load
from clerk.storage.paper_numbers import bears_void_number, is_void
from clerk.storage.print_tables import paper_prints
from clerk.storage.tables import papers
from clerk.values import replace


def put(tx: Connection, paper: IssuedPaper) -> None:
    """Keep an issued paper; its files and its case must be in the store already."""
    tx.execute(
        insert(papers),
        {
            "paper_id": paper.paper_id,
            "case_id": paper.case_id,
            "kind": paper.kind.value,
            "number": paper.number,
            "template_sha256": paper.template_sha256,
            "pdf_sha256": paper.pdf.sha256,
            "docx_sha256": paper.docx.sha256 if paper.docx else None,
            "made_at": paper.made_at,
            "body": dump(paper),
            "copies_printed": 0,
        },
    )


def signed(tx: Connection, paper: IssuedPaper) -> None:
    """Keep a paper again after it was signed; the signed file must be in the store already."""
    tx.execute(
        update(papers)
        .where(papers.c.paper_id == paper.paper_id)
        .values(
            pdf_sha256=paper.pdf.sha256,
            docx_sha256=paper.docx.sha256 if paper.docx else None,
            body=dump(paper),
        )
    )


def printed(tx: Connection, paper_id: UUID, copies: int, at: datetime) -> int:
    """Note that copies came out of a printer and return how many did so far."""
    so_far = tx.execute(
        update(papers)
        .where(papers.c.paper_id == paper_id)
        .values(printed_at=at, copies_printed=papers.c.copies_printed + copies)
        .returning(papers.c.copies_printed)
    )
    return int(so_far.scalar_one())


def handed_over(tx: Connection, paper_id: UUID, at: datetime) -> None:
    """Note that it was handed over as a file."""
    tx.execute(update(papers).where(papers.c.paper_id == paper_id).values(electronic_at=at))


def get(tx: Connection, paper_id: UUID) -> IssuedPaper:
    """Return one paper; an id that is not here is our own bug."""
    body = tx.execute(select(papers.c.body).where(papers.c.paper_id == paper_id))
    return load(body.scalar_one(), IssuedPaper)


def of_case(tx: Connection, case_id: UUID) -> list[IssuedPaper]:
    """Return the papers of a case, oldest first, with how often each was printed so far.

    One whose number is void is not among them: nobody is to print it again.
    """
    rows = tx.execute(
        select(papers.c.body, papers.c.copies_printed, papers.c.electronic_at)
        .where(papers.c.case_id == case_id, ~bears_void_number())
        .order_by(papers.c.made_at, papers.c.paper_id)
    )
    return [
        replace(
            load(row.body, IssuedPaper),
            copies_printed=row.copies_printed,
            electronic_at=row.electronic_at,
        )
        for row in rows
    ]


def numbered(tx: Connection, number: str) -> list[IssuedPaper]:
    """Return the papers that bear this 文号, oldest first."""
    rows = tx.execute(
        select(papers.c.body)
        .where(papers.c.number == number)
        .order_by(papers.c.made_at, papers.c.paper_id)
    )
    return [load(row.body, IssuedPaper) for row in rows]


def out_of_house(tx: Connection, case_id: UUID | None, number: str) -> WentOut:
    """Return how the papers under this 文号 went out so far."""
    mine = and_(papers.c.case_id == case_id, papers.c.number == number)
    row = tx.execute(
        select(
            func.coalesce(func.sum(papers.c.copies_printed), 0), func.count(papers.c.electronic_at)
        ).where(mine)
    ).one()
    hanging = select(paper_prints.c.print_id).where(
        paper_prints.c.paper_id == papers.c.paper_id, paper_prints.c.ended_at.is_(None), mine
    )
    hangs = tx.execute(hanging.limit(1)).first() is not None
    return WentOut(copies=int(row[0]), as_file=row[1] > 0, hangs=hangs)


def is_borne(tx: Connection, number: str) -> bool:
    """Whether some paper bears this 文号, or a person said why none does."""
    borne = select(papers.c.paper_id).where(papers.c.number == number).exists()
    return bool(tx.execute(select(or_(borne, is_void(number)))).scalar_one())
