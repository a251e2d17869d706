"""The item standard (事项标准, 实施清单): what the bureau says about one thing one can ask for.

Element names follow GB/T 39046-2020 table 4 and the platform's reporting columns; every code has
its set and label. A version in force is never edited; a case keeps the one it was taken in under.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clerk.domain.computed import Computed
from clerk.domain.condition import Condition
from clerk.domain.fee_terms import Fee
from clerk.domain.limits import Clause, Limit
from clerk.domain.party import PartyKind
from clerk.domain.promise_terms import PromiseExclusion, PromiseTerms
from clerk.domain.rule import Rule
from clerk.domain.shared_data import SharedSource
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedValue:
    """A code, the set it belongs to, and its label (e.g. ``01``, ``P``, 行政许可)."""

    code: str
    code_set: str
    label: str


class LawKind(StrEnum):
    """Which law governs an item; no rule of one kind touches another."""

    PERMIT = "permit"
    BENEFIT = "benefit"
    CONFIRMATION = "confirmation"
    FILING = "filing"
    REGISTRATION = "registration"
    PUBLIC_SERVICE = "public_service"
    OTHER = "other"


class DecidedBy(StrEnum):
    """Who decides a case of the item."""

    CHIEF = "chief"
    BACK_OFFICE = "back_office"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImplementingBody:
    """The authority in whose name the item is handled (实施主体)."""

    name: str
    short_name: str
    code: str
    kind: CodedValue
    document_mark: str
    phone: str
    supervise_phone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """A department's leave for a window to accept in its name (授权受理); both days included."""

    counter_code: str
    from_on: date
    until_on: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to a question."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that cuts the list before anything is typed (情形).

    ``known_from`` names a fact that answers it beforehand: ``applicant.kind``,
    ``applicant.age:<options by lower bound>`` or ``certificate:<type>:<field>``.
    """

    code: str
    text: str
    options: tuple[Option, ...]
    basis: Clause
    known_from: str = ""
    when: Condition | None = None


class FieldKind(StrEnum):
    """How a field is typed and checked."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    MOBILE = "mobile"
    RESIDENT_ID = "resident_id"
    CREDIT_CODE = "credit_code"
    BANK_ACCOUNT = "bank_account"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A line of the application form.

    ``prefill`` lists where its value may come from, best first: ``applicant.name``,
    ``representative.name``, ``handler.phone``, ``certificate:<type>:<field>``, ``answer:<question>``,
    ``today``, ``earlier`` (typed in an earlier case, offered with source and age).
    ``at_least`` and ``at_most`` bound numbers; ``max_length`` counts characters. A ``computed``
    line is worked out from others and never typed.
    """

    code: str
    label: str
    kind: FieldKind
    basis: Clause
    unit: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    prefill: tuple[str, ...] = ()
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    max_length: int = 200
    hint: str = ""
    computed: Computed | None = None
    when: Condition | None = None


class Way(StrEnum):
    """How a material may be satisfied (收取方式); one of them per material."""

    PAPER = "paper"
    FILE = "file"
    SCAN = "scan"
    CERTIFICATE = "certificate"
    SHARED_DATA = "shared_data"
    COMMITMENT = "commitment"
    DEFERRAL = "deferral"
    EXEMPT = "exempt"


class FileFormat(StrEnum):
    """Which files are taken for a material (文件格式)."""

    PDF = "pdf"
    OFD = "ofd"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    DOCX = "docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPoint:
    """A short thing a person must look at (审查要点); ``for_chief``: again before the decision."""

    code: str
    text: str
    basis: Clause
    for_chief: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLink:
    """The electronic certificate that stands in for a material, and what it fills.

    ``fills`` maps a form field to the certificate field it is taken from. ``holder`` says whose
    certificate it is: ``applicant``, ``representative`` or ``handler``.
    """

    type_code: str
    type_name: str
    holder: str
    fills: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """That a commitment letter (告知承诺) may stand for a material; ``check`` words the later look."""

    template: str
    must_be_true: str
    check: str
    public: str
    excluded: str
    basis: Clause
    terms: PromiseTerms = field(default_factory=PromiseTerms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One line of the list of materials (材料要求).

    ``material_kind`` and ``copy_kind`` are the two meanings of the platform's 材料类型 column.
    ``max_age_days`` or ``max_age_months`` bound the age of the paper on the day of the check,
    ``min_validity_days`` what is left of it then, or on the day at the path ``valid_on``.
    ``deferral_workdays`` is None where it cannot come later; ``main`` never can. It is not asked
    for where one of ``not_needed_with`` is there. ``issuers`` are the only ones whose paper is
    taken, ``signers`` those who must sign beside ``signature_by``. ``shared_says`` is what the
    source must say for its word to stand in, as ``name=value``; of one name any of its values does.
    """

    code: str
    name: str
    necessity: CodedValue
    material_kind: CodedValue
    copy_kind: CodedValue
    form: CodedValue
    originals: int
    copies: int
    source: CodedValue
    issuer: str
    where_to_get: str
    acceptance_standard: str
    basis: Clause
    main: bool
    ways: tuple[Way, ...]
    page_format: str = "A4"
    fill_note: str = ""
    max_age_days: int | None = None
    min_validity_days: int | None = None
    signature_by: str = ""
    needs_seal: bool = False
    generated_from_form: bool = False
    read_from_card: str = ""
    certificate: CertificateLink | None = None
    promise: Promise | None = None
    never_promised: PromiseExclusion | None = None
    deferral_workdays: int | None = None
    exemption: str = ""
    shared_source: SharedSource | None = None
    review_points: tuple[ReviewPoint, ...] = ()
    pages_at_least: int | None = None
    pages_at_most: int | None = None
    file_formats: tuple[FileFormat, ...] = ()
    max_age_months: int | None = None
    valid_on: str = ""
    issuers: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    not_needed_with: tuple[str, ...] = ()
    shared_says: tuple[str, ...] = ()
    when: Condition | None = None

    @property
    def ages(self) -> bool:
        """Whether the day the paper bears counts."""
        return self.max_age_days is not None or self.max_age_months is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineReason:
    """A listed reason to say no before acceptance (不受理、不予受理); missing paper is never one."""

    code: str
    text: str
    basis: Clause
    not_required: bool
    needs_competent_body: bool


class StepKind(StrEnum):
    """What a level does before the decision."""

    OPINION = "opinion"
    PUBLICITY = "publicity"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """A level of the chain (村初审、镇审核、公示、县确认) with its own term.

    ``passes_on`` ends the case here and reports it to the next authority (转报). ``basis`` is the
    clause that gives the level its part.
    """

    code: str
    name: str
    by: str
    limit: Limit
    kind: StepKind = StepKind.OPINION
    passes_on: bool = False
    basis: Clause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialProcedure:
    """A step whose time is excluded from or added to the limit (特别程序)."""

    name: str
    extends: bool
    days: int
    basis: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What the applicant gets (办理结果)."""

    kind: CodedValue
    name: str
    certificate_type_code: str = ""
    validity: str = ""


class _Indexed:
    """Room for what is derived from a version once and kept with it (``rule_index``)."""

    __slots__ = ("index",)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)  # no value: it has room for more
class ItemStandard(_Indexed):
    """One version of one item; dates are the first and last day on which it is in force."""

    item_code: str
    name: str
    version: int
    effective_on: date
    ended_on: date | None
    state: CodedValue
    catalog_code: str
    task_code: str
    handle_item_code: str
    local_code: str
    item_type: CodedValue
    law_kind: LawKind
    project_type: CodedValue
    decided_by: DecidedBy
    body: ImplementingBody
    bases: tuple[Clause, ...]
    use_level: CodedValue
    power_source: CodedValue
    service_objects: tuple[CodedValue, ...]
    applicant_kinds: tuple[PartyKind, ...]
    statutory_limit: Limit
    promised_limit: Limit
    decision_limit_workdays: int | None
    acceptance_conditions: tuple[str, ...]
    process: tuple[str, ...]
    special_procedures: tuple[SpecialProcedure, ...]
    handling_forms: tuple[CodedValue, ...]
    visits: int
    visit_reason: str
    place: str
    hours: str
    consult: str
    fees: tuple[Fee, ...]
    result: ItemResult
    remedies: str
    starter: bool
    delegations: tuple[Delegation, ...]
    questions: tuple[Question, ...]
    fields: tuple[FormField, ...]
    requirements: tuple[Requirement, ...]
    rules: tuple[Rule, ...]
    decline_reasons: tuple[DeclineReason, ...]
    return_reasons: tuple[ReviewPoint, ...] = ()
    chief_points: tuple[ReviewPoint, ...] = ()
    site_points: tuple[ReviewPoint, ...] = ()
    chain: tuple[ChainStep, ...] = ()
    opinions: tuple[str, ...] = ()
    on_site_check: bool = False
    offline: bool = False
    aliases: tuple[str, ...] = ()
    elements: Mapping[str, str] = field(default_factory=dict)
    """Elements of the import that this program does not use, kept and exported again."""

    def in_force(self, on: date) -> bool:
        """Whether this version may be taken in on ``on``."""
        ended = self.ended_on is not None and self.ended_on < on
        return self.state.code == "1" and self.effective_on <= on and not ended

    def delegation(self, counter_code: str, on: date) -> Delegation | None:
        """Return the delegation under which this counter may accept on ``on``, if any."""
        given = (one for one in self.delegations if one.counter_code == counter_code)
        return next((one for one in given if one.from_on <= on <= one.until_on), None)

    def requirement(self, code: str) -> Requirement:
        """Return the line of that code; a code not in this version is our own bug."""
        return next(asked for asked in self.requirements if asked.code == code)

    @property
    def on_the_spot(self) -> bool:
        """Whether this is an on-the-spot case (即办件)."""
        return self.project_type.code == "1"
