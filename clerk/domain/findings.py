"""What a check finds (核对结果), and the one next act that follows from it."""

from enum import StrEnum

from clerk.domain.limits import Clause
from clerk.values import dataclass


class Outcome(StrEnum):
    """The result of looking at one thing."""

    PASS = "pass"
    FAIL = "fail"
    CANNOT_TELL = "cannot_tell"


class Group(StrEnum):
    """Which part of the verdict a finding belongs to."""

    APPLICANT = "applicant"
    COMPETENCE = "competence"
    FORM = "form"
    MATERIALS = "materials"


class Check(StrEnum):
    """What was looked at; the words for each are in ``clerk.wording``."""

    APPLICANT_KNOWN = "applicant_known"
    APPLICANT_KIND = "applicant_kind"
    APPLICANT_IDENTITY = "applicant_identity"
    REPRESENTATIVE_KNOWN = "representative_known"
    HANDLER_MANDATE = "handler_mandate"
    ITEM_IN_FORCE = "item_in_force"
    WINDOW_DELEGATED = "window_delegated"
    QUESTION_ANSWERED = "question_answered"
    FIELD_FILLED = "field_filled"
    FIELD_FORM = "field_form"
    FIELD_BOUNDS = "field_bounds"
    FIELD_CONFLICT = "field_conflict"
    RULE = "rule"
    MATERIAL_PRESENT = "material_present"
    MATERIAL_WAY = "material_way"
    MATERIAL_ORIGINALS = "material_originals"
    MATERIAL_COPIES = "material_copies"
    MATERIAL_AGE = "material_age"
    MATERIAL_VALIDITY = "material_validity"
    MATERIAL_PAGES = "material_pages"
    MATERIAL_FILE_FORMAT = "material_file_format"
    MATERIAL_ISSUER = "material_issuer"
    MATERIAL_SIGNED = "material_signed"
    MATERIAL_SEALED = "material_sealed"
    MATERIAL_POINT = "material_point"
    MATERIAL_FIT = "material_fit"
    CERTIFICATE_STATUS = "certificate_status"
    DATA_STANDS = "data_stands"
    DEFERRAL_ALLOWED = "deferral_allowed"
    PROMISE_ALLOWED = "promise_allowed"
    CREDIT_CLEAR = "credit_clear"


FIRST_OF_ALL = frozenset(
    {
        Check.APPLICANT_KNOWN,
        Check.REPRESENTATIVE_KNOWN,
        Check.QUESTION_ANSWERED,
    }
)
"""What must be known before the list of what is missing can be complete."""


class Remedy(StrEnum):
    """What the clerk can do about a finding, best first."""

    READ_CARD = "read_card"
    TYPE_APPLICANT = "type_applicant"
    ANSWER = "answer"
    FILL = "fill"
    SCAN = "scan"
    CHOOSE_FILE = "choose_file"
    TAKE_PAPER = "take_paper"
    CALL_CERTIFICATE = "call_certificate"
    ASK_SHARED_DATA = "ask_shared_data"
    EXEMPT = "exempt"
    PROMISE = "promise"
    DEFER = "defer"
    SIGN = "sign"
    LOOK = "look"
    NOTIFY = "notify"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at, with everything needed to explain it years later.

    ``subject`` is the code of the field, question, requirement, rule or party; ``point`` the code
    of a review point. ``given`` and ``wanted`` are the compared values as plain text. ``text`` is
    the standard's own sentence where the standard brings one. ``hard`` findings block.
    """

    outcome: Outcome
    check: Check
    group: Group
    subject: str
    subject_name: str
    basis: Clause
    rule_version: int
    hard: bool = True
    point: str = ""
    given: str = ""
    wanted: str = ""
    text: str = ""
    remedy_text: str = ""
    remedies: tuple[Remedy, ...] = ()


class Headline(StrEnum):
    """The first line of the verdict."""

    NOT_STARTED = "not_started"
    ACCEPTABLE = "acceptable"
    ACCEPTABLE_WITH_DEFERRAL = "acceptable_with_deferral"
    RECEIVABLE = "receivable"
    GAPS = "gaps"
    NOT_YET = "not_yet"
    NOT_REQUIRED = "not_required"
    NOT_OURS = "not_ours"


class NextAct(StrEnum):
    """What F9 does; exactly one at a time."""

    NOTHING = "nothing"
    NEXT_GAP = "next_gap"
    ACCEPT_AND_PASS_ON = "accept_and_pass_on"
    RECEIVE_AND_PASS_ON = "receive_and_pass_on"
    NOTIFY_ONCE = "notify_once"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The whole check of a case under one version of its item on one day."""

    headline: Headline
    act: NextAct
    findings: tuple[Finding, ...]
    delegated: bool
    delegated_until: str
    asked: tuple[str, ...]
    """Codes of the requirements this case is asked for, in the standard's order."""
    dropped: tuple[tuple[str, str], ...]
    """Requirement code and question code, for each line an answer took away."""
    fields: tuple[str, ...]
    """Codes of the form's lines this case has, in the standard's order."""
    questions: tuple[str, ...]
    """Codes of the questions that are put, in the standard's order."""

    @property
    def failed(self) -> tuple[Finding, ...]:
        """What failed and blocks, in order."""
        return tuple(f for f in self.findings if f.outcome is Outcome.FAIL and f.hard)

    @property
    def open(self) -> tuple[Finding, ...]:
        """What nobody could tell yet and blocks, in order."""
        return tuple(f for f in self.findings if f.outcome is Outcome.CANNOT_TELL and f.hard)

    @property
    def passed(self) -> tuple[Finding, ...]:
        """What passed, in order."""
        return tuple(f for f in self.findings if f.outcome is Outcome.PASS)
