"""Results by courier (寄递): ask for a parcel, and take over what became of it."""

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
from clerk.services.records import record, tell
from clerk.storage import cases, inbox

EVENTS_AT_ONCE = 50


def send_by_courier(desk: Desk, session: Session, case_id: UUID) -> Case:
    """Give the result to the courier: the case is kept and the order queued, or neither.

    Raises:
        NotAcceptable: this counter has no courier, or the result may not go out yet.
    """
    session.require(Act.HAND_OUT)
    if desk.courier is None:
        raise NotAcceptable("本窗口没有接快递，没有寄出。请申请人到窗口领取，或改领取方式")
    now = desk.now()
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        rules = desk.rules(case)
        saved = cases.save(tx, send_result(rules, case, desk.new_id(), session, now))
        body = parcel_body(saved, saved.label, desk.counter)
        tell(desk, tx, case_id, MessageKind.BOOK_PARCEL, body)
        record(desk, tx, session, "case.send_result", case_id)
    return saved


def take_over_parcels(desk: Desk, session: Session) -> int:
    """Take over what happened at the courier, each event once; how many were new.

    Raises:
        RemoteTrouble: it did not answer; what was taken over so far stays.
    """
    new = 0
    while desk.courier is not None:
        with desk.store.read() as tx:
            cursor = inbox.cursor(tx, Peer.COURIER)
        page = desk.courier.events(desk.call(session, None), cursor, EVENTS_AT_ONCE)
        with desk.store.begin() as tx:
            for event in page.events:
                if inbox.take(tx, Peer.COURIER, event, desk.now()):
                    new += 1
                    _apply(desk, tx, event)
            if page.cursor != cursor:
                inbox.move_cursor(tx, Peer.COURIER, page.cursor, desk.now())
        if len(page.events) < EVENTS_AT_ONCE:
            break
    return new


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
    record(desk, tx, None, f"courier.{event.state.value}", case.case_id, event=event.event_id)
