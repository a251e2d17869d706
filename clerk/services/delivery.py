"""Hand a result out at the window (送达)."""

from uuid import UUID

from clerk.domain.case import Case, HandOut
from clerk.domain.decisions import hand_out
from clerk.domain.hand_off import MessageKind
from clerk.domain.hand_off_body import hand_out_body
from clerk.domain.identity import Act, Session
from clerk.services.desk import Desk
from clerk.services.records import record, tell
from clerk.storage import cases

AT_THE_WINDOW = "window"


def hand_out_result(
    desk: Desk, session: Session, case_id: UUID, receiver: str, identity_number: str
) -> Case:
    """Register who took the result and tell the platform.

    Raises:
        NotAcceptable: no result is waiting, or nobody is named.
    """
    session.require(Act.HAND_OUT)
    handed = HandOut(
        at=desk.now(),
        by=session.account.account_id,
        receiver=receiver.strip(),
        receiver_id_number=identity_number.strip(),
        way=AT_THE_WINDOW,
    )
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        saved = cases.save(tx, hand_out(desk.rules(case), case, handed, session))
        tell(desk, tx, case_id, MessageKind.REPORT_HAND_OUT, hand_out_body(saved))
        record(desk, tx, session, "case.handed_out", case_id)
    return saved
