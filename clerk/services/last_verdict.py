"""The verdict of the case at hand, which more than one asks for.

The window checks after every key; F9, the papers laid out ahead and those that go out ask for the
check of the very same case again.
"""

from datetime import date

from clerk.domain.case import Case
from clerk.domain.checking import check_case
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.findings import Verdict
from clerk.domain.standard import ItemStandard


class LastVerdict:
    """Remembers the check that was made last.

    A case never changes, a change makes another one: so as long as it is the same object, and
    the standard, the counter, the day and the calendar are the same, its verdict is too. An equal case is
    checked anew.
    """

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._last: tuple[ItemStandard, Case, str, date, WorkCalendar, Verdict] | None = None

    def of(
        self,
        standard: ItemStandard,
        case: Case,
        counter_code: str,
        on: date,
        calendar: WorkCalendar,
    ) -> Verdict:
        """Return what ``check_case`` says of the case."""
        last = self._last  # one read: another thread may ask for another case meanwhile
        if last is not None:
            of_standard, of_case, of_counter, of_day, of_calendar, verdict = last
            same = of_case is case and of_standard is standard and of_calendar is calendar
            if same and (of_counter, of_day) == (counter_code, on):
                return verdict
        verdict = check_case(standard, case, counter_code, on, calendar)
        self._last = standard, case, counter_code, on, calendar, verdict
        return verdict
