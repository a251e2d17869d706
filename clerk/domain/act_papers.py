"""The papers of acts after acceptance and after the decision, each completely what it says.

Which values each must carry follows the written forms that the permit law asks for (行政许可法
art. 34, 42, 45, 69) and usual practice; wording and layout are in ``templates/notices``.
"""

from datetime import date, datetime
from typing import ClassVar

from clerk.domain.papers import NUMBERED, ON_EVERY_PAPER, SEALED, MaterialRow, Paper, PaperKind
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureNotice(Paper):
    """特别程序告知书: which procedure, on what basis, and how long it takes (所需时间)."""

    kind: ClassVar[PaperKind] = PaperKind.PROCEDURE_NOTICE
    _required: ClassVar[frozenset[str]] = SEALED | {"number", "procedure", "basis", "started_on"}

    received_on: date
    procedure: str
    basis: str
    workdays: int
    started_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionNotice(Paper):
    """延长期限告知书: the term as it was, by how much it is longer, why, and who approved it."""

    kind: ClassVar[PaperKind] = PaperKind.EXTENSION_NOTICE
    _required: ClassVar[frozenset[str]] = SEALED | {
        "number",
        "before_on",
        "later_on",
        "reason",
        "approved_by",
        "basis",
    }

    received_on: date
    before_on: date | None
    workdays: int
    later_on: date | None
    reason: str
    approved_by: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationNotice(Paper):
    """退件、终止通知书: why the case ends and what goes back to the applicant.

    What he asked for himself (撤回) is no decision against him and names no remedies.
    """

    kind: ClassVar[PaperKind] = PaperKind.TERMINATION_NOTICE
    _required: ClassVar[frozenset[str]] = SEALED | {"number", "reason"}

    received_on: date
    withdrawn: bool
    reason: str
    returned: tuple[MaterialRow, ...]
    remedies: str = ""

    def _mandatory(self) -> frozenset[str]:
        contest = frozenset[str]() if self.withdrawn else frozenset({"remedies"})
        return ON_EVERY_PAPER | self._required | contest


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementReceipt(Paper):
    """补件单: what was handed in late, when, and the term that runs from then (新承诺办结时间).

    ``due_on`` is None where the department has still to accept; ``due_note`` then says what is next.
    """

    kind: ClassVar[PaperKind] = PaperKind.SUPPLEMENT_RECEIPT
    _required: ClassVar[frozenset[str]] = SEALED | NUMBERED | {"materials"}

    received_at: datetime
    materials: tuple[MaterialRow, ...]
    due_on: date | None = None
    due_estimated: bool = False
    due_note: str = ""
    still_open: tuple[str, ...] = ()

    def _mandatory(self) -> frozenset[str]:
        dated = frozenset({"due_note"}) if self.due_on is None else frozenset[str]()
        return ON_EVERY_PAPER | self._required | dated


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFound:
    """A promise that was found false: the proof, what was promised, and what was found."""

    proof_name: str
    promised: str
    found: str
    found_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairOrderPaper(Paper):
    """责令限期整改通知书: what was found, what is to be put right, and by when."""

    kind: ClassVar[PaperKind] = PaperKind.REPAIR_ORDER
    _required: ClassVar[frozenset[str]] = SEALED | {"number", "found", "demand", "basis"}

    found: tuple[PromiseFound, ...]
    demand: str
    until_on: date
    basis: str
    decision_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingNotice(Paper):
    """拟撤销决定告知书: what is intended and why, and until when the applicant may speak."""

    kind: ClassVar[PaperKind] = PaperKind.HEARING_NOTICE
    _required: ClassVar[frozenset[str]] = SEALED | {
        "number",
        "found",
        "reason",
        "basis",
        "how_to_speak",
    }

    found: tuple[PromiseFound, ...]
    reason: str
    basis: str
    until_on: date
    how_to_speak: str
    decision_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationPaper(Paper):
    """撤销决定书: which decision, why, on what basis, that he was heard, and how to contest it."""

    kind: ClassVar[PaperKind] = PaperKind.REVOCATION
    _required: ClassVar[frozenset[str]] = SEALED | {
        "number",
        "decision_number",
        "reason",
        "basis",
        "heard",
        "remedies",
    }

    decision_number: str
    decided_on: date
    found: tuple[PromiseFound, ...]
    reason: str
    basis: str
    heard: str
    result_name: str
    remedies: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePoint:
    """A point that is looked at on site; ``met`` is None on the sheet before the visit."""

    text: str
    basis: str
    met: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNotice(Paper):
    """现场核查通知书: when, where, who comes, what is looked at, and the right to have them replaced."""

    kind: ClassVar[PaperKind] = PaperKind.SITE_NOTICE
    _required: ClassVar[frozenset[str]] = SEALED | {
        "number",
        "check_time",
        "site",
        "people",
        "points",
    }

    received_on: date
    check_on: date
    check_time: str
    site: str
    people: tuple[str, ...]
    points: tuple[SitePoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecordPaper(Paper):
    """现场核查记录表: what was found at each point; signed by those who went and the applicant.

    ``witness`` is who signs on the applicant's side, or why nobody does.
    """

    kind: ClassVar[PaperKind] = PaperKind.SITE_RECORD
    _required: ClassVar[frozenset[str]] = frozenset(
        {"number", "document_number", "site", "people", "points", "outcome", "said"}
    )

    held_on: date
    site: str
    people: tuple[str, ...]
    points: tuple[SitePoint, ...]
    outcome: str
    said: str
    witness: str
    pictures: int = 0
