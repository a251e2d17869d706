"""Every call of the certificate library in the journal: the intent before, the outcome after.

Two lines of the chain a call, and one record of the ledger, each in one transaction: no program
that dies between the two leaves a call that nobody can ask after. Polls of an authorisation are
reads without personal data, as are pings and questions for receipts: they have no line, only the
answer that ends the polling has. The pieces of one file share the two lines of its first; their
digests stand in the second.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.call import Call
from clerk.domain.call_trace import NO_TRACE, CallTrace
from clerk.domain.certificate import Authorisation, Purpose, UseReport
from clerk.domain.certificate_call import (
    REPORT_USE,
    CallAbout,
    CallEnd,
    CertificateCall,
    words_of,
)
from clerk.domain.errors import ClerkError, RemoteTrouble
from clerk.domain.hand_off import Message, RemoteReceipt
from clerk.services.desk import Desk
from clerk.storage import certificate_calls, journal
from clerk.storage.blind_index import index_of
from clerk.storage.codec import canonical_json, load
from clerk.values import replace

T = TypeVar("T")
INTENT = "intent"
OK = "ok"
WRONG_REPLY = "wrong-reply"
UNKNOWN = "unknown"
_PURPOSE = ("item", "item_code", "number", "reason")


def journaled(
    desk: Desk,
    call: Call,
    operation: str,
    material: str,
    work: Callable[[], T],
    about: CallAbout | None = None,
    *,
    leave_of: Callable[[T], Authorisation] | None = None,
    like: CertificateCall | None = None,
) -> T:
    """Note the intent, call, note the outcome; whatever went wrong goes on as it was.

    A call whose answer was lost stays open, as after a crash: it is settled by its receipt. A
    source of shared data keeps none, and its lost answer changed nothing: such a call failed.

    Args:
        desk: what the window has at hand.
        call: under whose id it is made and settled.
        operation: what the library is asked to do, as the journal names it.
        material: the requirement's code.
        work: makes the call; no transaction is open meanwhile.
        about: what is known of it before.
        leave_of: finds in the answer whose leave it brings; a code names its holder only then.
        like: an earlier call under the same leave, whose holder and purpose are this one's too.
    """
    told = about or CallAbout()
    desk.calls.begin(call.message_id)
    try:
        begun = _begin(desk, call, operation, material, told, like)
        try:
            answer = work()
        except ClerkError as trouble:
            _end(desk, begun, told, _end_of(begun, trouble), _outcome(trouble), _sent(trouble))
            if isinstance(trouble, RemoteTrouble) and begun.source is None:
                desk.library.failed(trouble, desk.now(), call.case_id)
            raise
        if begun.source is None:
            desk.library.answered(desk.now(), call.case_id)
        leave = leave_of(answer) if leave_of else None
        _end(desk, begun, told, CallEnd.ANSWERED, OK, "answered", leave)
        return answer
    finally:
        desk.calls.end(call.message_id)


def report_use(desk: Desk, call: Call, message: Message) -> RemoteReceipt:
    """Tell the library of a use that waited in the outbox; each try has its two lines.

    Whose certificate it was is known by the leave it was used under.
    """
    use = load(message.body, UseReport)
    with desk.store.read() as tx:
        first = certificate_calls.first_under(tx, use.authorisation_id)
    return journaled(
        desk,
        call,
        REPORT_USE,
        first.words.get("material", "") if first else "",
        lambda: desk.certificates.report_use(call, use),
        CallAbout(
            certificate_id=use.certificate_id,
            type_name=use.type_name,
            use_outcome=use.outcome.value,
        ),
        like=first,
    )


def note_asking_ended(desk: Desk, call: Call, leave: Authorisation) -> None:
    """Note how the asking for a leave ended; its polls before have no line."""
    with desk.store.begin() as tx:
        detail = {"message_id": str(call.message_id), "outcome": leave.state.value}
        _line(desk, tx, call.account_id, "authorisation_ended", call.case_id, detail)


def purpose_digest(purpose: Purpose | None) -> str:
    """Return the SHA-256 of a purpose, empty for none: the journal holds no words of anybody."""
    if purpose is None:
        return ""
    said = {
        "item": purpose.item_name,
        "item_code": purpose.item_code,
        "number": purpose.business_number,
        "reason": purpose.reason,
    }
    return _digest_of(said)


def digest_of_words(words: Mapping[str, str]) -> str:
    """Return the same digest of the words that the ledger keeps of a call."""
    return _digest_of({name: words.get(name, "") for name in _PURPOSE})


def _digest_of(said: Mapping[str, str]) -> str:
    return hashlib.sha256(canonical_json(dict(said)).encode()).hexdigest()


def _begin(
    desk: Desk,
    call: Call,
    operation: str,
    material: str,
    about: CallAbout,
    like: CertificateCall | None,
) -> CertificateCall:
    at = desk.now()
    said = words_of(about, counter=call.counter_code, clerk=call.display_name, material=material)
    if like is not None:
        said = {**like.words, **said}
    with desk.store.begin() as tx:
        index = index_of(tx, about.holder_number) or (like.holder_index if like else "")
        leave_id = about.leave.authorisation_id if about.leave else ""
        leave_id = leave_id or (like.authorisation_id if like else "")
        line = _line(
            desk,
            tx,
            call.account_id,
            operation,
            call.case_id,
            {
                "message_id": str(call.message_id),
                "material": material,
                "outcome": INTENT,
                "window": call.counter_code,
                "purpose": purpose_digest(about.purpose),
                "certificate": about.certificate_id,
                "authorisation": leave_id,
                "mode": said.get("mode", ""),
                "holder": index,
            },
        )
        begun = CertificateCall(
            message_id=call.message_id,
            station=desk.station,
            at=at,
            account_id=call.account_id,
            operation=operation,
            case_id=call.case_id,
            holder_index=index,
            authorisation_id=leave_id,
            certificate_id=about.certificate_id,
            intent=line,
            words=said,
        )
        certificate_calls.put(tx, begun)
    return begun


def _end(
    desk: Desk,
    begun: CertificateCall,
    about: CallAbout,
    end: CallEnd,
    outcome: str,
    sent: str,
    leave: Authorisation | None = None,
) -> None:
    trace = desk.call_traces.take(begun.message_id) if desk.call_traces else NO_TRACE
    at = desk.now()
    with desk.store.begin() as tx:
        known = _with_leave(tx, begun, leave)
        detail: dict[str, str | int | bool | list[str]] = {
            "message_id": str(begun.message_id),
            "material": begun.words.get("material", ""),
            "outcome": outcome,
            "sent": sent,
            "milliseconds": _milliseconds(begun.at, at),
            "holder": known.holder_index,
            "authorisation": known.authorisation_id,
            **_digests(trace),
            **_pieces(desk, about.further),
        }
        if outcome.startswith(WRONG_REPLY):
            detail["wrong_reply"] = True
        line = _line(desk, tx, begun.account_id, begun.operation, begun.case_id, detail)
        certificate_calls.put_pieces(tx, begun.message_id, about.further)
        certificate_calls.put_end(
            tx,
            known.ended(end, outcome, at=at, result=line, receipt_id=trace.receipt_id),
            brought_leave=leave is not None,
        )


def _with_leave(
    tx: Connection, begun: CertificateCall, leave: Authorisation | None
) -> CertificateCall:
    if leave is None:
        return begun
    return replace(
        begun,
        holder_index=index_of(tx, leave.holder.id_number) or begun.holder_index,
        authorisation_id=leave.authorisation_id,
    )


def _line(
    desk: Desk,
    tx: Connection,
    account_id: str,
    operation: str,
    case_id: UUID | None,
    detail: journal.Detail,
) -> int:
    return journal.append(
        tx,
        at=desk.now(),
        station=desk.station,
        account_id=account_id,
        act=f"certificate.{operation}",
        case_id=case_id,
        detail=detail,
    ).sequence


def _digests(trace: CallTrace) -> dict[str, str | int | bool | list[str]]:
    return {
        "sends": trace.sends,
        "request_sha256": trace.request_sha256,
        "request_sm3": trace.request_sm3,
        "answer_sha256": trace.answer_sha256,
        "answer_sm3": trace.answer_sm3,
        "receipt": trace.receipt_id,
    }


def _pieces(desk: Desk, further: list[UUID]) -> dict[str, str | int | bool | list[str]]:
    """Return how many pieces a file came in, and of each after the first what the first has."""
    if not further:
        return {}
    said = []
    for message_id in further:
        trace = desk.call_traces.take(message_id) if desk.call_traces else NO_TRACE
        digests = (
            trace.request_sha256,
            trace.request_sm3,
            trace.answer_sha256,
            trace.answer_sm3,
            trace.receipt_id,
        )
        said.append(" ".join((str(message_id), *(digest or "-" for digest in digests))))
    return {"pieces": 1 + len(said), "further": said}


def _end_of(begun: CertificateCall, trouble: ClerkError) -> CallEnd:
    if not isinstance(trouble, RemoteTrouble):
        return CallEnd.REFUSED_HERE
    lost = trouble.sent == UNKNOWN and not begun.by_outbox and begun.source is None
    return CallEnd.OPEN if lost else CallEnd.FAILED


def _outcome(trouble: ClerkError) -> str:
    if isinstance(trouble, RemoteTrouble):
        return f"{trouble.kind}/{trouble.sent}"
    return f"{type(trouble).__name__}/here"


def _sent(trouble: ClerkError) -> str:
    return str(trouble.sent) if isinstance(trouble, RemoteTrouble) else ""


def _milliseconds(begun_at: datetime, ended_at: datetime) -> int:
    return round((ended_at - begun_at).total_seconds() * 1000)
