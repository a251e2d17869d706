"""Hand-off (转办): send what waits, take over what happened at the other end.

No transaction spans a call. A message is sent as often as needed under one id; the other end
drops repeats, and its receipt is stored in a transaction of its own.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain.case import Case, CaseState
from clerk.domain.errors import RemoteRefused, RemoteTrouble, RemoteUnavailable
from clerk.domain.hand_off import (
    Attachment,
    Message,
    MessageKind,
    Peer,
    RemoteEvent,
    RemoteReceipt,
    peer_of,
)
from clerk.domain.hand_out import ready_for_hand_out
from clerk.domain.identity import Act, Session
from clerk.domain.issued_certificate import filed
from clerk.domain.life import handed_off
from clerk.domain.parcels import booked, not_booked
from clerk.domain.told import apply_remote
from clerk.domain.unclaimed import lies_there
from clerk.services.call_journal import report_use
from clerk.services.certificate_reports import note_received
from clerk.services.credit import credit_source
from clerk.services.desk import Desk
from clerk.services.event_pages import take_over_pages
from clerk.services.messages import reminded
from clerk.services.parcels import take_over_earlier
from clerk.services.ports import Courier, MessageChannel
from clerk.services.records import record
from clerk.storage import cases, files, outbox

USE_TOLD_FOR = timedelta(hours=24)
"""So long a library that does not answer is told of a use again and again (soap.md 6.5)."""

FIRST_RETRY_SECONDS = 2
LONGEST_RETRY_SECONDS = 300


def deliver(desk: Desk, session: Session) -> int:
    """Send what may be sent now; how many messages the other ends took.

    A peer that does not answer is left alone for this turn; the others go on. One that refuses a
    message is asked the next all the same.
    """
    taken = 0
    silent: set[Peer] = set()
    with desk.store.read() as tx:
        entries = outbox.due(tx, desk.now())
    for entry in entries:
        peer = peer_of(entry.message.kind)
        if peer in silent:
            continue
        try:
            receipt = _send(desk, session, entry.message)
        except RemoteTrouble as trouble:
            _not_taken(desk, session, entry, trouble)
            if isinstance(trouble, RemoteUnavailable):
                silent.add(peer)
        else:
            _taken(desk, session, entry.message, receipt)
            taken += 1
    return taken


def take_over_events(desk: Desk, session: Session) -> int:
    """Take over what happened at the back office, each event once; how many were new.

    Raises:
        RemoteTrouble: it did not answer; what was taken over so far stays.
    """

    def ask(cursor: str, limit: int) -> tuple[Sequence[RemoteEvent], str]:
        page = desk.back_office.events(desk.call(session, None), cursor, limit)
        return page.events, page.cursor

    return take_over_pages(desk, Peer.BACK_OFFICE, ask, partial(_apply, desk))


def try_stuck_again(desk: Desk, session: Session) -> int:
    """Let every message that was given up be sent again, at a person's word."""
    session.require(Act.SEND_AGAIN)
    with desk.store.begin() as tx:
        stuck = outbox.stuck(tx)
        for entry in stuck:
            outbox.try_again(tx, entry.message.message_id, desk.now())
        record(desk, tx, session, "outbox.tried_again", count=len(stuck))
    return len(stuck)


def _send(desk: Desk, session: Session, message: Message) -> RemoteReceipt:
    call = desk.call(session, message.case_id, message.message_id)
    match message.kind:
        case MessageKind.SUBMIT_CASE:
            attachments = _attachments(desk, message.case_id)
            return desk.back_office.submit_case(call, message, attachments)
        case MessageKind.SUBMIT_DECISION:
            return desk.back_office.submit_decision(call, message, ())
        case MessageKind.REPORT_USE:
            return report_use(desk, call, message)
        case MessageKind.CLAIM_NUMBER:
            return desk.platform.claim_number(call, message)
        case MessageKind.REPORT_HAND_OUT:
            return desk.platform.report_hand_out(call, message)
        case MessageKind.BOOK_PARCEL:
            return _courier(desk).book(call, message)
        case MessageKind.REPORT_FALSE_PROMISE:
            return credit_source(desk).report_false_promise(call, message)
        case MessageKind.REPORT_RESULT:
            return desk.platform.report_result(call, message)
        case MessageKind.REPORT_STATUS:
            return desk.platform.report_status(call, message)
        case MessageKind.REPORT_WRONG_CERTIFICATE:
            return desk.platform.report_wrong_certificate(call, message)
        case MessageKind.SUBMIT_ISSUED:
            return desk.platform.submit_issued(call, message)
        case MessageKind.WITHDRAW_ISSUED:
            return desk.platform.withdraw_issued(call, message)
        case MessageKind.TELL_APPLICANT:
            return _channel(desk).send(call, message)


def _channel(desk: Desk) -> MessageChannel:
    if desk.messages is None:
        raise RemoteUnavailable(
            "本窗口没有接短信平台，短信还在待发，请系统管理员接上", kind="absent", sent="no"
        )
    return desk.messages


def _courier(desk: Desk) -> Courier:
    if desk.courier is None:
        raise RemoteUnavailable(
            "本窗口没有接快递，寄递单还在待发，请系统管理员接上快递", kind="absent", sent="no"
        )
    return desk.courier


def _attachments(desk: Desk, case_id: UUID) -> tuple[Attachment, ...]:
    with desk.store.read() as tx:
        case = cases.load(tx, case_id)
        kept = {file.sha256: file for held in case.evidence.values() for file in held.files}
        return tuple(
            Attachment(
                sha256=file.sha256,
                name=file.name,
                media_type=file.media_type,
                content=files.content_of(tx, file.sha256),
            )
            for file in kept.values()
        )


def _taken(desk: Desk, session: Session, message: Message, receipt: RemoteReceipt) -> None:
    with desk.store.begin() as tx:
        if not outbox.delivered(tx, receipt, desk.now()):
            return
        record(
            desk,
            tx,
            session,
            f"outbox.delivered.{message.kind.value}",
            message.case_id,
            message_id=str(message.message_id),
            receipt=receipt.receipt_id,
            replayed=receipt.replayed,
        )
        if message.kind is MessageKind.REPORT_WRONG_CERTIFICATE:
            note_received(desk, tx, message, receipt)
        moved = _moved_on(desk, cases.find(tx, message.case_id), message, receipt)
        if moved is None:
            return
        saved = cases.save(tx, moved)
        if message.kind is MessageKind.BOOK_PARCEL:
            take_over_earlier(desk, tx, saved)


def _moved_on(
    desk: Desk, case: Case | None, message: Message, receipt: RemoteReceipt
) -> Case | None:
    """Return the case as the receipt changes it, None where it changes nothing."""
    if case is None:
        return None
    rules = desk.rules(case)
    whom = rules.standard.body.short_name
    match message.kind:
        case MessageKind.SUBMIT_CASE:
            return handed_off(rules, case, receipt.at, whom)
        case MessageKind.SUBMIT_DECISION if case.state in {CaseState.GRANTED, CaseState.REFUSED}:
            return ready_for_hand_out(rules, case, receipt.at, whom)
        case MessageKind.BOOK_PARCEL:
            moved = booked(rules, case, receipt.receipt_id, receipt.at)
            return None if moved is case else moved
        case MessageKind.TELL_APPLICANT:
            return reminded(rules, case, message, receipt)
        case MessageKind.SUBMIT_ISSUED | MessageKind.WITHDRAW_ISSUED:
            return filed(rules, case, message.kind, receipt)
        case _:
            return None


_NOT_WANTED_LATER = frozenset(
    {MessageKind.BOOK_PARCEL, MessageKind.TELL_APPLICANT, MessageKind.REPORT_USE}
)
"""A parcel that was refused is ordered anew, a text says what was true then, and a use that the
library does not want told is in our own ledger, with its word for why."""


def _not_taken(desk: Desk, session: Session, entry: outbox.Entry, trouble: RemoteTrouble) -> None:
    wait = min(FIRST_RETRY_SECONDS << min(entry.attempts, 8), LONGEST_RETRY_SECONDS)
    message, refused = entry.message, isinstance(trouble, RemoteRefused)
    is_use = message.kind is MessageKind.REPORT_USE
    too_late = is_use and desk.now() >= entry.created_at + USE_TOLD_FOR
    with desk.store.begin() as tx:
        state = outbox.failed(
            tx,
            message.message_id,
            trouble=str(trouble),
            next_try_at=desk.now() + timedelta(seconds=wait),
            final=refused or too_late,
            abandoned=message.kind in _NOT_WANTED_LATER,
            patient=is_use,
        )
        if refused:
            _back_at_the_window(desk, tx, entry, str(trouble))
        record(
            desk,
            tx,
            session,
            f"outbox.failed.{message.kind.value}",
            message.case_id,
            message_id=str(message.message_id),
            outcome=f"{trouble.kind}/{trouble.sent}",
            given_up=state is outbox.SendState.ABANDONED,
        )


def _back_at_the_window(desk: Desk, tx: Connection, entry: outbox.Entry, why: str) -> None:
    """A parcel that the courier will not carry is none: its result lies at the window again."""
    case = cases.find(tx, entry.message.case_id)
    if case is not None and entry.message.kind is MessageKind.BOOK_PARCEL:
        cases.save(tx, not_booked(desk.rules(case), case, why, desk.now()))


def _apply(desk: Desk, tx: Connection, event: RemoteEvent) -> None:
    case = cases.find(tx, event.case_id)
    if case is None:
        # Another counter's case, or one of a store that was replaced: kept in the inbox only.
        return
    rules = desk.rules(case)
    changed = lies_there(rules, apply_remote(rules, case, event), event.at)
    if changed is not case:
        cases.save(tx, changed)
    record(desk, tx, None, f"back_office.{event.kind.value}", case.case_id, event=event.event_id)
