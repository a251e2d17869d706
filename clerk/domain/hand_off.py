"""What leaves the counter for other systems, and what comes back (转办、回传)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from clerk.values import dataclass


class MessageKind(StrEnum):
    """What a message of the outbox tells."""

    SUBMIT_CASE = "submit_case"
    SUBMIT_DECISION = "submit_decision"
    REPORT_USE = "report_use"
    CLAIM_NUMBER = "claim_number"
    REPORT_HAND_OUT = "report_hand_out"
    BOOK_PARCEL = "book_parcel"
    REPORT_STATUS = "report_status"
    REPORT_RESULT = "report_result"
    TELL_APPLICANT = "tell_applicant"
    REPORT_FALSE_PROMISE = "report_false_promise"
    REPORT_WRONG_CERTIFICATE = "report_wrong_certificate"
    SUBMIT_ISSUED = "submit_issued"
    WITHDRAW_ISSUED = "withdraw_issued"


class Peer(StrEnum):
    """Which other system is told."""

    CERTIFICATE_LIBRARY = "certificate_library"
    BACK_OFFICE = "back_office"
    PLATFORM = "platform"
    MESSAGES = "messages"
    COURIER = "courier"
    CREDIT_SOURCE = "credit_source"


_PEERS = {
    MessageKind.SUBMIT_CASE: Peer.BACK_OFFICE,
    MessageKind.SUBMIT_DECISION: Peer.BACK_OFFICE,
    MessageKind.REPORT_USE: Peer.CERTIFICATE_LIBRARY,
    MessageKind.CLAIM_NUMBER: Peer.PLATFORM,
    MessageKind.REPORT_HAND_OUT: Peer.PLATFORM,
    MessageKind.BOOK_PARCEL: Peer.COURIER,
    MessageKind.REPORT_STATUS: Peer.PLATFORM,
    MessageKind.REPORT_RESULT: Peer.PLATFORM,
    MessageKind.TELL_APPLICANT: Peer.MESSAGES,
    MessageKind.REPORT_FALSE_PROMISE: Peer.CREDIT_SOURCE,
    MessageKind.REPORT_WRONG_CERTIFICATE: Peer.PLATFORM,
    MessageKind.SUBMIT_ISSUED: Peer.PLATFORM,
    MessageKind.WITHDRAW_ISSUED: Peer.PLATFORM,
}


def peer_of(kind: MessageKind) -> Peer:
    """Return who is told by a message of this kind."""
    return _PEERS[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something still to be told; its id is stored before the first send and never changes.

    ``sequence`` counts 1, 2, 3 … within the case, apart for each peer that is told. ``body`` is
    canonical JSON text; files are named in it by SHA-256 and go along as ``Attachment`` values
    only when the message is sent.
    """

    message_id: UUID
    case_id: UUID
    sequence: int
    kind: MessageKind
    schema_version: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a message."""

    sha256: str
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteReceipt:
    """The other end's word that it has the message; ``replayed`` on a repeat."""

    receipt_id: str
    message_id: UUID
    at: datetime
    replayed: bool


class RemoteEventKind(StrEnum):
    """What a back office tells about a case."""

    SIGNED_FOR = "signed_for"
    ACCEPTED = "accepted"
    CORRECTION_ASKED = "correction_asked"
    GRANTED = "granted"
    REFUSED = "refused"
    RESULT_READY = "result_ready"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteEvent:
    """One thing that happened at the back office; ``event_id`` never changes."""

    event_id: str
    case_id: UUID
    kind: RemoteEventKind
    at: datetime
    actor: str
    detail: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteEvents:
    """Events after a cursor, oldest first, and the cursor to ask from next time."""

    events: tuple[RemoteEvent, ...]
    cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedNumber:
    """A case number (办件编号) leased from the platform, with its query code (查询密码)."""

    number: str
    query_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberBlock:
    """A block of numbers leased for one counter."""

    block_id: str
    numbers: tuple[LeasedNumber, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNumber:
    """The number a case bears: final, or temporary (临时收件号) until the platform gives one."""

    text: str
    query_code: str
    provisional: bool
