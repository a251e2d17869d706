"""What a credit source says of an applicant (信用查询): good, bad, unknown, or no answer at all.

Only a bad record that the source names is bad. That nobody knows him, or that nobody answered,
says nothing against him.
"""

from datetime import date, datetime
from enum import StrEnum

from clerk.values import dataclass


class CreditOutcome(StrEnum):
    """What came of a question about somebody's credit."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"
    SERVICE_DOWN = "service_down"


class CreditOccasion(StrEnum):
    """Why it is asked: before a paper may come later, before a promise, or while one runs."""

    DEFERRAL = "deferral"
    PROMISE = "promise"
    WHILE_OPEN = "while_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditSubject:
    """About whom it is asked; ``id_type`` is the three-digit code (111, 001 …)."""

    name: str
    id_type: str
    id_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRecord:
    """One bad record that is not repaired (失信记录), and how it is put right (信用修复)."""

    number: str
    source: str
    fact: str
    recorded_on: date
    repair: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditAnswer:
    """What is known of an applicant's credit, and as of when.

    ``about`` is the number of whoever was asked about: the answer is worth nothing for another.
    ``records`` are there for BAD only, ``trouble`` is the sentence of a service that is down.
    """

    outcome: CreditOutcome
    about: str
    at: datetime
    records: tuple[CreditRecord, ...] = ()
    trouble: str = ""
