"""Calls whose end nobody noted: asked after by their receipts, once the library answers again.

A program that was killed between intent and result leaves such a call, and so does an answer that
was lost. The library's own word says whether it acted; the call itself is never made again here.
"""

from collections.abc import Sequence

from clerk.domain.certificate_call import CallEnd, CertificateCall
from clerk.domain.errors import RemoteGarbled, RemoteRefused, RemoteUnavailable
from clerk.domain.hand_off import RemoteReceipt
from clerk.domain.identity import Session
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import certificate_calls, journal

MOST_AT_ONCE = 20
"""So many calls are asked after in one turn; the others wait for the next."""

SETTLED = "certificate.settled"


def open_calls(desk: Desk) -> Sequence[CertificateCall]:
    """Return the calls of this station that are neither under way here nor ended, oldest first.

    One that the outbox repeats under its id is not among them: its next try ends it.
    """
    with desk.store.read() as tx:
        found = certificate_calls.still_open(tx, desk.station)
    return [call for call in found if not call.by_outbox and not desk.calls.holds(call.message_id)]


def note_open_calls(desk: Desk) -> int:
    """Write down at the start how many calls the last run left open; how many they are."""
    found = open_calls(desk)
    if found:
        with desk.store.begin() as tx:
            ids = [str(call.message_id) for call in found]
            record(desk, tx, None, "certificate.left_open", calls=ids, count=len(ids))
    return len(found)


def settle_calls(desk: Desk, session: Session) -> int:
    """Ask the library for the receipts of open calls and note each end; how many are settled.

    Raises:
        RemoteUnavailable: the library does not answer; what is open stays open for a later turn.
    """
    if not desk.calls.may_ask(desk.now()):
        return 0
    settled = 0
    for call in open_calls(desk)[:MOST_AT_ONCE]:
        try:
            end, receipt_id = _asked(desk, session, call)
        except RemoteUnavailable:
            desk.calls.wait(desk.now())
            raise
        settled += _settle(desk, session, call, end, receipt_id)
    return settled


def unsettled_calls(desk: Desk) -> int:
    """Count the calls of which even the library could not tell the end."""
    with desk.store.read() as tx:
        return certificate_calls.unsettled(tx)


def _asked(desk: Desk, session: Session, call: CertificateCall) -> tuple[CallEnd, str]:
    """Return what the library knows of a call; one that keeps no receipts cannot tell.

    What a source of shared data was asked when the program died came to nothing here.
    """
    if call.source is not None:
        return CallEnd.FAILED, ""
    if not desk.certificates.abilities.keeps_receipts:
        return CallEnd.UNKNOWN, ""
    try:
        receipt = desk.certificates.receipt(desk.call(session, call.case_id), call.message_id)
    except (RemoteRefused, RemoteGarbled):
        return CallEnd.UNKNOWN, ""
    return _found(receipt)


def _found(receipt: RemoteReceipt | None) -> tuple[CallEnd, str]:
    if receipt is None:
        return CallEnd.NEVER_ACTED, ""
    return CallEnd.ACTED, receipt.receipt_id


def _settle(
    desk: Desk, session: Session, call: CertificateCall, end: CallEnd, receipt_id: str
) -> bool:
    at = desk.now()
    with desk.store.begin() as tx:
        now = certificate_calls.find(tx, call.message_id)
        if now is None or now.end is not CallEnd.OPEN:
            return False
        line = journal.append(
            tx,
            at=at,
            station=desk.station,
            account_id=session.account.account_id,
            act=SETTLED,
            case_id=call.case_id,
            detail={
                "message_id": str(call.message_id),
                "operation": call.operation,
                "intent": call.intent,
                "outcome": end.value,
                "receipt": receipt_id,
            },
        )
        certificate_calls.put_end(
            tx, now.ended(end, end.value, at=at, result=line.sequence, receipt_id=receipt_id)
        )
    return True
