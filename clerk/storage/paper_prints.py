"""Prints of papers: those still under way, those that hang, how many copies were usual."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from clerk.domain.issued import IssuedPaper
from clerk.domain.papers import PaperKind
from clerk.domain.printing import PaperPrint, PrintState
from clerk.storage.codec import dump, load
from clerk.storage.print_tables import paper_prints
from clerk.storage.tables import cases, papers

_TROUBLED = (PrintState.STUCK, PrintState.FAILED, PrintState.UNKNOWN)


def put(tx: Connection, sent: PaperPrint) -> None:
    """Keep a new print; its paper must be in the store already."""
    tx.execute(
        insert(paper_prints),
        {
            "print_id": sent.print_id,
            "paper_id": sent.paper_id,
            "case_id": sent.case_id,
            "kind": sent.kind.value,
            "printer": sent.printer,
            "copies": sent.copies,
            "state": sent.state.value,
            "sent_at": sent.sent_at,
            "ended_at": sent.ended_at,
            "body": dump(sent),
        },
    )


def save(tx: Connection, sent: PaperPrint) -> None:
    """Write down how far a print is now."""
    tx.execute(
        update(paper_prints)
        .where(paper_prints.c.print_id == sent.print_id)
        .values(state=sent.state.value, ended_at=sent.ended_at, body=dump(sent))
    )


def get(tx: Connection, print_id: UUID) -> PaperPrint:
    """Return one print; an id that is not here is our own bug."""
    body = tx.execute(select(paper_prints.c.body).where(paper_prints.c.print_id == print_id))
    return load(body.scalar_one(), PaperPrint)


def under_way(tx: Connection, case_id: UUID) -> list[PaperPrint]:
    """Return the prints of a case that nobody knows the end of, oldest first."""
    rows = tx.execute(
        select(paper_prints.c.body)
        .where(paper_prints.c.case_id == case_id, paper_prints.c.ended_at.is_(None))
        .order_by(paper_prints.c.sent_at, paper_prints.c.print_id)
    )
    return [load(row.body, PaperPrint) for row in rows]


def hanging(tx: Connection, sent_before: datetime, limit: int) -> list[tuple[str, str]]:
    """Return (applicant, title of the paper) of prints that hang, or were sent before and never ended."""
    rows = tx.execute(
        select(papers.c.body, cases.c.applicant_name)
        .join_from(paper_prints, cases, paper_prints.c.case_id == cases.c.case_id)
        .join(papers, paper_prints.c.paper_id == papers.c.paper_id)
        .where(paper_prints.c.ended_at.is_(None), _hangs(sent_before))
        .order_by(paper_prints.c.sent_at, paper_prints.c.print_id)
        .limit(limit)
    )
    return [(row.applicant_name, load(row.body, IssuedPaper).title) for row in rows]


def usual_copies(tx: Connection) -> Mapping[tuple[PaperKind, str], int]:
    """Return how many copies of a kind were printed on a printer the last time."""
    here = paper_prints.c
    last = (
        select(here.kind, here.printer, func.max(here.sent_at).label("sent_at"))
        .where(here.copies > 0, here.printer != "")
        .group_by(here.kind, here.printer)
        .subquery()
    )
    same = and_(
        here.kind == last.c.kind, here.printer == last.c.printer, here.sent_at == last.c.sent_at
    )
    rows = tx.execute(select(here.kind, here.printer, here.copies).join(last, same))
    return {(PaperKind(row.kind), row.printer): row.copies for row in rows}


def _hangs(sent_before: datetime) -> ColumnElement[bool]:
    troubled = paper_prints.c.state.in_([state.value for state in _TROUBLED])
    return or_(troubled, paper_prints.c.sent_at < sent_before)
