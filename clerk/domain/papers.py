"""The papers a window hands out (文书): completely what each one says, nothing of how it looks.

Fixed wording and layout are in ``templates/``. Nothing here or there knows an article of a law:
every clause arrives as text from the item's own standard, so a benefit cannot cite the rules for
permits. Which values a paper must carry follows the written forms the permit law asks for
(行政许可法 art. 32, 38, 44) and usual practice; ``Paper.missing`` tells what is not there yet.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from clerk.domain.handwriting import Handwriting
from clerk.domain.limits import LimitUnit
from clerk.domain.party import PartyKind
from clerk.domain.standard import LawKind
from clerk.values import dataclass, field_names


class PaperKind(StrEnum):
    """Every paper this window makes; the name of its template and of its 文号 series."""

    RECEIPT = "receipt"
    """收件凭证: the papers are here; nothing is accepted by it."""
    ACCEPTANCE = "acceptance"
    """受理通知书: the clock runs."""
    CORRECTION_NOTICE = "correction_notice"
    """一次性告知书: everything that is missing, once."""
    DECLINE = "decline"
    """不予受理决定书: another authority is competent, or a listed reason forbids acceptance."""
    NOT_REQUIRED = "not_required"
    """不受理告知书: no permission is needed for what was asked."""
    COMMITMENT = "commitment"
    """告知承诺书: a docx letter, see ``clerk.domain.commitment``."""
    DECISION = "decision"
    """The result under the item's own law: 准予、不予行政许可决定书 or 办理结果通知书."""
    DELIVERY = "delivery"
    """送达回证, with the register of who collected (领取登记)."""
    COURIER_SLIP = "courier_slip"
    """快递单: what goes with a result that is sent, see ``clerk.domain.delivery_papers``."""
    APPLICATION = "application"
    """申请书: the form as filled at the window, for the applicant's signature."""
    DEFERRAL_NOTICE = "deferral_notice"
    DEFERRAL_PROMISE = "deferral_promise"
    CREDIT_NOTICE = "credit_notice"
    """What comes later and why it may not: see ``clerk.domain.deferral_papers``."""
    AGENCY_MANDATE = "agency_mandate"
    AGENCY_END = "agency_end"
    """帮办代办: docx letters, see ``clerk.domain.agency_papers``."""
    PROCEDURE_NOTICE = "procedure_notice"
    EXTENSION_NOTICE = "extension_notice"
    TERMINATION_NOTICE = "termination_notice"
    SUPPLEMENT_RECEIPT = "supplement_receipt"
    SITE_NOTICE = "site_notice"
    SITE_RECORD = "site_record"
    REPAIR_ORDER = "repair_order"
    HEARING_NOTICE = "hearing_notice"
    REVOCATION = "revocation"
    STATEMENT_NOTICE = "statement_notice"
    DECISION_CORRECTION = "decision_correction"
    FEE_NOTICE = "fee_notice"
    TRANSFER_SLIP = "transfer_slip"
    POSTED_RECEIPT = "posted_receipt"
    ROSTER = "roster"
    """What the acts after acceptance hand out: see ``act_papers`` and ``result_papers``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRow:
    """A material as it was taken in; ``obtained`` says how (e.g. 电子证照、扫描、告知承诺).

    ``proof`` is how that is known and until when, empty where the columns say it all.

    ``code`` here and in the other rows is that of the material or line of the form it tells of.
    """

    name: str
    obtained: str
    originals: int = 0
    copies: int = 0
    pages: int = 0
    code: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRow:
    """Something the applicant still has to bring or put right.

    ``lacking`` says what is wrong, ``remedy`` what to do, ``basis`` which clause asks for it.
    """

    name: str
    lacking: str
    remedy: str
    basis: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferredRow:
    """A material that may follow (容缺): by ``due_on``, the day it reaches the office."""

    name: str
    due_on: date
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureRow:
    """A step whose time is excluded from the limit where the law needs it (特别程序)."""

    name: str
    workdays: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A line of a form: its label and the value as a person reads it.

    ``code`` is that of the line; ``applicant.name``, ``handler.address`` tell of a person.
    """

    label: str
    value: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerLine:
    """Who stands at the window for the applicant, and by which mandate (经办人、代办人)."""

    name: str
    relation: str
    mandate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What every paper carries.

    ``body_name`` is the authority in whose name it goes out (实施主体): heading and seal are its.
    ``seal_name`` is the lower line of the seal (e.g. 受理专用章), ``clerk_line`` who took the case
    in, with office and authority. ``case_number`` is final, ``provisional_number`` a
    临时收件号; both stand on the paper once the one is mapped to the other. A paper of the
    ``practice`` province is watermarked; one that is not ``effective`` is a preview and may lack
    what is only given when it takes effect.
    """

    kind: ClassVar[PaperKind]
    _required: ClassVar[frozenset[str]]
    _given_at_effect: ClassVar[frozenset[str]] = frozenset(
        {"document_number", "number", "query_code", "qr_text"}
    )

    body_name: str
    item_name: str
    law_kind: LawKind
    applicant_name: str
    applicant_kind: PartyKind
    made_on: date
    clerk_line: str
    phone: str
    supervise_phone: str
    practice: bool
    effective: bool
    seal_name: str = ""
    document_number: str = ""
    replaces: str = ""
    """The void number that ``document_number`` stands for (原文号), empty where it stands for none."""
    case_number: str = ""
    provisional_number: str = ""
    query_code: str = ""
    qr_text: str = ""
    handler: HandlerLine | None = None
    by_hand: bool = False
    """Whether it is stamped by hand after it was printed: nothing seals it electronically."""
    large_print: bool = False
    """Whether it is set in large type (大字): the same words under the same number."""
    hand: Handwriting | None = None
    """The applicant's signature, drawn at the place for it."""

    @property
    def number(self) -> str:
        """The number the case is called by."""
        return self.case_number or self.provisional_number

    def missing(self) -> tuple[str, ...]:
        """Return the names of mandatory values that are not there, in reading order.

        ``number`` stands for case number or provisional number. A preview is not asked for what
        is given when it takes effect.
        """
        required = self._mandatory()
        if not self.effective:
            required -= self._given_at_effect
        order = ("number", *field_names(self))
        return tuple(
            name for name in order if name in required and getattr(self, name) in {"", None, ()}
        )

    def _mandatory(self) -> frozenset[str]:
        return ON_EVERY_PAPER | self._required


ON_EVERY_PAPER = frozenset(
    {"body_name", "item_name", "applicant_name", "clerk_line", "phone", "supervise_phone"}
)
SEALED = frozenset({"seal_name", "document_number"})
NUMBERED = frozenset({"number", "query_code", "qr_text"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Paper):
    """收件凭证. While the case is not ``accepted`` it says so, and by when that is decided.

    ``why_not_accepted`` is the reason as the applicant should read it; ``silence_rule`` the
    clause, of the item's own law, on what it means to hear nothing by ``decide_by_on``.
    """

    kind: ClassVar[PaperKind] = PaperKind.RECEIPT
    _required: ClassVar[frozenset[str]] = NUMBERED | {"materials", "seal_name"}

    received_at: datetime
    materials: tuple[MaterialRow, ...]
    accepted: bool
    why_not_accepted: str = ""
    decide_by_on: date | None = None
    silence_rule: str = ""
    pickup: str = ""

    def _mandatory(self) -> frozenset[str]:
        told = frozenset[str]() if self.accepted else frozenset({"why_not_accepted"})
        return ON_EVERY_PAPER | self._required | told


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Paper):
    """受理通知书. It needs a final number, so under a provisional one it is made later.

    ``basis`` is the clause under which acceptance happens, empty where the item's law has none.
    ``due_on`` ends the promised limit; 0 means on the spot. ``fees`` says what is charged and by
    which rule, or that nothing is. Short messages go to ``contact_mobile``.
    """

    kind: ClassVar[PaperKind] = PaperKind.ACCEPTANCE
    _required: ClassVar[frozenset[str]] = (
        SEALED
        | NUMBERED
        | {"case_number", "materials", "project_name", "project_type", "fees", "pickup"}
        | {"contact", "contact_phone", "contact_mobile", "contact_address"}
    )
    _given_at_effect: ClassVar[frozenset[str]] = frozenset(
        {"document_number", "number", "case_number", "query_code", "qr_text"}
    )

    received_on: date
    materials: tuple[MaterialRow, ...]
    project_type: str
    limit: int
    limit_unit: LimitUnit
    due_on: date
    due_estimated: bool
    fees: str
    pickup: str
    project_name: str
    contact: str
    contact_phone: str
    contact_mobile: str
    contact_address: str
    basis: str = ""
    deferred: tuple[DeferredRow, ...] = ()
    procedures: tuple[ProcedureRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionNotice(Paper):
    """一次性告知书. ``missing_rows`` is everything at once; ``materials`` what is in order.

    A notice with a term names what happens after it: ``reply_by_on`` and ``consequence`` come
    together or not at all. ``again`` says why something is told after the one notice (再次告知).
    """

    kind: ClassVar[PaperKind] = PaperKind.CORRECTION_NOTICE
    _required: ClassVar[frozenset[str]] = SEALED | {"missing_rows", "how_to_submit"}

    received_on: date
    missing_rows: tuple[MissingRow, ...]
    how_to_submit: str
    materials: tuple[MaterialRow, ...] = ()
    basis: str = ""
    reply_by_on: date | None = None
    consequence: str = ""
    again: str = ""

    def _mandatory(self) -> frozenset[str]:
        termed = self.reply_by_on is not None or bool(self.consequence)
        term = frozenset({"reply_by_on", "consequence"}) if termed else frozenset[str]()
        return ON_EVERY_PAPER | self._required | term


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(Paper):
    """不予受理决定书: the reason, its clause, who receives him elsewhere, and how to contest it."""

    kind: ClassVar[PaperKind] = PaperKind.DECLINE
    _required: ClassVar[frozenset[str]] = SEALED | {"reason", "basis", "remedies"}

    received_on: date
    reason: str
    basis: str
    remedies: str
    needs_competent_body: bool
    competent_body: str = ""
    referred_to: str = ""
    referred_phone: str = ""
    returned: tuple[MaterialRow, ...] = ()

    def _mandatory(self) -> frozenset[str]:
        sent_on = {"competent_body", "referred_to", "referred_phone"}
        body = frozenset(sent_on if self.needs_competent_body else ())
        return ON_EVERY_PAPER | self._required | body


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRequired(Paper):
    """不受理告知书: what was asked for needs no permission."""

    kind: ClassVar[PaperKind] = PaperKind.NOT_REQUIRED
    _required: ClassVar[frozenset[str]] = SEALED | {"reason", "basis"}

    received_on: date
    reason: str
    basis: str
    remedies: str = ""
    returned: tuple[MaterialRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPaper(Paper):
    """The decision as the applicant gets it (决定书、办理结果通知书); dated ``made_on``.

    ``content`` is what is granted, in words; a refusal has a ``reason`` instead. Both name how to
    contest it (``remedies``). ``decided_by`` is who signs it; a deputy signs for somebody (代).
    """

    kind: ClassVar[PaperKind] = PaperKind.DECISION
    _required: ClassVar[frozenset[str]] = SEALED | {"number", "basis", "remedies"}

    received_on: date
    granted: bool
    basis: str
    content: str = ""
    reason: str = ""
    remedies: str = ""
    result_name: str = ""
    result_number: str = ""
    valid_until_on: date | None = None
    pickup: str = ""
    decided_by: str = ""

    def _mandatory(self) -> frozenset[str]:
        said = frozenset({"content" if self.granted else "reason"})
        return ON_EVERY_PAPER | self._required | said


@dataclass(frozen=True, slots=True, kw_only=True)
class Application(Paper):
    """申请书, generated from the form; the applicant signs it, the authority does not."""

    kind: ClassVar[PaperKind] = PaperKind.APPLICATION
    _required: ClassVar[frozenset[str]] = frozenset({"applicant_rows", "rows"})

    applicant_rows: tuple[FormRow, ...]
    rows: tuple[FormRow, ...]
    materials: tuple[MaterialRow, ...] = ()
