"""What was found after a decision and on site (事后核查、现场核查), as it stands with the case."""

from datetime import date, datetime
from enum import StrEnum

from clerk.domain.certificate import CertificateStatus
from clerk.domain.material import StoredFile
from clerk.domain.promise_terms import CheckMethod
from clerk.domain.statement import Statement
from clerk.values import dataclass


class CheckFinding(StrEnum):
    """What an after-check found of a promise; what cannot be found out is neither true nor false."""

    TRUE = "true"
    FALSE = "false"
    UNCLEAR = "unclear"


class OnlineOutcome(StrEnum):
    """What came of asking the certificate library about a promise; no answer says nothing."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineCertificate:
    """One certificate of the applicant as the library named it at the check."""

    type_name: str
    number: str
    issuer_name: str
    status: CertificateStatus
    valid_until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineAnswer:
    """What the certificate library said of a promised proof (在线核查答复), and who asked.

    ``certificates`` are there for FOUND only, ``trouble`` is the sentence of a library that was
    out of reach or refused.
    """

    material: str
    outcome: OnlineOutcome
    at: datetime
    by: str
    by_name: str
    authorisation_id: str = ""
    certificates: tuple[OnlineCertificate, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterCheck:
    """One look at a promised proof after the decision (承诺核查): by what, with what result.

    ``online`` is what the certificate library said to it, None where it was not asked.
    """

    material: str
    finding: CheckFinding
    method: CheckMethod
    grounds: str
    files: tuple[StoredFile, ...]
    at: datetime
    by: str
    by_name: str
    online: OnlineAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairOrder:
    """That what was promised is to be made true by a day (责令限期整改); ``number`` is its 文号."""

    material: str
    demand: str
    until_on: date
    number: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """The decision taken back (撤销决定): the version that stands from then on.

    ``decision_number`` is the 文号 of what was revoked. ``served_at`` is None until the
    applicant has the paper.
    """

    reason: str
    basis: str
    number: str
    decision_number: str
    at: datetime
    by: str
    by_name: str
    served_at: datetime | None = None
    receiver: str = ""
    way: str = ""


class SiteOutcome(StrEnum):
    """What a check on site came to."""

    FIT = "fit"
    UNFIT = "unfit"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecord:
    """What two people wrote down on site, with the pictures they took (现场核查记录).

    ``failed`` holds the codes of the standard's points that were not met, ``witness`` who signed
    on the applicant's side, or why nobody did.
    """

    outcome: SiteOutcome
    failed: tuple[str, ...]
    said: str
    witness: str
    held_on: date
    files: tuple[StoredFile, ...]
    number: str
    at: datetime
    by: str
    by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCheck:
    """A check on site as it was agreed on, and its record once it was held (现场核查).

    ``told_how`` says how the applicant was told of day and people, ``recused`` whom he declared
    to be related to the matter (回避).
    """

    on: date
    time: str
    people: tuple[str, ...]
    told_how: str
    recused: tuple[str, ...]
    at: datetime
    by_name: str
    record: SiteRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChecks:
    """Everything that was looked at on site and after the decision, and what followed from it.

    ``hearing`` is the applicant's chance to speak before the decision is revoked, about the first
    ``hearing_covers`` checks of ``after`` and no later one; ``earlier_hearings`` were about less.
    """

    site: tuple[SiteCheck, ...] = ()
    after: tuple[AfterCheck, ...] = ()
    repairs: tuple[RepairOrder, ...] = ()
    online: tuple[OnlineAnswer, ...] = ()
    hearing: Statement | None = None
    hearing_covers: int = 0
    earlier_hearings: tuple[Statement, ...] = ()
    revocation: Revocation | None = None
