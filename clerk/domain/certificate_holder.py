"""Who asks which of his certificates were used (本人查用证记录), and how he was known."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from clerk.domain.errors import BadInput
from clerk.domain.identifiers import check_resident_id, check_unified_code
from clerk.values import dataclass

LONGEST_DAYS: Final = 3660
"""Ten years: as long as the calls are kept."""


class KnownBy(StrEnum):
    """How whoever asks was known to be the holder."""

    CARD = "card"
    PAPERS = "papers"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderAsking:
    """A holder at the window, and the days he asks about, both included."""

    name: str
    number: str
    known_by: KnownBy
    first: date
    last: date


def asking(
    name: str, number: str, known_by: KnownBy, first: date, last: date, today: date
) -> HolderAsking:
    """Return who asks, as it was read or typed.

    Raises:
        BadInput: no name, a number that cannot be one, or days in the wrong order.
    """
    plain_name, plain = name.strip(), number.strip().upper()
    if not plain_name:
        raise BadInput("还没写姓名或名称，没有查。放身份证读，或照证件填")
    checks = (check_resident_id(plain, today), check_unified_code(plain))
    if not any(check.valid for check in checks):
        raise BadInput("证件号不对，没有查。照身份证或执照核对后再填")
    if not first <= last <= today:
        raise BadInput("日期不对，没有查。起日不晚于止日，止日不晚于今天")
    if last - first > timedelta(days=LONGEST_DAYS):
        raise BadInput("一次最多查十年，没有查。请缩短日期")
    return HolderAsking(name=plain_name, number=plain, known_by=known_by, first=first, last=last)
