"""The ledger of paper numbers (文号台账): looked up, printed, exported; a number made void; a proof.

Numbers come into it with the acts that take them, see ``numbers.give_number``.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from clerk.documents import number_sheet, page_pictures
from clerk.documents.due import TITLES
from clerk.domain.case import Case
from clerk.domain.days import HALL_ZONE
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.identity import Act, Session
from clerk.domain.issued import PageImage
from clerk.domain.paper_numbers import (
    GivenNumber,
    NumberAsking,
    NumberPage,
    NumberProof,
    Series,
    renumbered,
    require_voidable,
)
from clerk.services.desk import Desk
from clerk.services.numbers import give_number
from clerk.services.paper_making import papers_owed
from clerk.services.records import record
from clerk.storage import cases, paper_numbers, papers
from clerk.values import replace

AT_ONCE = 50
MOST_PRINTED = 2000
PDF = "application/pdf"


def paper_numbers_page(desk: Desk, session: Session, asking: NumberAsking, page: int) -> NumberPage:
    """Return a page of the ledger, counted from 1, with what there is to choose from."""
    session.require(Act.MANAGE_NUMBERS)
    with desk.store.read() as tx:
        return _page(desk, tx, asking, AT_ONCE, (page - 1) * AT_ONCE)


def void_paper_number(
    desk: Desk, session: Session, of: Series, count: int, reason: str, recovered: bool
) -> GivenNumber:
    """Make a number void for good; a case that owes its paper gets the next number for it.

    Args:
        desk: what the window has at hand.
        session: who does it.
        of: the series.
        count: which number of it.
        reason: why, kept with the number.
        recovered: whether every printed copy lies here.

    Returns:
        The number as it stands in the ledger now; ``replaced_by`` is the next one's text.

    Raises:
        BadInput: no reason.
        NotAcceptable: it is void already, or its paper is out of the house; nothing was changed.
        CaseChanged: another window saved the case meanwhile.
    """
    session.require(Act.VOID_PAPER_NUMBER)
    now = desk.now()
    with desk.store.begin() as tx:
        given = paper_numbers.find(tx, of, count)
        if given is None:
            raise NotAcceptable("台账里没有这个文号，没有作废。按 F5 刷新后再看")
        case = cases.find(tx, given.case_id) if given.case_id else None
        out = papers.out_of_house(tx, given.case_id, given.number)
        why = require_voidable(given, case, out, reason, recovered=recovered)
        instead = _instead(desk, tx, session, case, given) if case is not None else ""
        voided = replace(
            given,
            voided_at=now,
            voided_by=session.account.account_id,
            void_reason=why,
            replaced_by=instead,
        )
        if not paper_numbers.void(tx, voided):
            raise NotAcceptable("这个文号刚被别处作废，没有再改。按 F5 刷新后再看")
        if case is not None:
            cases.save(tx, renumbered(case, given, instead, why, session, now))
        record(
            desk,
            tx,
            session,
            "paper_number.voided",
            given.case_id,
            number=given.number,
            instead=instead,
            reason=why,
        )
    return voided


def _instead(desk: Desk, tx: Connection, session: Session, case: Case, given: GivenNumber) -> str:
    """Take the next number for a paper that the case still owes; empty where it owes none."""
    standard = desk.standard(case.item_code, case.standard_version)
    kind = given.series.kind
    owed = {(one.kind, one.number) for one in papers_owed(case, standard)}
    if (kind, given.number) not in owed:
        return ""
    return give_number(desk, tx, session, standard, kind, case.case_id).number


def number_sheet_document(desk: Desk, session: Session, asking: NumberAsking) -> bytes:
    """Return what was asked for as a PDF for the printer; it is not kept.

    Raises:
        BadInput: there is more than a person reads on paper.
    """
    session.require(Act.MANAGE_NUMBERS)
    found = _all(desk, asking)
    clerk = session.account.display_name
    html = number_sheet.html_for(asking, found, desk.counter, clerk, desk.now())
    return desk.press.print_html(html).pdf


def number_sheet_pages(desk: Desk, session: Session, pdf: bytes, width: int) -> Sequence[PageImage]:
    """Return the pages of such a sheet as pictures, ``width`` pixels wide."""
    session.require(Act.MANAGE_NUMBERS)
    return page_pictures.pictures_of(desk.press, pdf, PDF, width)


def export_paper_numbers(desk: Desk, session: Session, asking: NumberAsking, path: Path) -> int:
    """Write what was asked for as a table where a person chose; return how many lines it has.

    Raises:
        BadInput: the place cannot be written, or there is more than one table holds.
    """
    session.require(Act.MANAGE_NUMBERS)
    found = _all(desk, asking)
    try:
        path.write_text(
            number_sheet.table_of(found.lines, found.kinds), encoding="utf-8-sig", newline=""
        )
    except OSError as error:
        raise BadInput("这个位置写不进去，没有导出。换一个文件夹再导") from error
    with desk.store.begin() as tx:
        record(desk, tx, session, "paper_numbers.exported", count=len(found.lines))
    return len(found.lines)


def prove_paper_numbers(desk: Desk, session: Session) -> NumberProof:
    """Prove every series of every year whole, or say what is not."""
    session.require(Act.VERIFY_JOURNAL)
    with desk.store.read() as tx:
        return paper_numbers.proof(tx)


def proof_of_the_day(desk: Desk, tx: Connection) -> tuple[NumberProof, Sequence[GivenNumber]]:
    """Return whether this year's series are whole at the day's end, and what became void today."""
    today = desk.today()
    begun = datetime.combine(today, time.min, tzinfo=HALL_ZONE)
    return paper_numbers.proof(tx, today.year, begun), paper_numbers.voided_since(tx, begun)


def _all(desk: Desk, asking: NumberAsking) -> NumberPage:
    with desk.store.read() as tx:
        if paper_numbers.total(tx, asking) > MOST_PRINTED:
            raise BadInput(f"超过 {MOST_PRINTED} 条，没有出单。选一个部门、一种文书再试")
        return _page(desk, tx, asking, MOST_PRINTED, 0)


def _page(desk: Desk, tx: Connection, asking: NumberAsking, limit: int, offset: int) -> NumberPage:
    series = paper_numbers.choices(tx)
    names = _body_names(desk, tx, dict.fromkeys(one.body_code for one in series))
    lines = paper_numbers.lines(tx, asking, limit, offset)
    return NumberPage(
        lines=tuple(replace(one, body_name=names[one.given.series.body_code]) for one in lines),
        total=paper_numbers.total(tx, asking),
        bodies=names,
        kinds={one.kind: TITLES[one.kind] for one in series},
        years=tuple(sorted({one.year for one in series} | {desk.today().year}, reverse=True)),
        standings=tuple(paper_numbers.standings(tx, asking)),
    )


def _body_names(desk: Desk, tx: Connection, codes: Mapping[str, None]) -> Mapping[str, str]:
    """Return the authorities' names; one that no case here tells of goes by its code."""
    names = {}
    for code in codes:
        known: UUID | None = paper_numbers.a_case_of(tx, code)
        names[code] = desk.rules(cases.load(tx, known)).standard.body.name if known else code
    return names
