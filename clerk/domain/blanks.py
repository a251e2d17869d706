"""Blank certificates (空白证照): numbered stock, each one in stock, used for a case, or spoilt."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from clerk.domain.errors import BadInput, NotAcceptable
from clerk.values import dataclass

MOST_AT_ONCE: Final = 1000
_NUMBER: Final = re.compile(r"(?P<mark>\D*)(?P<digits>\d{1,12})", re.ASCII)


class BlankState(StrEnum):
    """What became of one blank."""

    IN_STOCK = "in_stock"
    USED = "used"
    SPOILT = "spoilt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One numbered blank; ``certificate_number`` is what was printed on it, ``reason`` why spoilt."""

    kind: str
    number: str
    state: BlankState
    at: datetime
    by: str
    case_id: UUID | None = None
    certificate_number: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankCount:
    """That somebody counted the stock of a kind (盘点); ``expected`` is what the ledger said."""

    kind: str
    counted: int
    expected: int
    at: datetime
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankStock:
    """How a kind stands: everything ever received is one of the other three."""

    kind: str
    received: int
    in_stock: int
    used: int
    spoilt: int
    next_number: str
    last_count: BlankCount | None


def numbers_between(first: str, last: str) -> tuple[str, ...]:
    """Return every number of a delivery, from ``first`` to ``last``, both included.

    Raises:
        BadInput: they are no numbers of one series, or there are too many.
    """
    begin, end = _NUMBER.fullmatch(first.strip()), _NUMBER.fullmatch(last.strip())
    if begin is None or end is None or begin["mark"] != end["mark"]:
        raise BadInput("起止号不是同一种编号，没有入库。照空白证上的号填，如 SY000101")
    width = len(begin["digits"])
    start, stop = int(begin["digits"]), int(end["digits"])
    if len(end["digits"]) != width or not 0 <= stop - start < MOST_AT_ONCE:
        raise BadInput(f"起止号对不上，一次最多入库 {MOST_AT_ONCE} 张，没有入库。核对起止号")
    return tuple(f"{begin['mark']}{number:0{width}}" for number in range(start, stop + 1))


def require_in_stock(blank: Blank | None) -> Blank:
    """Return the blank; raises ``NotAcceptable`` unless it is there and nothing became of it."""
    if blank is None:
        raise NotAcceptable("没有这个号的空白证，没有登记。核对空白证上的号")
    if blank.state is not BlankState.IN_STOCK:
        raise NotAcceptable("这张空白证已经用掉或作废，没有登记。核对空白证上的号")
    return blank


def require_reason(text: str) -> str:
    """Return the reason why a blank is spoilt or a count differs; raises ``BadInput`` for none."""
    if not text.strip():
        raise BadInput("还没写原因，没有登记。写明再办")
    return text.strip()


def checked_count(
    stock: BlankStock, counted: int, reason: str, by: str, at: datetime
) -> BlankCount:
    """Return the count of a kind; one that differs from the ledger needs its reason.

    Raises:
        BadInput: the number is none, or the reason for a difference is missing.
    """
    if counted < 0:
        raise BadInput("清点数不对，没有登记。填实际张数")
    why = require_reason(reason) if counted != stock.in_stock else reason.strip()
    return BlankCount(
        kind=stock.kind, counted=counted, expected=stock.in_stock, at=at, by=by, reason=why
    )
