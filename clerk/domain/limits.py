"""Terms as standards and laws write them (期限), and the clause each stands on (依据)."""

from enum import StrEnum

from clerk.values import dataclass


class LimitUnit(StrEnum):
    """What a limit counts."""

    WORKDAYS = "workdays"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A time limit with its unit; 0 means on the spot."""

    amount: int
    unit: LimitUnit
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A place in a law or standard, and what it says in short."""

    law: str
    article: str
    gist: str = ""
