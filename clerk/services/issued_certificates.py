"""Certificates that were issued here go back to the library (存量入库), and are taken back there.

A certificate is submitted with the hand-over of the case's result, in its transaction; one that is
corrected or revoked later is withdrawn in that act's. What was issued before this was so, is
submitted by a command, each certificate once.
"""

from uuid import UUID

from sqlalchemy import Connection

from clerk.documents.certificate_face import face_of
from clerk.domain.case import Case
from clerk.domain.hand_off import MessageKind
from clerk.domain.identity import Act, Session
from clerk.domain.issued_certificate import is_for_library, issued_body, withdrawn_body
from clerk.services.desk import Desk
from clerk.services.records import record, tell
from clerk.storage import cases, issued, outbox
from clerk.values import dataclass

AT_ONCE = 50
_TOLD = (MessageKind.SUBMIT_ISSUED, MessageKind.WITHDRAW_ISSUED)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackFilled:
    """One turn of submitting the stock: which cases, whether there may be more, and after which."""

    labels: tuple[str, ...]
    finished: bool
    last: int


def submit_issued(desk: Desk, tx: Connection, case: Case) -> bool:
    """Queue the certificate a case was handed, in the hand-over's transaction; False for none."""
    standard = desk.rules(case).standard
    if not is_for_library(standard, case) or _lies_there(tx, case.case_id):
        return False
    body = issued_body(standard, case, face_of(case, standard))
    tell(desk, tx, case.case_id, MessageKind.SUBMIT_ISSUED, body)
    return True


def withdraw_issued(desk: Desk, tx: Connection, case: Case, reason: str) -> bool:
    """Queue that a certificate counts no longer; False where the library was never given it."""
    if not _lies_there(tx, case.case_id):
        return False
    body = withdrawn_body(desk.rules(case).standard, case, reason)
    tell(desk, tx, case.case_id, MessageKind.WITHDRAW_ISSUED, body)
    return True


def submit_anew(desk: Desk, tx: Connection, case: Case, reason: str) -> bool:
    """Withdraw what the library has of a corrected result and submit it as it is now."""
    return withdraw_issued(desk, tx, case, reason) and submit_issued(desk, tx, case)


def submit_stock(desk: Desk, session: Session, after: int = 0) -> BackFilled:
    """Queue certificates that were handed out and never submitted, a few in one transaction.

    ``after`` is where the turn before ended: what the library does not keep holds up nothing.
    """
    session.require(Act.MANAGE_BLANKS)
    with desk.store.begin() as tx:
        waiting = issued.never_submitted(tx, after, AT_ONCE)
        found = cases.load_all(tx, [case_id for _, case_id in waiting])
        submitted = [case for case in found if submit_issued(desk, tx, case)]
        if submitted:
            numbers = [case.label for case in submitted]
            record(desk, tx, session, "issued.stock_submitted", cases=numbers, count=len(numbers))
    return BackFilled(
        labels=tuple(case.label for case in submitted),
        finished=len(waiting) < AT_ONCE,
        last=waiting[-1][0] if waiting else after,
    )


def _lies_there(tx: Connection, case_id: UUID) -> bool:
    """Whether the library has the certificate, or will have it once it was told."""
    told = [one for one in outbox.of_case(tx, case_id) if one.message.kind in _TOLD]
    return bool(told) and told[-1].message.kind is MessageKind.SUBMIT_ISSUED
