"""Case numbers (办件编号): leased from the platform beforehand, given at F9, mapped once later."""

from uuid import UUID

from sqlalchemy import Connection

from clerk.documents.content import document_number
from clerk.domain.case import Case, CaseEvent, CaseEventKind
from clerk.domain.hand_off import CaseNumber, MessageKind
from clerk.domain.hand_off_body import claim_body
from clerk.domain.identity import Session
from clerk.domain.life import with_paper_number
from clerk.domain.paper_numbers import GivenNumber, Series
from clerk.domain.papers import PaperKind
from clerk.domain.standard import ItemStandard
from clerk.services.desk import Desk
from clerk.services.records import record, tell
from clerk.storage import cases, numbers, paper_numbers
from clerk.values import replace

BLOCK = 50
LOW = 20
"""A new block is leased when fewer numbers than this are left."""


def take_number(desk: Desk, tx: Connection, case_id: UUID) -> CaseNumber:
    """Give the case the next leased number, or a temporary one where the block is empty.

    The temporary number names counter and day, so that two counters never give the same one.
    """
    leased = numbers.take(tx, desk.counter.code, case_id, desk.now())
    if leased is not None:
        return leased
    today = desk.today()
    count = numbers.next_provisional(tx, desk.counter.code, today)
    text = f"LS{desk.counter.code}-{today:%Y%m%d}-{count:03d}"
    return CaseNumber(text=text, query_code="", provisional=True)


def number_of(case: Case) -> CaseNumber | None:
    """Return the number the case bears, final or temporary; None where it has none yet."""
    if case.number is not None or not case.provisional_number:
        return case.number
    return CaseNumber(text=case.provisional_number, query_code="", provisional=True)


def numbered_paper(
    desk: Desk, tx: Connection, session: Session, case: Case, kind: PaperKind
) -> Case:
    """Give a paper of the case its 文号 in the act's own transaction.

    The series has no gap: without the act the number is not taken, and a paper that cannot be
    made keeps its number until it can.
    """
    standard = desk.standard(case.item_code, case.standard_version)
    given = give_number(desk, tx, session, standard, kind, case.case_id)
    return with_paper_number(case, kind.value, given.number)


def give_number(
    desk: Desk,
    tx: Connection,
    session: Session,
    standard: ItemStandard,
    kind: PaperKind,
    case_id: UUID,
    letter_sha256: str | None = None,
) -> GivenNumber:
    """Take the next number of a series and write it into the ledger, in the caller's transaction.

    Args:
        desk: what the window has at hand.
        tx: the transaction of the act that takes it.
        session: who does that act.
        standard: whose authority's series it is (实施主体).
        kind: the kind of paper.
        case_id: the case that the paper is of.
        letter_sha256: the PDF of the letter that bears it, where it is one.
    """
    of = Series(body_code=standard.body.code, kind=kind, year=desk.today().year)
    count = numbers.next_paper_number(tx, of.body_code, kind.value, of.year)
    given = GivenNumber(
        series=of,
        count=count,
        number=document_number(standard, kind, of.year, count),
        case_id=case_id,
        given_at=desk.now(),
        given_by=session.account.account_id,
        counter_code=desk.counter.code,
        letter_sha256=letter_sha256,
    )
    paper_numbers.keep(tx, given)
    return given


def lease_numbers(desk: Desk, session: Session) -> bool:
    """Lease another block where few numbers are left; whether one was leased.

    Raises:
        RemoteTrouble: the platform gave none; cases take temporary numbers meanwhile.
    """
    with desk.store.read() as tx:
        if numbers.left(tx, desk.counter.code) >= LOW:
            return False
    block = desk.platform.lease_numbers(desk.call(session, None), BLOCK)
    with desk.store.begin() as tx:
        leased = numbers.lease(tx, block, desk.counter.code, desk.now())
        if leased:
            record(desk, tx, session, "numbers.leased", block=block.block_id)
    return leased


def map_provisional(desk: Desk, session: Session) -> int:
    """Give every temporary number its final one, oldest first; how many were mapped."""
    with desk.store.read() as tx:
        waiting = cases.with_provisional_number(tx)
    mapped = 0
    for case_id in waiting:
        with desk.store.begin() as tx:
            given = numbers.take(tx, desk.counter.code, case_id, desk.now())
            if given is None:
                break
            saved = cases.save(tx, with_final_number(cases.load(tx, case_id), given, desk))
            tell(desk, tx, case_id, MessageKind.CLAIM_NUMBER, claim_body(saved, given))
            record(desk, tx, session, "case.number_mapped", case_id, number=given.text)
            mapped += 1
    return mapped


def with_final_number(case: Case, given: CaseNumber, desk: Desk) -> Case:
    """Return the case under its final number; the temporary one stays beside it."""
    event = CaseEvent(
        kind=CaseEventKind.NUMBER_MAPPED,
        at=desk.now(),
        actor="",
        actor_name="",
        detail={"number": given.text, "provisional": case.provisional_number},
    )
    return replace(case, number=given).with_event(event)
