"""Results by courier (寄递): ask for a parcel, and take over what became of it."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.case import Case, CaseState
from clerk.domain.errors import NotAcceptable
from clerk.domain.hand_off import MessageKind, Peer
from clerk.domain.hand_off_body import hand_out_body, parcel_body
from clerk.domain.identity import Act, Session
from clerk.domain.parcel import ParcelEvent
from clerk.domain.parcels import apply_parcel, send_result
from clerk.services.desk import Desk
from clerk.services.event_pages import take_over_pages
from clerk.services.issued_certificates import submit_issued
from clerk.services.paper_prints import require_result_free
from clerk.services.records import record, tell
from clerk.storage import cases, inbox


def send_by_courier(desk: Desk, session: Session, case_id: UUID) -> Case:
    """Give the result to the courier: the case is kept and the order queued, or neither.

    Raises:
        NotAcceptable: this counter has no courier, or the result may not go out yet:
            its decision is not printed, for one.
    """
    session.require(Act.HAND_OUT)
    if desk.courier is None:
        raise NotAcceptable("本窗口没有接快递，没有寄出。请申请人到窗口领取，或改领取方式")
    now = desk.now()
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        rules = desk.rules(case)
        sent = send_result(rules, case, desk.new_id(), session, now)
        require_result_free(tx, case)
        saved = cases.save(tx, sent)
        body = parcel_body(saved, saved.label, desk.counter)
        tell(desk, tx, case_id, MessageKind.BOOK_PARCEL, body)
        record(desk, tx, session, "case.send_result", case_id)
    return saved


def take_over_parcels(desk: Desk, session: Session) -> int:
    """Take over what happened at the courier, each event once; how many were new.

    Raises:
        RemoteTrouble: it did not answer; what was taken over so far stays.
    """
    courier = desk.courier
    if courier is None:
        return 0

    def ask(cursor: str, limit: int) -> tuple[Sequence[ParcelEvent], str]:
        page = courier.events(desk.call(session, None), cursor, limit)
        return page.events, page.cursor

    return take_over_pages(desk, Peer.COURIER, ask, partial(_apply, desk))


def take_over_earlier(desk: Desk, tx: Connection, case: Case) -> None:
    """Let what the courier told before its receipt came have its effect, in the receipt's turn.

    Events and receipts come each on a way of their own: a parcel may be told of as picked up, or
    signed for, before anybody here knew its number.
    """
    known = inbox.events_of_case(tx, Peer.COURIER, case.case_id, ParcelEvent)
    for event in sorted(known, key=lambda one: one.at):
        _apply(desk, tx, event)


def _apply(desk: Desk, tx: Connection, event: ParcelEvent) -> None:
    case = cases.find(tx, event.case_id)
    if case is None:
        return  # another counter's parcel: kept in the inbox only
    changed = apply_parcel(desk.rules(case), case, event)
    if changed is case:
        return
    saved = cases.save(tx, changed)
    if saved.state is CaseState.HANDED_OUT:
        tell(desk, tx, saved.case_id, MessageKind.REPORT_HAND_OUT, hand_out_body(saved))
        submit_issued(desk, tx, saved)
    record(desk, tx, None, f"courier.{event.state.value}", case.case_id, event=event.event_id)
