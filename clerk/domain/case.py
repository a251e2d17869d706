"""The case (办件): one application, from the first keystroke to the handed-out result."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from clerk.domain.care import Care, VisitDone
from clerk.domain.changes import Change, Snapshot
from clerk.domain.check_records import CaseChecks
from clerk.domain.credit import CreditAnswer
from clerk.domain.days import local_date
from clerk.domain.deadlines import DueDate, Term
from clerk.domain.fee_lines import FeeLine
from clerk.domain.hand_off import CaseNumber
from clerk.domain.limits import Limit
from clerk.domain.material import Evidence, SignedLetter
from clerk.domain.originals import OriginalHeld
from clerk.domain.paper_signature import PaperSignature
from clerk.domain.parcel import Parcel, ResultPlan
from clerk.domain.party import Applicant, Handler, Source
from clerk.domain.posted import PostedParcel
from clerk.domain.receiving import IdentityCheck, ReceiverRole
from clerk.domain.reminder import Reminder
from clerk.domain.review import PointAnswer
from clerk.domain.shared_data import SharedAnswer
from clerk.domain.statement import Statement
from clerk.values import dataclass, replace


class CaseState(StrEnum):
    """Where a case stands; the codes are ours, mapped to other systems as data."""

    DRAFT = "00"
    RECEIVED = "10"
    CORRECTION_DUE = "11"
    ACCEPTED = "20"
    UNDER_REVIEW = "30"
    SPECIAL_PROCEDURE = "31"
    GRANTED = "40"
    REFUSED = "41"
    REVOKED = "42"
    RESULT_WAITING = "50"
    HANDED_OUT = "51"
    DECLINED = "90"
    WITHDRAWN = "92"
    LAPSED = "93"
    VOID = "94"
    PASSED_ON = "95"


CLOSED_STATES = frozenset(
    {
        CaseState.HANDED_OUT,
        CaseState.DECLINED,
        CaseState.WITHDRAWN,
        CaseState.LAPSED,
        CaseState.VOID,
        CaseState.PASSED_ON,
    }
)


class CaseEventKind(StrEnum):
    """Something that happened to a case; its state follows from its events."""

    OPENED = "opened"
    CARD_READ = "card_read"
    CERTIFICATE_USED = "certificate_used"
    CERTIFICATE_RECHECKED = "certificate_rechecked"
    LETTER_SIGNED = "letter_signed"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    NOTIFIED_ONCE = "notified_once"
    CORRECTED = "corrected"
    DEEMED_ACCEPTED = "deemed_accepted"
    DECLINED = "declined"
    DEFERRED = "deferred"
    SUPPLIED = "supplied"
    DEFERRAL_EXCUSED = "deferral_excused"
    PROCEDURE_STARTED = "procedure_started"
    PROCEDURE_ENDED = "procedure_ended"
    EXTENDED = "extended"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    VOIDED = "voided"
    PASSED_ON = "passed_on"
    STEP_DONE = "step_done"
    STEP_RETURNED = "step_returned"
    CONCLUDED = "concluded"
    BUNDLED = "bundled"
    BUNDLE_LINE = "bundle_line"
    HANDED_OFF = "handed_off"
    SIGNED_FOR = "signed_for"
    DECIDED = "decided"
    DECISION_CORRECTED = "decision_corrected"
    RETURNED_INTERNALLY = "returned_internally"
    RETAKEN = "retaken"
    RETURN_ANSWERED = "return_answered"
    RESULT_READY = "result_ready"
    HANDED_OUT = "handed_out"
    NUMBER_MAPPED = "number_mapped"
    NUMBER_VOIDED = "number_voided"
    TRANSFER_RECEIVED = "transfer_received"
    DECISION_REVOKED = "decision_revoked"
    REVOCATION_SERVED = "revocation_served"
    CORRECTED_ON_THE_SPOT = "corrected_on_the_spot"
    PROMISE_DECLINED = "promise_declined"
    PROMISE_WITHDRAWN = "promise_withdrawn"
    PROMISE_CHECKED = "promise_checked"
    PROMISE_ASKED_ONLINE = "promise_asked_online"
    REPAIR_ORDERED = "repair_ordered"
    HEARING_OFFERED = "hearing_offered"
    HEARING_ANSWERED = "hearing_answered"
    SITE_CHECK_AGREED = "site_check_agreed"
    SITE_CHECKED = "site_checked"
    ORIGINALS_MOVED = "originals_moved"
    WAY_CHANGED = "way_changed"
    PARCEL_MOVED = "parcel_moved"
    FEE_CHANGED = "fee_changed"
    REMINDED = "reminded"
    CERTIFICATE_PRINTED = "certificate_printed"
    CERTIFICATE_VOIDED = "certificate_voided"
    CERTIFICATE_FILED = "certificate_filed"
    CERTIFICATE_QUESTIONED = "certificate_questioned"
    STATEMENT_OFFERED = "statement_offered"
    STATEMENT_HEARD = "statement_heard"
    STATEMENT_WAIVED = "statement_waived"
    SAMPLE_CHECKED = "sample_checked"
    CREDIT_ASKED = "credit_asked"
    DEFERRAL_SIGNED = "deferral_signed"
    FALSE_PROMISE_REPORTED = "false_promise_reported"
    URGED = "urged"
    URGING_ANSWERED = "urging_answered"
    URGING_WENT_UP = "urging_went_up"
    BRINGING_OFFERED = "bringing_offered"
    CARE_NOTED = "care_noted"
    KEPT_BESIDE = "kept_beside"
    SHARED_DATA_ASKED = "shared_data_asked"
    SHARED_DATA_DISPUTED = "shared_data_disputed"
    PAPER_LEFT = "paper_left"
    LEAVE_TAKEN_BACK = "leave_taken_back"
    PAPER_REUSED = "paper_reused"
    VISITED = "visited"
    POSTED_IN = "posted_in"
    TASK_SET = "task_set"
    TASK_DONE = "task_done"
    FILE_REVIEWED = "file_reviewed"
    ARCHIVED = "archived"
    PAPER_SIGNED = "paper_signed"
    LATER_CHECK_AGREED = "later_check_agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One thing that happened; ``actor`` is an account id or another system's name.

    ``on`` is the day the law counts it on where that is not the day of ``at`` (received after
    hours, told of later). ``limit`` is the term it grants, ``until_on`` the last day it names and
    ``subject`` the material or procedure it is about. ``granted`` is what a decision says,
    ``changed`` what a correction has changed.
    """

    kind: CaseEventKind
    at: datetime
    actor: str
    actor_name: str
    detail: Mapping[str, str] = field(default_factory=dict)
    on: date | None = None
    limit: Limit | None = None
    until_on: date | None = None
    subject: str = ""
    granted: bool | None = None
    changed: tuple[Change, ...] = ()
    applicant: str = ""
    handler: str = ""
    """For whom the actor acted, and who stood there for him; both by name, as it was then."""

    @property
    def day(self) -> date:
        """The day the law counts the event on."""
        return self.on or local_date(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """What a form field holds and where it comes from.

    ``record`` names the card, certificate or case it was taken from. ``replaced`` is the sourced
    value that a typed one stands over, so that a conflict stays visible.
    """

    value: str
    source: Source
    at: datetime
    record: str = ""
    replaced: str = ""
    replaced_source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The option chosen for a question, and what it was known from."""

    option: str
    source: Source
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalReturn:
    """Points a chief representative sent back inside the house; the clock runs on (退回补核)."""

    points: tuple[str, ...]
    materials: tuple[str, ...]
    remark: str
    at: datetime
    by: str
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What was told once (一次性告知): the subjects, the clerk's remarks on them, and the term.

    ``again`` is why something was told after the one notice, empty where nothing was.
    """

    points: tuple[str, ...]
    remarks: Mapping[str, str]
    at: datetime
    reply_by_on: date | None
    again: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision on a case and who took it (决定); ``number`` is the paper's 文号.

    ``mandate`` is the number of the mandate it stands on, ``deputy_for`` the name of the one whom
    its holder stood in for (代), ``points`` what was found at each review point. ``own_intake``
    is the office's permission where the same person took the case in.
    """

    granted: bool
    opinion: str
    at: datetime
    by: str
    by_name: str
    number: str
    valid_until_on: date | None = None
    mandate: str = ""
    deputy_for: str = ""
    points: Mapping[str, PointAnswer] = field(default_factory=dict)
    own_intake: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedDecision:
    """A decision that another one took the place of (更正前的决定), and why."""

    decision: Decision
    reason: str
    corrected_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOut:
    """The result as it left the window (送达), with its proof (送达回证).

    ``way`` is a ``ResultWay``. ``mandate`` names the papers of whoever took it for another and
    ``reason`` why (代收原因), or why a supervisor let somebody else take it. ``proof`` is the
    waybill's number; at the window it is the signed paper.
    """

    at: datetime
    by: str
    receiver: str
    receiver_id_number: str
    way: str
    role: ReceiverRole | None = None
    identity: IdentityCheck | None = None
    mandate: str = ""
    reason: str = ""
    proof: str = ""
    phone: str = ""
    """That of whoever took it, where the case did not know him."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything the counter knows of one application.

    ``version`` counts saves and guards against two windows writing over each other.
    From ``state`` to ``tasks`` everything follows from ``events`` (``course.settled``):
    ``terms`` are the terms that run and their last days; ``due_on`` and ``statutory_due_on`` keep
    the promised and the statutory last day also after the decision.
    """

    case_id: UUID
    version: int
    state: CaseState
    item_code: str
    item_name: str
    standard_version: int
    opened_at: datetime
    counter_code: str
    clerk: str
    clerk_name: str
    applicant: Applicant | None = None
    handler: Handler | None = None
    mandate_letter: SignedLetter | None = None
    """The mandate of an agent of the hall or the village, where it was signed here."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    number: CaseNumber | None = None
    provisional_number: str = ""
    received_at: datetime | None = None
    accepted_at: datetime | None = None
    received_on: date | None = None
    accepted_on: date | None = None
    terms: Mapping[Term, DueDate] = field(default_factory=dict)
    due_on: date | None = None
    statutory_due_on: date | None = None
    dates_estimated: bool = False
    tasks: Mapping[str, date] = field(default_factory=dict)
    """What is still to be done by its last day, see ``clerk.domain.tasks``."""
    with_whom: str = ""
    looked_at: frozenset[str] = frozenset()
    point_answers: Mapping[str, PointAnswer] = field(default_factory=dict)
    statement: Statement | None = None
    paper_numbers: Mapping[str, str] = field(default_factory=dict)
    """文号 by kind of paper, given with the act, so that a paper that fails keeps its number."""
    notice: Notice | None = None
    asked_at: Snapshot | None = None
    """How it stood when something was asked for: by the notice, or by a return inside."""
    returns: tuple[InternalReturn, ...] = ()
    decision: Decision | None = None
    corrected_decisions: tuple[CorrectedDecision, ...] = ()
    hand_out: HandOut | None = None
    checks: CaseChecks = field(default_factory=CaseChecks)
    custody: Mapping[str, OriginalHeld] = field(default_factory=dict)
    result_plan: ResultPlan | None = None
    parcels: tuple[Parcel, ...] = ()
    fees: Mapping[str, FeeLine] = field(default_factory=dict)
    reminders: tuple[Reminder, ...] = ()
    care: Care | None = None
    visits: tuple[VisitDone, ...] = ()
    posted: tuple[PostedParcel, ...] = ()
    credit: CreditAnswer | None = None
    """The last answer about the applicant's credit; ``credit_gate`` says what it is worth."""
    shared: tuple[SharedAnswer, ...] = ()
    """What shared data said, the last answer of each source."""
    signatures: tuple[PaperSignature, ...] = ()
    """Of papers that the office issued, oldest first; a letter's own is with the letter."""
    events: tuple[CaseEvent, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether nothing can happen to it any more."""
        if self.state is CaseState.REVOKED:
            return Term.DELIVERY not in self.terms  # the paper has still to reach the applicant
        return self.state in CLOSED_STATES

    @property
    def decide_by_on(self) -> date | None:
        """The last day for the one complete notice (五日内一次告知), where that term runs."""
        term = self.terms.get(Term.NOTICE)
        return term.on if term else None

    @property
    def label(self) -> str:
        """The number a person calls it by; empty while it has none."""
        return self.number.text if self.number else self.provisional_number

    @property
    def applicant_name(self) -> str:
        """The applicant's name, empty while nobody was read or typed."""
        return self.applicant.party.name if self.applicant else ""

    def with_event(self, event: CaseEvent) -> "Case":
        """Return the case with one more event at the end, which says for whom it was."""
        return replace(self, events=(*self.events, self.stamped(event)))

    def stamped(self, event: CaseEvent) -> CaseEvent:
        """Return what a person did, with the names of applicant and handler (三方身份)."""
        if not event.actor or event.applicant or not self.applicant_name:
            return event
        handler = self.handler.party.name if self.handler else ""
        return replace(event, applicant=self.applicant_name, handler=handler)
