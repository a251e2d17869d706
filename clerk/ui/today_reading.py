"""What 今日 reads in one go, and the order and words it is shown in."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from clerk.domain.alarms import AlarmLine
from clerk.domain.case import CaseState
from clerk.domain.case_list import CaseLine, CaseQuery, CaseView, Deliveries, Today
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.tasks import TaskLine
from clerk.ui.actions import CaseActions, Connection
from clerk.ui.cases_chips import workdays_left
from clerk.ui.today_parts import Standing
from clerk.values import dataclass
from clerk.wording_cases import waiting_for

BARS: Final = 5
_OF_EACH: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayRead:
    """What one look at the store brought."""

    today: Today
    due: int
    returned: int
    lines: tuple[CaseLine, ...]
    alarms: tuple[AlarmLine, ...]
    tasks: tuple[TaskLine, ...]
    hanging_prints: tuple[tuple[str, str], ...] = ()


def read_today(actions: CaseActions, on: date, items: tuple[str, ...]) -> TodayRead:
    """Everything the page shows of the store, read in one go; runs in the STORE lane."""
    mine = actions.here.session.account.account_id
    today = actions.today(on)
    lines = {line.case_id: line for line in today.first}
    for query in (
        CaseQuery(view=CaseView.RETURNED, on=on, items=items),
        CaseQuery(view=CaseView.RESULT_WAITING, on=on, items=items),
        CaseQuery(view=CaseView.DRAFTS, on=on, clerk=mine),
    ):
        for line in actions.page(query, None, 0, _OF_EACH):
            lines.setdefault(line.case_id, line)
    return TodayRead(
        today=today,
        due=actions.count(CaseQuery(view=CaseView.DUE_TODAY, on=on, items=items)),
        returned=actions.count(CaseQuery(view=CaseView.RETURNED, on=on, items=items)),
        lines=tuple(lines.values()),
        alarms=tuple(actions.alarms()),
        tasks=tuple(actions.tasks()),
        hanging_prints=tuple(actions.hanging_prints()),
    )


def in_order(
    lines: Sequence[CaseLine], today: date, calendar: WorkCalendar
) -> tuple[CaseLine, ...]:
    """Sort by time left, and among equals first what a person at the window can act on.

    A result that waits counts as due in three working days, a draft as in four.
    """

    def _urgency(line: CaseLine) -> tuple[int, bool]:
        waits = {CaseState.RESULT_WAITING: 3, CaseState.DRAFT: 4}
        left = waits.get(line.state, 99)
        if line.next_due_on is not None:
            left = workdays_left(line.next_due_on, today, calendar)
        return left, not (line.returned or line.state in waits)

    return tuple(sorted(lines, key=_urgency))


def days_ahead(
    today: date, due: dict[date, int], calendar: WorkCalendar
) -> tuple[tuple[str, int], ...]:
    """Name and number of cases of today and of the next working days."""
    shown, on = [("今天", due.get(today, 0))], today
    while len(shown) < BARS:
        on += timedelta(days=1)
        if calendar.is_working(on):
            shown.append((f"周{'一二三四五六日'[on.weekday()]}", due.get(on, 0)))
    return tuple(shown)


def deliveries_standing(
    deliveries: Deliveries, minutes: int, *, late: bool
) -> tuple[Standing, ...]:
    """How the hand-off stands; ``minutes`` is the age of the oldest message that waits."""
    standings = [Standing(state="ready", name="已签收", detail=f"{deliveries.delivered} 份")]
    if deliveries.waiting:
        detail = f"{deliveries.waiting} 份，{waiting_for(minutes)}"
        state = "warning" if late else "ready"
        standings.append(Standing(state=state, name="等待转办", detail=detail))
    if deliveries.stuck:
        detail = f"{deliveries.stuck} 份，要人看"
        standings.append(Standing(state="broken", name="送不出去", detail=detail))
    return tuple(standings)


_WORDS: Final[Mapping[str, str]] = {
    "ready": "正常",
    "warning": "慢",
    "broken": "连不上",
    "absent": "没接",
}


def connections_standing(found: Sequence[Connection]) -> tuple[Standing, ...]:
    """How other systems and devices stand, each with a word."""
    return tuple(
        Standing(state=one.state, name=one.name, detail=one.detail or _WORDS[one.state])
        for one in found
    )
