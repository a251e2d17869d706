"""What the hall settles for itself: the day that counts after hours, and a late paper's time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from clerk.domain.course import CaseRules
from clerk.domain.errors import BadInput
from clerk.domain.life import receive
from clerk.domain.office import OfficeRules, ReceiptDay, counted_on, office_from
from tests.domain.at_the_window import CALENDAR, CLERK, NUMBER, noodle_shop_complete, rules
from tests.domain.test_life import begun_by

SATURDAY = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)
WORKED_SATURDAY = datetime(2026, 5, 9, 2, 0, tzinfo=UTC)
EVENING = datetime(2026, 3, 18, 10, 30, tzinfo=UTC)
"""18:30 by the hall's clock."""

STRICT = OfficeRules(
    rest_day=ReceiptDay.NEXT_WORKDAY,
    after_hours=ReceiptDay.NEXT_WORKDAY,
    closes_at=time(17, 30),
)


def received(office: OfficeRules, at: datetime):
    law: CaseRules = replace(rules(), office=office)
    return receive(law, begun_by(noodle_shop_complete(), at), NUMBER, CLERK, at)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (SATURDAY, date(2026, 3, 16)),
        (WORKED_SATURDAY, None),
        (EVENING, date(2026, 3, 19)),
        (datetime(2026, 3, 18, 9, 29, tzinfo=UTC), None),
        (datetime(2026, 4, 30, 11, 0, tzinfo=UTC), date(2026, 5, 6)),
    ],
)
def test_the_next_working_day_counts_where_the_hall_says_so(at, day):
    assert counted_on(STRICT, at, CALENDAR) == day


def test_by_default_the_day_itself_counts():
    assert counted_on(OfficeRules(), SATURDAY, CALENDAR) is None
    assert counted_on(OfficeRules(), EVENING, CALENDAR) is None


def test_the_five_days_run_from_the_day_that_counts():
    plain, strict = received(OfficeRules(), EVENING), received(STRICT, EVENING)

    assert plain.decide_by_on == date(2026, 3, 25)
    assert (strict.received_on, strict.decide_by_on) == (date(2026, 3, 19), date(2026, 3, 26))


def test_a_halls_rules_are_read_from_its_settings():
    read = office_from(
        {
            "rest_day": "next_workday",
            "after_hours": "next_workday",
            "closes_at": "17:30",
            "deferral_pauses": True,
        }
    )

    assert read == replace(STRICT, deferral_pauses=True)
    assert office_from({}) == OfficeRules()


def test_an_office_lists_who_hears_of_silence_and_where_its_van_goes():
    read = office_from(
        {
            "urging_ladder": [{"account_id": "wu", "name": "值班长", "workdays": 2}],
            "van_routes": [
                {"name": "北线", "on": date(2026, 3, 25), "stops": ["甲村"], "every_days": 7}
            ],
        }
    )

    assert [rung.name for rung in read.urging_ladder] == ["值班长"]
    (route,) = read.van_routes
    days = [route.next_on(date(2026, 3, day)) for day in (18, 25, 31)]
    assert days == [date(2026, 3, 25), date(2026, 4, 1), date(2026, 4, 1)]
    assert replace(route, every_days=0).next_on(date(2026, 3, 25)) is None


@pytest.mark.parametrize(
    "faulty",
    [
        {"rest_day": "sometimes"},
        {"closes_at": "half past"},
        {"rest_days": "that_day"},
        {"van_routes": [{"name": "北线"}]},
    ],
)
def test_a_rule_that_cannot_be_read_opens_nothing(faulty):
    with pytest.raises(BadInput, match="没有打开任何数据"):
        office_from(faulty)
