"""Rules across a case (核对规则): what must agree, hold, or not come together."""

from decimal import Decimal
from enum import StrEnum

from clerk.domain.condition import Condition
from clerk.domain.limits import Clause
from clerk.values import dataclass


class RuleKind(StrEnum):
    """The closed list of rules that compare facts."""

    HOLDS = "holds"
    FIELDS_EQUAL = "fields_equal"
    DATE_NOT_BEFORE_TODAY = "date_not_before_today"
    NAME_MATCHES_CERTIFICATE = "name_matches_certificate"
    NUMBERS_CLOSE = "numbers_close"
    NOT_TOGETHER = "not_together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule across the case; a hard one blocks, a soft one is shown.

    HOLDS: ``must`` holds. FIELDS_EQUAL: the two ``subjects`` (prefill paths) agree, as do name and
    certificate value in NAME_MATCHES_CERTIFICATE. DATE_NOT_BEFORE_TODAY: the field is today or
    later. NUMBERS_CLOSE: the two numbers (``units`` may stand behind them) differ by no more than
    ``tolerance`` or ``tolerance_percent`` of the first. NOT_TOGETHER: of the ``subjects``
    (``material:<code>`` or ``material:<code>:<way>``) at most one is there. ``ends`` says why this
    is the wrong item where the rule fails, ``competent_body`` whose. Of a soft rule ``remedy`` is
    the way on.
    """

    code: str
    kind: RuleKind
    text: str
    remedy: str
    basis: Clause
    group: str
    hard: bool = True
    must: Condition | None = None
    subjects: tuple[str, ...] = ()
    when: Condition | None = None
    ends: str = ""
    competent_body: str = ""
    tolerance: Decimal | None = None
    tolerance_percent: Decimal | None = None
    units: tuple[str, ...] = ()
