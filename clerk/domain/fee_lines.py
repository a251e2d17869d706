"""What became of each charge of a case (收费): the department's money never passes the window."""

from datetime import datetime
from enum import StrEnum

from clerk.values import dataclass


class FeeState(StrEnum):
    """Where a listed charge stands; the money itself goes to the treasury's own account."""

    NOTIFIED = "notified"
    PAID = "paid"
    EXEMPT = "exempt"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One charge of a case, at the amount that was noticed.

    ``receipt_number`` is that of the treasury's receipt (财政票据), ``exemption`` the code of the
    listed reason and ``proof`` what showed it, ``refund_number`` that of the paper by which the
    treasury paid back. ``count`` is what the listed rule counted, the free ones included.
    """

    state: FeeState
    amount_fen: int
    at: datetime
    by: str
    receipt_number: str = ""
    exemption: str = ""
    refund_number: str = ""
    count: int = 1
    proof: str = ""
