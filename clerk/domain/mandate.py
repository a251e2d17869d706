"""What a department lets its chief representative decide (首席代表授权书), as data.

A deputy's mandate (代理) is one more of the same kind that names whom he stands in for. Every
mandate ends by itself: by its last day, or at an instant of it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Final
from uuid import UUID

from clerk.domain.days import local_date
from clerk.domain.errors import BadInput
from clerk.domain.party import PartyKind
from clerk.domain.toml_reading import Table
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateLimit:
    """What narrows a mandate for some of its items, for all of them where it names none (限制).

    ``field`` is a number of the application form that must lie between ``at_least`` and
    ``at_most``, both included; ``applicant_kinds`` are the only ones, where any are named.
    """

    items: frozenset[str] = frozenset()
    field: str = ""
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    applicant_kinds: frozenset[PartyKind] = frozenset()
    on_the_spot_only: bool = False

    def concerns(self, item_code: str) -> bool:
        """Whether it narrows this item."""
        return not self.items or item_code in self.items


MOST_IN_BATCH: Final = 50
"""So many cases a mandate lets be decided at once that names no number of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRule:
    """Which items may be decided many at once, how many, and how many of them must be opened."""

    items: frozenset[str]
    most: int
    open_one_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalMandate:
    """One mandate (授权书); ``items`` are item codes, both dates are included.

    ``until_at`` ends it within its last day. ``own_intake_permit`` is the number of the office's
    written permission to decide an on-the-spot case (即办件) one took in oneself, empty where there
    is none; one such case in ``own_intake_one_in`` is checked by another person within
    ``own_intake_check_workdays``. ``deputises_for`` is the account of the one it stands in for.
    ``holder_id_number`` tells the holder from other people of his name.
    """

    number: str
    department: str
    items: frozenset[str]
    from_on: date
    until_on: date
    own_intake_permit: str = ""
    own_intake_until_on: date | None = None
    own_intake_one_in: int = 10
    own_intake_check_workdays: int = 10
    until_at: datetime | None = None
    signed_by: str = ""
    limits: tuple[MandateLimit, ...] = ()
    deputises_for: str = ""
    deputises_for_name: str = ""
    holder_id_number: str = ""
    batch: BatchRule | None = None

    def begun(self, at: datetime) -> bool:
        """Whether its first day has come."""
        return self.from_on <= local_date(at)

    def ended(self, at: datetime) -> bool:
        """Whether its last day or its last instant has passed."""
        return local_date(at) > self.until_on or (self.until_at is not None and at >= self.until_at)

    def runs(self, at: datetime) -> bool:
        """Whether it carries a decision at this instant."""
        return self.begun(at) and not self.ended(at)

    def permits_own_intake(self, on: date) -> bool:
        """Whether the office's written permission for one's own intake runs on this day."""
        until = self.own_intake_until_on
        return bool(self.own_intake_permit) and until is not None and on <= until


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMandate:
    """A mandate and the account that it was given to."""

    account_id: str
    mandate: ApprovalMandate


def chosen(case_id: UUID, one_in: int) -> bool:
    """Whether the sample takes this case: by its id, so that nobody picks and all find the same."""
    return one_in > 0 and lot(case_id) % one_in == 0


def lot(case_id: UUID) -> int:
    """Return the number that a case draws by its id."""
    return int.from_bytes(sha256(case_id.bytes).digest()[:8], "big")


def mandate_from(data: Mapping[str, object], name: str) -> HeldMandate:
    """Read one mandate out of a parsed TOML file that is called ``name``.

    Raises:
        BadInput: the first fault of the file, with its place; nothing of it counts.
    """
    faults: list[BadInput] = []
    table = Table(data, "", faults)
    held = HeldMandate(account_id=table.text("account"), mandate=_mandate(table))
    table.close()
    wrong = faults[0] if faults else _contradiction(held)
    if wrong:
        raise BadInput(f"授权书 {name} 没有启用（{wrong}）。请授权单位改正后重新签发")
    return held


def _mandate(table: Table) -> ApprovalMandate:
    own = table.readable_table("own_intake") if table.has("own_intake") else None
    deputy = table.readable_table("deputises_for") if table.has("deputises_for") else None
    mandate = ApprovalMandate(
        number=table.text("number"),
        department=table.text("department"),
        signed_by=table.text("signed_by"),
        items=frozenset(table.texts("items", required=True)),
        from_on=table.day("from_on"),
        until_on=table.day("until_on"),
        until_at=_instant(table, "until_at"),
        holder_id_number=table.text("holder_id_number", ""),
        limits=tuple(_limit(line) for line in table.tables("limits")),
        own_intake_permit=own.text("permit") if own else "",
        own_intake_until_on=own.day("until_on") if own else None,
        own_intake_one_in=own.integer("check_one_in", 10) if own else 10,
        own_intake_check_workdays=own.integer("check_within_workdays", 10) if own else 10,
        deputises_for=deputy.text("account") if deputy else "",
        deputises_for_name=deputy.text("name") if deputy else "",
        batch=_batch(table) if table.has("batch") else None,
    )
    for below in (own, deputy):
        if below:
            below.close()
    return mandate


def _limit(table: Table) -> MandateLimit:
    kinds = table.words("applicant_kinds", PartyKind) if table.has("applicant_kinds") else ()
    limit = MandateLimit(
        items=frozenset(table.texts("items")),
        field=table.text("field", ""),
        at_least=table.number("at_least"),
        at_most=table.number("at_most"),
        applicant_kinds=frozenset(kinds),
        on_the_spot_only=table.flag("on_the_spot_only", default=False),
    )
    table.close()
    bounded = limit.at_least is not None or limit.at_most is not None
    if bool(limit.field) is not bounded:
        table.faults.append(BadInput(f"{table.at('field')}：field 要和 at_most 或 at_least 一起写"))
    return limit


def _batch(table: Table) -> BatchRule:
    below = table.table("batch")
    rule = BatchRule(
        items=frozenset(below.texts("items", required=True)),
        most=below.integer("most", MOST_IN_BATCH),
        open_one_in=below.integer("open_one_in"),
    )
    below.close()
    return rule


def _instant(table: Table, key: str) -> datetime | None:
    if not table.has(key):
        return None
    found = table.raw(key)
    if isinstance(found, datetime) and found.tzinfo is not None:
        return found
    table.faults.append(
        BadInput(f"{table.at(key)}：应为带时区的时刻，如 2026-03-18T12:00:00+08:00")
    )
    return None


def _contradiction(held: HeldMandate) -> BadInput | None:
    """Return what no single key shows: dates that cross, a deputy of himself, a rule without use."""
    mandate = held.mandate
    if mandate.until_on < mandate.from_on:
        return BadInput("until_on：早于 from_on")
    if mandate.until_at is not None and local_date(mandate.until_at) != mandate.until_on:
        return BadInput("until_at：不在 until_on 那一天")
    if mandate.deputises_for == held.account_id:
        return BadInput("deputises_for：不能代理自己")
    if mandate.own_intake_one_in < 1 or (mandate.batch and mandate.batch.open_one_in < 1):
        return BadInput("抽查比例：几件里抽一件，要写 1 或更大的整数")
    stray = [limit for limit in mandate.limits if not limit.items <= mandate.items]
    if stray or (mandate.batch and not mandate.batch.items <= mandate.items):
        return BadInput("items：限制或批量里有授权事项以外的事项")
    return None
