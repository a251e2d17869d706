"""What the use cases ask of the outside world; ``integrations`` fulfils it, ``app`` wires it."""

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from clerk.domain.call import Call
from clerk.domain.call_trace import CallTrace
from clerk.domain.certificate import (
    Authorisation,
    AuthorisationMode,
    CertificateChunk,
    CertificatePage,
    CertificateSummary,
    Holder,
    LibraryAbilities,
    Purpose,
    UseReport,
)
from clerk.domain.certificate_file import FileLook
from clerk.domain.certificate_report import ReportAnswers
from clerk.domain.credit import CreditAnswer, CreditOccasion, CreditSubject
from clerk.domain.hand_off import Attachment, Message, NumberBlock, RemoteEvents, RemoteReceipt
from clerk.domain.id_card import IdCard
from clerk.domain.paper_seal import SealOrder
from clerk.domain.parcel import ParcelEvents
from clerk.domain.shared_data import SharedAnswer, SharedQuestion
from clerk.domain.use_list import ListedUses


class CardReader(Protocol):
    """A reader of identity cards."""

    def poll(self) -> bool:
        """Whether a card lies on the reader; raises ``DeviceTrouble``."""

    def read(self) -> IdCard:
        """Read the card that lies on the reader; raises ``DeviceTrouble``."""


class Scanner(Protocol):
    """A document camera or scanner (高拍仪)."""

    def scan(self) -> tuple[bytes, str]:
        """Return the page that lies under it as a whole file, and its media type.

        Raises ``DeviceTrouble``.
        """


class CertificateLibrary(Protocol):
    """A provincial certificate library (省电子证照库), whatever it speaks.

    Every method raises ``RemoteUnavailable``, ``RemoteRefused`` or ``RemoteGarbled``; what lies
    outside of ``abilities`` is refused with the kind ``not-offered`` before anything is sent.
    """

    @property
    def abilities(self) -> LibraryAbilities:
        """What this library can do; the same as long as it is connected."""

    def ping(self, call: Call) -> datetime:
        """Return the library's own time."""

    def verify_use_code(
        self, call: Call, code: str, purpose: Purpose
    ) -> tuple[Authorisation, tuple[CertificateSummary, ...]]:
        """Exchange the code the holder shows (亮证码) for an authorisation and what it covers."""

    def request_authorisation(
        self,
        call: Call,
        holder: Holder,
        type_codes: tuple[str, ...],
        purpose: Purpose,
        mode: AuthorisationMode,
    ) -> Authorisation:
        """Ask the holder's phone, or, by duty, the library itself."""

    def authorisation(
        self, call: Call, authorisation_id: str, holder: Holder, mode: AuthorisationMode
    ) -> Authorisation:
        """Return where an asked authorisation stands."""

    def query(
        self,
        call: Call,
        authorisation_id: str,
        holder: Holder,
        type_codes: tuple[str, ...],
        purpose: Purpose,
        page: int,
        page_size: int,
    ) -> CertificatePage:
        """List the holder's certificates; ``page`` counts from 1."""

    def fetch_chunk(
        self,
        call: Call,
        authorisation_id: str,
        certificate_id: str,
        file_format: str,
        purpose: Purpose,
        offset: int,
        max_bytes: int,
        file_version: str,
    ) -> CertificateChunk:
        """Fetch a piece of the file; ``file_version`` empty on the first call."""

    def report_use(self, call: Call, use: UseReport) -> RemoteReceipt:
        """Tell the library what became of a certificate."""

    def receipt(self, call: Call, message_id: UUID) -> RemoteReceipt | None:
        """Return the receipt of an earlier message, None where the library never acted on it."""

    def cancel(self, message_id: UUID) -> None:
        """End the call under this id at once; its thread gets the kind ``cancelled``."""


class CertificateFiles(Protocol):
    """Opens foreign certificate files in a process of its own.

    Both looks raise ``CertificateFileRefused`` for a file that cannot or may not be opened.
    """

    def start(self) -> None:
        """Get ready before anybody waits for a file; may be called again and again."""

    def look(self, content: bytes, file_format: str) -> FileLook:
        """Return pages and seals of a file; ``file_format`` is ``PDF``, ``OFD`` or ``PNG``."""

    def picture(self, content: bytes, file_format: str, *, page: int, dpi: float) -> bytes:
        """Return one page, counted from 1, as a PNG."""


class PaperSeal(Protocol):
    """Puts the electronic seals of offices (电子印章) on papers."""

    def start(self) -> None:
        """Get ready before anybody waits for a paper; may be called again and again."""

    def seal(self, pdf: bytes, order: SealOrder) -> bytes:
        """Return ``pdf`` with the seal, its own bytes unchanged; raises ``SealUnavailable``."""


class CallTraces(Protocol):
    """Remembers what of each message can be proven later."""

    def take(self, message_id: UUID) -> CallTrace:
        """Return what is known of a message and forget it."""


class BackOffice(Protocol):
    """The departments' side (委办局后台). Raises the three remote errors."""

    def ping(self, call: Call) -> datetime:
        """Return its own time."""

    def submit_case(
        self, call: Call, message: Message, attachments: tuple[Attachment, ...]
    ) -> RemoteReceipt:
        """Hand a case over; a repeat with the same message id changes nothing."""

    def submit_decision(
        self, call: Call, message: Message, attachments: tuple[Attachment, ...]
    ) -> RemoteReceipt:
        """Tell a chief representative's decision; repeats change nothing."""

    def events(self, call: Call, cursor: str, limit: int) -> RemoteEvents:
        """Return what happened after ``cursor`` (empty: from the beginning), oldest first."""


class Courier(Protocol):
    """A courier that carries results (寄递). Raises the three remote errors."""

    def ping(self, call: Call) -> datetime:
        """Return its own time."""

    def book(self, call: Call, message: Message) -> RemoteReceipt:
        """Ask for a parcel to be carried; the receipt's id is the waybill's number (运单号).

        A repeat with the same message id books nothing more.
        """

    def events(self, call: Call, cursor: str, limit: int) -> ParcelEvents:
        """Return what happened to our parcels after ``cursor``, oldest first."""


class Platform(Protocol):
    """The province's one-window platform (一窗式平台). Raises the three remote errors."""

    def ping(self, call: Call) -> datetime:
        """Return its own time."""

    def lease_numbers(self, call: Call, count: int) -> NumberBlock:
        """Lease ``count`` case numbers for this counter; a repeat returns the same block."""

    def claim_number(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell which case bears which number, final or temporary."""

    def report_hand_out(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell that a result was handed out."""

    def report_result(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell that an issued result was corrected or revoked, for the certificate library too."""

    def certificate_uses(self, call: Call, on: date, cursor: str, limit: int) -> ListedUses:
        """Return what the library counts as our uses of a day, after ``cursor``, oldest first."""

    def report_wrong_certificate(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell what is wrong in a certificate; the receipt's id is the report's number."""

    def report_answers(self, call: Call, cursor: str, limit: int) -> ReportAnswers:
        """Return what issuers said to our reports after ``cursor``, oldest first."""

    def submit_issued(self, call: Call, message: Message) -> RemoteReceipt:
        """Hand a certificate that was issued here to the library."""

    def withdraw_issued(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell the library that a certificate issued here counts no longer."""

    def report_status(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell where a case stands, for whoever asks with its number and query code."""


class MessageChannel(Protocol):
    """Short messages to applicants (短信). Raises the three remote errors."""

    def ping(self, call: Call) -> datetime:
        """Return its own time."""

    def send(self, call: Call, message: Message) -> RemoteReceipt:
        """Hand a text over; a repeat with the same message id sends nothing again."""


class CreditSource(Protocol):
    """A credit information platform (信用信息平台). Raises the three remote errors."""

    def ping(self, call: Call) -> datetime:
        """Return its own time."""

    def ask(self, call: Call, subject: CreditSubject, occasion: CreditOccasion) -> CreditAnswer:
        """Ask about the applicant of the call's case; the answer is GOOD, BAD or UNKNOWN."""

    def report_false_promise(self, call: Call, message: Message) -> RemoteReceipt:
        """Tell that a promise was proven false after a hearing; a repeat changes nothing."""


class SharedData(Protocol):
    """The province's shared data, a source for each kind of fact. Raises the three remote errors."""

    def ping(self, call: Call) -> datetime:
        """Return its own time."""

    def ask(self, call: Call, question: SharedQuestion) -> SharedAnswer:
        """Ask one source about one person or body of the call's case: FOUND or NOT_FOUND."""
