"""What a hall settles for itself where the law leaves it open: days of receipt, late papers.

Which day counts for what comes in on a day of rest or after hours differs from place to place, and
so does whether the time of a late paper (容缺) counts. Nothing here touches a term of the law itself.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from clerk.domain.days import HALL_ZONE, local_date
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.errors import BadInput
from clerk.domain.office_lists import UrgingRung, VanRoute, urging_ladder, van_routes
from clerk.domain.toml_reading import Table
from clerk.values import dataclass


class ReceiptDay(StrEnum):
    """The day that counts for what was taken in outside working hours (5+X、延时)."""

    THAT_DAY = "that_day"
    NEXT_WORKDAY = "next_workday"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRules:
    """One hall's own rules; ``closes_at`` is the hall's local time, None where it never matters."""

    rest_day: ReceiptDay = ReceiptDay.THAT_DAY
    after_hours: ReceiptDay = ReceiptDay.THAT_DAY
    closes_at: time | None = None
    deferral_pauses: bool = False
    urging_ladder: tuple[UrgingRung, ...] = ()
    van_routes: tuple[VanRoute, ...] = ()
    elderly_from_age: int = 60
    """From so many completed years on the window suggests to mark 老年人; 老年人权益保障法 art. 2."""
    calls_by_duty_a_day: int = 50
    """So often one clerk may ask for a certificate by duty on one day."""
    government: str = ""
    """The people's government of this level: to it acts of its departments are contested (复议)."""
    courier: str = ""
    """Who carries results by parcel, as its slips name it."""
    postcode: str = ""
    """That of the hall's address."""


def office_from(data: Mapping[str, object]) -> OfficeRules:
    """Read the table ``[office]`` of a counter's settings.

    Raises:
        BadInput: a key is unknown or its value is none of the allowed ones.
    """
    faults: list[BadInput] = []
    table = Table(data, "office", faults)
    found = OfficeRules(
        rest_day=_receipt_day(table, "rest_day"),
        after_hours=_receipt_day(table, "after_hours"),
        closes_at=_time(table, "closes_at", faults),
        deferral_pauses=table.flag("deferral_pauses", default=False),
        urging_ladder=urging_ladder(table),
        van_routes=van_routes(table),
        elderly_from_age=table.integer("elderly_from_age", default=60),
        calls_by_duty_a_day=table.integer("calls_by_duty_a_day", default=50),
        government=table.text("government", ""),
        courier=table.text("courier", ""),
        postcode=table.text("postcode", ""),
    )
    table.close()
    if faults:
        raise BadInput(f"窗口设置里 {faults[0]}，没有打开任何数据。请系统管理员改正")
    return found


def counted_on(office: OfficeRules, at: datetime, calendar: WorkCalendar) -> date | None:
    """Return the day that counts for something done at ``at``, None where it is that day itself."""
    today = local_date(at)
    if not calendar.is_working(today):
        late = office.rest_day is ReceiptDay.NEXT_WORKDAY
    else:
        closed = (
            office.closes_at is not None and at.astimezone(HALL_ZONE).time() >= office.closes_at
        )
        late = closed and office.after_hours is ReceiptDay.NEXT_WORKDAY
    if not late:
        return None
    day = today + timedelta(days=1)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def _receipt_day(table: Table, key: str) -> ReceiptDay:
    return table.word(key, ReceiptDay) if table.has(key) else ReceiptDay.THAT_DAY


def _time(table: Table, key: str, faults: list[BadInput]) -> time | None:
    if not table.has(key):
        return None
    try:
        return time.fromisoformat(table.text(key))
    except ValueError:
        faults.append(BadInput(f"{table.at(key)}：应为 17:30 这样的时间"))
        return None
