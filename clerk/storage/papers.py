"""Papers that were issued: which template, which values, which bytes, how often printed."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from clerk.domain.issued import IssuedPaper
from clerk.storage.codec import dump, load
from clerk.storage.tables import papers


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


def printed(tx: Connection, paper_id: UUID, copies: int, at: datetime) -> int:
    """Note that copies went to the printer and return how many did so far."""
    so_far = tx.execute(
        update(papers)
        .where(papers.c.paper_id == paper_id)
        .values(printed_at=at, copies_printed=papers.c.copies_printed + copies)
        .returning(papers.c.copies_printed)
    )
    return int(so_far.scalar_one())


def get(tx: Connection, paper_id: UUID) -> IssuedPaper:
    """Return one paper; an id that is not here is our own bug."""
    body = tx.execute(select(papers.c.body).where(papers.c.paper_id == paper_id))
    return load(body.scalar_one(), IssuedPaper)


def of_case(tx: Connection, case_id: UUID) -> list[IssuedPaper]:
    """Return the papers of a case, oldest first, with how often each was printed so far."""
    rows = tx.execute(
        select(papers.c.body, papers.c.copies_printed)
        .where(papers.c.case_id == case_id)
        .order_by(papers.c.made_at, papers.c.paper_id)
    )
    return [replace(load(row.body, IssuedPaper), copies_printed=row.copies_printed) for row in rows]


def is_borne(tx: Connection, number: str) -> bool:
    """Whether some paper bears this 文号."""
    return (
        tx.execute(select(papers.c.paper_id).where(papers.c.number == number)).first() is not None
    )
