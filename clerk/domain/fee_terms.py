"""What an item charges (收费项目): by which rule, to whom, and who need not pay.

An amount is never typed: it is the listed one times what the rule counts. A courier's charge is
listed so that the applicant hears of it; it is the courier's, not the hall's.
"""

from enum import StrEnum

from clerk.domain.condition import Condition
from clerk.domain.limits import Clause
from clerk.values import dataclass


class Payee(StrEnum):
    """Who receives the money; the window never does."""

    TREASURY = "treasury"
    COURIER = "courier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A listed reason to pay nothing (免缴情形); ``proof`` is what has to show it, empty for none."""

    code: str
    label: str
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A listed charge, in fen; ``exemptions`` are the only reasons to pay nothing.

    ``per`` is the form's line that is counted in ``unit``, of which ``free`` cost nothing; without
    it the charge is for one case. ``when`` says for which answers it applies. ``income_code`` is
    the treasury's own code of the charge (非税收入项目编码).
    """

    name: str
    standard: str
    amount_fen: int
    basis: Clause
    reducible: bool
    code: str = ""
    exemptions: tuple[Exemption, ...] = ()
    before_result: bool = True
    per: str = ""
    unit: str = ""
    free: int = 0
    when: Condition | None = None
    payee: Payee = Payee.TREASURY
    income_code: str = ""
