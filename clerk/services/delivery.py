"""Hand a result out at the window (送达)."""

from uuid import UUID

from clerk.domain.case import Case
from clerk.domain.hand_off import MessageKind
from clerk.domain.hand_off_body import hand_out_body
from clerk.domain.hand_out import hand_out
from clerk.domain.identity import Act, Session
from clerk.domain.receiving import Receiving
from clerk.services.desk import Desk
from clerk.services.issued_certificates import submit_issued
from clerk.services.paper_prints import require_result_free
from clerk.services.records import record, tell
from clerk.storage import cases


def hand_out_result(desk: Desk, session: Session, case_id: UUID, receiving: Receiving) -> Case:
    """Register who took the result, with the proof, and tell the platform.

    Raises:
        NotAcceptable: no result is waiting, a charge is open, originals are unaccounted, or the
            decision is not printed.
        NotAllowed: the person may not take it.
        BadInput: who takes it, or the reason, is missing.
    """
    session.require(Act.HAND_OUT)
    now = desk.now()
    with desk.store.begin() as tx:
        case = cases.load(tx, case_id)
        out = hand_out(desk.rules(case), case, receiving, session, now)
        require_result_free(tx, case)
        saved = cases.save(tx, out)
        tell(desk, tx, case_id, MessageKind.REPORT_HAND_OUT, hand_out_body(saved))
        submit_issued(desk, tx, saved)
        role = saved.hand_out.role if saved.hand_out else None
        record(desk, tx, session, "case.handed_out", case_id, role=role.value if role else "")
    return saved
